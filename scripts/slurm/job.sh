#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# A job of a campaign under Slurm: job.sh PYTHON STUDY_JOB.PY JOB, in the folder of the jobs. Slurm signals this script alone (B:), which
# passes SIGUSR1 on to study_job.py, and that to the solver or mpirun. At the time limit the job goes back into the queue; after
# scancel it does not.
trap 'kill -USR1 "$job"' USR1
trap 'cancelled=yes; kill -USR1 "$job"' TERM
"$1" "$2" "$3.json" &
job=$!
while kill -0 "$job" 2>/dev/null; do wait "$job"; done # a signal ends a wait
wait "$job"
code=$?
if [[ $code -eq 3 && -z ${cancelled:-} ]]; then
  scontrol requeue "$SLURM_JOB_ID" || touch "$3.again" # which is handed in anew
fi
exit "$code"
