# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Parameter files as users run them: steps, seconds, memory, balance, collagen after a year.

--against takes another build of Cutis: both run turn about, A B A B, so that what else the machine does falls on both
alike, and medians and ratios are printed.
"""

import csv
import dataclasses
import json
import pathlib
import shutil
import statistics
import tempfile

from performance.running import Failure, check, count, gigabytes, number, print_table, run, save

TARGETS = ("cutis",)
YEAR = 364.0  # the row of a year, with rows every 7, 14 or 28 days


@dataclasses.dataclass(frozen=True)
class Example:
    text: str
    file: str
    ranks: int = 1
    settings: tuple = ()
    long: bool = False  # a quarter of an hour or more
    small: tuple = ()  # what makes it small beside what all have


COARSE, QUARTER = "Mesh/Cell size=0.125 mm", "Mesh/Cell size=0.25 mm"
DAILY = (QUARTER, "Output/Every=1 d", "Output/Fields every=730 d")
ONE_NEEDLE = ("RF microneedling/Model=single needle", "RF microneedling/Sessions=0 d")
EXAMPLES = {
    "plla": Example("a section, two years", "plla"),
    "plla_coarse": Example("the same, cells of 0.125 mm", "plla", settings=(COARSE,)),
    "block_year": Example("a block, a year, cells of 0.5 mm", "plla_3d", 2, ("Mesh/Cell size=0.5 mm", "Time/End=365 d")),
    "mechanics": Example("a section that deforms, two years", "plla_mechanics", 2),
    "mechanics_coarse": Example("the same, cells of 0.125 mm", "plla_mechanics", settings=(COARSE,)),
    "rf": Example("needles, a year, and their lesion", "rf_microneedling", 2, small=ONE_NEEDLE),
    "year": Example("a section, a year", "plla", settings=("Time/End=365 d",)),
    "adaptive": Example("the same, adaptive from cells of 0.25 mm", "plla",
                        settings=(QUARTER, "Time/End=365 d", "Mesh/Adaptive=true")),
    "daily_on_steps": Example("a row each day, on steps", "plla", settings=(*DAILY, "Time/Rows=on steps")),
    "daily_between": Example("a row each day, between steps", "plla", settings=(*DAILY, "Time/Rows=between steps")),
    "block": Example("a block, two years", "plla_3d", 2, long=True),
    "block_mechanics": Example("a block that deforms, two years, cells of 0.33 mm", "plla_3d", 2,
                               ("Mesh/Cell size=0.33 mm", "Mechanics/Enabled=true", "Mechanics/Tension along=24 kPa",
                                "Mechanics/Tension across=17 kPa"), long=True),
}  # fmt: skip
# Of two examples: what is held against what, and in which quantity.
RATIOS = (
    ("mechanics_coarse", "plla_coarse", "processor_seconds", "processor time with mechanics, against without"),
    ("adaptive", "year", "processor_seconds", "processor time on an adaptive mesh, against a uniform one"),
    ("daily_on_steps", "daily_between", "steps", "steps with a row each day on steps, against between them"),
)


def add_arguments(parser):
    parser.add_argument("--only", metavar="NAME,...", help=f"of {', '.join(EXAMPLES)}")
    parser.add_argument("--long", action="store_true", help="also those that take a quarter of an hour and more")
    parser.add_argument("--against", type=pathlib.Path, metavar="PROGRAM", help="the program of another build")
    parser.add_argument("--rounds", type=int, default=3, help="of both programs, with --against")


def small(example):
    """The example within a second or two: large cells, three days, one session."""
    settings = dict(setting.split("=", 1) for setting in example.settings)
    size = "2 mm" if example.file == "plla_3d" else "1 mm"
    settings |= {"Mesh/Cell size": size, "Time/End": "3 d", "Output/Every": "3 d", "Output/Fields every": "3 d"}
    settings |= dict(setting.split("=", 1) for setting in example.small or ("PLLA/Sessions=0 d",))
    return dataclasses.replace(example, settings=tuple(f"{name}={value}" for name, value in sorted(settings.items())))


def chosen(options):
    names = [name.strip() for name in options.only.split(",")] if options.only else [
        name for name, example in EXAMPLES.items() if options.long or not example.long]  # fmt: skip
    unknown = [name for name in names if name not in EXAMPLES]
    if unknown:
        raise Failure(f"There is no example {', '.join(unknown)}; there are {', '.join(EXAMPLES)}.")
    return {name: small(EXAMPLES[name]) if options.small else EXAMPLES[name] for name in names}


def collagen_after_a_year(folder):
    """Of the dermis, relative to young skin; None for runs that end earlier."""
    with open(folder / "timeseries.csv", newline="") as file:
        for row in csv.DictReader(file):
            if abs(float(row["time [d]"]) - YEAR) < 1e-6:
                return float(row["collagen_total [1]"])
    return None


def run_example(program, example):
    """One run in a folder that is thrown away."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cutis_cost_"))
    try:
        settings = [word for setting in example.settings for word in ("--set", setting)]
        command = [program, "run", f"parameters/{example.file}.prm", *settings, "--output", folder / "run"]
        _, seconds, processor = run(command, example.ranks)
        summary = json.loads((folder / "run" / "summary.json").read_text())
        checks = summary["checks"]
        if not (checks["finite"] and checks["not_negative"] and checks.get("mass_is_balanced", True)):
            raise Failure(f"The run of {example.file}.prm has failed its own checks: {checks}.")
        result = {
            "ranks": example.ranks,
            "steps": summary["steps"],
            "rejected": summary["rejected_steps"],
            "unknowns": summary["dofs"],
            "seconds": seconds,
            "processor_seconds": processor,
            "memory_bytes": 1e6 * summary["peak_memory_total_MB"],
        }
        check(result, example.file)
        result["defect"] = checks.get("mass_balance_defect", 0.0)
        result["collagen"] = collagen_after_a_year(folder / "run")
        return result
    except (OSError, KeyError, ValueError) as error:
        raise Failure(f"The run of {example.file}.prm has left no results that can be read: {error}.") from error
    finally:
        shutil.rmtree(folder)


