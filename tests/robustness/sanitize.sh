#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# The whole program and its readers under the address and undefined-behaviour sanitizers of GCC. See --help.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

usage() {
  cat <<'TEXT'
Usage: tests/robustness/sanitize.sh [BUILD_FOLDER]

Builds Cutis with -DCUTIS_SANITIZE=ON (build-sanitize/ by default; 20 minutes on two cores, and what follows as long again) and runs
  - five short cases: particles with a resumed run, mechanics on two ranks, needles with energy on an adaptive mesh,
    stromal cells printed on a wound, a filler in 3-D with mechanics;
  - what `cutis check` says of damaged parameter files and meshes (attack.py, 25 of each);
  - the unit tests of the readers and of what is written.
The first error that a sanitizer finds ends the program that makes it, and this script with exit code 1.
TEXT
}

if [[ "${1:-}" == -h || "${1:-}" == --help ]]; then
  usage
  exit 0
fi

build="${1:-$cutis_root/build-sanitize}"
set_mpi_environment
# Open MPI, its helpers and the libraries below keep memory until the process ends: leaks are not looked for.
# Trilinos and deal.II were not compiled with the sanitizers: containers that cross the border are not looked into.
export ASAN_OPTIONS=detect_leaks=0:detect_container_overflow=0:abort_on_error=0:exitcode=99
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:exitcode=99

say "Building"
cmake -S "$cutis_root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_UNITY_BUILD=ON -DCUTIS_SANITIZE=ON >/dev/null
ninja -C "$build" -j2 cutis test_base test_mesh test_io

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cutis="$build/cutis"
# Loud only where something is wrong.
attempt() {
  local name="$1"
  shift
  local begin=$SECONDS
  if ! "$@" >"$folder/said" 2>&1; then
    tail -n 60 "$folder/said" >&2
    fail "$name: $*"
  fi
  printf '%s: %d s\n' "$name" $((SECONDS - begin))
}

say "Cases"
parameters="$cutis_root/parameters"
coarse=(--set "Mesh/Cell size=0.5 mm" --overwrite)
attempt "particles" "$cutis" run "$parameters/plla.prm" "${coarse[@]}" --output "$folder/plla" --set "Time/End=70 d"
attempt "particles, resumed" "$cutis" run "$parameters/plla.prm" "${coarse[@]:0:2}" --output "$folder/plla" --resume \
  --set "Time/End=90 d"
attempt "mechanics on two ranks" mpiexec -np 2 "$cutis" run "$parameters/wound_mechanics.prm" "${coarse[@]}" \
  --output "$folder/mechanics" --set "Time/End=14 d"
attempt "needles, adaptive" "$cutis" run "$parameters/rf_microneedling.prm" "${coarse[@]}" --output "$folder/rf" \
  --set "Time/End=8 d" --set "Mesh/Adaptive=true" --set "RF microneedling/Model=single needle" \
  --set "RF microneedling/Sessions=0 d"
attempt "cells printed on a wound" "$cutis" run "$parameters/msc_bioprint_wound.prm" "${coarse[@]}" \
  --output "$folder/print" --set "Time/End=20 d"
attempt "filler in 3-D with mechanics" "$cutis" run "$parameters/filler_3d.prm" --overwrite --output "$folder/filler" \
  --set "Mesh/Cell size=1.5 mm" --set "Time/End=3 d"

say "Readers"
for attack in prm msh checkpoint; do
  attempt "damaged: $attack" "$cutis_root/scripts/python" "$cutis_root/tests/robustness/attack.py" "$cutis" "$attack" --times 25
done

say "Unit tests"
for part in base mesh io; do
  attempt "$part" "$build/tests/test_$part" "--gtest_filter=-*Mpi*:*Slow*"
done
say "No sanitizer had anything to say."
