#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# UCX as Debian 13 has it (libucx0, which libopenmpi40 5.0.7-1 brings), programs of MPI under nohup.
#
# Guess, when a run that ignores SIGHUP was ended by it: MPI_Init takes the signal. It is earlier than that: libucs installs a handler for SIGHUP
# (its debug signal) when it is loaded, before main, also where the caller ignores the signal. A program that asks in main, as is
# usual, whether SIGHUP is ignored is told no, and what it does with the signal it does under nohup as well. Expected: a signal that the
# caller ignores stays ignored. UCX_DEBUG_SIGNO=0 hinders it; within a program only a function in .preinit_array is earlier.
#
# Output seen (SIGHUP at the start of main, ignored by the caller):
#   as it is: handler
#   UCX_DEBUG_SIGNO=0: ignored
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
trap 'rm -r "$folder"' EXIT
cd "$folder"
cat >hup.c <<'END'
#include <mpi.h>
#include <signal.h>
#include <stdio.h>

int main(int argc, char **argv)
{
  struct sigaction before;
  sigaction(SIGHUP, NULL, &before);
  puts(before.sa_handler == SIG_IGN ? "ignored" : before.sa_handler == SIG_DFL ? "default" : "handler");
  if (argc > 1)
    MPI_Init(&argc, &argv);
  return 0;
}
END
mpicc hup.c -o hup
trap "" HUP
plain="$(./hup)"
without="$(UCX_DEBUG_SIGNO=0 ./hup)"
printf '%s\n' "as it is: $plain" "UCX_DEBUG_SIGNO=0: $without"
[[ $plain == handler && $without == ignored ]]
