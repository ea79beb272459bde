#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Open MPI 4.1.4 (openmpi-bin 4.1.4-3+b1 of Debian 12), programs started without mpirun as isolated singletons
# (OMPI_MCA_ess_singleton_isolated=1).
#
# Independent serial runs of one user share a folder, $TMPDIR/ompi.HOST.UID/jf.0/1/0. Each makes it when it begins and removes it
# when it ends. A run that begins just as another one ends finds it there, and then gone, and MPI_Init ends the program with
# `A call to mkdir was unable to create the desired directory ... File exists`. Two loops of short runs side by side: 2 of 500
# starts failed. Expected: that runs that have nothing to do with each other cannot make each other fail. With
# OMPI_MCA_orte_tmpdir_base set to a folder of its own for each run they do not.
#
# Here strace holds the first program up for 0.3 s after each mkdir while others begin and end, so that what is rare happens
# within a few of 20 attempts.
#
# Output seen (exit code of the program that is held up, what it says):
#   one folder for all: exit code 1, A call to mkdir was unable to create the desired directory: File exists
#   a folder of its own: exit code 0
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
need=()
for package in openmpi-bin=4.1.4-3+b1 libopenmpi-dev=4.1.4-3+b1 gcc strace; do
  dpkg-query -W -f '${Status}' "${package%%=*}" 2>/dev/null | grep -q 'ok installed' || need+=("$package")
done
if [[ ${#need[@]} -gt 0 ]]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_ess_singleton_isolated=1 TMPDIR="$folder/t"
mkdir t own
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

# attempt [NAME=VALUE]: exit code of a program that is held up, with these variables, while others begin and end.
attempt() {
  local code=0
  rm -f done
  (while [[ ! -e done ]]; do ./empty >/dev/null 2>&1 || true; done) &
  env "$@" strace -f -o trace -e trace=mkdir -e inject=mkdir:delay_exit=300000 ./empty >said 2>&1 || code=$?
  touch done
  wait
  echo "$code"
}

# The first exit code of up to 20 attempts that is not 0.
attempts() {
  local code=0 k
  for k in {1..20}; do
    code=$(attempt "$@")
    [[ $code -eq 0 ]] || break
  done
  echo "$code"
}

shared=$(attempts SHARED=yes)
sentence="$(grep -o 'A call to mkdir was unable to create the desired directory' said | head -n 1 || true)"
own=$(attempts OMPI_MCA_orte_tmpdir_base="$folder/own")
echo "one folder for all: exit code $shared, $sentence"
echo "a folder of its own: exit code $own"
[[ $shared -ne 0 && -n $sentence && $own -eq 0 ]]
