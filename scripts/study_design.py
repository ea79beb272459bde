# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The runs of a study: all combinations of the levels of its factors, each with all points of its sample."""

import dataclasses
import hashlib
import itertools
import pathlib
import re

from cutis_runs import Variant

LONGEST_NAME = 60  # bytes; legible in a queue and in a path


@dataclasses.dataclass(frozen=True)
class Point:
    """A run of a study: what it is in the columns of the table, and as a variant to run."""

    values: dict
    variant: Variant


def folder_name(combination):
    """Values as a folder name: {"PLLA/Dose": "50 mg"} becomes Dose_50_mg."""
    parts = [f"{path.split('/')[-1]}_{value}" for path, value in combination]
    return re.sub(r"[^\w.+-]+", "_", "__".join(parts)).strip("_")


def folder_names(combinations, longest=LONGEST_NAME):
    """A name for each; those that are equal, or longer than `longest` bytes, end with a checksum of the values."""
    names = [folder_name(combination) for combination in combinations]
    short = [name.encode()[:longest].decode(errors="ignore") for name in names]
    checksums = [hashlib.sha256(repr(combination).encode()).hexdigest()[:8] for combination in combinations]
    repeated = {name for name in names if names.count(name) > 1}
    return [n if s == n and n not in repeated else f"{s}__{c}" for n, s, c in zip(names, short, checksums)]


def sample_points(sample):
    """
    Points in the unit cube, a row for each run, and a short name for each. But for Latin hypercubes a larger sample has those of
    the smaller one under the same names.
    """
    from scipy.stats import qmc  # it takes a second to load
    from study_sensitivity import indices_design, morris_design

    n, d = sample.n, len(sample.ranges)
    if sample.method == "morris":
        return morris_design(n, d, sample.seed), [f"t{k:04d}_{step}" for k in range(1, n + 1) for step in range(d + 1)]
    if sample.method == "sobol indices":
        blocks = ["a", "b", *(f"c{k}_" for k in range(1, d + 1))]
        return indices_design(n, d, sample.seed), [f"{block}{k:04d}" for block in blocks for k in range(1, n + 1)]
    names = [f"s{k:04d}" for k in range(1, n + 1)]
    if sample.method == "sobol":
        rows = qmc.Sobol(d, scramble=True, seed=sample.seed).random_base2(n.bit_length() - 1)
    else:
        rows = qmc.LatinHypercube(d, seed=sample.seed).random(n)
    if sample.correlation is not None:
        from study_distribution import correlated

        rows = correlated(rows, sample.correlation)
    return rows, names


def base_file(folder, parameters, includes):
    """The parameter file of a run; one that is written if a level includes further files."""
    if not includes:
        return parameters
    lines = [f"include {file}\n" for file in (parameters, *includes)]
    text = "# Written by scripts/study: the base of a study, and what a level of a factor includes.\n" + "".join(lines)
    path = pathlib.Path(folder).absolute() / ".study" / "bases" / f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.prm"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path


def case_of(study, folder, levels):
    """(parameter file, settings) that all runs with these levels of the factors share."""
    base = next((level.parameters for level in levels if level.parameters), study.parameters)
    file = base_file(folder, base, [include for level in levels for include in level.includes])
    return file, (*study.settings.items(), *(setting for level in levels for setting in level.settings))


def points_of(study, folder):
    """All runs of a study in `folder`."""
    combinations = list(itertools.product(*([(name, level) for level in levels] for name, levels in study.factors.items())))
    names = folder_names([[(name, level.text) for name, level in combination] for combination in combinations])
    sampled = [("", ())]
    if study.sample:
        rows, labels = sample_points(study.sample)
        drawn = [tuple((r.path, r.text(share)) for r, share in zip(study.sample.ranges, row)) for row in rows]
        sampled = list(zip(labels, drawn))
    points = []
    for name, combination in zip(names, combinations):
        file, settings = case_of(study, folder, [level for _, level in combination])
        for label, drawn in sampled:
            full = "__".join(part for part in (name, label) if part)
            values = {**{factor: level.text for factor, level in combination}, **dict(drawn)}
            points.append(Point(values, Variant(full, (*settings, *drawn), file, study.ranks)))
    return points


def covering(study, points):
    """Some of the points, among which every level of every factor is, and both ends of a sample."""
    chosen = {point.variant.name: point for point in (points[0], points[-1])}
    for factor, levels in study.factors.items():
        for level in levels:
            point = next(point for point in points if point.values[factor] == level.text)
            chosen[point.variant.name] = point
    return list(chosen.values())
