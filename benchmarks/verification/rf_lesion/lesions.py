# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Draw the survey of lesions, one panel for each thing that was changed, and print its tables for docs/rf.md.

Usage: scripts/python benchmarks/verification/rf_lesion/lesions.py lesions.csv figure.png > tables.md
"""

import csv
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

CELLS, COLLAGEN = "#e69f00", "#a01c28"
DRIVES = {"power": "power", "voltage": "voltage", "current": "current", "temperature": "temp."}


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def read(name):
    with open(name, encoding="utf-8") as file:
        return [{key: number(value) for key, value in row.items()} for row in csv.DictReader(file)]


class Survey:
    """Rows of the survey by series and model; the standard belongs to most of the series."""

    def __init__(self, rows):
        self.rows = rows

    def of(self, series, model, with_standard=True, **where):
        wanted = (series, "standard") if with_standard else (series,)
        chosen = [row for row in self.rows if row["series"] in wanted and row["model"] == model]
        return [row for row in chosen if all(row[key] == value for key, value in where.items())]

    def one_model_for_another(self, row, model):
        """The row of the same firing that was computed with the other model, or None."""
        for other in self.rows[self.rows.index(row) + 1 :]:
            if other["model"] == model:
                return other
            if other["model"] == "pair":
                break
        return None


def draw_curves(ax, survey, series, key, title, label, with_standard=True, **where):
    for model, style in (("pair", {"ls": "-"}), ("circuit", {"ls": "--", "mfc": "white"})):
        rows = sorted(survey.of(series, model, with_standard, **where), key=lambda row: row[key])
        x = [row[key] for row in rows]
        for tissue, colour, mark in (("cells", CELLS, "o"), ("collagen", COLLAGEN, "s")):
            ax.plot(x, [row[f"{tissue} volume [mm^3]"] for row in rows], mark, color=colour, ms=4, lw=1.2, **style)
    ax.set(title=title, xlabel=label, ylim=(0, None))


def draw_drives(ax, survey):
    rows = survey.of("drive", "pair", with_standard=False) + survey.of("standard", "pair")
    for row in rows:
        place = list(DRIVES).index(row["drive"]) + (0.2 if row["slope [1/K]"] > 0 else -0.2)
        fill = {"alpha": 1.0} if row["slope [1/K]"] > 0 else {"alpha": 0.45}
        ax.bar(place - 0.08, row["cells volume [mm^3]"], 0.16, color=CELLS, **fill)
        ax.bar(place + 0.08, row["collagen volume [mm^3]"], 0.16, color=COLLAGEN, **fill)
    ax.set_xticks(range(len(DRIVES)), DRIVES.values())
    ax.set(title="Generator (pale: β = 0)", xlabel="drive", xlim=(-0.5, 3.5))


def draw(survey, name):
    figure, panels = plt.subplots(2, 4, figsize=(12, 5.6), layout="constrained")
    power = {"pitch [mm]": 1.25}
    draw_curves(panels[0, 0], survey, "pulse", "pulse [s]", "Pulse", "s, at 0.5 W")
    draw_curves(panels[0, 1], survey, "pitch and power", "target", "Power", "W, for 0.5 s", **power)
    draw_curves(panels[0, 2], survey, "tip", "tip [mm]", "Exposed length", "mm")
    draw_curves(panels[0, 3], survey, "pitch and power", "pitch [mm]", "Pitch", "mm, at 0.5 W", target=0.5)
    held = {"key": "target", "label": "°C", "with_standard": False}
    draw_curves(panels[1, 0], survey, "temperature", title="Held for 0.5 s", **held, **{"pulse [s]": 0.5})
    draw_curves(panels[1, 1], survey, "temperature", title="Held for 4 s", **held, **{"pulse [s]": 4.0})
    draw_drives(panels[1, 2], survey)
    panels[1, 3].axis("off")
    lines = [
        plt.Line2D([], [], color=CELLS, marker="o", label="dead cells, pair in 3-D"),
        plt.Line2D([], [], color=COLLAGEN, marker="s", label="denatured collagen, pair in 3-D"),
        plt.Line2D([], [], color=CELLS, marker="o", mfc="white", ls="--", label="cells, single needle"),
        plt.Line2D([], [], color=COLLAGEN, marker="s", mfc="white", ls="--", label="collagen, single needle"),
    ]
    panels[1, 3].legend(handles=lines, loc="center", frameon=False, title="Lesion volume per needle")
    for ax in panels.flat:
        ax.grid(alpha=0.3)
    for ax in panels[:, 0]:
        ax.set_ylabel("mm³ per needle")
    figure.savefig(name, dpi=130)


def print_lesions(survey):
    print("| firing | Ω | °C | collagen mm³ | width; depths mm | cells mm³ | width; depths mm |")
    print("|---|---|---|---|---|---|---|")
    for row in survey.rows:
        if row["model"] not in ("pair", "single needle"):
            continue
        unit = {"power": "W", "voltage": "V", "current": "A", "temperature": "°C"}[row["drive"]]
        name = f"{row['series']}: {row['target']:g} {unit}, {row['pulse [s]']:g} s, tip {row['tip [mm]']:g} mm"
        name += f", pitch {row['pitch [mm]']:g} mm" if row["model"] == "pair" else ""
        name += f", β {row['slope [1/K]']:g}"
        cells = []
        for tissue in ("collagen", "cells"):
            cells.append(f"{row[tissue + ' volume [mm^3]']:.3f}")
            extent = (row[f"{tissue} {key} [mm]"] for key in ("width", "top", "bottom"))
            cells.append("{:.2f}; {:.2f}-{:.2f}".format(*extent) if row[tissue + " volume [mm^3]"] > 0.002 else "-")
        ohms = f"{row['first resistance [ohm]']:.0f}"
        boiled = ", boils" if row["boiled [mm^3]"] > 0 else ""
        print(f"| {name} | {ohms} | {row['peak [degC]']:.0f}{boiled} | {' | '.join(cells)} |")


def difference(other, row, tissue):
    volume, measure = (r[f"{tissue} volume [mm^3]"] for r in (other, row))
    return f"{100 * (volume / measure - 1):+.0f} %" if measure > 0.002 else "-"


def print_models(survey):
    models = ("first current", "circuit", "recorded")
    print("\n| firing | apart by, collagen; cells mm | collagen mm³ | " + " | ".join(models), end="")
    print(" | cells mm³ | " + " | ".join(models) + " |\n" + "|---" * (4 + 2 * len(models)) + "|")
    for row in survey.rows:
        if row["model"] != "pair":
            continue
        apart = "; ".join(
            "-" if row[t + " volume [mm^3]"] == 0 else f"{2 * row[t + ' inner [mm]']:.2f}" for t in ("collagen", "cells")
        )
        text = f"| {row['series']}: {row['target']:g}, {row['pulse [s]']:g} s, {row['pitch [mm]']:g} mm | {apart}"
        for tissue in ("collagen", "cells"):
            text += f" | {row[tissue + ' volume [mm^3]']:.4f}"
            for model in models:
                other = survey.one_model_for_another(row, model)
                text += " | " + (difference(other, row, tissue) if other else "-")
        print(text + " |")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    survey = Survey(read(sys.argv[1]))
    print_lesions(survey)
    print_models(survey)
    draw(survey, sys.argv[2])


if __name__ == "__main__":
    main()
