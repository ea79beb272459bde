#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# Attack the program under a real Slurm: cancelled, at the time limit, and started again, in the job of the guide.
#
#   tests/robustness/slurm.sh build/cutis                 everything; about five minutes
#   tests/robustness/slurm.sh build/cutis pgid            with one way of Slurm to find the processes of a job (below)
#   GUIDE=FILE tests/robustness/slurm.sh build/cutis      with the job of another text than docs/user_guide.md
#
# Makes a cluster of this host alone for the time of the attempts, with ports, keys and a folder of its own. An attempt has
# held if the run ended with exit code 3 and a whole checkpoint, and the same job, started again, with 0; on one process
# the rows must then be those of a run that was left alone, byte for byte. Exit code 1 if one has not held; the folder with
# jobs and logs is then kept and named. Needs the Debian packages slurm-wlm and munge; root installs what is missing.
#
# cgroup: as on most clusters; needs root. Of scancel and the time limit hear only the job script and what srun has started;
#         when the script ends, what is left of the job is killed at once.
# pgid:   everything in the job hears of them, mpirun and its ranks as well; at the end of the script as before.
# shellcheck disable=SC2317 # functions are called by name
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"
# shellcheck source=tests/robustness/slurm_cluster.sh
source "$root/tests/robustness/slurm_cluster.sh"