def measure(options):
    examples, program = chosen(options), options.build / "cutis"
    if options.against:
        return compare(options, examples, {"A": program, "B": options.against.resolve()})
    results, found = {}, {}  # small, several examples are the same run
    for name, example in examples.items():
        what = (example.file, example.ranks, example.settings)
        found[what] = results[name] = found.get(what) or run_example(program, example)
    save(options, "cases", results)
    rows = [
        (
            f"`{example.file}.prm`: {example.text}",
            results[name]["ranks"],
            count(results[name]["unknowns"]),
            results[name]["steps"] + results[name]["rejected"],
            f"{number(results[name]['seconds'])} s",
            f"{number(results[name]['processor_seconds'])} s",
            gigabytes(results[name]["memory_bytes"]),
            f"{results[name]['defect']:.0e}",
            f"{results[name]['collagen']:.4f}" if results[name]["collagen"] else "-",
        )
        for name, example in examples.items()
    ]
    headers = ("run", "ranks", "unknowns of fields", "tries of steps", "time", "processor time", "memory",
               "defect of mass", f"collagen, day {YEAR:.0f}")  # fmt: skip
    print_table("Parameter files, from the start of the program to its end", headers, rows)
    print()
    for above, below, quantity, text in RATIOS:
        if above in results and below in results:
            print(f"- {text}: {number(results[above][quantity] / results[below][quantity], 2)} times")


def compare(options, examples, programs):
    """Both programs turn about; medians, and the ratio of A to B."""
    rounds = 1 if options.small else options.rounds
    results = {name: {letter: [] for letter in programs} for name in examples}
    for _ in range(rounds):
        for name, example in examples.items():
            for letter, program in programs.items():
                results[name][letter].append(run_example(program, example))
    save(options, "cases_against", results)

    def median(name, letter, quantity):
        return statistics.median(r[quantity] for r in results[name][letter])

    rows = []
    for name, example in examples.items():
        for quantity in ("steps", "seconds", "processor_seconds", "memory_bytes"):
            a, b = (median(name, letter, quantity) for letter in programs)
            rows.append((f"`{example.file}.prm`: {example.text}", quantity.replace("_", " "), number(a), number(b), number(a / b)))
    title = f"A: {programs['A']}, B: {programs['B']}; medians of {rounds} round(s)"
    print_table(title, ("run", "what", "A", "B", "A / B"), rows)
