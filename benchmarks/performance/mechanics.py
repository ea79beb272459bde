# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Newton steps, iterations, time and memory of equilibrium against the mesh.

Blocks of layered skin in which the collagen of a ball has grown by half.
"""

from performance.running import Failure, benchmark, count, gigabytes, number, objects, print_table, save

TARGETS = ("benchmark_mechanics",)
SIZES, LARGE, SMALL = (6, 10, 16, 26, 40), 76, (6,)  # cells along a side


def add_arguments(parser):
    parser.add_argument("--large", action="store_true", help="also a block of a million unknowns on two ranks")


def measure(options):
    plan = [(SMALL if options.small else SIZES, 1)] + ([((LARGE,), 2)] if options.large and not options.small else [])
    results = []
    for sizes, ranks in plan:
        found = objects([benchmark(options, "mechanics"), *sizes], ranks)
        if len(found) != len(sizes):
            raise Failure(f"benchmark_mechanics has printed {len(found)} results instead of {len(sizes)}.")
        results += [{"ranks": ranks, **result} for result in found]
    save(options, "mechanics", results)
    rows = [
        (
            count(r["unknowns"]) + (f", {r['ranks']} ranks" if r["ranks"] > 1 else ""),
            r["newton_steps"],
            f"{r['iterations_per_step']:.1f}",
            f"{number(r['seconds_per_step'])} s",
            f"{number(r['set_up_seconds'], 2)} s",
            gigabytes(r["memory_bytes"]),
            ", ".join(f"{size:.1e}" for size in r["residuals"]),
        )
        for r in results
    ]
    headers = ("displacement unknowns", "Newton steps", "iterations of CG with ML", "per Newton step, with everything",
               "set-up", "memory", "residuals")  # fmt: skip
    print_table("Equilibrium", headers, rows)
