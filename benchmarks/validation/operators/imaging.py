# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Ultrasound and CT. Thickness is a distance in either. Echo density is not content: it rises with the number of interfaces
between bundles and falls with water, so a share of stained area stands for its direction at most, and never for its size.
"""

from .series import column

__all__ = ["ultrasound_thickness", "ct_depth", "echo_density"]


def ultrasound_thickness(run, day, site=False, layer="all"):
    """Thickness [mm] of all layers, or of the dermis, mean of the patch or of the punch."""
    if layer == "dermis" or site:
        return column(run, day, "dermal_thickness_at_site" if site else "dermal_thickness")
    return column(run, day, "tissue_thickness")


def ct_depth(run, day):
    """Depth of the soft tissue [mm], from the surface to the base of the patch."""
    return ultrasound_thickness(run, day)


def echo_density(run, day):
    """A stand-in for the direction of dermal echo: stained area, less the water that hyaluronan binds."""
    return column(run, day, "collagen_area_fraction") / column(run, day, "hydration")
