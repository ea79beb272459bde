# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Maps of the fields at some output times: of a section as it is, of a block on the plane through the site of the biopsy."""

import dataclasses

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

import cutis_drawing as drawing
from cutis_output import OutputError
from cutis_report import pictures, words
from cutis_report.columns import arrangement, field_name
from cutis_report.sources import number_of
from plot_run import changing

NO_FIELDS = ("layer",)  # where tissue lies, not what happens in it
TELLING = 0.01  # fields that vary by less than this part of the larger of 1 and their largest value are drawn on request only
WIDEST, HIGHEST = 5.6, 3.4  # inches of a map


@dataclasses.dataclass
class Moment:
    day: float
    label: str
    source: str
    text: str


@dataclasses.dataclass
class FieldMap:
    key: str
    title: str
    unit: str
    width: int
    height: int
    moments: list


@dataclasses.dataclass
class Fields:
    """Maps of a run, and sentences on what is not drawn."""

    maps: list
    days: list
    notes: list
    section: str = ""
    layers: str = ""


def chosen_days(times, most):
    """At most `most` output times, the first and the last among them, closer together at the beginning, where more happens."""
    wanted = [times[0] + (times[-1] - times[0]) * (i / max(1, most - 1)) ** 1.6 for i in range(most)]
    return sorted({min(times, key=lambda time: abs(time - day)) for day in wanted})


def plane_of(run, snapshot):
    """(plane snapshot, what it is): of a block the section through the site of the biopsy, else through the middle."""
    if snapshot.dimension == 2:
        return snapshot
    return snapshot.section(y=position_of_section(run, snapshot))


def position_of_section(run, snapshot):
    low, high = snapshot.nodes[:, 1].min(), snapshot.nodes[:, 1].max()
    site = number_of(run.parameters.get("Output/Site along length"))
    return site if low <= site <= high else 0.5 * (low + high)


def scalar_names(snapshot):
    """(fields with one value at a node, other fields)."""
    names = [name for name in snapshot.names if name not in NO_FIELDS]
    scalar = [name for name in names if snapshot[name].ndim == 1]
    return scalar, [name for name in names if name not in scalar]


def in_order(names):
    first = arrangement()["fields"]["first"]
    return [name for name in first if name in names] + [name for name in names if name not in first]


def title_of(key, knowledge):
    """(name, unit) of a field."""
    if key in drawing.FIELDS:
        label, unit, _ = drawing.FIELDS[key]
        return label[:1].upper() + label[1:], unit or "1"
    return field_name(key, knowledge)


def draw_moment(run, snapshot, name, limits):
    """(figure, mappable) of one field at one time."""
    width, depth = np.ptp(snapshot.nodes, axis=0)
    size = min(WIDEST / width, HIGHEST / depth)
    across, down = size * width + 1.5, size * depth + 0.62
    figure = plt.figure(figsize=(across, down), dpi=100)
    ax = figure.add_axes((0.55 / across, 0.5 / down, size * width / across, size * depth / down))
    picture = drawing.draw_field(ax, snapshot, name, limits, run.layer_interfaces())
    bar_ax = figure.add_axes(((0.65 + size * width) / across, 0.5 / down, 0.12 / across, size * depth / down))
    bar_ax.grid(False)
    bar = figure.colorbar(picture, cax=bar_ax)
    bar.locator = MaxNLocator(nbins=3)
    bar.update_ticks()
    return figure, picture


def draw_map(run, snapshots, name, knowledge):
    """A field at all chosen times, on one scale."""
    limits = drawing.limits_of(snapshots, name) or (0.0, 0.0)
    title, unit = title_of(name, knowledge)
    moments, figure, drawn = [], None, None
    for snapshot in snapshots:
        if drawn is not None and np.array_equal(drawn.nodes, snapshot.nodes):
            picture.set_array(snapshot[name])
        else:
            if figure is not None:
                plt.close(figure)
            figure, picture = draw_moment(run, snapshot, name, limits)
            drawn = snapshot
        source, width, height = pictures.as_png(figure, pictures.palette_of(picture.get_cmap()))
        low, high = snapshot[name].min(), snapshot[name].max()
        label = drawing.day_and_month(snapshot.time)
        text = f"{title} on {label}: from {words.number(low, 3)} to {words.number(high, 3)} [{unit}] over the depth of the skin."
        moments.append(Moment(snapshot.time, label, source, text))
    plt.close(figure)
    return FieldMap(name, title, unit, width, height, moments)


def draw(run, knowledge, most_times, wanted=()):
    """The maps of a run. A run without fields, or with files that are missing, has sentences instead."""
    try:
        series = run.fields
        times = chosen_days(series.times, most_times)
        snapshots = [plane_of(run, series.nearest(day)) for day in times]
        scalar, others = scalar_names(snapshots[-1])
        missing = [name for name in wanted if name not in scalar]
        if missing:
            raise OutputError(f"There is no field {', '.join(missing)} to draw; there are: {', '.join(scalar)}.")
        common = [name for name in scalar if all(name in snapshot for snapshot in snapshots)]
        alive = changing(snapshots, common)
        telling = [name for name in alive if drawing.limits_of(snapshots, name, least=TELLING)]
        names = list(wanted) or in_order(telling or alive)[: arrangement()["fields"]["most"]]
        maps = [draw_map(run, snapshots, name, knowledge) for name in names]
    except OutputError as error:
        return Fields([], [], [f"Fields are not shown: {error}"])
    notes = notes_on(names, telling, alive, common, others)
    return Fields(maps, times, notes, section_of(run, series.nearest(times[0])), words.listed(run.layers()))


def notes_on(names, telling, alive, common, others):
    """What the folder holds besides."""
    notes = []
    left = [name for name in telling if name not in names]
    if left:
        notes.append(f"Not drawn, because other fields tell more: {', '.join(left)}.")
    little = [name for name in alive if name not in telling and name not in names]
    if little:
        notes.append(f"Not drawn, because they differ from one value by less than {100 * TELLING:g} %: {', '.join(little)}.")
    still = [name for name in common if name not in alive]
    if still:
        notes.append(f"Not drawn, because they do not change: {', '.join(still)}.")
    if others:
        notes.append(f"Not drawn, because they are vectors or tensors: {', '.join(others)}.")
    return notes


def section_of(run, snapshot):
    if snapshot.dimension == 2:
        return ""
    return f"Of the block the plane {words.number(position_of_section(run, snapshot))} mm along its length is shown."
