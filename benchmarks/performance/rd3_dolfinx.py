#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The reference problem RD3 solved with dolfinx, the way a user of a general finite-element library would.

Three fields on a box of 10 x 10 x 4 mm without flux, times in days: a signal c, cells n that climb it, and matrix r,

    c' = Dc lap c - kc c + s n c / (1 + c) + 5 exp(-|x - x0|^2 / 0.5) exp(-t / 30)
    n' = Dn lap n - div(chi n grad c) + q n (1 + c / (2 (1 + c))) (1 - n)
    r' = kr (n (1 + 2 c / (1 + c)) - r n)

from c = 0, n = r = 1. Trilinear hexahedra, consistent mass, 2 x 2 x 2 Gauss points. Two schemes:

    imex  backward Euler for diffusion and linear decay, one field after the other; reactions and taxis explicit
    bdf2  the three fields together, second-order backward differences, Newton's method

Run on two ranks, here with 720 steps:

    mpirun -n 2 /usr/bin/python3 rd3_dolfinx.py --scheme imex --cells 60 60 24 --steps 720 --end 180

The result is one JSON object on the standard output. README.md says which choices were made and why.
"""
import argparse
import json
import logging
import os
import resource
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"  # the ranks are the parallelism

try:
    import numpy as np
    import ufl
    from dolfinx import fem, mesh
    from dolfinx.fem.petsc import assemble_matrix, assemble_vector
    from mpi4py import MPI
    from petsc4py import PETSc
except ImportError as error:
    sys.exit(f"This benchmark needs Debian's python3-dolfinx and its interpreter /usr/bin/python3: {error}.")

logging.getLogger().setLevel(logging.WARNING)  # the form compiler tells every command it runs

SIZE = (10.0, 10.0, 4.0)  # mm
DIFFUSIVITY_C, DECAY_C, RELEASE, SOURCE, SOURCE_WIDTH, SOURCE_TIME = 0.5, 1.0, 0.2, 5.0, 0.5, 30.0
DIFFUSIVITY_N, TAXIS, PROLIFERATION = 0.02, 0.02, 0.3
TURNOVER = 0.01
NAMES = ("c", "n", "r")
REPORT_TIMES = (1.0, 5.0, 30.0, 180.0)

# Two Gauss points along each axis are exact for all linear terms on a box; without this the fractions would be given
# far more. The kernels are compiled for this machine, as those of Cutis are.
dx = ufl.dx(metadata={"quadrature_degree": 3})
JIT = {"cffi_extra_compile_args": ["-O3", "-march=native"]}


def constant(domain, value):
    """A number that may change without the form being compiled again."""
    return fem.Constant(domain, PETSc.ScalarType(value))


def compiled(form):
    return fem.form(form, jit_params=JIT)


def source_profile(domain):
    x = ufl.SpatialCoordinate(domain)
    distance2 = sum((x[d] - SIZE[d] / 2) ** 2 for d in range(3))
    return SOURCE * ufl.exp(-distance2 / SOURCE_WIDTH)


def production_c(c, n):
    return RELEASE * n * c / (1 + c)


def production_n(c, n):
    return PROLIFERATION * n * (1 + 0.5 * c / (1 + c)) * (1 - n)


def production_r(c, n, r):
    return TURNOVER * (n * (1 + 2 * c / (1 + c)) - r * n)


def krylov(comm, kind, preconditioner, tolerance, matrix):
    """A solver that starts from the previous solution and reduces its residual by the tolerance.

    PETSc's own default is a tolerance relative to the right-hand side. The fields change little in a short step, so that
    would have to be much smaller for the same error: about 1e-9 instead of 1e-4 here.
    """
    solver = PETSc.KSP().create(comm)
    solver.setType(kind)
    solver.getPC().setType(preconditioner)
    solver.setInitialGuessNonzero(True)
    PETSc.Options()["ksp_converged_use_initial_residual_norm"] = True
    solver.setFromOptions()
    solver.setTolerances(rtol=tolerance, max_it=2000)
    solver.setOperators(matrix)
    solver.setErrorIfNotConverged(True)
    return solver


class Imex:
    """Every matrix is assembled once; a step is three right-hand sides and three solves with CG and Jacobi."""

    default_tolerance = 1e-4

    def __init__(self, domain, dt, tolerance):
        space = fem.FunctionSpace(domain, ("Q", 1))
        self.n_unknowns = 3 * space.dofmap.index_map.size_global
        self.fields = [fem.Function(space) for _ in NAMES]
        self.fields[1].x.array[:] = self.fields[2].x.array[:] = 1.0
        c, n, r = self.fields
        u, v = ufl.TrialFunction(space), ufl.TestFunction(space)

        rate = constant(domain, 1 / dt)

        def implicit(diffusivity, decay):
            mass, stiffness = constant(domain, 1 / dt + decay), constant(domain, diffusivity)
            matrix = assemble_matrix(
                compiled(mass * u * v * dx + stiffness * ufl.inner(ufl.grad(u), ufl.grad(v)) * dx)
            )
            matrix.assemble()
            return krylov(domain.comm, "cg", "jacobi", tolerance, matrix)

        self.solvers = [implicit(DIFFUSIVITY_C, DECAY_C), implicit(DIFFUSIVITY_N, 0.0), implicit(0.0, 0.0)]
        self.explicit = [
            compiled((c * rate + production_c(c, n)) * v * dx),
            compiled((n * rate + production_n(c, n)) * v * dx + TAXIS * n * ufl.inner(ufl.grad(c), ufl.grad(v)) * dx),
            compiled((r * rate + production_r(c, n, r)) * v * dx),
        ]
        self.source = self.assemble(compiled(source_profile(domain) * v * dx))
        self.weights = self.assemble(compiled(v * dx))
        self.iterations = 0

    @staticmethod
    def assemble(form):
        vector = assemble_vector(form)
        vector.ghostUpdate(PETSc.InsertMode.ADD, PETSc.ScatterMode.REVERSE)
        return vector

    def advance(self, time_reached):
        right_hand_sides = [self.assemble(form) for form in self.explicit]
        right_hand_sides[0].axpy(np.exp(-time_reached / SOURCE_TIME), self.source)
        for solver, right, field in zip(self.solvers, right_hand_sides, self.fields):
            solver.solve(right, field.vector)
            field.x.scatter_forward()
            self.iterations += solver.getIterationNumber()
            right.destroy()

    def owned(self):
        """The values of the three fields at the nodes of this rank."""
        size = self.fields[0].function_space.dofmap.index_map.size_local
        return np.array([field.x.array[:size] for field in self.fields])

    def nodal_weights(self):
        return self.weights.array_r.copy()


class Bdf2:
    """The coupled system by Newton's method, GMRES with ILU on each rank; the first step is backward Euler."""

    default_tolerance = 1e-7

    def __init__(self, domain, dt, tolerance):
        self.tolerance = tolerance
        space = fem.FunctionSpace(domain, ufl.VectorElement("Q", domain.ufl_cell(), 1, dim=3))
        self.n_unknowns = 3 * space.dofmap.index_map.size_global
        self.new, self.old, self.older = fem.Function(space), fem.Function(space), fem.Function(space)
        for function in (self.new, self.old, self.older):
            function.x.array.reshape(-1, 3)[:] = (0.0, 1.0, 1.0)
        # new * alpha + old * beta + older * gamma is the time derivative times dt
        self.coefficients = [constant(domain, value) for value in (1.0, -1.0, 0.0)]
        self.decline, rate = constant(domain, 0.0), constant(domain, 1 / dt)

        (c, n, r), (vc, vn, vr) = ufl.split(self.new), ufl.TestFunctions(space)
        alpha, beta, gamma = self.coefficients
        test = ufl.TestFunction(space)
        residual = (
            rate * ufl.inner(alpha * self.new + beta * self.old + gamma * self.older, test) * dx
            + DIFFUSIVITY_C * ufl.inner(ufl.grad(c), ufl.grad(vc)) * dx
            - (production_c(c, n) - DECAY_C * c + self.decline * source_profile(domain)) * vc * dx
            + ufl.inner(DIFFUSIVITY_N * ufl.grad(n) - TAXIS * n * ufl.grad(c), ufl.grad(vn)) * dx
            - production_n(c, n) * vn * dx
            - production_r(c, n, r) * vr * dx
        )
        self.residual = compiled(residual)
        self.jacobian = compiled(ufl.derivative(residual, self.new))
        self.matrix = fem.petsc.create_matrix(self.jacobian)
        self.solver = krylov(domain.comm, "gmres", "bjacobi", 1e-2, self.matrix)
        self.solver.setInitialGuessNonzero(False)  # a correction has no previous one to start from
        self.correction = self.new.vector.duplicate()
        self.weights = Imex.assemble(compiled(test[0] * dx))
        self.iterations = 0
        self.first = True

    def advance(self, time_reached):
        self.decline.value = np.exp(-time_reached / SOURCE_TIME)
        if self.first:
            self.first = False
        else:
            for coefficient, value in zip(self.coefficients, (1.5, -2.0, 0.5)):
                coefficient.value = value
        old, older, new = self.old.x.array, self.older.x.array, self.new.x.array
        older[:] = old
        old[:] = new
        new[:] = 2 * old - older if self.coefficients[2].value != 0.0 else old
        self.newton()

    def newton(self):
        for iteration in range(10):
            if iteration == 0 or iteration > 2:  # one matrix per step is enough unless the step is very long
                self.matrix.zeroEntries()
                assemble_matrix(self.matrix, self.jacobian)
                self.matrix.assemble()
            right = Imex.assemble(self.residual)
            self.solver.solve(right, self.correction)
            right.destroy()
            self.iterations += self.solver.getIterationNumber()
            self.new.vector.axpy(-1.0, self.correction)
            self.new.x.scatter_forward()
            if self.correction.norm() <= self.tolerance * self.new.vector.norm():
                return
        raise RuntimeError("Newton's method did not converge in 10 iterations.")

    def owned(self):
        size = self.new.function_space.dofmap.index_map.size_local
        return self.new.x.array[: 3 * size].reshape(-1, 3).T.copy()

    def nodal_weights(self):
        return self.weights.array_r[::3].copy()


