# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A figure of one outcome of a study over one factor or two: curves, a heat map, or points where a sample was drawn."""

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing
from cutis_runs import RunError
from study_file import nearest

COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#222222", "#8a8a8a"]


def label(frame, column):
    unit = frame.attrs["units"].get(column, "")
    return f"{column} [{unit}]" if unit and unit != "1" else column


def level_text(value, unit):
    return f"{value:g} {unit}".strip() if isinstance(value, (int, float, np.number)) else str(value)


def chosen_rows(frame, factors, sampled, over, where):
    """The rows to draw. Every factor that is not an axis must be held, or the figure would mix different runs."""
    units = frame.attrs["units"]
    rows = frame
    for name, text in where.items():
        texts = [level_text(value, units[name]) for value in frame[name]]
        if text not in texts:
            raise RunError(f"--where {name}: '{text}' is no value of this factor{nearest(text, list(dict.fromkeys(texts)))}")
        rows = rows[[t == text for t in (level_text(value, units[name]) for value in rows[name])]]
    loose = [name for name in factors if name not in over and name not in where and rows[name].nunique() > 1]
    if loose and not sampled:
        raise RunError(
            f"The study also varies {' and '.join(loose)}: name the value to draw, such as "
            f"--where \"{loose[0]}={level_text(rows[loose[0]].iloc[0], units[loose[0]])}\"."
        )
    return rows


def check_names(names, known, what):
    for name in names:
        if name not in known:
            raise RunError(f"There is no {what} '{name}' in this study{nearest(name, list(known))}")


def draw(frame, study, outcome, over, where):
    sampled = [r.path for r in study.sample.ranges] if study.sample else []
    factors = [*study.factors, *sampled]
    check_names([outcome], study.outcomes, "outcome")
    check_names([*over, *where], factors, "factor")
    if not 1 <= len(over) <= 2 or len(set(over)) < len(over):
        raise RunError("An outcome is drawn over one factor or over two: --over FACTOR[;FACTOR].")
    rows = chosen_rows(frame, factors, sampled, over, where)
    if rows[outcome].notna().sum() == 0:
        raise RunError(f"No run that would be drawn has the outcome '{outcome}' yet.")
    drawing.use_style()
    figure, ax = plt.subplots(figsize=(6.4, 4.2))
    numeric = [frame[name].dtype != object for name in over]
    if any(name in sampled for name in over):
        _points(figure, ax, rows, outcome, over)
    elif len(over) == 2 and all(numeric) and all(rows[name].nunique() > 2 for name in over):
        _map(figure, ax, rows, outcome, over)
    else:
        _curves(ax, rows, outcome, over)
    ax.set_xlabel(label(frame, over[0]))
    held = ", ".join(f"{name} = {text}" for name, text in where.items())
    ax.set_title(study.title + (f"\n{held}" if held else ""), loc="left", fontsize=10)
    failed = int(rows[outcome].isna().sum())
    if failed:
        figure.text(0.99, 0.01, f"{failed} of {len(rows)} runs have no value", ha="right", fontsize=7)
    figure.tight_layout()
    return figure


def _points(figure, ax, rows, outcome, over):
    if len(over) == 2:
        mappable = ax.scatter(rows[over[0]], rows[over[1]], c=rows[outcome], s=18)
        figure.colorbar(mappable, label=label(rows, outcome))
        ax.set_ylabel(label(rows, over[1]))
    else:
        ax.scatter(rows[over[0]], rows[outcome], s=14, color=COLOURS[0])
        ax.set_ylabel(label(rows, outcome))


def _map(figure, ax, rows, outcome, over):
    grid = rows.pivot(index=over[1], columns=over[0], values=outcome)
    mappable = ax.pcolormesh(np.arange(len(grid.columns) + 1), np.arange(len(grid.index) + 1), grid.to_numpy())
    if grid.size <= 100:
        middle = np.nanmean([np.nanmin(grid.to_numpy()), np.nanmax(grid.to_numpy())])
        for (j, i), value in np.ndenumerate(grid.to_numpy()):
            text = "-" if np.isnan(value) else f"{value:.3g}"
            colour = "black" if value > middle or np.isnan(value) else "white"
            ax.text(i + 0.5, j + 0.5, text, ha="center", va="center", fontsize=8, color=colour)
    ax.set_xticks(np.arange(len(grid.columns)) + 0.5, [f"{value:g}" for value in grid.columns])
    ax.set_yticks(np.arange(len(grid.index)) + 0.5, [f"{value:g}" for value in grid.index])
    ax.set_ylabel(label(rows, over[1]))
    figure.colorbar(mappable, label=label(rows, outcome))


def _curves(ax, rows, outcome, over):
    unit = rows.attrs["units"].get(over[1], "") if len(over) == 2 else ""
    groups = rows.groupby(over[1], sort=False) if len(over) == 2 else [("", rows)]
    for k, (level, group) in enumerate(groups):
        if rows[over[0]].dtype != object:
            group = group.sort_values(over[0])
        name = level_text(level, unit) if len(over) == 2 else None
        ax.plot(group[over[0]], group[outcome], "o-", ms=4, color=COLOURS[k % len(COLOURS)], label=name)
    ax.set_ylabel(label(rows, outcome))
    if len(over) == 2:
        ax.legend(title=over[1], fontsize=8, title_fontsize=8)
