# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A sample as a cohort of hosts: how an outcome is spread over them, and which share of them is beyond a threshold.

The share is one of hosts, each counted once, and never a mean of fractions. Its interval (Wilson 1927) says how well a cohort
of this size knows it; it says nothing of whether the distributions or the model are right. In a sample that is stratified the
share is known rather better than the interval says.
"""

import math

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing
from cutis_output import read_timeseries
from cutis_runs import FINISHED, RunError
from study_figure import COLOURS, check_names, chosen_rows, label
from study_file import nearest

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
Z = 1.959963984540054  # of 95 % confidence


def wilson(count, n):
    """(share, lower, upper) of `count` hosts out of n, with 95 % confidence."""
    share, extra = np.asarray(count, float) / n, Z**2 / n
    middle = (share + extra / 2) / (1 + extra)
    half = Z / (1 + extra) * np.sqrt(share * (1 - share) / n + extra / (4 * n))
    return share, np.maximum(middle - half, 0), np.minimum(middle + half, 1)


def hosts_of(frame, study, where):
    """The rows of a cohort; all must be finished, or those that failed would be left out of the shares."""
    if not study.sample or study.sample.method not in ("latin hypercube", "sobol"):
        raise RunError(f"A cohort needs a sample with distributions: `method = \"latin hypercube\"` or `method = \"sobol\"` in {study.file}.")
    check_names(where, study.factors, "factor")
    rows = chosen_rows(frame, list(study.factors), [], [], where)
    missing = int((rows["state"] != FINISHED).sum())
    if missing:
        raise RunError(f"{missing} of the {len(rows)} runs of the cohort are not finished, and all are needed.")
    return rows


def describe(rows, study, outcome, above=None, below=None):
    """Lines: mean, sd and quantiles of an outcome, and the share of hosts beyond a limit."""
    check_names([outcome], study.outcomes, "outcome")
    values = rows[outcome].to_numpy(dtype=float)
    never = int(np.isnan(values).sum())
    values = np.where(np.isnan(values), np.inf, values)  # what has not come to be by the end of the run
    unit = rows.attrs["units"].get(outcome, "")
    lines = [f"{outcome}: {len(values)} hosts" + (f", in units of {unit}" if unit not in ("", "1") else "")]
    if never:
        lines.append(f"  in {never} hosts it never comes to be, so there is no mean")
    else:
        lines.append(f"  mean {values.mean():.4g}, standard deviation {values.std(ddof=1):.4g}")
    found = np.quantile(values, QUANTILES, method="hazen" if not never else "inverted_cdf")
    lines.append("  " + ", ".join(f"{q:.0%} {'never' if math.isinf(v) else f'{v:.4g}'}" for q, v in zip(QUANTILES, found)))
    for limit, word, beyond in ((above, "above", values > (above or 0)), (below, "below", values < (below or 0))):
        if limit is not None:
            share, low, high = wilson(beyond.sum(), len(values))
            lines.append(f"  {word} {limit:g}: {beyond.sum()} of {len(values)} hosts, {share:.1%} (95 % confidence {low:.1%} to {high:.1%})")
    return lines


def courses(rows, folder, column, of_start=False):
    """(times, values with a row for each host, unit) of a column, at the times of the first; `of_start`: over the first value."""
    times, values, unit = None, [], ""
    for run in rows["run"]:
        series = read_timeseries(folder / run / "timeseries.csv")
        if column not in series:
            raise RunError(f"No run has a column '{column}'{nearest(column, sorted(series))}")
        unit = series.attrs["units"].get(column, "")
        times = series.index.to_numpy(float) if times is None else times
        course = np.interp(times, series.index, series[column])
        values.append(course / course[0] if of_start else course)
    return times, np.array(values), "of its start" if of_start else unit


def draw(times, values, name, title, above=None, below=None):
    """A fan: median, half and nine tenths of the hosts; below it the share beyond the limit, if there is one."""
    drawing.use_style()
    limited = above is not None or below is not None
    figure, axes = plt.subplots(1 + limited, 1, figsize=(6.4, 3.4 + 2.2 * limited), sharex=True, squeeze=False)
    fan = np.quantile(values, QUANTILES, axis=0, method="hazen")
    ax = axes[0, 0]
    ax.fill_between(times, fan[0], fan[4], color=COLOURS[0], alpha=0.15, lw=0, label="5 to 95 % of the hosts")
    ax.fill_between(times, fan[1], fan[3], color=COLOURS[0], alpha=0.3, lw=0, label="25 to 75 %")
    ax.plot(times, fan[2], color=COLOURS[0], label="median")
    ax.set_ylabel(name)
    ax.set_title(f"{title}\n{len(values)} hosts", loc="left", fontsize=10)
    if limited:
        limit, word = (above, "above") if above is not None else (below, "below")
        ax.axhline(limit, color=COLOURS[1], lw=1, ls="--")
        share, low, high = wilson((values > limit if above is not None else values < limit).sum(axis=0), len(values))
        axes[1, 0].fill_between(times, 100 * low, 100 * high, color=COLOURS[1], alpha=0.25, lw=0, label="95 % confidence")
        axes[1, 0].plot(times, 100 * share, color=COLOURS[1])
        axes[1, 0].set(ylabel=f"hosts {word} {limit:g} [%]", ylim=(-2, 102))
        axes[1, 0].legend(fontsize=8)
    ax.legend(fontsize=8, loc="upper left")
    axes[-1, 0].set_xlabel("time [d]")
    figure.tight_layout()
    return figure
