# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Messenger RNA of a biopsy: the rate at which something is made in the punch over that of healthy skin of the same host. It
says nothing of the mass that is there. Collagens and elastin have columns; of signals there is none, so their rates are
computed here from the fields. FORMULAS is how the program words these rates: a test compares the words with those of
`cutis describe network`, so that a change of the kinetics is noticed here. The epidermis, which makes much of the RNA of
whole skin, is not in these rates.
"""

import numpy as np

from cutis_output import OutputError

from .series import column

__all__ = ["synthesis", "secretion"]

FORMULAS = {  # signal: as the network describes the reaction that cells make it by
    "vegf": "Cells secrete VEGF, more when short of oxygen: 14 (.5 F + .5 (Ph + P1) + M) 1.25/(.25 + O^2)",
    "tgf_beta": "Cells release TGF-beta and answer to it: 0.28 0.24 (0.5 + 1)/1.5 T (F + 2 M + .5 Ph)/(0.5 + T),"
    " more in tense tissue",
    "mmp": "Cells make MMP, more in damage, less under TGF-beta, more with age and sun:"
    " 2.16 (F + .5 M + Ph + 2 P1)(1 + 2 a/(.3 + a))/(1 + ex)",
}

# Healthy values of what the rates read; the same at every age, since cells and signals are relative to those of the host.
REST = {
    "damage_signal": 0.0,
    "tgf_beta": 1.0,
    "fibroblast": 1.0,
    "myofibroblast": 0.0,
    "macrophage": 1.0,
    "leukocyte": 0.0,
    "oxygen": 1.0,
}

CONSTANTS = {"TGF-beta half activation": 0.5, "MMP per leukocyte": 2.0}  # in the rates, with their defaults: a run may have others


def constants_of(run):
    """The constants of the rates that are in force in a run."""
    return {name: float(str(run.parameters.get(f"Network/dermis/{name}", default)).split()[0]) for name, default in CONSTANTS.items()}


def rate(signal, fields, constants=None):
    """What cells make of a signal, up to a factor that healthy skin has as well."""
    a, T, F, M, Ph, P1, O = (fields[name] for name in REST)
    half, per_leukocyte = (constants or CONSTANTS).values()
    if signal == "vegf":
        return (0.5 * F + 0.5 * (Ph + P1) + M) / (0.25 + O**2)
    if signal == "tgf_beta":
        return (half + 1) * T * (F + 2 * M + 0.5 * Ph) / (half + T)
    if signal == "mmp":
        return (F + 0.5 * M + Ph + per_leukocyte * P1) * (1 + 2 * a / (0.3 + a)) / (1 + np.maximum(T - 1, 0))
    raise OutputError(f"No rate of '{signal}' is known; there are those of {', '.join(FORMULAS)}.")


def node_volumes(snapshot):
    """The volume (in a section: area) that each node stands for, a share of each cell of the box mesh around it."""
    corners = snapshot.nodes[snapshot.cells]
    volumes = np.prod(corners.max(axis=1) - corners.min(axis=1), axis=1)
    share = np.repeat(volumes / snapshot.cells.shape[1], snapshot.cells.shape[1])
    return np.bincount(snapshot.cells.ravel(), weights=share, minlength=len(snapshot.nodes))


def punch_mean(run, snapshot, values):
    """Mean of nodal values over the punch that the parameters of the run describe."""

    def length(name, default):
        return float(run.parameters.get(f"Output/{name}", default).split()[0])

    site = [length("Site along width", "0"), length("Site along length", "0")][: snapshot.dimension - 1]
    distance = np.linalg.norm(snapshot.nodes[:, :-1] - site, axis=1)
    weights = node_volumes(snapshot) * (distance <= 0.5 * length("Punch diameter", "3"))
    return float(np.average(values, weights=weights))


def secretion(run, day, signal):
    """What the cells of the punch make of a signal, relative to health."""
    times = np.asarray(run.fields.times)
    if np.abs(times - day).min() > 1e-6:
        raise OutputError(f"{run.directory} has no fields of day {day:g}.")
    snapshot = run.fields.nearest(day)
    fields = {name: np.maximum(snapshot[name], 0) for name in REST}
    constants = constants_of(run)
    return punch_mean(run, snapshot, rate(signal, fields, constants)) / rate(signal, REST, constants)


def synthesis(run, day, of):
    """What the punch makes of collagen_I, collagen_III or elastin, relative to health."""
    return column(run, day, f"{of}_synthesis")
