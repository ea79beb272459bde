#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Measure the loops of Cutis against the memory bandwidth, and the reference problem RD3 against dolfinx.

Builds the two benchmark programs, runs everything one after the other, and prints the ratios. Only ratios taken in one
run of this script mean anything; let the machine do nothing else meanwhile. dolfinx is Debian's python3-dolfinx; without
it that half is left out.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PEER_PYTHON = "/usr/bin/python3"  # the interpreter that Debian's dolfinx belongs to
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_hwloc_base_binding_policy": "none",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
}
# The largest r after 180 days on 60 x 60 x 24 cells with vanishing steps, of each discretization by itself.
ERROR_AT = "180"


def run(command, ranks):
    print(f"  {ranks} rank(s): {' '.join(map(str, command))}", file=sys.stderr, flush=True)
    result = subprocess.run(
        ["mpirun", "-n", str(ranks), *map(str, command)],
        capture_output=True,
        text=True,
        env={**os.environ, **ENVIRONMENT},
        cwd=ROOT,
    )
    if result.returncode != 0:
        sys.exit(f"This failed with exit code {result.returncode}:\n{result.stdout}{result.stderr}")
    return json.loads(result.stdout[result.stdout.index("{") :])


def has_dolfinx():
    return subprocess.run([PEER_PYTHON, "-c", "import dolfinx"], capture_output=True).returncode == 0


def print_loops(build, arguments):
    print("\nLoops, on the case parameters/plla_3d.prm\n")
    for ranks in arguments.ranks:
        result = run(
            [build / "benchmarks/benchmark_throughput", "parameters/plla_3d.prm", arguments.days,
             f"Mesh/Cell size={arguments.cell_size} mm", "PLLA/Sessions=0 d"],
            ranks,
        )  # fmt: skip
        print(f"{ranks} rank(s), {result['nodes']} nodes, triad {result['triad_GB_per_second']:.1f} GB/s")
        for one in result["operator"]:
            print(
                f"  operator, {one['fields']:2} fields: {one['million_unknowns_per_second']:7.0f} M unknowns/s,"
                f" {one['bytes_per_unknown']:5.1f} B each, {one['share_of_triad']:.2f} of the triad,"
                f" {one['share_of_24_byte_floor']:.2f} of the 24 B floor"
            )
        solve, steps = result["diffusion_solve"], result["run"]
        print(
            f"  diffusion solve, {solve['fields']} fields: {solve['seconds']:.3f} s, {solve['iterations']} iterations,"
            f" set-up {solve['set_up_seconds']:.3f} s"
        )
        print(
            f"  whole steps: {steps['seconds_per_step']:.3f} s for {steps['unknowns'] / 1e6:.2f} M unknowns,"
            f" {steps['million_unknown_stages_per_second']:.1f} M unknown-stages/s,"
            f" {steps['share_of_750_byte_model']:.2f} of the 750 B model"
        )
        print(f"  memory: {result['memory_bytes_per_unknown']:.0f} B per unknown, everything included")


def error(result, converged):
    return abs(result["largest"][ERROR_AT][2] - converged) / converged


def print_reference_problem(build, arguments):
    cells, ranks = arguments.cells, max(arguments.ranks)
    print(f"\nReference problem RD3, {'x'.join(map(str, cells))} cells, {ranks} rank(s)\n")
    program = build / "benchmarks/benchmark_rd3"
    tight = run([program, *cells, 1e-5], ranks)["largest"][ERROR_AT][2]
    ours = {tolerance: run([program, *cells, tolerance], ranks) for tolerance in (1e-2, 3e-3, 1.3e-3, 3e-4)}
    for tolerance, result in ours.items():
        print(
            f"  Cutis, tolerance {tolerance:.1e}: {result['wall_seconds']:7.2f} s, {result['steps']} steps,"
            f" time error {error(result, tight):.1e}, {result['memory_MB_all_ranks']:.0f} MB"
        )
    if not has_dolfinx():
        print("  dolfinx is not installed (apt-get install python3-dolfinx); nothing to compare with.")
        return
    peer = [PEER_PYTHON, HERE / "rd3_dolfinx.py", "--scheme", "imex", "--cells", *cells]
    theirs = {steps: run([*peer, "--steps", steps], ranks) for steps in (90, 720)}
    for steps, result in theirs.items():
        print(f"  dolfinx, IMEX, {steps} steps: {result['wall_seconds']:7.2f} s")
    for steps, goal in ((90, 1e-3), (720, 1e-4)):
        reached = [r["wall_seconds"] for r in ours.values() if error(r, tight) <= goal]
        if reached:
            print(f"  ratio of times at a time error of {goal:.0e}: {theirs[steps]['wall_seconds'] / min(reached):.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="where Cutis is built")
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--cell-size", type=float, default=0.25, metavar="MM", help="of the loops; .111 is 1 M nodes")
    parser.add_argument("--days", type=float, default=28.0, help="of the loops")
    parser.add_argument("--cells", type=int, nargs=3, default=[60, 60, 24], help="of the reference problem")
    arguments = parser.parse_args()
    subprocess.run(
        ["cmake", "--build", arguments.build, "--target", "benchmark_throughput", "benchmark_rd3"],
        check=True,
        stdout=sys.stderr,
    )
    print_loops(arguments.build.resolve(), arguments)
    print_reference_problem(arguments.build.resolve(), arguments)


if __name__ == "__main__":
    main()
