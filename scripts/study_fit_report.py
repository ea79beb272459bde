# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What `scripts/study fit` says and writes: constants with their intervals, what the data say nothing about, residuals."""

import csv
import json
import math

import numpy as np

from study_fit_posterior import ROUGH, informed

TOLD = 0.7  # correlations from here on are told
UNLIKELY = 0.01
SENTENCES = {
    "no influence": "The data say nothing about {}: it moves no measurement by a tenth of its standard deviation.",
    "tied": "The data say nothing about {} by itself: it acts, but other constants can make up for it.",
    "little": "The data say little about {}: its interval is mostly that of the prior.",
}


def quantiles_of_prior(constant):
    return [float(constant.value(constant.at(share))) for share in (0.025, 0.975)]


def rows_of(result):
    """Of each constant a dictionary: best value, interval of the posterior, of the prior, what the data say."""
    posterior, target = result.posterior, result.target
    intervals, ratios = posterior.interval(target.low, target.high), posterior.sd() / [c.prior_sd() for c in target.constants]
    rows = []
    for k, (constant, word) in enumerate(zip(target.constants, informed(posterior, target.constants))):
        at_end = min(posterior.x[k] - target.low[k], target.high[k] - posterior.x[k]) < 1e-6 * target.widths[k]
        rows.append({
            "constant": constant.path,
            "unit": constant.unit,
            "best": float(constant.value(posterior.x[k])),
            "interval": [float(constant.value(end)) for end in intervals[k]],
            "prior interval": quantiles_of_prior(constant),
            "informed": word,
            "width over prior": float(ratios[k]),
            "influence": float(posterior.influence[k]),
            "at the end of its range": bool(at_end),
        })
    return rows


def describe(result):
    """Lines for the user."""
    posterior, rows = result.posterior, rows_of(result)
    n = len(result.runs.measurements)
    failed = f", of which {len(result.runs.failures)} runs failed" if result.runs.failures else ""
    lines = [f"{result.runs.study.title}: {len(rows)} constants, {n} measurements; {len(result.target.tried)} points{failed}"]
    lines.append(f"  misfit {result.misfit:.4g} (chi squared, {result.freedom()} degrees of freedom, p = {result.p():.2g})")
    lines += _about_misfit(result) + _about_starts(result)
    how = "of a Markov chain on a surrogate" if posterior.draws is not None else "of Laplace's approximation"
    lines.append(f"  intervals of 95 % {how}; the surrogate is off by {posterior.error:.2g} standard deviations of a measurement")
    if posterior.draws is None:
        lines.append(f"  that is more than {ROUGH:g}, so there was no chain; trust widths and correlations less, above all where they are large")
    elif posterior.drift > 0.1:
        lines.append(f"  the halves of the chain differ by {posterior.drift:.2g} standard deviations: the ends are rough")
    lines.append(f"  {'constant':<44} {'best':>10}   {'95 %':<24} {'prior 95 %':<24} data")
    for row in rows:
        ends = [f"{row[key][0]:.4g} to {row[key][1]:.4g}" for key in ("interval", "prior interval")]
        name = row["constant"] + (f" [{row['unit']}]" if row["unit"] else "")
        lines.append(f"  {name:<44} {row['best']:>10.4g}   {ends[0]:<24} {ends[1]:<24} {row['informed']}")
    return [*lines, *_about_constants(rows), *_about_correlations(result)]


def _about_misfit(result):
    if math.isnan(result.p()):
        return ["  there are no more measurements than constants: the misfit says nothing of the model"]
    if result.p() < UNLIKELY:
        factor = math.sqrt(result.misfit / result.freedom())
        return [f"  the model misses the measurements by more than their standard deviations allow; the intervals are too narrow, by {factor:.1f} at least"]
    return []


