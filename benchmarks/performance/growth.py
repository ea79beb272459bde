# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Time and memory of a step against nodes and ranks, steps against the tolerance, and a model of many ranks.

Sections are parameters/plla.prm, blocks parameters/plla_3d.prm, both with one session. `growth.png` has time, memory and
iterations against nodes, and what the model says of ranks that this machine does not have; `scaling.py` is the model.
"""

from performance import figures, scaling
from performance.running import Failure, benchmark, count, gigabytes, number, one, print_table, save

TARGETS = ("benchmark_steps", "benchmark_throughput")
SESSION = "PLLA/Sessions=0 d"
# Of each kind the cells [mm] that give 25, 100, 400 and 1600 thousand nodes.
KINDS = {
    "section": ("parameters/plla.prm", (0.0625, 0.031, 0.0153, 0.0076)),
    "block": ("parameters/plla_3d.prm", (0.467, 0.256, 0.146, 0.0885)),
}
SMALL = {"section": 1.0, "block": 1.0}
TOLERANCES = (1e-2, 3e-3, 1e-3, 3e-4)
OF_SOLVES = "Mesh/Cell size=0.25 mm"


def add_arguments(parser):
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--days", type=float, default=0.25, help="of each run, from a session on")
    parser.add_argument("--most", type=float, default=2e6, help="leave out meshes of more nodes, about")


def plan(options):
    """(kind, ranks, cells [mm]); the largest section on most ranks alone, because it takes as long as all others."""
    if options.small:
        return [(kind, ranks, SMALL[kind]) for kind in KINDS for ranks in options.ranks]
    most = sum(25e3 * 4**k <= options.most for k in range(4))
    return [
        (kind, ranks, size)
        for kind, (_, sizes) in KINDS.items()
        for ranks in options.ranks
        for size in sizes[:most]
        if not (kind == "section" and size == sizes[-1] and ranks < max(options.ranks))
    ]


def run_steps(options, kind, ranks, size, days, *settings):
    words = [KINDS[kind][0], days, f"Mesh/Cell size={size:g} mm", SESSION, *settings]
    return {"kind": kind, **one([benchmark(options, "steps"), *words], ranks)}


def steps_at(options, tolerance):
    """Two years of a coarse section: the steps do not hang on the mesh."""
    size, days = (1.0, 14) if options.small else (0.25, 730)
    result = run_steps(options, "section", 1, size, days, f"Time/Tolerance={tolerance:g}")
    return {"tolerance": tolerance, "steps": result["steps"], "rejected": result["rejected"]}


def seconds_of_an_iteration(options):
    """Of one field and node, on all ranks of this machine, and the ranks."""
    size = "Mesh/Cell size=1 mm" if options.small else OF_SOLVES
    result = one([benchmark(options, "throughput"), KINDS["block"][0], size, SESSION], max(options.ranks))
    solve = result["diffusion_solve"]
    return result["ranks"] * solve["seconds"] / (solve["fields"] * solve["iterations"] * result["nodes"])


def measure(options):
    runs = [run_steps(options, kind, ranks, size, 0.1 if options.small else options.days)
            for kind, ranks, size in plan(options)]  # fmt: skip
    tolerances = [steps_at(options, tolerance) for tolerance in (TOLERANCES[:1] if options.small else TOLERANCES)]
    block = max((r for r in runs if r["kind"] == "block"), key=lambda r: (r["ranks"], r["nodes"]))
    if block["ranks"] < 2:
        raise Failure("The model needs the messages of two ranks at least: let --ranks name them.")
    model = scaling.Machine.of(block, seconds_of_an_iteration(options))
    result = {"runs": runs, "tolerances": tolerances, "strong": model.strong(), "weak": model.weak(),
              "counts": scaling.expected_counts({**block, "slabs": block["ranks"]})}  # fmt: skip
    save(options, "growth", result)
    print_growth(runs, tolerances)
    print_model(block, result)
    figures.draw_growth(result, options.into / "growth.png")


def print_growth(runs, tolerances):
    rows = [
        (
            r["kind"],
            r["ranks"],
            count(r["nodes"]),
            f"{number(r['unknowns'] / 1e6)} M",
            f"{number(r['seconds_per_step'])} s",
            number(r["seconds_per_step"] / r["nodes"] * 1e6),
            f"{r['iterations_per_solve']:.1f}",
            f"{number(r['set_up_seconds'], 2)} s",
            gigabytes(r["memory_bytes"]),
            number(r["memory_bytes_per_unknown"]),
        )
        for r in runs
    ]
    headers = ("", "ranks", "nodes", "unknowns", "a step", "µs per node", "iterations of a solve", "set-up", "memory", "B per unknown")
    print_table("Growth with the mesh", headers, rows)
    rows = [(f"{t['tolerance']:g}", t["steps"], t["rejected"]) for t in tolerances]
    print_table("Steps of two years against the tolerance", ("tolerance", "steps", "rejected"), rows)


def print_model(block, result):
    counted, expected = block["per_step"], result["counts"]
    rows = [
        ("reductions", number(counted["reductions"]), number(expected["reductions"])),
        ("messages sent", number(counted["messages"]), number(expected["messages"])),
        ("MB sent", number(counted["sent_bytes"] / 1e6), number(expected["sent_bytes"] / 1e6)),
        ("gathers to all", number(counted["gathers"]), number(expected["gathers"])),
    ]
    title = f"A step of {count(block['nodes'])} nodes on {block['ranks']} ranks, of the rank that says most"
    print_table(title, ("", "counted", "from the code, at most"), rows)
    for kind in ("strong", "weak"):
        rows = [
            (
                count(s["ranks"]),
                count(round(s["nodes"])),
                s["slabs"],
                f"{number(s['seconds'])} s",
                *(number(s["parts"][part]) for part in scaling.PARTS),
                f"{s['efficiency']:.2f}",
            )
            for s in result[kind]
        ]
        headers = ("ranks", "nodes", "slabs", "a step", *(f"{part} [s]" for part in scaling.PARTS), "efficiency")
        print_table(f"Model, {kind} scaling of a block (not measured)", headers, rows)