def summary(comm, values, weights):
    """Largest and mean value of each field."""
    largest = np.empty(3)
    sums = np.empty(4)
    comm.Allreduce(values.max(axis=1), largest, MPI.MAX)
    comm.Allreduce(np.append(values @ weights, weights.sum()), sums, MPI.SUM)
    return {name: {"max": largest[i], "mean": sums[i] / sums[3]} for i, name in enumerate(NAMES)}


def run(comm, scheme_class, cells, steps, end, tolerance):
    start = time.perf_counter()
    domain = mesh.create_box(comm, [np.zeros(3), np.array(SIZE)], cells, mesh.CellType.hexahedron)
    dt = end / steps
    scheme = scheme_class(domain, dt, tolerance)
    weights = scheme.nodal_weights()
    reports = {}
    comm.Barrier()
    set_up = time.perf_counter() - start

    spent = processor = 0.0
    for step in range(1, steps + 1):
        reached = step * dt
        due = [t for t in REPORT_TIMES if reached - dt < t - 1e-9 <= reached]
        before = scheme.owned() if due else None
        start, processor_start = time.perf_counter(), time.process_time()
        scheme.advance(reached)
        spent += time.perf_counter() - start
        processor += time.process_time() - processor_start
        for t in due:
            share = (reached - t) / dt  # a step that passes the time is interpolated
            reports[f"{t:g}"] = summary(comm, share * before + (1 - share) * scheme.owned(), weights)
    wall = comm.allreduce(spent, MPI.MAX)
    peak = comm.allreduce(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, MPI.MAX) / 1024
    return {
        "scheme": f"dolfinx {scheme_class.__name__.lower()}",
        "cells": cells,
        "unknowns": scheme.n_unknowns,
        "ranks": comm.size,
        "steps": steps,
        "end": end,
        "tolerance": tolerance,
        "set_up_seconds": set_up,
        "wall_seconds": wall,
        "seconds_per_step": wall / steps,
        "cpu_seconds_all_ranks": comm.allreduce(processor, MPI.SUM),
        "linear_iterations_per_step": scheme.iterations / steps,
        "peak_rss_mb_per_rank": peak,
        "max_r": summary(comm, scheme.owned(), weights)["r"]["max"],
        "norms": reports,
    }


def main():
    schemes = {"imex": Imex, "bdf2": Bdf2}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scheme", choices=schemes, default="imex")
    parser.add_argument("--cells", type=int, nargs=3, default=[60, 60, 24], metavar="N", help="along x, y and z")
    parser.add_argument("--steps", type=int, default=720, help="equal time steps")
    parser.add_argument("--end", type=float, default=180.0, help="days")
    parser.add_argument("--tolerance", type=float, help="of the solver: CG for imex, Newton's update for bdf2")
    options = parser.parse_args()
    if min(options.cells) < 1 or options.steps < 1 or not options.end > 0:
        parser.error("cells, steps and end must be positive")
    scheme = schemes[options.scheme]
    tolerance = options.tolerance if options.tolerance is not None else scheme.default_tolerance
    result = run(MPI.COMM_WORLD, scheme, options.cells, options.steps, options.end, tolerance)
    if MPI.COMM_WORLD.rank == 0:
        print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
