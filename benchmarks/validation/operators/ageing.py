# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Runs of untreated skin through life: one person who grows older, where studies have many of different age."""

import numpy as np
from scipy.integrate import trapezoid  # NumPy 2 calls its own otherwise than NumPy 1

from cutis_output import OutputError

from .series import column

__all__ = [
    "percent_per_decade",
    "change_between_ages",
    "ratio_of_ages",
    "age_of_first_fall",
    "age_of_least",
    "bundle_area_percent",
    "correlation_with_age",
]

DAYS_PER_YEAR = 365.25


def day_of_age(run, age):
    start = float(run.parameters["Host/Age"].split()[0])
    if age < start:
        raise OutputError(f"The host of {run.directory} is {start:g} at the start, older than {age:g}.")
    return (age - start) * DAYS_PER_YEAR


def ratio_of_ages(run, _day, name, young, old):
    """The column at the age `old` over that at the age `young`."""
    return column(run, day_of_age(run, old), name) / column(run, day_of_age(run, young), name)


def change_between_ages(run, day, name, young, old):
    return ratio_of_ages(run, day, name, young, old) - 1


def percent_per_decade(run, day, name, young, old):
    """Change per ten years in percent of the value at the age `young`."""
    return 100 * change_between_ages(run, day, name, young, old) / ((old - young) / 10)


def _ages(run, name):
    table = run.timeseries
    return float(run.parameters["Host/Age"].split()[0]) + table.index.to_numpy() / DAYS_PER_YEAR, table[name].to_numpy()


def age_of_first_fall(run, _day, name, share=0.02):
    """The age at which a column is first below its highest value so far by the share."""
    ages, values = _ages(run, name)
    fallen = np.flatnonzero(values < (1 - share) * np.maximum.accumulate(values))
    if not len(fallen):
        raise OutputError(f"`{name}` of {run.directory} does not fall by {share:g}.")
    return float(ages[fallen[0]])


def age_of_least(run, _day, name):
    """The age at which a column is least."""
    ages, values = _ages(run, name)
    return float(ages[values.argmin()])


def bundle_area_percent(run, _day, young, old, at_young):
    """
    Share of a section that bundles of collagen take at the age `old` [%], if they take `at_young` at the age `young`: it goes as the
    collagen and against the volume that it is in, which for tissue that grows along its thickness is the thickness.
    """
    share = ratio_of_ages(run, None, "collagen_total", young, old) / ratio_of_ages(run, None, "dermal_thickness", young, old)
    return at_young * share


def correlation_with_age(run, _day, name, young, old, spread):
    """
    Coefficient of correlation of a column x with age in persons whose ages are spread evenly from `young` to `old` and who at every
    age a differ by `spread`, their standard deviation over the mean, whatever it comes from:

        r = cov(x, a)/sqrt(var a (var x + (spread mean x)^2)),

    with mean, variance and covariance of the life that the run has. The spread is that of a study and not of the model.
    """
    ages, values = _ages(run, name)
    if young < ages[0] or old > ages[-1] + 1e-9:
        raise OutputError(f"{run.directory} is of ages {ages[0]:g} to {ages[-1]:g}, not of {young:g} to {old:g}.")
    even = np.array([young, *ages[(ages > young) & (ages < old)], old], dtype=float)
    x = np.interp(even, ages, values)

    def mean(y):
        return trapezoid(y, even) / (old - young)

    covariance = mean((x - mean(x)) * (even - mean(even)))
    variances = mean((even - mean(even)) ** 2) * (mean((x - mean(x)) ** 2) + (spread * mean(x)) ** 2)
    return float(covariance / np.sqrt(variances))
