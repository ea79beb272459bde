# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Observation operators: what an instrument would read in a run. Each is a function of the run, the day since the injury or
the first session, and arguments from the mapping. They return one number, or raise OutputError where a run does not tell.
"""

from . import ageing, histology, imaging, mechanics, products, rna, series, specimen, wounds

MODULES = (series, rna, histology, imaging, wounds, mechanics, specimen, ageing, products)
OPERATORS = {name: getattr(module, name) for module in MODULES for name in module.__all__}
