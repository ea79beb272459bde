#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# A study under a real Slurm: time limits, kills, scancel, and a scheduler that is away.
#
#   tests/robustness/studies_slurm.sh build/cutis [RUNS]      64 runs if not given, four to a job; about ten minutes
#
# Every job meets its time limit twice, because the solver takes tiny steps until the job has been started again for the second
# time; halfway scripts/study and Snakemake are killed. The study has held if afterwards every run is finished, none was made to its
# end twice, every job was put back into the queue twice or more often, and no job was handed in twice. Exit code 1 if something has
# not held; the folder is then kept and named. Needs the Debian packages slurm-wlm and munge; root installs what is missing.
# shellcheck disable=SC2317 # functions are called by name
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"
# shellcheck source=tests/robustness/slurm_cluster.sh
source "$root/tests/robustness/slurm_cluster.sh"

[[ $# -gt 0 && -x $1 ]] || fail "Usage: tests/robustness/studies_slurm.sh CUTIS [RUNS]"
cutis="$(realpath "$1")" runs="${2:-64}" tracker=pgid cpus=$((${2:-64} / 4))
require_slurm
set_mpi_environment
new_cluster_folder
code=0 helper=""

clean_up() {
  [[ -z $helper ]] || kill "$helper" 2>/dev/null || true
  stop_slurm
  if [[ $1 -eq 0 ]]; then rm -rf "$folder"; else echo "Kept: $folder"; fi
}
trap 'clean_up $?' EXIT
trap 'exit 1' INT TERM HUP

expect() {
  if "${@:2}"; then echo "held: $1"; else echo "NOT HELD: $1" && code=1; fi
}

# What is run in place of the solver: the solver, in tiny steps unless the job has been started again twice.
write_wrapper() {
  cat >"$folder/cutis" <<END
#!/bin/bash
slow=()
if [[ \$1 == run && \${SLURM_RESTART_COUNT:-0} -lt \${RESTARTS:-2} ]]; then slow=(--set "Time/Largest step=0.0001 d"); fi
exec nice "$cutis" "\$@" "\${slow[@]}"
END
  chmod +x "$folder/cutis"
}

# write_study NAME DOSES JOBS: a study of DOSES runs.
write_study() {
  cat >"$folder/$1.toml" <<END
parameters = "$root/parameters/plla.prm"
[set]
"Mesh/Cell size" = "0.5 mm"
"Time/End" = "28 d"
"PLLA/Sessions" = "0 d"
"Output/Every" = "1 d"
[factors]
"PLLA/Dose" = { from = 50, to = 300, n = $2, unit = "mg" }
[outcomes]
collagen = { column = "collagen_total", take = "final" }
[slurm]
time = "1"
warning = 10
runs_per_job = 4
END
}

study() {
  "$root/scripts/study" run "$folder/$1.toml" --folder "$folder/$1" --program "$folder/cutis" --slurm --unchecked "${@:2}" \
    >>"$folder/$1.output" 2>&1
}

# Jobs that have put themselves back would wait for two minutes.
hurry() {
  local id
  while sleep 2; do
    for id in $(squeue --noheader --states=PENDING --format=%A 2>/dev/null); do
      scontrol update "jobid=$id" starttime=now 2>/dev/null || true
    done
  done
}

finished() { [[ $(grep -c ',finished,0,' "$folder/$1/table.csv") -eq $2 ]]; }
said() { grep -q "$2" "$folder/$1.output"; }
has_begun() { compgen -G "$folder/$1/*/timeseries.csv" >/dev/null; }
# The runs by how often the solver has come to its end in their folders: all once.
ended_once() {
  python3 - "$folder/$1" <<'END'
import json, pathlib, sys
ends = {f.parent.name: [run.get("exit") for run in json.loads(f.read_text())["runs"]] for f in pathlib.Path(sys.argv[1]).glob("*/provenance.json")}
interrupted = sum(len(e) > 2 for e in ends.values())
print(f"{len(ends)} runs, {interrupted} of them interrupted twice or more often, {sum(map(len, ends.values()))} starts")
sys.exit(any(e.count("done") != 1 for e in ends.values()))
END
}
each_job_restarted_twice() {
  local job
  for job in "$folder/$1"/.study/jobs/*.slurm; do
    scontrol show job "$(cat "$job")" | grep -q 'Restarts=\([2-9]\|[1-9][0-9]\)' || return 1
  done
}
none_was_handed_in_twice() { # the numbers of jobs begin at 2, after the one that start_slurm has tried
  local last
  last="$(squeue --all --noheader --states=all --format=%A | sort -n | tail -n 1)"
  [[ $(cat "$folder/$1"/.study/jobs/*.slurm | sort -n | tail -n 1) -eq $last && $((last - 1)) -eq $cpus ]]
}

start_slurm || fail "Slurm does not start; see the logs in $folder."
scontrol update partitionname=all state=up
write_wrapper
hurry &
helper=$!

started=$SECONDS
write_study limit "$runs"
study limit &
first=$!
wait_until 120 has_begun limit || fail "No run begins; see $folder/limit.output."
sleep 20
kill -KILL "$(sed -n 2p "$folder/limit/lock")" "$(sed -n '3s/,//p' "$folder/limit/.study/snakemake.json")"
wait "$first" || true
study limit || true
expect "$runs runs, a time limit that interrupts every job twice, killed once: all are finished" finished limit "$runs"
expect "no run was made to its end twice" ended_once limit
expect "every job was put back into the queue twice or more often" each_job_restarted_twice limit
expect "no job was handed in twice" none_was_handed_in_twice limit
echo "$((SECONDS - started)) s"

export RESTARTS=99
write_study cancelled 8
study cancelled &
first=$!
wait_until 120 has_begun cancelled || fail "No run begins; see $folder/cancelled.output."
scancel --user="$me"
wait_until 90 is_gone "$first" || kill "$first"
status=0
wait "$first" || status=$?
expect "scancel is noticed" test "$status" -eq 1
expect "and said" said cancelled "8 of 8 runs are not at their end. Their jobs were cancelled"
export RESTARTS=0
study cancelled || true
expect "the same command goes on" finished cancelled 8
expect "no run was made to its end twice" ended_once cancelled

kill "$(cat "$folder/slurmctld.pid")"
wait_until 10 is_gone "$(cat "$folder/slurmctld.pid")"
rm -f "$folder/slurmctld.pid"
status=0
study limit || status=$?
expect "a scheduler that is away is a sentence" test "$status" -eq 1
expect "and said" said limit "Slurm cannot be asked for its queue"
exit "$code"
