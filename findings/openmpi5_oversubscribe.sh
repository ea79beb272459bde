#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Open MPI 5.0.7 (openmpi-bin 5.0.7-1 of Debian 13), more ranks than cores, and cores that several programs share.
#
# Guess, when a test on three ranks was refused on two cores: mpirun has become that of PRRTE, which does not heed the variables of
# version 4. So it is: OMPI_MCA_rmaps_base_oversubscribe=1, which lets version 4 start more ranks than there are cores, is ignored without a word,
# and mpirun refuses them; and OMPI_MCA_hwloc_base_binding_policy=none is ignored, so that each rank is bound to a core, two programs
# that run at once to the same ones. Expected: the variables are heeded, or named as unknown.
# PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe and PRTE_MCA_hwloc_default_binding_policy=none do what they did. Scripts for
# both versions set both.
#
# Output seen on two cores (exit codes of one rank more than there are cores; cores of the first of two ranks):
#   OMPI_MCA_rmaps_base_oversubscribe=1: 1
#   PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe: 0
#   OMPI_MCA_hwloc_base_binding_policy=none: 1 of 2
#   PRTE_MCA_hwloc_default_binding_policy=none: 2 of 2
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
dpkg-query -W -f '${Version}' openmpi-bin 2>/dev/null | grep -q '^5.0.7-1' ||
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends openmpi-bin=5.0.7-1; }
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
for name in $(compgen -e | grep -E '^(OMPI|PRTE)_MCA_' || true); do unset "$name"; done
cores="$(env -u OMP_NUM_THREADS nproc)" # which else is the number of threads
code_with() {
  local code=0
  env "$1" mpirun -n "$((cores + 1))" true >/dev/null 2>&1 || code=$?
  echo "$code"
}
cores_with() { env -u OMP_NUM_THREADS "$1" mpirun -n 2 nproc 2>/dev/null | tr -d '\000' | head -1; }
old="$(code_with OMPI_MCA_rmaps_base_oversubscribe=1)"
new="$(code_with PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe)"
bound="$(cores_with OMPI_MCA_hwloc_base_binding_policy=none)"
free="$(cores_with PRTE_MCA_hwloc_default_binding_policy=none)"
printf '%s\n' "OMPI_MCA_rmaps_base_oversubscribe=1: $old" "PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe: $new" \
  "OMPI_MCA_hwloc_base_binding_policy=none: $bound of $cores" "PRTE_MCA_hwloc_default_binding_policy=none: $free of $cores"
[[ $old -ne 0 && $new -eq 0 && $bound -lt $cores && $free -eq $cores ]]
