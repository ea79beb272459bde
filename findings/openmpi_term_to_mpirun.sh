#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Open MPI 4.1.4 (openmpi-bin 4.1.4-3+b1 of Debian 12).
#
# SIGTERM to mpirun is no request to finish. The ranks hear of it a second later, and one more second later they are
# killed, whatever they are doing: a rank that needs three seconds to save what it has never gets there. SIGUSR1 is passed
# on at once, the ranks may take all the time they need, and their exit code comes back. Expected: that both are passed on
# and only the time limit of the batch system counts, or that odls_base_sigkill_timeout gives the ranks more time; it
# delays the SIGTERM by as much as the SIGKILL.
#
# Output seen (signal to mpirun, seconds until the ranks heard of it, did they finish, exit code of mpirun):
#   TERM heard after about 1 s, finished: no, exit code not 3
#   USR1 heard after less than .7 s, finished: yes, exit code 3
#   TERM with odls_base_sigkill_timeout=3: heard after about 3 s, finished: no, exit code not 3
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
need=()
for package in openmpi-bin=4.1.4-3+b1 libopenmpi-dev=4.1.4-3+b1 gcc; do
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
  signal(SIGUSR1, hear);
  MPI_Barrier(MPI_COMM_WORLD);
  if (rank == 0)
    note("ready");
  while (!heard)
    usleep(20000);
  if (rank == 0)
    note("heard");
  for (int i = 0; i < 150; ++i) // three seconds of saving, not cut short by a second signal
    usleep(20000);
  if (rank == 0)
    note("finished");
  MPI_Finalize();
  return 3;
}
END
mpicc -o rank rank.c
try() { # NAME SIGNAL [options of mpirun]
  local name=$1 number=$2 code=0 sent
  shift 2
  rm -f ready heard finished
  mpirun -np 2 "$@" ./rank >/dev/null 2>&1 &
  local launcher=$!
  until [[ -s ready ]]; do sleep .05; done
  sent=$(date +%s.%3N)
  kill -"$number" "$launcher"
  wait "$launcher" || code=$?
  awk -v name="$name" -v sent="$sent" -v heard="$(cat heard 2>/dev/null || echo 0)" -v code="$code" \
    -v finished="$([[ -e finished ]] && echo yes || echo no)" 'BEGIN {
      delay = heard - sent
      when = delay < .7 ? "less than .7 s" : "about " int(delay + .5) " s"
      printf "%s heard after %s, finished: %s, exit code %s\n", name, when, finished, code == 3 ? "3" : "not 3"}'
}
{
  try TERM TERM
  try USR1 USR1
  try "TERM with odls_base_sigkill_timeout=3:" TERM --mca odls_base_sigkill_timeout 3
} >seen
cat >expected <<'END'
TERM heard after about 1 s, finished: no, exit code not 3
USR1 heard after less than .7 s, finished: yes, exit code 3
TERM with odls_base_sigkill_timeout=3: heard after about 3 s, finished: no, exit code not 3
END
cat seen
diff expected seen
