# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Stains of a biopsy. A procollagen stain shows what is being made and not what is kept, so it is a rate (rna.synthesis)."""

from cutis_output import OutputError

from .rna import synthesis
from .series import column

__all__ = ["stained_area", "procollagen_stain", "type_I_percent", "myofibroblast_share", "least_rise"]


def stained_area(run, day):
    """Area stained for type I collagen relative to healthy skin of the age at the start."""
    return column(run, day, "collagen_area_fraction")


def procollagen_stain(run, day, of="collagen_I"):
    """Synthesis in the punch; retention is another matter."""
    return synthesis(run, day, of)


def type_I_percent(run, day):
    """Share of type I in the collagen of the punch, by mass. Colours under polarised light are not quite that."""
    return 100 * (1 - column(run, day, "type_III_share_at_site"))


def myofibroblast_share(run, day):
    """Share of fibroblasts that stain for smooth muscle actin, mean of the dermis."""
    muscle, other = (column(run, day, f"mean_{kind}") for kind in ("myofibroblast", "fibroblast"))
    if muscle + other <= 0:
        raise OutputError("There are no fibroblasts of which a share could be taken.")
    return muscle / (muscle + other)


def least_rise(run, day, columns):
    """The smallest of several columns that are 1 in health: all have risen if it has."""
    return min(column(run, day, name) for name in columns)
