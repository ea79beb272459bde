# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What `scripts/study surrogate` says, writes and draws of one outcome."""

import json

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing
from study_design import folder_name
from study_figure import COLOURS, label
from study_sensitivity import import_openturns, sobol_indices
from study_surrogate import surrogates_of
from study_surrogate_data import chosen_order, ends_of, middle_of, training_of, write_training

MOST_CURVES = 6
GOOD, FAIR = 0.95, 0.8  # shares of the variance of runs held out
COLOUR = {"chaos": COLOURS[0], "kriging": COLOURS[1]}


def report(frame, study, outcomes, where, order, folder):
    """Say, write into `folder` and draw the surrogates of these outcomes. StudyError if there are too few runs for any of them."""
    import_openturns("Surrogates need")
    training = training_of(frame, study, where)
    orders = {outcome: chosen_order(training, outcome, order) for outcome in outcomes}
    folder.mkdir(parents=True, exist_ok=True)
    write_training(training, outcomes, folder / "training.csv")
    for outcome in outcomes:
        x, y, test = training.of(outcome)
        made = surrogates_of(x, y, training.axes, orders[outcome], test)
        print(*describe(training, study, outcome, made, orders[outcome]), sep="\n", flush=True)
        name = folder_name([("", outcome)]).lstrip("_")
        (folder / f"{name}.json").write_text(as_json(training, study, outcome, made, orders[outcome]) + "\n", encoding="utf-8")
        drawing.save(draw(training, study, outcome, made), folder / f"{name}.png")
    print(f"Runs that they were made from: {folder / 'training.csv'}")


def direct_indices(training, study, outcome):
    """Indices by Martinez, a row (first, total) for each axis, if the runs are a sample for them and all there; else None."""
    sample = study.sample
    if not sample or sample.method != "sobol indices" or len(training.x) != sample.n * (len(sample.ranges) + 2):
        return None
    y = training.frame[outcome].to_numpy(float)
    return None if np.isnan(y).any() else sobol_indices((training.x + 1) / 2, y)


def describe(training, study, outcome, surrogates, order):
    """Lines: errors of both, the better one, indices."""
    x, y, test = training.of(outcome)
    unit = training.frame.attrs["units"].get(outcome, "")
    lines = [f"{outcome}: {len(y)} runs, {y.min():.4g} to {y.max():.4g}" + (f" {unit}" if unit not in ("", "1") else "")]
    if len(y) < len(training.x):
        lines.append(f"  {len(training.x) - len(y)} finished runs have no value of it and are left out: the surrogate knows nothing of where they are")
    lines.append(f"  {int(test.sum())} runs held out, their standard deviation is {y[test].std():.4g}")
    for made in surrogates:
        what = f"order {order}, {len(made.terms)} of the polynomials kept" if made.terms else f"from {len(made.loo)} runs"
        lines.append(f"  {made.name:<8} error {made.test_error:.3g}, Q2 {made.q2_test:.3f} held out, {made.q2_loo:.3f} leave-one-out ({what})")
    better = surrogates[0]
    word = "good" if better.q2_test >= GOOD else "fair" if better.q2_test >= FAIR else "no good: more runs, or a narrower range"
    lines.append(f"  the better one is {better.name}, and it is {word}")
    chaos = next(made for made in surrogates if made.terms)
    if not training.independent:
        return [*lines, "  the factors are drawn with correlations, so shares of the variance are not told"]
    return [*lines, *describe_indices(training, chaos, direct_indices(training, study, outcome))]


def describe_indices(training, chaos, direct):
    beside = f"{'  first, direct (95 %)':<28}{'total, direct (95 %)':<26}" if direct else ""
    lines = [f"  {'factor':<40} first   total {beside}".rstrip()]
    for k in np.argsort(-chaos.indices[:, 1]):
        cells = [f"{rows[k][0]:.3f} ({rows[k][1]:.3f} to {rows[k][2]:.3f})" for rows in direct or ()]
        text = f"  {training.axes[k].path:<40} {chaos.indices[k, 0]:.3f}   {chaos.indices[k, 1]:.3f}   "
        lines.append((text + "".join(f"{cell:<26}" for cell in cells)).rstrip())
    return lines


