# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Wounds: closure by epidermis, contraction, gape, strength. Days count from the injury. An area is not a share of patients:
that needs a cohort, of which `closed_share_of_patients` takes the days of closure.
"""

import numpy as np
from matplotlib.tri import LinearTriInterpolator, Triangulation

from cutis_output import OutputError

from .series import column

__all__ = [
    "open_area",
    "closed_percent",
    "closure_day",
    "gape",
    "contracted_percent",
    "half_contraction_time",
    "contracted_ellipse_percent",
    "strength",
    "day_of_largest_gain",
]

CLOSED = 0.01  # of the cut; the open area falls towards zero without reaching it


def open_area(run, day):
    """Surface that no epidermis covers [mm2]."""
    return column(run, day, "open_wound")


def closed_percent(run, day, since=0.0):
    """What epidermis has covered of the area that was open on the day `since` [%]."""
    return 100 * (1 - open_area(run, day) / open_area(run, since))


def closure_day(run, _day=None, since=0.0):
    """The first day from which less than CLOSED of the area on day `since` is open; OutputError if it stays open."""
    table = run.timeseries["open_wound"]
    left = table.to_numpy() / open_area(run, since)
    still = np.flatnonzero(left >= CLOSED)
    last = still[-1] if len(still) else 0
    if last + 1 >= len(left):
        raise OutputError(f"The wound of {run.directory} is still open on day {table.index[-1]:g}.")
    times = table.index.to_numpy()
    share = (left[last] - CLOSED) / (left[last] - left[last + 1])
    return float(times[last] + share * (times[last + 1] - times[last]))


def closed_share_of_patients(days_of_closure, day):
    """Share [%] of a cohort healed by a day; None stands for a patient who did not heal while followed."""
    healed = [closed is not None and closed <= day for closed in days_of_closure]
    if not healed:
        raise OutputError("A share of patients needs a cohort.")
    return 100 * sum(healed) / len(healed)


def gape(run, day=0.0):
    """Area of a wound over that of the cut, where the punch is as wide as the cut."""
    return 1 - column(run, day, "site_contraction")


def contracted_percent(run, day, since=0.0):
    """Part of the area of day `since` that has gone by contraction [%]; clinics measure from the wound as it gapes."""
    return 100 * (1 - gape(run, day) / gape(run, since))


def half_contraction_time(run, _day=None):
    """The day on which half of the contraction is reached that the wound will ever have."""
    area = 1 - run.timeseries["site_contraction"].to_numpy()
    times = run.timeseries.index.to_numpy()
    lowest = int(area.argmin())
    middle = 0.5 * (area[0] + area[lowest])
    if lowest == 0:
        raise OutputError(f"The wound of {run.directory} does not contract.")
    later = int(np.flatnonzero(area[: lowest + 1] <= middle)[0])
    share = (area[later - 1] - middle) / (area[later - 1] - area[later])
    return float(times[later - 1] + share * (times[later] - times[later - 1]))


def polygon_area(points):
    """Area inside a closed line of points (n x 2)."""
    x, y = np.asarray(points).T
    return 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def deformed_quarter(snapshot, half_axes, count=200):
    """Area of a quarter of an ellipse around the corner of the patch, in the deformed surface [mm2]."""
    top = snapshot.nodes[:, 2] > snapshot.nodes[:, 2].max() - 1e-9
    nodes = snapshot.nodes[top][:, :2]
    corner = nodes.min(axis=0)
    mesh = Triangulation(*(nodes - corner).T)
    angle = np.linspace(0, np.pi / 2, count)
    edge = np.column_stack([half_axes[0] * np.cos(angle), half_axes[1] * np.sin(angle)])
    moves = snapshot["displacement"][top]
    # On a plane of symmetry the line lies on the hull, where round-off may put it outside of all triangles.
    inside = np.clip(edge, 1e-9, None)
    moved = edge + np.column_stack([LinearTriInterpolator(mesh, moves[:, axis])(*inside.T) for axis in (0, 1)])
    return polygon_area(np.vstack([[0.0, 0.0], moved]))


def contracted_ellipse_percent(run, day, half_axes):
    """Part of the area of a gaping ellipse that has gone by contraction [%], from the displacement of its edge."""
    first, now = run.fields.nearest(0.0), run.fields.nearest(day)
    if abs(now.time - day) > 1e-6:
        raise OutputError(f"{run.directory} has no fields of day {day:g}.")
    return 100 * (1 - deformed_quarter(now, half_axes) / deformed_quarter(first, half_axes))


def strength(run, day):
    """Breaking strength of a scar over that of skin; a proxy: cross-linked collagen in the narrowest punch."""
    return column(run, day, "strength_at_site")


def day_of_largest_gain(run, _day, name, last):
    """The day at the end of which a column has gained the most within one day."""
    days = np.arange(0.0, last + 1)
    return float(days[1:][np.diff([column(run, day, name) for day in days]).argmax()])
