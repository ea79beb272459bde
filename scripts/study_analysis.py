# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Sensitivity of an outcome of a study that has been run: from its table to sentences."""

import numpy as np

from cutis_runs import RunError
from study_design import sample_points
from study_figure import check_names, chosen_rows
from study_sensitivity import describe_indices, describe_morris, elementary_effects, require_narrow, sobol_indices


def sensitivity(frame, study, outcome, where, width):
    """Lines that rank the parameters of the sample."""
    if not study.sample or study.sample.method not in ("morris", "sobol indices"):
        raise RunError(f"Sensitivity needs a sample for it: `method = \"morris\"` or `method = \"sobol indices\"` in {study.file}.")
    check_names([outcome], study.outcomes, "outcome")
    check_names(where, study.factors, "factor")
    design, _ = sample_points(study.sample)
    rows = chosen_rows(frame, list(study.factors), [], [], where)
    values = rows[outcome].to_numpy(dtype=float)
    missing = int(np.isnan(values).sum())
    if missing:
        raise RunError(f"{missing} of the {len(values)} runs of the sample have no value of '{outcome}', and all are needed.")
    paths = [r.path for r in study.sample.ranges]
    head = f"{outcome}: {len(values)} runs, {values.min():.4g} to {values.max():.4g} {frame.attrs['units'].get(outcome, '')}".rstrip()
    if study.sample.method == "morris":
        effects = elementary_effects(design, values)
        return [head, *describe_morris(paths, effects, frame.attrs["units"].get(outcome, ""))]
    indices = sobol_indices(design, values)
    require_narrow(indices, study.sample.n, width)
    return [head, *describe_indices(paths, *indices)]
