# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Stains of a biopsy. A procollagen stain shows what is being made and not what is kept, so it is a rate (rna.synthesis)."""

import numpy as np

from cutis_output import OutputError

from .rna import synthesis
from .series import column

__all__ = ["stained_area", "procollagen_stain", "type_I_percent", "myofibroblast_share", "least_rise", "collagen_degradation"]


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


DEGRADATION = {  # constants of the rate and their defaults; the derived one follows from the synthesis of young skin
    "New collagen degradation": 0.088,
    "Mature collagen loss": 0.00012652,
    "MMP exponent on new collagen": 0.5,
    "MMP exponent on mature collagen": 0.12,
}
LOSSES = ("MMP degrades new collagen: 0.088 Z^0.5 Cn", "Mature collagen is lost slowly: 0.0001265 Z^0.12 Cm")  # as the network words them


def collagen_degradation(run, day, first=None):
    """
    Collagen that MMP takes away a day, of both pools, in units of all collagen of young skin: di Z^p Cn + dm Z^q Cm of dermal means,
    with the constants of the run; its mean from the day `first` on if that is given, as fragments gather over days. Where MMP is uneven,
    the power of its mean is not the mean of its power.
    """
    new, mature, p, q = (
        float(str(run.parameters.get(f"Network/dermis/{name}", value)).split()[0]) for name, value in DEGRADATION.items()
    )

    def rate(when):
        mmp = column(run, when, "mean_mmp")
        return new * mmp**p * column(run, when, "collagen_new") + mature * mmp**q * column(run, when, "collagen_mature")

    if first is None:
        return rate(day)
    times = run.timeseries.index.to_numpy()
    times = np.array([first, *times[(times > first) & (times < day)], day], dtype=float)
    return float(np.trapz([rate(when) for when in times], times) / (day - first))
