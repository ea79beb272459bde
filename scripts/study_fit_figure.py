# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Pictures of a fit: measurements with the runs about the best one, and what is known of the constants before and after."""

import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import norm

import cutis_drawing as drawing
from study_figure import COLOURS
from study_fit_posterior import informed

MOST_NEAR = 15  # runs about the best one that are drawn
LIKELY = 6.0  # misfit above the best up to which they are


def draw_fit(result):
    """A panel for each observable of each arm."""
    panels = list(dict.fromkeys((m.observable, m.arm, m.of_start) for m in result.runs.measurements))
    drawing.use_style()
    n_columns = min(3, len(panels))
    n_rows = -(-len(panels) // n_columns)
    figure, axes = plt.subplots(n_rows, n_columns, figsize=(max(5.4, 3.6 * n_columns), 3.4 * n_rows), squeeze=False)
    for ax in axes.flat[len(panels) :]:
        ax.set_visible(False)
    values = result.target.values(result.near)
    near = result.near[values < values.min() + LIKELY][:MOST_NEAR]
    for ax, panel in zip(axes.flat, panels):
        _draw_panel(ax, result, near, *panel)
    axes[0, 0].legend(fontsize=7)
    figure.suptitle(f"{result.runs.study.title}: misfit {result.misfit:.3g}, {result.freedom()} degrees of freedom", x=0.01, ha="left", fontsize=10)
    figure.tight_layout()
    return figure


def _draw_panel(ax, result, near, observable, arm, of_start):
    def course(x):
        series = result.runs.series(x, arm)
        column = series[observable]
        return series.index, column / column.iloc[0] if of_start else column, series.attrs["units"].get(observable, "")

    middle = np.array([c.at(0.5) for c in result.target.constants])
    for number, x in enumerate(near):
        ax.plot(*course(x)[:2], color=COLOURS[0], lw=0.7, alpha=0.3, label="runs that fit nearly as well" if not number else None)
    ax.plot(*course(middle)[:2], color=COLOURS[7], ls="--", lw=1.2, label="median of the priors")
    times, column, unit = course(result.posterior.x)
    ax.plot(times, column, color=COLOURS[0], label="best")
    there = [m for m in result.runs.measurements if (m.observable, m.arm, m.of_start) == (observable, arm, of_start)]
    ax.errorbar([m.time for m in there], [m.value for m in there], [m.sd for m in there], fmt="o", ms=4, color=COLOURS[1], capsize=2, label="measured ± sd")
    unit = "of its start" if of_start else unit
    ax.set(xlabel="time [d]", ylabel=f"{observable} [{unit}]" if unit not in ("", "1") else observable)
    ax.set_title(arm, loc="left", fontsize=9)


def draw_constants(result):
    """Prior and posterior of each constant, and how they go together."""
    constants, posterior = result.target.constants, result.posterior
    drawing.use_style()
    n_columns = min(3, len(constants))
    n_rows = -(-len(constants) // n_columns)
    figure = plt.figure(figsize=(2.9 * n_columns + 4, max(3.2, 2.6 * n_rows)))
    left, right = figure.subfigures(1, 2, width_ratios=[2.9 * n_columns, 4])
    axes = left.subplots(n_rows, n_columns, squeeze=False)
    for ax in axes.flat[len(constants) :]:
        ax.set_visible(False)
    for k, (ax, word) in enumerate(zip(axes.flat, informed(posterior, constants))):
        _draw_constant(ax, result, k, word)
    axes[0, 0].legend(fontsize=7)
    left.subplots_adjust(left=0.06, right=0.98, bottom=0.16, top=0.85, hspace=0.75)
    ax = right.subplots()
    right.subplots_adjust(left=0.4, right=0.95, bottom=0.3, top=0.85)
    _draw_correlation(ax, posterior.correlation(), [c.name for c in constants])
    left.suptitle(f"{result.runs.study.title}: constants", x=0.01, ha="left", fontsize=10)
    return figure


def _draw_constant(ax, result, k, word):
    """Densities over the coordinate, at whose ticks the values stand."""
    constant, posterior = result.target.constants[k], result.posterior
    low, high = result.target.low[k], result.target.high[k]
    x = np.linspace(low, high, 200)
    ax.plot(x, norm.pdf(x) if constant.scores else np.ones_like(x), color=COLOURS[7], ls="--", lw=1.2, label="prior")
    if posterior.draws is not None:
        ax.hist(posterior.draws[:, k], bins=50, density=True, color=COLOURS[0], alpha=0.5, label="posterior")
    else:
        ax.plot(x, norm.pdf(x, posterior.x[k], posterior.sd()[k]), color=COLOURS[0], label="posterior")
    ax.axvline(posterior.x[k], color=COLOURS[1], lw=1, label="best")
    ticks = np.linspace(low, high, 4)
    ax.set_xticks(ticks, [f"{float(constant.value(tick)):.3g}" for tick in ticks], fontsize=7)
    ax.set_yticks([])
    ax.set_xlabel(constant.name + (f" [{constant.unit}]" if constant.unit else ""), fontsize=8)
    ax.set_title({"yes": "", "little": "little informed", "tied": "not informed by itself"}.get(word, "not informed"), loc="left", fontsize=8)


def _draw_correlation(ax, matrix, names):
    mappable = ax.imshow(matrix, vmin=-1, vmax=1, cmap="RdBu_r")
    for (i, j), value in np.ndenumerate(matrix):
        ax.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=8, color="white" if abs(value) > 0.7 else "black")
    ax.set_xticks(range(len(names)), names, rotation=45, ha="right", fontsize=7)
    ax.set_yticks(range(len(names)), names, fontsize=7)
    ax.grid(False)
    ax.set_title("correlation", loc="left", fontsize=9)
