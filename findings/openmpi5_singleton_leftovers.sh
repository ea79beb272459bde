#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Open MPI 5.0.7 (openmpi-bin 5.0.7-1 of Debian 13), programs started without mpirun.
#
# Each leaves a segment of 16 MiB, of which some dozens of KiB are filled, in /dev/shm, and an empty folder below
# $TMPDIR/ompi.HOST.UID, also when it ends as it should; after a thousand runs there are a thousand of both. Expected: nothing, as
# under mpirun. With OMPI_MCA_btl=self, which is all that a rank by itself needs, there is no segment; the folder stays, so whoever
# does not want it names a TMPDIR of its own and removes that.
#
# Output seen (segments, empty folders after five programs):
#   as it is: segments: 5, folders: 5
#   OMPI_MCA_btl=self: segments: 0, folders: 5
#   mpirun -n 1: segments: 0, folders: 0
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
need=()
for package in openmpi-bin=5.0.7-1 libopenmpi-dev=5.0.7-1 gcc; do
  dpkg-query -W -f '${Status}' "${package%%=*}" 2>/dev/null | grep -q 'ok installed' || need+=("$package")
done
if [[ ${#need[@]} -gt 0 ]]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
folder=$(mktemp -d)
mark="$folder/begun"
segments() { find /dev/shm -name 'sm_segment.*' -user "$(id -u)" -newer "$mark"; }
trap 'segments | xargs -r rm; rm -r "$folder"' EXIT
cd "$folder"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 TMPDIR="$folder/t"
cat >empty.c <<'END'
#include <mpi.h>

int main(int argc, char **argv)
{
  MPI_Init(&argc, &argv);
  MPI_Finalize();
  return 0;
}
END
mpicc empty.c -o empty

# left COMMAND...: what five of these leave behind.
left() {
  rm -rf t && mkdir t
  touch "$mark" && sleep 0.1
  for _ in 1 2 3 4 5; do "$@" >/dev/null 2>&1; done
  echo "segments: $(segments | wc -l), folders: $(find t -mindepth 3 -maxdepth 3 -empty | wc -l)"
  segments | xargs -r rm
}

plain="$(left ./empty)"
alone="$(left env OMPI_MCA_btl=self ./empty)"
launched="$(left mpirun -n 1 ./empty)"
printf '%s\n' "as it is: $plain" "OMPI_MCA_btl=self: $alone" "mpirun -n 1: $launched"
[[ $plain == "segments: 5, folders: 5" && $alone == "segments: 0, folders: 5" && $launched == "segments: 0, folders: 0" ]]
