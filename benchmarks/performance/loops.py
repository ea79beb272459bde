# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Rates of the loops of a step, and of whole steps, against the two limits of the machine.

On parameters/plla_3d.prm with one session. `roofline.png` has each loop by its operations for each byte that it must move.
"""

from performance import figures
from performance.running import benchmark, number, one, print_table, save

TARGETS = ("benchmark_throughput", "benchmark_steps")
FILE = "parameters/plla_3d.prm"
SESSION = "PLLA/Sessions=0 d"
# What a stage moves for each unknown if every loop of it streams its arrays once: a model, from the arrays of the loops.
BYTES_OF_A_STAGE = 750.0


def add_arguments(parser):
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--cell-size", type=float, default=0.25, metavar="MM", help=".111 is 1.2 million nodes")
    parser.add_argument("--days", type=float, default=14.0, help="of the whole steps")


def case_of(cell_size):
    return [f"Mesh/Cell size={cell_size:g} mm", SESSION]


def rates(options, ranks, cell_size, days):
    """What both programs print, and the share of its limit that each loop reaches."""
    result = one([benchmark(options, "throughput"), FILE, *case_of(cell_size)], ranks)
    result["steps"] = one([benchmark(options, "steps"), FILE, days, *case_of(cell_size)], ranks)
    bandwidth, arithmetic = result["loops"][0]["GB_per_second"], result["GFLOP_per_second"]
    for loop in result["loops"]:
        loop["share_of_limit"] = loop["GFLOP_per_second"] / min(arithmetic, bandwidth * loop["intensity"])
    rate = result["steps"]["million_unknown_stages_per_second"]
    result["steps"]["share_of_model"] = rate * 1e6 * BYTES_OF_A_STAGE / (bandwidth * 1e9)
    return result


def measure(options):
    ranks, cell_size, days = options.ranks, options.cell_size, options.days
    if options.small:
        ranks, cell_size, days = [max(ranks)], 2.0, 1.0
    results = [rates(options, n, cell_size, days) for n in ranks]
    save(options, "loops", results)
    for result in results:
        print_rates(result)
    figures.draw_roofline(results, options.into / "roofline.png")


def print_rates(result):
    rows = [
        (
            loop["name"] + (f", {loop['fields']} fields" if loop["fields"] > 1 else ""),
            number(loop["million_unknowns_per_second"]),
            number(loop["bytes_per_unknown"]),
            number(loop["operations_per_unknown"]),
            number(loop["GB_per_second"]),
            number(loop["GFLOP_per_second"]),
            f"{loop['share_of_limit']:.2f}",
        )
        for loop in result["loops"]
    ]
    title = f"{result['ranks']} rank(s), {result['nodes']} nodes; arithmetic alone {number(result['GFLOP_per_second'])} GFLOP/s"
    headers = ("loop", "M unknowns/s", "B each", "operations each", "GB/s", "GFLOP/s", "share of its limit")
    print_table(title, headers, rows)
    solve, steps = result["diffusion_solve"], result["steps"]
    print(
        f"\nDiffusion solve of {solve['fields']} fields, from near to far: {number(solve['seconds'])} s,"
        f" {solve['iterations']} iterations, set-up {number(solve['set_up_seconds'])} s.\n"
        f"Whole steps: {number(steps['seconds_per_step'])} s for {steps['unknowns'] / 1e6:.2f} M unknowns,"
        f" {number(steps['million_unknown_stages_per_second'])} M unknown-stages/s, {steps['share_of_model']:.2f} of a model that"
        f" moves {BYTES_OF_A_STAGE:.0f} B per unknown and stage.\n"
        f"Memory at its peak: {steps['memory_bytes_per_unknown']:.0f} B per unknown, everything included.",
        flush=True,
    )
