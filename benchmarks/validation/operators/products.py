# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What was brought into the skin and how much of it is left: particles, cells, gel."""

from .series import column

__all__ = ["left_percent", "lost_percent", "volume_of_course"]

SLICE = 1.0  # mm, of a 2-D patch


def left_percent(run, day, name):
    """What is left of what the first session brought [%]: plla_mass, msc_count or filler_volume."""
    return 100 * column(run, day, name) / column(run, 0.0, name)


def lost_percent(run, day, name):
    return 100 - left_percent(run, day, name)


def volume_of_course(run, day, dose, sessions):
    """
    Volume [cm3] by which a course of `sessions` with the whole `dose` [mg] thickens the skin: what a patch gains for each mg
    of particles that it was given, times the dose. Depots are taken as far apart, so that their volumes add up. The skin before
    the first session is that of day 0 less the particles.
    """
    width, density = (float(run.parameters[name].split()[0]) for name in ("Mesh/Width", "PLLA/Polymer density"))
    brought = column(run, 0.0, "plla_mass")
    gained = (column(run, day, "tissue_thickness") - column(run, 0.0, "tissue_thickness")) * width * SLICE + brought / density
    return 1e-3 * dose * gained / (sessions * brought)
