# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Programs that measure, one at a time; what they print must be numbers that can be."""

import json
import math
import os
import resource
import shutil
import subprocess
import sys
import time

from cutis_runs import ROOT, environment

# All else that a benchmark prints is positive.
MAY_BE_ZERO = {"rejected", "balanced_fields", "messages", "sent_bytes", "gathers", "gathered_bytes", "reductions"}


class Failure(Exception):
    """Nothing was measured; the message is a sentence for the user."""


def run(command, ranks):
    """Standard output, wall time and processor time of all ranks [s] of a command."""
    words = [str(word) for word in command]
    print(f"  {ranks} rank(s): {' '.join(words)}", file=sys.stderr, flush=True)
    launcher = [shutil.which("mpirun") or "mpirun", "-n", str(ranks)]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        result = subprocess.run(launcher + words, capture_output=True, text=True, env=environment(), cwd=ROOT)
    except OSError as error:
        raise Failure(f"{launcher[0]} cannot be run: {error}.") from error
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode != 0:
        said = (result.stdout + result.stderr).strip()
        raise Failure(f"{os.path.basename(words[0])} ended with exit code {result.returncode}:\n{said}")
    return result.stdout, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check(value, what):
    """Every number in what a benchmark has printed is finite and, unless it may be zero, positive."""
    if isinstance(value, dict):
        for key, part in value.items():
            check(part, f"{what}: {key}")
    elif isinstance(value, list):
        for part in value:
            check(part, what)
    elif value is None:  # JSON has no other way to say that a number is none
        raise Failure(f"{what} is no number.")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        least = 0 if what.rsplit(": ", 1)[-1] in MAY_BE_ZERO else sys.float_info.min
        if not (math.isfinite(value) and value >= least):
            raise Failure(f"{what} is {value}, which cannot be.")


def objects(command, ranks):
    """The JSON objects that a benchmark prints, one after the other."""
    name, text = os.path.basename(str(command[0])), run(command, ranks)[0]
    found, position, decoder = [], text.find("{"), json.JSONDecoder()
    while position >= 0:
        try:
            value, position = decoder.raw_decode(text, position)
        except ValueError as error:
            raise Failure(f"{name} has printed what is no JSON: {error}.") from error
        found.append(value)
        position = text.find("{", position)
    if not found:
        raise Failure(f"{name} has printed no result.")
    check(found, name)
    return found


def one(command, ranks):
    found = objects(command, ranks)
    if len(found) != 1:
        raise Failure(f"{os.path.basename(str(command[0]))} has printed {len(found)} results instead of one.")
    return found[0]


def benchmark(options, name):
    return options.build / "benchmarks" / f"benchmark_{name}"


def save(options, name, result):
    (options.into / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")


def print_table(title, headers, rows):
    """In Markdown, as the manual has it."""
    print(f"\n{title}\n\n| {' | '.join(map(str, headers))} |\n|{'---|' * len(headers)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |")
    sys.stdout.flush()


def number(value, digits=3):
    """To so many digits, and never as 1e+03."""
    if value == 0 or not math.isfinite(value):
        return str(value)
    places = digits - 1 - math.floor(math.log10(abs(value)))
    if places > digits + 2:
        return f"{value:.{digits - 1}e}"
    return f"{round(value, places):,.{max(places, 0)}f}".replace(",", " ")


def count(value):
    """A whole number, in groups of three digits."""
    return f"{value:,d}".replace(",", " ")


def gigabytes(n_bytes):
    return f"{number(n_bytes / 1e9, 2)} GB"
