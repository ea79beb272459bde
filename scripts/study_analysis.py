# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Sensitivity of an outcome of a study that has been run: from its table to sentences."""

import numpy as np
from matplotlib.patches import Patch

import study_indices
from cutis_runs import RunError
from study_design import sample_points
from study_figure import COLOURS, check_names, chosen_rows
from study_sensitivity import describe_indices, describe_morris, elementary_effects, require_narrow, sobol_indices

FOR_SENSITIVITY = ("morris", "sobol", "sobol indices")


def sample_of(frame, study, outcome, where):
    """(design, values of the outcome) of a sample for sensitivity; all its runs must have one."""
    if not study.sample or study.sample.method not in FOR_SENSITIVITY:
        known = ", ".join(f'"{method}"' for method in FOR_SENSITIVITY)
        raise RunError(f"Sensitivity needs a sample for it: in {study.file} `method` is to be one of {known}.")
    if study.sample.correlation is not None or any(hasattr(r, "kind") for r in study.sample.ranges):
        raise RunError("Sensitivity takes ranges from one number to another, not the distributions of a cohort.")
    check_names([outcome], study.outcomes, "outcome")
    check_names(where, study.factors, "factor")
    design, _ = sample_points(study.sample)
    rows = chosen_rows(frame, list(study.factors), [], [], where)
    values = rows[outcome].to_numpy(dtype=float)
    missing = int(np.isnan(values).sum())
    if missing:
        raise RunError(f"{missing} of the {len(values)} runs of the sample have no value of '{outcome}', and all are needed.")
    return design, values


def sensitivity(frame, study, outcome, where, width):
    """Lines that rank the parameters of the sample."""
    design, values = sample_of(frame, study, outcome, where)
    paths = [r.path for r in study.sample.ranges]
    unit = frame.attrs["units"].get(outcome, "")
    head = f"{outcome}: {len(values)} runs, {values.min():.4g} to {values.max():.4g}{f' {unit}' if unit not in ('', '1') else ''}"
    if study.sample.method == "morris":
        effects = elementary_effects(design, values)
        return [head, *describe_morris(paths, effects, frame.attrs["units"].get(outcome, ""))]
    if study.sample.method == "sobol":
        polynomial, *indices = study_indices.indices(2 * design - 1, values)
        study_indices.require_explained(polynomial, len(values))
        return [head, study_indices.describe(polynomial, values), *describe_indices(paths, *indices)]
    indices = sobol_indices(design, values)
    require_narrow(indices, study.sample.n, width)
    return [head, *describe_indices(paths, *indices)]


def draw_effects(frame, study, outcome, where, named=12):
    """
    Elementary effects: their mean size against their spread, a point for each parameter; the largest have their names. Of a
    sample through which a polynomial goes, the shares of its variance.
    """
    import matplotlib.pyplot as plt

    import cutis_drawing as drawing

    design, values = sample_of(frame, study, outcome, where)
    if study.sample.method == "sobol":
        polynomial, first, total = study_indices.indices(2 * design - 1, values)
        note = f"{len(values)} runs; {100 * (1 - polynomial.explained):.1f} % of the variance is missed at runs left out"
        return study_indices.draw([r.path for r in study.sample.ranges], first, total, f"{study.title}: {outcome}", note)
    if study.sample.method != "morris":
        raise RunError("A picture is drawn of elementary effects and of polynomials: `method = \"morris\"` or \"sobol\".")
    effects = elementary_effects(design, values)
    size, spread = np.abs(effects).mean(axis=0), effects.std(axis=0, ddof=1)
    drawing.use_style()
    figure, (bars, ax) = plt.subplots(1, 2, figsize=(10, 4.6), width_ratios=(1.1, 1))
    order = np.argsort(-size)[:named]
    error = np.abs(effects).std(axis=0, ddof=1)[order] / np.sqrt(len(effects))
    names = [study.sample.ranges[k].path.rpartition("/")[2] for k in order]
    signs = [COLOURS[0] if effects[:, k].mean() > 0 else COLOURS[1] for k in order]
    bars.barh(range(len(order)), size[order], xerr=error, color=signs, error_kw={"lw": 1})
    bars.set_yticks(range(len(order)), [f"{number}  {name}" for number, name in enumerate(names, 1)])
    bars.invert_yaxis()
    bars.set_xlabel("mean |effect|, with standard error")
    bars.legend(handles=[Patch(color=COLOURS[0], label="raises"), Patch(color=COLOURS[1], label="lowers")], fontsize=8, loc="lower right")
    ax.scatter(size, spread, s=16, color=COLOURS[7])
    for number, k in enumerate(order, 1):
        ax.annotate(f"{number}", (size[k], spread[k]), xytext=(4, 2), textcoords="offset points", fontsize=9)
    ax.set(xlabel="mean |effect|", ylabel="spread of the effects")
    figure.suptitle(f"{study.title}: {outcome}, {len(effects)} trajectories", x=0.01, ha="left", fontsize=10)
    figure.tight_layout()
    return figure
