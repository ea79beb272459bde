#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Open MPI 4.1.4 (openmpi-bin 4.1.4-3+b1 of Debian 12); seen first under Slurm 22.05.8 with scancel.
#
# A program that is started without mpirun has a daemon of Open MPI beside it (orted). A batch system that ends a job
# signals all of its processes, so the daemon too. A second SIGTERM ends the daemon at once, and the program with it: it
# has caught SIGTERM and is saving its state, but its MPI library ends it from within, with an exit code that is not its
# own. Expected: a program of one rank that handles SIGTERM may finish, as it may without MPI. With
# OMPI_MCA_ess_singleton_isolated=1 there is no daemon, and it does.
#
# Output seen (SIGTERM twice to the program and to its daemon; the program needs some seconds, and ends with 3):
#   as it is: finished: no, exit code 195
#   isolated: finished: yes, exit code 3
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
need=()
for package in openmpi-bin=4.1.4-3+b1 libopenmpi-dev=4.1.4-3+b1 gcc procps; do
  dpkg-query -W -f '${Status}' "${package%%=*}" 2>/dev/null | grep -q 'ok installed' || need+=("$package")
done
if [[ ${#need[@]} -gt 0 ]]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
cat >rank.c <<'END'
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t heard = 0;

static void hear(int number)
{
  heard = number;
}

static void note(const char *name)
{
  FILE *file = fopen(name, "w");
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  fprintf(file, "%ld.%03ld\n", (long)now.tv_sec, now.tv_nsec / 1000000);
  fclose(file);
}

int main(int argc, char **argv)
{
  MPI_Init(&argc, &argv);
  int rank;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  signal(SIGTERM, hear);
  MPI_Barrier(MPI_COMM_WORLD);
  if (rank == 0)
    note("ready");
  while (!heard)
    usleep(20000);
  if (rank == 0)
    note("heard");
  for (int i = 0; i < 150; ++i) // some seconds of saving, not cut short by a second signal
  {
    usleep(20000);
    MPI_Barrier(MPI_COMM_WORLD);
  }
  if (rank == 0)
    note("finished");
  MPI_Finalize();
  return 3;
}
END
mpicc -o rank rank.c
try() { # NAME
  local code=0 all
  rm -f ready heard finished
  setsid ./rank >/dev/null 2>&1 &
  local program=$!
  until [[ -s ready ]]; do sleep .05; done
  all="$program $(pgrep -P "$program" || true)"
  kill -TERM $all # two words or one
  sleep .1
  kill -TERM $all
  wait "$program" || code=$?
  echo "$1: finished: $([[ -e finished ]] && echo yes || echo no), exit code $code"
}
{
  try "as it is"
  export OMPI_MCA_ess_singleton_isolated=1
  try isolated
} >seen
cat >expected <<'END'
as it is: finished: no, exit code 195
isolated: finished: yes, exit code 3
END
cat seen
diff expected seen
