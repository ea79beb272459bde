# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Cutis for Spack 1.0 or newer. Untested: it is written after the documentation of Spack and has not been run by Spack.

Copy it to packages/cutis/package.py of a repository of your own, and say there where the source is: in `git`, or with
`spack develop --path /path/of/cutis cutis@main`.
"""

from spack.package import *
from spack_repo.builtin.build_systems.cmake import CMakePackage, generator


class Cutis(CMakePackage):
    """Finite-element solver for skin that remodels itself."""

    license("Apache-2.0")

    version("main", branch="main")

    variant("native", default=True, description="Compile the node kernels for the processor of this machine")
    variant("python", default=True, description="Libraries of the scripts that tabulate, plot and report")
    variant("studies", default=False, description="Snakemake, which shares out the runs of studies and sweeps")

    depends_on("c", type="build")
    depends_on("cxx", type="build")
    depends_on("cmake@3.22:", type="build")

    depends_on("mpi")
    depends_on("dealii@9.4:9.6 +mpi +p4est +trilinos +hdf5")
    depends_on("hdf5 +mpi +hl")
    depends_on("boost@1.74: +program_options")
    depends_on("spdlog@1.10:")
    depends_on("nlohmann-json@3.11:")
    depends_on("udunits@2.2.28:")

    with when("+python"):
        depends_on("python@3.11:", type="run")
        for library in ("h5py", "jinja2", "matplotlib", "numpy", "pandas", "scipy"):
            depends_on(f"py-{library}", type="run")
    depends_on("snakemake@7", type="run", when="+studies")  # 8 has no --cluster
    conflicts("+studies", when="~python")

    generator("ninja")

    def cmake_args(self):
        return [
            self.define_from_variant("CUTIS_NATIVE", "native"),
            self.define("CUTIS_TESTS", False),
            self.define("DEAL_II_DIR", self.spec["dealii"].prefix),
        ]

    def setup_run_environment(self, env):
        if self.spec.satisfies("+python"):  # else the scripts would take that of the system, which has not these libraries
            env.set("CUTIS_PYTHON", self.spec["python"].command.path)
