# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The reference problem RD3: time and time error of Cutis and of dolfinx on the same mesh.

The time error is that of the largest r after 180 days, of each program against its own solution with vanishing steps: of Cutis
at a tolerance of 1e-5, of dolfinx by extrapolation of its two finest runs, whose scheme is of first order. dolfinx is Debian's
python3-dolfinx; without it that half is left out.
"""

import pathlib
import subprocess

from performance.running import Failure, benchmark, number, one, print_table, save

TARGETS = ("benchmark_rd3",)
PEER_PYTHON = "/usr/bin/python3"  # the interpreter that Debian's dolfinx belongs to
PEER = pathlib.Path(__file__).resolve().parent / "rd3_dolfinx.py"
TOLERANCES, TIGHT = (1e-2, 3e-3, 1.3e-3, 3e-4), 1e-5
STEPS = (90, 720, 1440)  # of dolfinx; the last two are extrapolated
OF_MULTIGRID = 1.3e-3
END = "180"


def add_arguments(parser):
    parser.add_argument("--ranks", type=int, default=2)
    parser.add_argument("--cells", type=int, nargs=3, default=[60, 60, 24], metavar="N", help="along x, y and z")
    parser.add_argument("--orders", action="store_true", help="also the orders in time of both schemes of dolfinx")


def has_dolfinx():
    return subprocess.run([PEER_PYTHON, "-c", "import dolfinx"], capture_output=True).returncode == 0


def largest_r(result):
    """Of Cutis or of dolfinx."""
    return result["largest"][END][2] if "largest" in result else result["norms"][END]["r"]["max"]


def with_errors(results, exact):
    for result in results:
        result["time_error"] = abs(largest_r(result) - exact) / exact
    return results


def measure(options):
    cells, tolerances, tight, steps = options.cells, TOLERANCES, TIGHT, STEPS
    if options.small:
        cells, tolerances, tight, steps = [8, 8, 4], (1e-2,), 1e-3, (30, 60)
    program = [benchmark(options, "rd3"), *cells]
    exact = largest_r(one([*program, tight], options.ranks))
    ours = with_errors([one([*program, tolerance], options.ranks) for tolerance in tolerances], exact)
    pair = ours[-1] if options.small else next(r for r in ours if r["tolerance"] == OF_MULTIGRID)
    mesh = one([*program, pair["tolerance"], "mesh"], options.ranks)
    if mesh["multigrid"] or not pair["multigrid"]:
        raise Failure("benchmark_rd3 has not solved with both multigrid and polynomials.")
    result = {"cells": cells, "ranks": options.ranks, "exact": exact, "cutis": ours, "polynomials": mesh}
    if has_dolfinx():
        theirs = [one([PEER_PYTHON, PEER, "--scheme", "imex", "--cells", *cells, "--steps", n], options.ranks) for n in steps]
        result["peer_exact"] = 2 * largest_r(theirs[-1]) - largest_r(theirs[-2])
        result["dolfinx"] = with_errors(theirs, result["peer_exact"])
        result["dolfinx_version"] = peer_version()
    save(options, "reference", result)
    print_comparison(result, pair)
    if options.orders and has_dolfinx():
        print_orders(options)


def peer_version():
    found = subprocess.run([PEER_PYTHON, "-c", "import dolfinx; print(dolfinx.__version__)"], capture_output=True, text=True)
    return found.stdout.strip()


def print_comparison(result, pair):
    ours, theirs = result["cutis"], result.get("dolfinx", [])

    def row(name, r, memory):
        return name, f"{number(r['wall_seconds'])} s", r["steps"], f"{r['time_error']:.1e}", f"{number(memory)} MB"

    rows = [row(f"Cutis, tolerance {r['tolerance']:g}", r, r["memory_MB_all_ranks"]) for r in ours]
    rows += [row(f"dolfinx, IMEX, {r['steps']} steps", r, r["peak_rss_mb_per_rank"] * r["ranks"]) for r in theirs]
    title = f"RD3 on {' x '.join(map(str, result['cells']))} cells, {result['ranks']} rank(s)"
    print_table(title, ("", "time", "steps", "time error", "memory"), rows)
    print(f"\nLargest r after {END} days, steps vanishing: Cutis {result['exact']:.5f}", end="")
    print(f", dolfinx {result['dolfinx_version']} {result['peer_exact']:.5f}." if theirs else ".")
    for peer in theirs:
        as_good = [r for r in ours if r["time_error"] <= peer["time_error"]]
        if as_good:
            best = min(as_good, key=lambda r: r["wall_seconds"])
            print(
                f"- dolfinx with {peer['steps']} steps, time error {peer['time_error']:.1e}:"
                f" {number(peer['wall_seconds'] / best['wall_seconds'], 2)} times the time of Cutis with {best['time_error']:.1e}"
            )
    if not theirs:
        print("- dolfinx is not installed (apt-get install python3-dolfinx): nothing to compare with.")
    mesh = result["polynomials"]
    print(
        f"- Chebyshev polynomials instead of multigrid, tolerance {pair['tolerance']:g}:"
        f" {number(mesh['wall_seconds'] / pair['wall_seconds'], 2)} times the time, {mesh['iterations']} iterations instead of"
        f" {pair['iterations']}"
    )


def print_orders(options):
    """How far both schemes of dolfinx are from their limits at 5 days, and what is left after 180."""
    cells = [4, 4, 2] if options.small else [15, 15, 6]
    early = {"imex": (20, 40, 80), "bdf2": (10, 20, 40)} if options.small else {
        "imex": (160, 320, 640, 1280), "bdf2": (80, 160, 320, 640)}  # fmt: skip
    late = (30,) if options.small else (90, 180, 360, 720)
    tight = {"imex": "1e-6", "bdf2": "1e-9"}
    rows = []
    for scheme, counts in early.items():
        before = change = None
        for n in counts:
            peer = [PEER_PYTHON, PEER, "--scheme", scheme, "--cells", *cells, "--steps", n, "--end", 5]
            largest = {f: v["max"] for f, v in one([*peer, "--tolerance", tight[scheme]], 1)["norms"]["5"].items()}
            step = None if before is None else largest["c"] - before
            quotient = f", {change / step:.2f}" if step and change else ""
            rows.append((scheme, n, *(f"{largest[f]:.9f}" for f in "cnr"), f"{step:.1e}{quotient}" if step else ""))
            before, change = largest["c"], step
    print_table("dolfinx, largest values at 5 days", ("scheme", "steps", "c", "n", "r", "change of c, quotient"), rows)
    rows = []
    for scheme in early:
        peer = [PEER_PYTHON, PEER, "--scheme", scheme, "--cells", *cells]
        rows.append((scheme, *(f"{largest_r(one([*peer, '--steps', n], 1)):.6f}" for n in late)))
    print_table(f"dolfinx, largest r after {END} days", ("steps", *late), rows)
