#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Draw the lesion of radio-frequency needles in the vertical plane through their row: DIR/lesion.png.

On the left the highest temperature that every place has had, on the right what it has destroyed. A run with needles writes
both into lesion.csv, and the needles into lesion.json.

Usage: scripts/python scripts/plot_lesion.py DIR [--picture FILE]
"""

import argparse
import json
import pathlib

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch, Rectangle

import cutis_drawing as drawing
import cutis_main
from cutis_drawing import BLACK, GREY
from cutis_output import OutputError, Run

ISOTHERMS = (45, 55, 65, 75, 85, 95)
CELLS, COLLAGEN = "#e69f00", "#a01c28"


class Lesion:
    """The plane of lesion.csv with its mirror image, and the needles of lesion.json."""

    def __init__(self, directory):
        try:
            self.report = json.loads((directory / "lesion.json").read_text(encoding="utf-8"))
            table = pd.read_csv(directory / "lesion.csv")
        except FileNotFoundError as error:
            raise OutputError(f"There is no {error.filename}; is this a run with needles that fire?") from error
        self.geometry = self.report["geometry"]
        half = table.pivot(index="depth [mm]", columns="x [mm]")
        self.x = np.concatenate([-half.columns.levels[1][:0:-1], half.columns.levels[1]])
        self.depth = half.index.to_numpy()
        self.temperature = self.mirrored(half["highest temperature [degC]"])
        self.collagen = self.mirrored(half["denatured collagen [1]"])
        self.cells = self.mirrored(half["dead cells [1]"])

    @staticmethod
    def mirrored(half):
        values = half.to_numpy()
        return np.hstack([values[:, :0:-1], values])

    def needles(self):
        """Distances of the axes from the middle. A needle that fires with all others has a square to itself."""
        pair = self.geometry["polarity"] == "bipolar" and self.x.max() > 0.5 * self.geometry["pitch_mm"] + 0.1
        return [-0.5 * self.geometry["pitch_mm"], 0.5 * self.geometry["pitch_mm"]] if pair else [0.0]


def draw_needles(ax, lesion):
    geometry = lesion.geometry
    tip, bare, diameter = (geometry[key] for key in ("tip_depth_mm", "exposed_length_mm", "diameter_mm"))
    for x in lesion.needles():
        left = x - 0.5 * diameter
        ax.add_patch(Rectangle((left, -0.15), diameter, tip - bare + 0.15, facecolor="#c9ccd1", edgecolor=GREY, lw=0.6))
        ax.add_patch(Rectangle((left, tip - bare), diameter, bare, facecolor="#5b6068", edgecolor=BLACK, lw=0.6))


def finish(ax, lesion, interfaces):
    draw_needles(ax, lesion)
    for depth in interfaces:
        if depth < lesion.depth[-1]:
            ax.axhline(depth, color=GREY, lw=0.7, ls=(0, (4, 3)))
    ax.axhline(0, color=BLACK, lw=1)
    ax.set(xlabel="along the row [mm]", ylabel="depth [mm]", aspect="equal")
    ax.set(xlim=(lesion.x[0], lesion.x[-1]), ylim=(lesion.depth[-1], -0.15))


def draw_temperature(figure, ax, lesion):
    levels = np.linspace(lesion.temperature.min(), lesion.temperature.max(), 40)
    picture = ax.contourf(lesion.x, lesion.depth, lesion.temperature, levels, cmap="inferno")
    isotherms = [level for level in ISOTHERMS if level < lesion.temperature.max()]
    lines = ax.contour(lesion.x, lesion.depth, lesion.temperature, isotherms, colors="white", linewidths=0.7)
    ax.clabel(lines, fmt="%g °C", fontsize=6.5)
    bar = figure.colorbar(picture, ax=ax, shrink=0.85, ticks=range(30, 101, 10))
    bar.set_label("°C")
    ax.set_title("Highest temperature")
    ax.grid(False)


def draw_damage(ax, lesion):
    for values, colour in ((lesion.cells, CELLS), (lesion.collagen, COLLAGEN)):
        fade = LinearSegmentedColormap.from_list("", [(1, 1, 1, 0), colour])
        ax.imshow(
            values,
            cmap=fade,
            vmin=0,
            vmax=1,
            interpolation="bilinear",
            extent=(lesion.x[0], lesion.x[-1], lesion.depth[-1], lesion.depth[0]),
        )
        if values.max() > 0.5:
            ax.contour(lesion.x, lesion.depth, values, [0.5], colors=colour, linewidths=1.2)
    entries = [Patch(color=CELLS, label="dead cells"), Patch(color=COLLAGEN, label="denatured collagen")]
    ax.legend(handles=entries, loc="lower left", fontsize=7, title="line: half of them", title_fontsize=7)
    ax.set_title("Destroyed")


def draw(lesion, title, interfaces):
    aspect = (lesion.depth[-1] + 0.15) / np.ptp(lesion.x)
    figure, panels = plt.subplots(1, 2, figsize=(9.6, 4.1 * aspect + 1.0), layout="constrained", sharey=True)
    draw_temperature(figure, panels[0], lesion)
    draw_damage(panels[1], lesion)
    for ax in panels:
        finish(ax, lesion, interfaces)
        ax.label_outer()
    figure.suptitle(title, x=0.01, ha="left")
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path, metavar="DIR", help="output folder of a run with needles")
    parser.add_argument("--picture", type=pathlib.Path, help="DIR/lesion.png if not given")
    options = parser.parse_args()
    drawing.use_style()
    lesion = Lesion(options.directory)
    run = Run(options.directory)
    drawing.save(draw(lesion, run.title, run.layer_interfaces()), options.picture or options.directory / "lesion.png")


if __name__ == "__main__":
    cutis_main.run(main, OutputError)
