# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Skin that is cut out and drawn. The law of the tissue is that of docs/mechanics.md, as written down independently of the
program in benchmarks/verification/tissue_point, with the constants and the tension of the run; it is healthy young skin, since
a run does not write the tensors of its fibres.

A piece that is cut out retracts to the stretches r at which it carries no stress. From there

    uniaxial     l_a = r_a (1 + e), the other two axes free of stress
    equibiaxial  l_0 = r_0 (1 + e), l_1 = r_1 (1 + e), the thickness free of stress

and the nominal stress is the force over the area of the slack piece, P_a = sigma_a l_b l_c/(r_b r_c). The model has no failure: what
is read up to failure is read up to the strain at which specimens failed.
"""

import numpy as np
from scipy.integrate import trapezoid
from scipy.optimize import fsolve

from cutis_output import OutputError
from verification.tissue_point import tissue

from .series import column

__all__ = ["initial_slope", "stress_at_strain", "steepest_modulus", "energy_to_strain", "equibiaxial_modulus", "load_ratio"]

STEP = 0.01  # of the strain
AXES = {"along": 0, "across": 1}
CONSTANTS = {  # of tissue.Material: where the parameters of a run have them
    "matrix": "dermis/Matrix modulus",
    "bulk": "dermis/Bulk modulus",
    "elastin": "dermis/Elastin modulus",
    "fibres": "dermis/Fibre modulus",
    "exponent": "dermis/Fibre exponent",
    "limit": "dermis/Fibre limit",
    "elastin_normal": "dermis/Elastin normal",
    "slope": "Fibres/Alignment",
    "isotropic": "Fibres/Isotropic share",
    "guided": "Fibres/Guided share",
    "resting": "Fibres/Resting stress",
    "stretch": "Fibres/Deposition stretch",
}


def healthy_skin(run):
    """Constants and point of the healthy young dermis under the tension of the run."""
    if run.parameters.get("Mechanics/Enabled", "false").split()[0] != "true":
        raise OutputError(f"{run.directory} is without mechanics, so that it has no tension to be cut out of.")

    def number(name, default):
        return float(str(run.parameters.get(f"Mechanics/{name}", default)).split()[0])

    defaults = tissue.Material()
    material = tissue.Material(**{key: number(name, getattr(defaults, key)) for key, name in CONSTANTS.items()})
    tension = np.diag([number("Tension along", 24), number("Tension across", 17), 0.0])
    return material, tissue.healthy(material, tension)[2]


def _balanced(material, point, stretches, free, start):
    """Stretches of which the free axes carry no stress, and the Cauchy stresses [kPa] at them."""
    stretches = np.array(stretches, dtype=float)

    def stresses(values):
        stretches[free] = values
        return tissue.cauchy(material, point, np.diag(stretches)).diagonal()

    values, _, found, message = fsolve(lambda x: stresses(x)[free], start, xtol=1e-10, full_output=True)
    if found != 1:
        raise OutputError(f"A specimen has no equilibrium: {message}")
    return stretches.copy(), stresses(values)


def drawn(material, point, axes, strains):
    """Nominal stresses [kPa] along the drawn axes, a row for each strain, of a piece that has been cut out."""
    slack, _ = _balanced(material, point, np.ones(3), [0, 1, 2], [0.9, 0.95, 1.1])
    free = [axis for axis in range(3) if axis not in axes]
    rows, start = [], slack[free]
    for strain in strains:
        held = slack.copy()
        held[axes] *= 1 + strain
        stretches, stress = _balanced(material, point, held, free, start)
        start = stretches[free]
        relative = stretches / slack
        rows.append([stress[a] * np.prod(relative) / relative[a] for a in axes])
    return np.array(rows)


def _curves(run, strain):
    """Strains up to a largest, and the nominal stress of pieces cut along and across, one row each."""
    strains = np.linspace(0, strain, 1 + round(strain / STEP))
    skin = healthy_skin(run)
    return strains, np.array([drawn(*skin, [axis], strains)[:, 0] for axis in AXES.values()])


def initial_slope(run, _day, scale=1.0):
    """Slope of the nominal stress from the slack piece on [kPa, times scale], mean of pieces along and across the lines."""
    return scale * float(_curves(run, STEP)[1][:, -1].mean()) / STEP


def stress_at_strain(run, _day, strain, scale=1.0):
    """Nominal stress [kPa, times scale] at a strain, mean of pieces cut along and across the lines."""
    return scale * float(_curves(run, strain)[1][:, -1].mean())


def steepest_modulus(run, _day, strain, scale=1.0):
    """Largest slope of the nominal stress up to a strain [kPa, times scale], mean of pieces along and across."""
    strains, stresses = _curves(run, strain)
    return scale * float((np.diff(stresses) / np.diff(strains)).max(axis=1).mean())


def energy_to_strain(run, _day, strain, scale=1.0):
    """Work per volume up to a strain [kJ/m3, times scale], mean of pieces along and across."""
    strains, stresses = _curves(run, strain)
    return scale * float(trapezoid(stresses, strains).mean())


def equibiaxial_modulus(run, _day, strain, direction):
    """Slope of the nominal stress [kPa] along a direction at a strain that is the same along and across."""
    strains = [strain - STEP / 2, strain + STEP / 2]
    below, above = drawn(*healthy_skin(run), list(AXES.values()), strains)[:, AXES[direction]]
    return float((above - below) / STEP)


def load_ratio(run, day):
    """
    Largest load of a strip along the lines over that of one across. What tears last is mature collagen that is not fragmented,
    times the share of it that lies along the load. The first is the same in both strips, so that the ratio is that of the
    principal values of the orientation tensor, H1/H2 = (1 + a)/(1 - a) with the anisotropy a in the plane of the skin.
    """
    order = column(run, day, "fibre_anisotropy")
    return (1 + order) / (1 - order)