[[ $# -gt 0 && -x $1 ]] || fail "Usage: tests/robustness/slurm.sh CUTIS [cgroup] [pgid]"
cutis="$(realpath "$1")"
guide="$(realpath "${GUIDE:-$root/docs/user_guide.md}")"
trackers=("${@:2}")
[[ $# -gt 1 ]] || trackers=(cgroup pgid)
require_slurm
set_mpi_environment # jobs inherit it
new_cluster_folder
mkdir "$folder/bin" && ln -s "$cutis" "$folder/bin/cutis" # the job of the guide calls `cutis`
export PATH="$folder/bin:$PATH"

clean_up() {
  stop_slurm
  if [[ $1 -eq 0 ]]; then rm -rf "$folder"; else echo "Kept: $folder"; fi
}
trap 'clean_up $?' EXIT
trap 'exit 1' INT TERM HUP

# attempt NAME DAYS JOB STEP...: the case in steps of at most DAYS (0.004 takes seconds, 0.0001 minutes) in a folder of its
# own, with the job that the command JOB writes. Held if all STEPs are true; the first that is not has said why in why_not.
attempt() {
  local step name="$tracker, $1"
  mkdir "$folder/$name"; cd "$folder/$name"
  sed -n '/^SMALL = "/,/^"""$/p' "$root/tests/program/test_program.py" | sed '1d; $d; s/Every = 7 d/Every = 1 d/' >case.prm
  # Every = 0: a checkpoint that is found was written because of the interruption, or at the end.
  printf 'set Checkpoint/Every = 0 min\nset Time/Largest step = %s d\n' "$2" >>case.prm
  $3
  for step in "${@:4}"; do
    $step && continue
    echo "$name: NOT HELD: $why_not; $(tail -qn 2 job.log 2>/dev/null | tr '\r\n' '  ')"
    code=1
    scancel --quiet "$job" || true; wait_until 30 queue_is_empty || true
    return 0
  done
  echo "$name: held"
}

# The job of the guide for $1 processes and a time limit of $2, which also writes its exit codes down.
guide_job() {
  awk '/^## Batch systems/ { here = 1 } here && /^```/ { if (inside) exit; inside = 1; next } inside' "$guide" |
    sed -E "s/--ntasks=[0-9]+ --time=[0-9:]+/--ntasks=$1 --time=$2/; s/USR1@120/USR1@10/; s|results/case|run|
      s/^(if .*code -eq 3)/echo \"\$code\" >>codes\n\1/; $([[ $1 -gt 1 ]] || echo 's/^mpirun //')" >job.sh
  [[ $(grep -cE "ntasks=$1 --time=$2( |\$)|>>codes|USR1@10\$|cutis run case.prm --output run --continue &" job.sh) -eq 4 ]] ||
    fail "The job in $guide has another form than this script knows: adapt guide_job."
}

# A job of $1 processes that is no more than the command, with $2... before it. Without a trap bash would end at SIGTERM,
# and with trap '' the run would ignore it as well.
plain_job() {
  printf '#!/bin/bash\n#SBATCH --ntasks=%s --time=5\ntrap : TERM\n%s cutis run case.prm --output run --continue
echo $? >>codes\n' "$1" "${*:2}" >job.sh
}

job_is() { scontrol show job "$job" | grep -Eq "$1"; }
has_requeued() { job_is JobState=PENDING && job_is 'Restarts=[1-9]'; }
has_left() { ! job_is 'JobState=(PENDING|RUNNING|COMPLETING)' || has_requeued; }
has_lines() { [[ -f $1 && $(wc -l <"$1") -ge $2 ]]; }
last_code() { tail -n 1 codes 2>/dev/null || echo "(the script was killed before)"; }
no() { why_not="$*"; return 1; }
same_rows() { cmp -s run/timeseries.csv "$alone" || no "the rows are not those of a run that was left alone"; }
ended_with() { [[ "$(last_code)" == "$1" ]] || no "exit code $(last_code) instead of $1"; }

start() { job="$(sbatch --parsable --output=job.log --open-mode=append job.sh)" || no "sbatch refuses the job"; }
finish() { start && { wait_until 120 has_left || no "it does not end"; } && ended_with 0; }

was_interrupted() {
  ended_with 3 || return
  ! has_lines run/timeseries.csv 30 || no "it was at its end already" || return
  local newest size sum name
  newest="run/checkpoint/$(head -n 1 run/checkpoint/latest 2>/dev/null)"
  [[ -f $newest/contents.txt ]] || no "there is no checkpoint" || return
  while read -r size sum name; do # the last line is a checksum only
    [[ -z $name || $(stat -c %s "$newest/$name") == "$size" ]] || no "$newest/$name ($sum) has not $size bytes" || return
  done <"$newest/contents.txt"
}

# cancel [OPTION...]: start the job, and cancel it once the run is at work.
cancel() {
  start || return
  wait_until 60 has_lines run/timeseries.csv 4 || no "the run does not begin" || return
  scancel "$@" "$job"
  wait_until 60 has_left || no "it does not end" || return
  was_interrupted || return
  ! has_requeued || no "it was cancelled and has requeued itself"
}

# Slurm looks at time limits every half minute, and sends the signal at the last look before it is due.
reach_time_limit() {
  start || return
  wait_until 150 has_lines codes 1 || no "it has not written its exit code down" || return
  was_interrupted || return
  wait_until 20 has_requeued || no "it has not requeued itself" || return
  sed -i 's/= 0.0001 d/= 0.05 d/' case.prm           # the rest in seconds
  scontrol update "jobid=$job" starttime=now || true # else two minutes later
  wait_until 200 has_lines codes 2 || no "requeued, it does not end" || return
  ended_with 0
}

code=0 alone=""
for tracker in "${trackers[@]}"; do
  if ! start_slurm; then
    [[ $tracker == cgroup && ${#trackers[@]} -gt 1 ]] || fail "Slurm does not start; see the logs."
    echo "cgroup: left out, because Slurm cannot use the cgroups of this host"
    stop_slurm && continue
  fi
  if [[ -z $alone ]]; then
    attempt "one process, left alone" 0.004 "plain_job 1" finish
    alone="$PWD/run/timeseries.csv"
  fi
  attempt "one process, job of the guide, cancelled, and again" 0.004 "guide_job 1 5" cancel finish same_rows
  attempt "two ranks, job of the guide, time limit, requeued by itself" 0.0001 "guide_job 2 1" reach_time_limit
  if [[ $tracker == cgroup ]]; then # else mpirun hears of it as well, and gives the ranks one second
    attempt "two ranks, job of the guide, cancelled, and again" 0.004 "guide_job 2 5" cancel finish
  else # else the run does not hear of it
    attempt "one process, cancelled, and again" 0.004 "plain_job 1" cancel finish same_rows
  fi
  if srun --mpi=list 2>&1 | grep -qw pmix; then # without it Open MPI ends what srun has started, one process as well
    attempt "one process by srun, cancelled, and again" 0.004 "plain_job 1 srun --mpi=pmix" cancel finish same_rows
    attempt "two ranks by srun, SIGUSR1, and again" 0.004 "plain_job 2 srun --mpi=pmix" "cancel --signal=USR1" finish
  else
    echo "$tracker, by srun: left out, because this Slurm has no pmix"
  fi
  stop_slurm
done
exit "$code"
