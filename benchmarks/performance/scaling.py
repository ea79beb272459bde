# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A model of a step on many ranks, from counts of the code and from what a step takes on this machine.

A step of ROS34PW2 has four stages; each solves the diffusion of all moving fields, level by level, by conjugate gradients on
a tensor grid whose planes are divided among the ranks in slabs (numerics/diffusion/grid_solver.cc, multigrid.cc), in all
`I` iterations. Per step, with `L` levels, `M` moving fields, `C` of them with an account of their matter, and `G` grids that
are divided, a rank takes part in at most

    reductions   7 + L + 4 (1 + 2 L) + 3 I + 4 C    pivots, interruption, error and clipping (2); stiffness; of each stage
                 interruption, first and last residuals; three of an iteration; matter that solves have lost (`conserve`)
    planes       6 G I + G M    to each neighbour, of the fields of a level together: one on the finest grid for the
                 direction, five and six on the others for a V-cycle; to prepare coarser operators, field by field
    exchanges    L + M + 8 L    between the owners of nodes and of slabs: to prepare, and to and from each solve
    ghosts       9    of the mesh, all fields together: before and after each stage, and at the end
    gathers      I + M    of the first grid that every rank holds whole

Where the step stops to scale follows from the counts; the seconds hang on the latency and bandwidth that are assumed.
"""

import dataclasses
import math

STAGES = 4
PLANES_PER_RANK = 4  # multigrid_grids.cc: fewer are not worth a rank of their own
FEW_NODES = 2000  # of a grid that every rank holds whole
LATENCY, BANDWIDTH = 2e-6, 10e9  # assumed: s of a message, byte/s of a rank, of a usual network of a cluster
RANKS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000)
DOUBLE = 8
# Of a step: what is divided among all ranks; solves in slabs; on grids that every rank holds; what ranks wait for.
PARTS = ("nodes", "slabs", "whole grids", "reductions", "messages", "gathers")


def seldom_reductions(run):
    """Of a step, those for clipping and for lost matter, which not every step needs."""
    return 2 + STAGES * run["balanced_fields"]


def expected_counts(run):
    """What a step of `run`, with its iterations, asks of MPI at most, on two ranks or in the middle of more."""
    levels, moving, iterations, ranks = run["levels"], run["moving_fields"], run["iterations_per_step"], run["ranks"]
    planes = [grid["nodes"][0] * grid["nodes"][1] for grid in run["grids"] if not grid["whole"]]
    own, sides, of_a_level = run["nodes"] / ranks, min(ranks - 1, 2), moving / levels
    exchanges, fields_exchanged = 9 * levels + moving, 10 * moving
    ghosts = 2 * STAGES + 1
    # The nodes of a rank are a lump, slabs are flat.
    partners = min(ranks - 1, math.ceil(run["slabs"] / ranks ** (1 / 3)) if ranks > 2 else 1)
    surface = planes[0] if ranks == 2 else 6 * own ** (2 / 3)
    doubles = (
        sides * (6 * iterations * of_a_level + moving) * sum(planes) + own * fields_exchanged + ghosts * surface * run["fields"]
    )
    return {
        "reductions": 5 + levels + STAGES * (1 + 2 * levels) + 3 * iterations + seldom_reductions(run),
        "messages": sides * len(planes) * (6 * iterations + moving) + partners * exchanges + (1 if ranks == 2 else 6) * ghosts,
        "sent_bytes": DOUBLE * doubles,
        "gathers": iterations + moving,
    }


def slabs_of(planes, ranks):
    """How many ranks can take part in a solve."""
    return min(ranks, max(1, int(planes / PLANES_PER_RANK)))


@dataclasses.dataclass(frozen=True)
class Machine:
    """A step as this machine takes it, cut into what is divided among all ranks and what is divided into slabs."""

    run: dict
    node_seconds: float  # of a rank for each node, all but the solves
    slab_seconds: float  # the solves

    @staticmethod
    def of(run, seconds_of_an_iteration):
        """`seconds_of_an_iteration`: of a rank, of one field and node of a solve."""
        whole = run["seconds_per_step"] * run["ranks"] / run["nodes"]
        solves = run["scalar_solves_per_step"] * run["iterations_per_solve"] * seconds_of_an_iteration
        solves = min(solves, 0.8 * whole)  # the solve that is measured has harder fields
        return Machine(run, whole - solves, solves)

    def grids(self, grow, ranks):
        """The grids of the run with all lengths `grow` times as large, and which of them every rank holds whole."""
        grids, whole = [], False
        for grid in self.run["grids"]:
            nodes = [max(1.0, n * grow) for n in grid["nodes"]]
            slabs = slabs_of(grids[0]["nodes"][2] if grids else nodes[2], ranks)
            whole = whole or bool(grids) and (nodes[2] < slabs or math.prod(nodes) <= FEW_NODES)
            grids.append({"nodes": nodes, "whole": whole})
        return grids

    def step(self, ranks, n_nodes):
        """Seconds of a step, in parts, of a block with the proportions of the run."""
        grids = self.grids((n_nodes / self.run["nodes"]) ** (1 / 3), ranks)
        slabs = slabs_of(grids[0]["nodes"][2], ranks)
        whole = [math.prod(grid["nodes"]) for grid in grids if grid["whole"]]
        alone = {"reductions": 0.0, "messages": 0.0, "sent_bytes": 0.0, "gathers": 0.0}
        scaled = {**self.run, "ranks": ranks, "slabs": slabs, "nodes": n_nodes, "grids": grids}
        counts = expected_counts(scaled) if ranks > 1 else alone
        hops = math.log2(ranks)
        gathered = DOUBLE * max(whole, default=0.0) * self.run["moving_fields"] / self.run["levels"]
        seconds = (
            self.node_seconds * n_nodes / ranks,
            self.slab_seconds * n_nodes / slabs,
            self.slab_seconds * sum(whole) if ranks > 1 else 0.0,
            counts["reductions"] * hops * LATENCY,
            counts["messages"] * LATENCY + counts["sent_bytes"] / BANDWIDTH,
            counts["gathers"] * (hops * LATENCY + gathered / BANDWIDTH),
        )
        return {"ranks": ranks, "nodes": n_nodes, "slabs": slabs, "seconds": sum(seconds), "parts": dict(zip(PARTS, seconds))}

    def strong(self):
        """The block of the run on ever more ranks."""
        steps = [self.step(ranks, self.run["nodes"]) for ranks in RANKS]
        return [{**s, "efficiency": steps[0]["seconds"] / (s["ranks"] * s["seconds"])} for s in steps]

    def weak(self):
        """As many nodes for each rank as the run has."""
        each = self.run["nodes"] / self.run["ranks"]
        steps = [self.step(ranks, each * ranks) for ranks in RANKS]
        return [{**s, "efficiency": steps[0]["seconds"] / s["seconds"]} for s in steps]
