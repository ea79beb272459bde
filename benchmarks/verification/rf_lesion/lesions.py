# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Draw the survey of lesions: volume and width against energy, for pulse and tip.

Usage: scripts/python benchmarks/verification/rf_lesion/lesions.py lesions.csv figure.png
"""

import csv
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def read(name):
    with open(name, encoding="utf-8") as file:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]


def draw(rows, name):
    figure, panels = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    series = sorted({(row["tip [mm]"], row["pulse [s]"]) for row in rows})
    for number, (tip, pulse) in enumerate(series):
        chosen = [row for row in rows if (row["tip [mm]"], row["pulse [s]"]) == (tip, pulse)]
        energy = [row["power [W]"] * pulse for row in chosen]
        for panel, quantity in zip(panels, ("volume [mm^3]", "width [mm]")):
            label = f"tip {tip:g} mm, {1e3 * pulse:g} ms"
            panel.plot(energy, [row["cells " + quantity] for row in chosen], "o--", color=f"C{number}", mfc="white")
            panel.plot(energy, [row["collagen " + quantity] for row in chosen], "s-", color=f"C{number}", label=label)
    for panel, title in zip(panels, ("Lesion volume of a pair [mm³]", "Lesion width [mm]")):
        panel.set(xlabel="energy of a pulse [J]", title=title, ylim=(0, None))
        panel.grid(alpha=0.3)
    panels[0].legend(title="full: collagen, dashed: cells", fontsize=8, title_fontsize=8)
    figure.savefig(name, dpi=160)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    draw(read(sys.argv[1]), sys.argv[2])