def as_json(training, study, outcome, surrogates, order):
    """All that is needed to evaluate the chaos elsewhere, and the errors of both."""
    direct = direct_indices(training, study, outcome)
    axes = []
    for axis, values in zip(training.axes, training.values):
        at = np.linspace(*ends_of(axis), 9)
        axes.append({"factor": axis.path, "unit": axis.unit, "coordinate": axis.law, "at": [list(at), [float(v) for v in values(at)]]})
    made = {}
    for s in surrogates:
        made[s.name] = {"error held out": s.test_error, "Q2 held out": s.q2_test, "Q2 leave-one-out": s.q2_loo}
        if s.terms:
            made[s.name].update(order=order, terms=[{"orders": o, "coefficient": c} for o, c in s.terms], polynomials=s.polynomials)
            if training.independent:
                made[s.name].update({"first-order indices": list(s.indices[:, 0]), "total indices": list(s.indices[:, 1])})
        else:
            made[s.name]["lengths"] = list(s.lengths)
    result = {"outcome": outcome, "unit": training.frame.attrs["units"].get(outcome, ""), "better": surrogates[0].name, "factors": axes}
    if direct:
        result["direct indices (index, lower, upper)"] = {"first order": direct[0].tolist(), "total": direct[1].tolist()}
    return json.dumps({**result, "surrogates": made}, indent=1)


def draw(training, study, outcome, surrogates):
    """Left each run as predicted from the others against itself; then the response to the factors that matter most."""
    x, y, _ = training.of(outcome)
    chaos = next(made for made in surrogates if made.terms)
    shown = np.argsort(-np.nan_to_num(chaos.indices[:, 1]))[:MOST_CURVES]
    drawing.use_style()
    n_columns = 1 + -(-len(shown) // 2)
    figure = plt.figure(figsize=(3.6 + 2.9 * (n_columns - 1), 4.8))
    grid = figure.add_gridspec(2, n_columns, width_ratios=[1.35] + [1] * (n_columns - 1))
    _draw_predicted(figure.add_subplot(grid[:, 0]), y, surrogates, label(training.frame, outcome))
    middle, first = middle_of(training.axes), None
    for number, k in enumerate(shown):
        ax = figure.add_subplot(grid[number % 2, 1 + number // 2], sharey=first)
        first = first or ax
        coordinates = np.linspace(*ends_of(training.axes[k]), 60)
        rows = np.tile(middle, (60, 1))
        rows[:, k] = coordinates
        for made in surrogates:
            ax.plot(training.values[k](coordinates), made.predict(rows), color=COLOUR[made.name], ls="-" if made is surrogates[0] else "--")
        ax.set_xlabel(label(training.frame, training.axes[k].path), fontsize=8)
    figure.suptitle(f"{study.title}: {outcome}; right, the others at their median", x=0.01, ha="left", fontsize=10)
    figure.tight_layout()
    return figure


def _draw_predicted(ax, y, surrogates, name):
    ends = [y.min(), y.max()]
    ax.plot(ends, ends, color=COLOURS[7], lw=1)
    for made in surrogates[::-1]:
        of = y[: len(made.loo)]
        ax.scatter(of, of - made.loo, s=12, color=COLOUR[made.name], label=f"{made.name}, Q² {made.q2_test:.3f} held out", alpha=0.7)
    ax.set(xlabel=f"{name}, computed", ylabel="predicted from the other runs")
    margin = 0.15 * (ends[1] - ends[0])
    ax.set_ylim(ends[0] - margin, ends[1] + margin)
    ax.legend(fontsize=8, loc="upper left")
