# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Stress, prestress, turnover of fibres and dead load at one point of tissue; the numbers of tests/model.

Usage: scripts/python benchmarks/verification/tissue_point/tissue.py
Stresses are derivatives of the printed energy of docs/mechanics.md by complex steps, exact to round-off; the healthy
state and specimens follow with SciPy's root finders. kPa throughout; axis 2 is the normal of the skin.
"""

import dataclasses
import itertools

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.optimize import fsolve

I = np.eye(3)


@dataclasses.dataclass(frozen=True)
class Material:
    matrix: float = 3.0
    bulk: float = 260.0
    elastin: float = 10.0
    fibres: float = 80.0
    exponent: float = 15.0
    limit: float = 0.37
    elastin_normal: float = 0.42
    slope: float = 2.0
    isotropic: float = 0.1
    guided: float = 0.0
    resting: float = 3.0
    stretch: float = 1.08  # at which fibres are laid


@dataclasses.dataclass(frozen=True)
class Tissue:
    """A point: collagen as (content, P) of its pools, elastin content and tensor, volume ratio of the matrix at rest."""

    pools: tuple
    elastin: float = 0.0
    elastin_tensor: np.ndarray = dataclasses.field(default_factory=lambda: I)
    rest_volume: float = 1.0


def fibre_energy(m, strain):
    """psi(E): exponential up to the limit, then with a constant stiffness."""
    if strain.real <= 0:
        return 0 * strain
    e = strain if strain.real <= m.limit else m.limit
    grown = np.exp(m.exponent * e * e)
    beyond = strain - e
    first = m.fibres * e * grown
    second = m.fibres * grown * (1 + 2 * m.exponent * e * e)
    return m.fibres / (2 * m.exponent) * (grown - 1) + beyond * (first + beyond * second / 2)


def collagen_energy(m, tissue, C):
    return sum(content * fibre_energy(m, np.sum(P * C) - 1) for content, P in tissue.pools)


def energy(m, tissue, C):
    """W(C) without growth, swelling and cells."""
    J = np.sqrt(np.linalg.det(C))
    x = J / tissue.rest_volume
    return (
        collagen_energy(m, tissue, C)
        + m.elastin * tissue.elastin / 2 * np.sum(tissue.elastin_tensor * C)
        + m.matrix / 2 * (J ** (-2 / 3) * np.trace(C) - 3)
        + tissue.rest_volume * m.bulk / 4 * (x * x - 1 - 2 * np.log(x))
    )


def cauchy(m, tissue, F, of=energy):
    """Cauchy stress at the deformation F, of all of the tissue or of a part of its energy."""
    C, tiny = F.T @ F, 1e-30
    S = np.zeros((3, 3))
    for i, j in itertools.combinations_with_replacement(range(3), 2):
        step = np.zeros((3, 3), dtype=complex)
        step[i, j] = step[j, i] = 1j * tiny
        S[i, j] = S[j, i] = of(m, tissue, C + step).imag / tiny * (2 if i == j else 1)
    return F @ S @ F.T / np.linalg.det(F)


def laid(m, stress, carried, present=None):
    """The directions h in which collagen is laid."""
    aligned = expm(m.slope / (carried + m.resting) * (stress - np.trace(stress) / 3 * I))
    h = (1 - m.isotropic - m.guided) * aligned / np.trace(aligned) + m.isotropic * I / 3
    return h if present is None else h + m.guided * present / np.trace(present)


def healthy(m, tension):
    """Directions h0, elastin tensor, and the point of healthy young tissue under this tension."""
    isotropic = Tissue(((1.0, m.stretch**2 * I / 3),))
    carried = np.trace(cauchy(m, isotropic, I, collagen_energy))
    # What lies there is what is laid: h0 = (rule without guidance) + wc h0
    h0 = laid(dataclasses.replace(m, guided=0.0, isotropic=m.isotropic / (1 - m.guided)), tension, carried)
    P = m.stretch**2 * h0
    # The matrix pushes with p I, isotropic at F = I: elastin holds what is missing, and its normal part is given
    pressure = m.elastin * m.elastin_normal + carried * h0[2, 2] - tension[2, 2]
    elastin = (tension + pressure * I - carried * h0) / m.elastin
    volume = fsolve(lambda v: m.bulk / 2 * (1 / v - v) + pressure, 1.0, xtol=1e-12)[0]
    return h0, elastin, Tissue(((0.1, P), (0.9, P)), 1.0, elastin, volume)


def print_material():
    m = Material(matrix=0.1, bulk=10.0, elastin=0.0, fibres=1.0, exponent=2.0)
    P = np.array([[0.6, 0.1, 0], [0.1, 0.3, 0], [0, 0, 0.1]])
    point = Tissue(((0.3, P), (0.7, P)))
    F = np.array([[1.1, 0.05, 0], [0.02, 0.95, 0.03], [0, 0.01, 1.02]])
    upper = np.triu_indices(3)
    print("tissue_test: det F %.5f, energy %.12f" % (np.linalg.det(F), energy(m, point, F.T @ F)))
    print("  stress xx xy xz yy yz zz", np.array2string(cauchy(m, point, F)[upper], precision=10))
    print("  of 1.05 I               ", np.array2string(cauchy(m, point, 1.05 * I)[upper], precision=8, suppress_small=True))


def print_fibres():
    turns = np.array([0, 0.5, 1, 2, 5])
    target = 1.21 / 1.15**2
    stretches = 1.15 * np.sqrt(target + (1.21 - target) * np.exp(-turns))
    print("fibres_test: a step of stretch relaxes", np.array2string(stretches, precision=8))
    h = np.diag([0.5, 0.5, 0])

    def turnover(t, P):
        back = np.linalg.inv(np.array([[1, 0.3 * t, 0], [0, 1, 0], [0, 0, 1]]))
        return (back @ h @ back.T - P.reshape(3, 3)).ravel()

    P = solve_ivp(turnover, (0, 2), h.ravel(), "DOP853", rtol=1e-12, atol=1e-14).y[:, -1]
    print("  sheared: P11 %.8f, P12 %.8f" % (P[0], P[1]))
    mixed = solve_ivp(lambda t, y: [0.02 - 0.01 * y[0], 0.018 - 0.01 * y[1]], (0, 100), [0.5, 0.25], "DOP853", rtol=1e-12, atol=1e-14)
    phi, product = mixed.y[:, -1]
    print("  mixed: phi %.8f, H %.8f" % (phi, product / phi))


def specimen(m, point):
    """Sides and thickness of a free piece; moduli along and across of a strip and of a uniaxial test in the body."""
    stress = lambda l: cauchy(m, point, np.diag(l)).diagonal()
    free = fsolve(stress, [0.9, 0.95, 1.1], xtol=1e-12)
    h = 1e-5
    slopes = np.array([(stress(I[j] * h + 1) - stress(1 - I[j] * h)) / (2 * h) for j in range(3)]).T
    uniaxial = [1 / np.linalg.inv(slopes)[a, a] for a in (0, 1)]
    strip = [1 / np.linalg.inv(slopes[np.ix_([a, 2], [a, 2])])[0, 0] for a in (0, 1)]
    return free, strip, uniaxial


def print_prestress():
    print("prestress_test and docs/mechanics.md:\n tension   h0              Pe         free side, thick   strip   uniaxial")
    for tension in ((7, 5), (15, 8), (24, 17), (28.3, 16.6), (53, 30)):
        h0, elastin, point = healthy(Material(), np.diag([*tension, 0.0]))
        free, strip, uniaxial = specimen(Material(), point)
        print(
            f"{tension[0]:5g}/{tension[1]:<5g}" + " %.3f/%.3f/%.3f" % tuple(h0.diagonal())
            + " %.2f/%.2f/%.2f" % tuple(elastin.diagonal()) + "  %.3f/%.3f %.2f" % tuple(free)
            + "  %.1f/%.1f" % tuple(strip) + "  %.1f/%.1f" % tuple(uniaxial)
        )


def lasting_force(m, point, along, load):
    """Force at a held stretch once all collagen lies as it would be laid: unknown are the thickness and the tensor P."""

    def tissue(P):
        return dataclasses.replace(point, pools=((0.1, P), (0.9, P)))

    def balance(x):
        F = np.diag([along, along, x[0]])
        now = tissue(np.diag([x[1], x[1], x[2]]))
        stress = cauchy(m, now, F)
        carried = np.trace(cauchy(m, now, F, collagen_energy))
        h = laid(m, stress, carried, F @ now.pools[0][1] @ F.T)
        target = m.stretch**2 * (h / np.diag(F) ** 2).diagonal()
        return [stress[2, 2], target[0] - x[1], target[2] - x[2]]

    P = point.pools[0][1]
    x = fsolve(balance, [1.0, P[0, 0], P[2, 2]], xtol=1e-11)
    F = np.diag([along, along, x[0]])
    return cauchy(m, tissue(np.diag([x[1], x[1], x[2]])), F)[0, 0] * along * x[0]


def print_dead_load():
    stiffness = []
    for load, fibres, slope, guided in itertools.product((2, 10, 20, 40), (40, 110, 200), (0.5, 1, 2, 2.6), (0, 0.5, 0.8)):
        m = Material(matrix=0.05, fibres=fibres, slope=slope, guided=guided, elastin_normal=0.05)
        point = healthy(m, np.diag([load, load, 0.0]))[2]
        more, less = (lasting_force(m, point, along, load) for along in (1.001, 0.999))
        stiffness.append((more - less) / 0.002)
    print(f"dead_load_test: lasting stiffness from {min(stiffness):.2f} to {max(stiffness):.1f} kPa, {len(stiffness)} cases")


def print_gel():
    """Gel in the matrix of a column whose sides are held and whose thickness is free."""
    m = Material()
    _, _, rest = healthy(m, np.diag([24.0, 17.0, 0.0]))

    def column(gel, modulus=0.0, along=1.0):
        stiff = dataclasses.replace(m, matrix=m.matrix + gel * modulus)
        point = dataclasses.replace(rest, rest_volume=rest.rest_volume * (1 + gel))
        F = lambda x: np.diag([along, along, np.ravel(x)[0]])
        thickness = fsolve(lambda x: cauchy(stiff, point, F(x))[2, 2], 1 + gel / 2, xtol=1e-12)[0]
        felt = lambda t, f: np.linalg.det(f) * np.trace(cauchy(m, t, f, collagen_energy))
        return thickness, felt(point, F(thickness)) / felt(rest, I) - 1

    print("Gel in a column: its volume, thickness over that at rest, relative tension; the same with a gel of .4 kPa")
    for gel in (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5):
        print("  %.2f  %.5f %.4f   %.5f %.4f" % (gel, *column(gel), *column(gel, 0.4)))
    print("Stretch in the plane without gel, relative tension")
    for along in (1.01, 1.02, 1.05):
        print("  %.2f  %.4f" % (along, column(0.0, along=along)[1]))


def main():
    np.set_printoptions(linewidth=120)
    print_material()
    print_fibres()
    print_prestress()
    print_dead_load()
    print_gel()


if __name__ == "__main__":
    main()
