# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Stiffness, tension, suction and the order of fibres.

Suction: a thin disc of radius a that carries the tension s0 and is clamped at its edge is drawn up by the pressure p to a
spherical cap of height u. By Laplace's law, with the thickness t,

    p = 4 t s u/(a^2 + u^2),    s = s0 + E/(1 - nu) (arc/a - 1),    arc = R asin(a/R),   R = (a^2 + u^2)/(2 u).

This is the taut elastic membrane that Diridollou et al. (Skin Res Technol 2000, 6, 214) fit to find s0 and E of the
forearm; the formula is derived here. It has no time in it: ratios of a Cutometer (R2, R5, R7) are about creep and recovery,
which neither the membrane nor the tissue of the model has.
"""

import math

import numpy as np
from scipy.optimize import brentq

from .series import column

__all__ = ["stiffness", "anisotropy_of_stiffness", "most_extensible_direction"]


def cap_strain(height, radius):
    """Stretch of a radius of the disc that has become a spherical cap, minus 1."""
    sphere = (radius**2 + height**2) / (2 * height)
    angle = math.atan2(radius, sphere - height)  # beyond a right angle once the cap is more than half a sphere
    return sphere * angle / radius - 1


def suction_pressure(height, radius, thickness, tension, modulus, poisson=0.5):
    """Pressure [unit of tension] that lifts the middle of the disc by `height`."""
    stress = tension + modulus / (1 - poisson) * cap_strain(height, radius)
    return 4 * thickness * stress * height / (radius**2 + height**2)


def suction_height(pressure, radius, thickness, tension, modulus, poisson=0.5):
    """Height to which a pressure lifts the disc, at most half a sphere."""

    def missing(height):
        return suction_pressure(height, radius, thickness, tension, modulus, poisson) - pressure

    return brentq(missing, 1e-9 * radius, radius)


def collagen_orientation_index(tensor, along, across):
    """
    Order of fibres in the plane of a section: 0 without, 1 with all in one direction. One minus the ratio of the axes of the
    ellipse of the orientation tensor H; axes go as the square roots of its second moments.
    """
    plane = np.array([along, across], dtype=float)
    small, large = np.linalg.eigvalsh(plane @ np.asarray(tensor, dtype=float) @ plane.T)
    return 1 - math.sqrt(max(small, 0) / large)


def stiffness(run, day, direction="along", scale=1.0):
    """Stiffness of the dermis [kPa, times scale], from its shape in the body, its sides held."""
    return scale * column(run, day, f"stiffness_{direction}")


def anisotropy_of_stiffness(run, day):
    return stiffness(run, day, "along") / stiffness(run, day, "across")


def most_extensible_direction(run, day):
    """Angle to the lines of tension in which skin gives way the most [deg]."""
    return 90.0 if stiffness(run, day, "across") < stiffness(run, day, "along") else 0.0

