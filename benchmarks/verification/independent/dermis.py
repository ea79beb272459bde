# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The dermis network of docs/model.md and its host, for a state of shape (fields, ...); rates per day.

Constants are those of the table in docs/model.md. Those that health fixes (k_C, k_m, O_a) are computed from the
condition that young skin rests, by hand and not by the linear solve of Cutis.
"""

import dataclasses
import functools

import numpy as np
from scipy.integrate import solve_ivp

FIELDS = "a T V Z O F M Ph P1 e b K Cn Cm C3n C3m Cf Cx El h g".split()
INDEX = {name: i for i, name in enumerate(FIELDS)}
DIFFUSIVITY = {"a": 0.29, "T": 0.29, "V": 9.0, "Z": 4.32, "O": 170.0, "F": 0.2, "M": 0.2, "Ph": 0.05}
DIFFUSIVITY |= {"P1": 0.2, "e": 0.03, "b": 0.02}
TAXIS = {"F": ("T", 0.02), "M": ("T", 0.02), "Ph": ("a", 0.05), "P1": ("a", 0.05), "b": ("V", 0.05)}  # mm^2/d per unit

CELLS_TO_TGF = 0.28  # fa
PARTICLES_TO_TGF = CELLS_TO_TGF / 1.5 * (0.07 * 2500) / (0.004 * 3000)  # pK
LOSS, BREAKDOWN = 1.2652e-4, 0.088  # of mature and new collagen, 1/d
FRAGMENTATION = 3.83e-5
RETENTION = LOSS * 0.9 / 0.1  # km: as much is retained of .1 as is lost of .9
SYNTHESIS = (RETENTION + BREAKDOWN) * 0.1  # kC
OXYGEN_OF_BLOOD = 1 + 400 / 200 / 1.2  # Oa: supply and use of the resting cells cancel
DAYS_PER_YEAR = 365.25

YOUNG = np.zeros(len(FIELDS))
for _name, _value in dict(T=1, V=1, Z=1, O=1, F=1, Ph=1, e=1, b=1, Cn=0.1, Cm=0.9, C3n=0.02, C3m=0.18, Cx=0.9).items():
    YOUNG[INDEX[_name]] = _value
YOUNG[[INDEX["El"], INDEX["h"]]] = 1


@dataclasses.dataclass(frozen=True)
class Constants:
    """Constants of wounds that are varied."""

    capacity: float = 5.0  # of leukocytes
    half_inflamed: float = 1.0  # leukocytes that halve synthesis
    epidermal_loss: float = 0.6
    epidermal_half: float = 2.0
    epidermal_growth: float = 0.7
    self_call: float = 0.0
    switch: float = 0.33
    leukocyte_loss: float = 0.3
    leukocyte_mmp: float = 2.0


DEFAULT = Constants()
UNLIMITED = Constants(capacity=1e9, half_inflamed=1e6, epidermal_loss=0.3, epidermal_half=6.0)
DIABETIC = Constants(self_call=0.05, switch=0.08, leukocyte_loss=0.15, epidermal_growth=0.35, leukocyte_mmp=6.0)


@dataclasses.dataclass(frozen=True)
class Factors:
    """What age does to the rates: on the synthesis of collagen and on the production of MMP; and the host's blood and
    collagen in health."""

    synthesis: float = 1.0
    mmp: float = 1.0
    perfusion: float = 1.0
    collagen: float = 1.0
    growing_older: float = 0.0


def factors_at(age, perfusion=1.0):
    """Factors of a protected non-smoker of this age [years]."""
    q = np.clip((age - 20) / 60, 0, 1)
    return Factors((1 - 0.35 * q) * (1 - 0.32 * q), 1 + q, perfusion, growing_older=float(age >= 20))


def with_oxygen(O):
    return 1.3 * O / (0.3 + O)


def clearing(O, F):
    """Cells that clear, 1 in health."""
    return with_oxygen(O) * F * 1.5 / (0.5 + F)


def type_iii_share(macrophages):
    e = np.maximum(macrophages - 1, 0)
    return 0.2 + 0.3 * e / (1 + e)


def rates(u, factors=Factors(), hidden=0.0, turned=0.0, less_mmp=0.0, k=DEFAULT, denatured=0.0, bound=0.0):
    """du/dt of the network without particles and transport.

    What stromal cells do to it: the share of the excess of TGF-beta that HGF hides, the share of macrophages that have
    turned to repair, and the share of MMP that HGF suppresses. Denatured collagen fills what would be a void, and
    macrophages are bound to it as to particles.
    """
    a, T, V, Z, O, F, M, Ph, P1, epidermis, b, K, Cn, Cm, C3n, C3m, Cf, Cx, El, h, g = u
    K_all = K + bound
    felt = T - hidden * np.maximum(T - 1, 0)
    ex = (1 - hidden) * np.maximum(T - 1, 0)
    high = ex / (1 + ex)
    g_o = with_oxygen(O)
    held = 1 / (1 + 0.15 * P1)
    cells = F + M
    macrophages = Ph + P1 + 5 * K_all
    Z = np.maximum(Z, 0)
    differentiated = 0.2 * ex**2 / (2.5**2 + ex**2) * held * F
    calm = held / (1 + (P1 / k.half_inflamed) ** 2)
    made = factors.synthesis * SYNTHESIS * g_o * (F + 2 * M) * calm * (1 + 6 * high) * 1.7 / (0.7 + Cn + Cm)
    share_iii = type_iii_share(Ph + 5 * K_all)
    retained = RETENTION * (1 + 60 * high)
    broken, lost = BREAKDOWN * np.sqrt(Z), LOSS * Z**0.12
    influx = 0.4 * (0.4 + 1.2 * b / (1 + b))
    call = a + np.maximum(1 - epidermis, 0) * (0.05 + k.self_call * P1)
    arriving = 12 * influx * call**2 / (0.09 + call**2) * np.maximum(1 - P1 / k.capacity, 0) * (1 - turned)
    secreting = F + 0.5 * M + Ph + k.leukocyte_mmp * P1
    void = np.maximum(1 - g - (Cn + Cm + denatured) / factors.collagen, 0)
    return np.stack(
        [
            -0.24 * a,
            2 * a
            + 0.24 * (1 - CELLS_TO_TGF)
            + 0.24 * CELLS_TO_TGF * felt * (F + 2 * M + 0.5 * Ph) / (0.5 + felt)
            + 0.24 * PARTICLES_TO_TGF * K_all
            - 0.24 * T,
            14 * (0.5 * F + 0.5 * macrophages + M) * 1.25 / (0.25 + O**2) - 12 * V - 2 * b * V,
            (1 - less_mmp) * 2.16 * factors.mmp * secreting * (1 + (1 - turned) * 2 * a / (0.3 + a)) / (1 + ex)
            - 4.32 * Z,
            factors.perfusion * 200 * b * (OXYGEN_OF_BLOOD - O)
            - 400 * (0.7 * F + M + 0.3 * macrophages) * O / (0.2 + O),
            0.08 * F * (1 - cells)
            + 0.82 * ex**2 / (1 + ex**2) * g_o * held * (1 - cells / 5) * F
            - differentiated
            + 0.02 * M,
            differentiated - 0.08 * M,
            influx - 0.4 * Ph + k.switch * P1,
            arriving - (k.switch + k.leukocyte_loss) * P1,
            k.epidermal_growth * held * epidermis * (1 - epidermis)
            - k.epidermal_loss * P1**2 / (k.epidermal_half**2 + P1**2) * epidermis,
            0.25 * b * (5 * V**2 / (4 + V**2) - b),
            np.zeros_like(K),
            made - retained * Cn - broken * Cn,
            retained * Cn - lost * Cm,
            share_iii * made - retained * C3n - broken * C3n,
            retained * C3n - lost * C3m - (C3m - 0.2 * Cm) / 180,
            factors.growing_older * FRAGMENTATION * Z * (Cm - Cf) - lost * Cf,
            (Cm - Cx) / 22,
            2.7e-5 * (F - np.sqrt(Z) * El),
            0.5 * (F + 2 * M) * (1 + a / (0.3 + a)) - 0.5 * h,
            a * void - 0.08 * Z * g * clearing(O, F),
        ]
    )


@functools.lru_cache
def healthy_at(age, perfusion=1.0):
    """Skin of this age [years], grown from that at 20; all of its mature collagen is cross-linked. Where blood is short it has been so for ten years at the age of 20."""
    begin = 20 if perfusion == 1 else 10
    if age <= begin:
        return YOUNG
    days = (age - begin) * DAYS_PER_YEAR
    grown = solve_ivp(
        lambda t, u: rates(u, factors_at(begin + t / DAYS_PER_YEAR, perfusion)),
        (0, days),
        YOUNG,
        "BDF",
        rtol=1e-10,
        atol=1e-13,
    ).y[:, -1]
    grown[INDEX["Cx"]] = grown[INDEX["Cm"]]
    return grown
