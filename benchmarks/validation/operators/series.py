# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Columns of the time series at a day, or integrated over a window; never a mean over rows, which are not evenly spaced."""

import numpy as np
from scipy.integrate import trapezoid  # NumPy 2 calls its own otherwise than NumPy 1

from cutis_output import OutputError

__all__ = ["column", "mean_over", "sum_of_products"]


def column(run, day, name):
    """The column at the day, linear between rows."""
    table = run.timeseries
    if name not in table:
        raise OutputError(f"{run.directory} has no column `{name}`.")
    if day is None:
        raise OutputError(f"`{name}` needs a day.")
    times = table.index.to_numpy()
    if not times[0] - 1e-9 <= day <= times[-1] + 1e-9:
        raise OutputError(f"{run.directory} is of days {times[0]:g} to {times[-1]:g}, not of day {day:g}.")
    return float(np.interp(day, times, table[name].to_numpy()))


def mean_over(run, _day, name, first, last):
    """Mean of the column over a window in time, by the trapezoidal rule."""
    inner = run.timeseries.index.to_numpy()
    times = np.array([first, *inner[(inner > first) & (inner < last)], last], dtype=float)
    values = [column(run, day, name) for day in times]
    return float(trapezoid(values, times) / (last - first))


def sum_of_products(run, day, products):
    """Sum of products of columns: [["collagen_at_site", "type_III_share_at_site"]] is the type III of a biopsy."""
    return sum(float(np.prod([column(run, day, name) for name in names])) for names in products)