def _about_starts(result):
    least = min(start.value for start in result.starts)
    lines = [f"  {len(result.starts)} start{'s' * (len(result.starts) > 1)}: " + ", ".join(f"{s.value:.4g} ({s.done})" for s in result.starts)]
    x = result.posterior.x
    sure = np.array([word == "yes" for word in informed(result.posterior, result.target.constants)])
    for start in result.starts:
        away = np.abs(start.x - x) / result.target.widths
        if start.done == "converged" and start.value - least < 4 and sure.any() and away[sure].max() > 0.1:
            values = ", ".join(f"{name} = {value}" for name, value in result.runs.texts(start.x))
            lines.append(f"  another place fits nearly as well, {start.value - least:.2g} more: {values}")
    return lines


def _about_constants(rows):
    lines = [SENTENCES[row["informed"]].format(row["constant"]) for row in rows if row["informed"] in SENTENCES]
    return lines + [f"{row['constant']} lies at the end of its range." for row in rows if row["at the end of its range"] and row["informed"] != "no influence"]


def _about_correlations(result):
    matrix, constants, lines = result.posterior.correlation(), result.target.constants, []
    for i, j in zip(*np.triu_indices(len(constants), 1)):
        if abs(matrix[i, j]) >= TOLD:
            lines.append(f"{constants[i].path} and {constants[j].path} are known together only: correlation {matrix[i, j]:.2f}.")
    return lines


def write_residuals(result, path):
    """CSV: each measurement, what the best run says, and the residual over the standard deviation."""
    computed = result.runs.computed(result.posterior.x)
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["line", "arm", "observable", "against", "time [d]", "measured", "sd", "weight", "computed", "residual over sd"])
        for m, value in zip(result.runs.measurements, computed):
            numbers = (f"{number:.8g}" for number in (m.time, m.value, m.sd, m.weight, value, (value - m.value) / m.sd))
            writer.writerow([m.line, m.arm, m.observable, "start" if m.of_start else "", *numbers])


def write_json(result, path):
    posterior = result.posterior
    starts = [{"misfit with prior": s.value, "end": s.done, "values": dict(result.runs.texts(s.x))} for s in result.starts]
    value = {
        "title": result.runs.study.title,
        "measurements": str(result.runs.study.fit.data),
        "misfit": result.misfit,
        "degrees of freedom": result.freedom(),
        "p": result.p() if result.freedom() > 0 else None,
        "points": len(result.target.tried),
        "failed runs": result.runs.failures,
        "constants": rows_of(result),
        "correlation": posterior.correlation().tolist(),
        "intervals": "laplace" if posterior.draws is None else "chain",
        "error of the surrogate": posterior.error if math.isfinite(posterior.error) else None,
        "starts": starts,
    }
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def write_draws(result, path, n=1000):
    """CSV with draws of the posterior, for forecasts with what is not known; nothing if there was no chain."""
    draws = result.posterior.draws
    path.unlink(missing_ok=True)
    if draws is None:
        return
    constants = result.target.constants
    chosen = draws[np.linspace(0, len(draws) - 1, n).astype(int)]
    names = [f"{c.path} [{c.unit}]" if c.unit else c.path for c in constants]
    values = np.stack([c.value(column) for c, column in zip(constants, chosen.T)], axis=1)
    np.savetxt(path, values, delimiter=",", fmt="%.8g", header=",".join(names), comments="")


def write_parameters(result, path):
    """A file to include behind the base, with the best values."""
    lines = [f"# The best values of the fit {result.runs.study.file.name}: calibrated, which is not validated. Include it behind the base."]
    for constant, x, row in zip(result.target.constants, result.posterior.x, rows_of(result)):
        *sections, name = constant.path.split("/")
        lines += [f"{'  ' * depth}subsection {section}" for depth, section in enumerate(sections)]
        ends = f"{row['interval'][0]:.4g} to {row['interval'][1]:.4g}"
        lines.append(f"{'  ' * len(sections)}set {name} = {constant.text(x)}  # 95 %: {ends}; informed: {row['informed']}")
        lines += [f"{'  ' * depth}end" for depth in reversed(range(len(sections)))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_all(result, folder):
    folder.mkdir(parents=True, exist_ok=True)
    write_residuals(result, folder / "residuals.csv")
    write_json(result, folder / "fit.json")
    write_draws(result, folder / "posterior.csv")
    write_parameters(result, folder / "fitted.prm")
