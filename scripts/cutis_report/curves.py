# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Pictures of columns over time, of one run or of several on the same axes, each with a text that says what is in it."""

import dataclasses

import numpy as np

import cutis_drawing as drawing
from cutis_report import pictures, words


@dataclasses.dataclass
class Line:
    name: str
    times: np.ndarray
    values: np.ndarray
    style: dict
    legend: str = None  # what the legend says, the name if not given, empty for nothing


@dataclasses.dataclass
class Picture:
    """A figure of the page: `source` is a data URI."""

    title: str
    unit: str
    about: str
    source: str
    width: int
    height: int
    text: str  # what a reader hears who does not see it
    columns: list


def in_words(line, unit):
    """A curve as a sentence."""
    finite = np.isfinite(line.values)
    times, values = line.times[finite], line.values[finite]
    if not len(values):
        return f"{line.name}: no number."
    top, bottom = values.argmax(), values.argmin()
    ends = f"{words.number(values[0])} on {words.days(times[0])}, {words.number(values[-1])} on {words.days(times[-1])}"
    extreme = f"at most {words.number(values[top])} on {words.days(times[top])}"
    if bottom not in (0, len(values) - 1):
        extreme += f", at least {words.number(values[bottom])} on {words.days(times[bottom])}"
    return f"{line.name}: {ends}; {extreme}."


def draw(figure, lines, sessions=(), bands=()):
    """The picture of a figure of the columns. `bands` are (times, low, high, style)."""
    legends = [line.name if line.legend is None else line.legend for line in lines]
    names = list(filter(None, legends)) + (["smallest to largest"] if bands else [])
    rows = pictures.legend_rows(names)
    plot, ax = pictures.new_plot(rows)
    end = max(line.times[-1] for line in lines)
    factor = drawing.time_axis(ax, max(end, 1e-9), sessions)
    for number, (times, low, high, style) in enumerate(bands):
        label = "smallest to largest" if number == 0 else None
        ax.fill_between(times / factor, low, high, color=style["color"], alpha=0.18, linewidth=0, label=label)
    for line, legend in zip(lines, legends):
        ax.plot(line.times / factor, line.values, label=legend or None, **line.style)
    seen = [line.values for line in lines] + [edge for _, low, high, _ in bands for edge in (low, high)]
    drawing.honest_limits(ax, np.concatenate(seen))
    ax.set_ylabel(figure.unit if len(figure.unit) < 34 else figure.unit.replace("; ", ";\n"), fontsize=8)
    if rows:
        pictures.legend_below(plot, ax)
    source, width, height = pictures.as_svg(plot)
    told = " ".join(in_words(line, figure.unit) for line in lines)
    text = f"{figure.title} over time [{figure.unit}]. {told}"
    return Picture(figure.title, figure.unit, figure.about, source, width, height, text, figure.columns)


def of_run(figure, run, companion=None):
    """A figure of one run, with its untreated companion in grey if there is one."""
    lines, bands = [], []
    for number, curve in enumerate(c for c in figure.curves if c.column in run.timeseries):
        times, values = data(run, curve.column, figure.scale)
        lines.append(Line(curve.name, times, values, pictures.line_style(number)))
        if companion is not None and curve.column in companion.timeseries:
            style, end = lines[-1].style, run.timeseries.index[-1]
            lines.append(untreated_line(f"{curve.name}, untreated", companion, curve.column, figure.scale, style, end))
            lines[-1].legend = "untreated" if number == 0 else ""
    if figure.band:
        times, low = data(run, figure.band[0], figure.scale)
        bands.append((times, low, data(run, figure.band[1], figure.scale)[1], pictures.line_style(0)))
    return draw(figure, lines, run.sessions(), bands)


def of_runs(figure, curve, runs, companion=None):
    """One column of several runs, by their names, and of untreated skin in grey if it is there."""
    lines, column = [], curve.column
    for number, (arm, run) in enumerate(runs.items()):
        if column in run.timeseries:
            times, values = data(run, column, figure.scale)
            lines.append(Line(arm, times, values, pictures.line_style(number)))
    if companion is not None and column in companion.timeseries:
        lines.append(untreated_line("untreated", companion, column, figure.scale, lines[0].style, max(l.times[-1] for l in lines)))
        lines[-1].legend = "untreated"
    title = f"{figure.title}: {curve.name}" if len(figure.columns) > 1 else figure.title
    return draw(dataclasses.replace(figure, title=title, about=curve.about, curves=[curve], band=()), lines)


def untreated_line(name, companion, column, scale, style, end):
    """What untreated skin does meanwhile, in the dashes of the curve that it is the measure of."""
    times, values = data(companion, column, scale)
    grey = {"color": drawing.GREY, "linestyle": style["linestyle"], "linewidth": 1.2, "zorder": 1}
    return Line(name, times[times <= end], values[times <= end], grey)


def data(run, column, scale):
    series = run.timeseries[column]
    return series.index.to_numpy(dtype=float), scale * series.to_numpy(dtype=float)
