#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Hand a job of a campaign to Slurm: Snakemake calls `submit.py JOBSCRIPT`, and learns ID@JOB.

Of Snakemake's script only the name of the job is used. What is handed in is job.sh, which passes signals on and puts itself back into
the queue. A job that is queued already, by a call that was killed, is not handed in twice.
"""

import json
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from cutis_cluster import first_line, queue


def job_of(script):
    for line in pathlib.Path(script).read_text(encoding="utf-8").splitlines():
        if line.startswith("# properties = "):
            (output,) = json.loads(line.partition(" = ")[2])["output"]
            return output.removesuffix(".end")
    sys.exit(f"{script} does not say which job it is of.")


def command(job, plan):
    options = plan["cluster"]
    words = ["sbatch", "--parsable", "--requeue", "--open-mode=append", f"--ntasks={plan['ranks']}", f"--time={options['time']}"]
    words += [f"--signal=B:USR1@{options['warning']}", f"--job-name={options['name']}", f"--output={job}.out"]
    words += [f"--{key}={options[key]}" for key in ("partition", "account", "mem-per-cpu") if key in options]
    return [*words, *shlex.split(options["options"]), str(HERE / "job.sh"), sys.executable, str(HERE.parent / "study_job.py"), job]


def main():
    job = job_of(sys.argv[1])
    note = pathlib.Path(f"{job}.slurm")
    number = note.read_text().strip() if note.exists() else ""
    if not number or number not in queue():
        plan = json.loads(pathlib.Path(f"{job}.json").read_text(encoding="utf-8"))
        done = subprocess.run(command(job, plan), capture_output=True, text=True, check=False)
        if done.returncode:
            pathlib.Path(f"{job}.refused").write_text(first_line(done.stderr) + "\n")
            sys.exit(done.stderr)
        number = done.stdout.strip().split(";")[0]
        note.write_text(number + "\n")
    print(f"{number}@{job}")


if __name__ == "__main__":
    main()
