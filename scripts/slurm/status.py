#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""How a job is: Snakemake calls `status.py ID@JOB`, and reads `success`, `running` or `failed`.

Without it Snakemake waits for ever for a job that was cancelled or killed together with its script. All questions of ten seconds are
answered from one call of squeue. A scheduler that does not answer is no reason to give a job up.
"""

import json
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from cutis_cluster import SchedulerAway, queue
from cutis_runs import read_json, write_json

LASTS = 10.0  # s
GRACE = 5.0  # s until a file that a job wrote last is seen on other hosts


def known(number, note):
    """Whether a job is in the queue, by an answer that is younger than its submission."""
    memory = pathlib.Path("queue.json")
    age = time.time() - memory.stat().st_mtime if memory.exists() else LASTS
    numbers = read_json(memory) if age < LASTS and memory.stat().st_mtime > note.stat().st_mtime + 1 else None
    if numbers is None:
        numbers = queue()
        write_json(memory, numbers)
    return number in numbers


def main():
    number, _, job = sys.argv[1].partition("@")
    end, note = pathlib.Path(f"{job}.end"), pathlib.Path(f"{job}.slurm")
    if end.exists():
        return "success"
    try:
        if known(number, note):
            return "running"
    except (SchedulerAway, FileNotFoundError, json.JSONDecodeError):
        return "running"
    time.sleep(GRACE)
    return "success" if end.exists() else "failed"


if __name__ == "__main__":
    print(main())
