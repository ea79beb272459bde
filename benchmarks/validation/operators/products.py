# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What was brought into the skin and how much of it is left: particles, cells, gel."""

from .series import column

__all__ = ["left_percent", "lost_percent"]


def left_percent(run, day, name):
    """What is left of what the first session brought [%]: plla_mass, msc_count or filler_volume."""
    return 100 * column(run, day, name) / column(run, 0.0, name)


def lost_percent(run, day, name):
    return 100 - left_percent(run, day, name)
