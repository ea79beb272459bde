# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Pictures of measurements beside the model: RNA of wounds, and evidence that conflicts, side by side and not averaged. All
numbers are those of the rows and the runs. Whiskers are standard deviations, confidence intervals or ranges as the row has.
"""

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing
from cutis_drawing import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED

from .operators import ageing, imaging, rna, wounds

TENSION = (24, 17)  # kPa along and across, in parameters/none_mechanics.prm
TISSUES = (("wound, skin", BLUE, "o", -0.06), ("wound, palate", ORANGE, "s", 0.06))
GENES = (  # title, genes, function of run and day
    ("(a) collagen I", ("COL1A1",), lambda run, day: rna.synthesis(run, day, "collagen_I")),
    ("(b) collagen III", ("COL3A1",), lambda run, day: rna.synthesis(run, day, "collagen_III")),
    ("(c) one MMP for two", ("MMP1", "MMP9"), lambda run, day: rna.secretion(run, day, "mmp")),
    ("(d) TGF-β, from cells", ("TGFB1",), lambda run, day: rna.secretion(run, day, "tgf_beta")),
    ("(e) VEGF", ("VEGFA",), lambda run, day: rna.secretion(run, day, "vegf")),
)


def whiskers(row, unit=1.0):
    """Lengths of the error bar below and above the mean, for errorbar; None without a spread."""
    if row.sd is not None:
        return [[row.sd / unit], [row.sd / unit]]
    if row.lo is not None:
        return [[(row.mean - row.lo) / unit], [(row.hi - row.mean) / unit]]
    return None


def point(ax, x, row, colour, label=None, marker="o", unit=1.0, hollow=False):
    face = "white" if hollow else colour
    style = {"color": colour, "marker": marker, "mfc": face, "linestyle": "none", "capsize": 2, "label": label}
    ax.errorbar(x, row.mean / unit, yerr=whiskers(row, unit), **style)


def draw_rna(rows, runs, path):
    run = runs["punch_wound"]
    days = [day for day in run.fields.times if 0 < day <= 8]
    figure, axes = plt.subplots(1, 5, figsize=(15, 3.4), sharex=True, layout="constrained")
    for ax, (title, genes, read) in zip(axes, GENES):
        ax.plot(days, [np.log2(read(run, day)) for day in days], color=BLACK, label="model, skin")
        for gene, hollow, beside in zip(genes, (False, True), (0, 0.2)):
            for tissue, colour, marker, shift in TISSUES:
                label = f"{gene}, {tissue.split()[1]}"
                for row in rows:
                    if row.arm == tissue and row.quantity.startswith(gene + " "):
                        point(ax, row.day + shift + beside, row, colour, label, marker, hollow=hollow)
                        label = None
        ax.axhline(0, color=GREY, linewidth=0.7)
        ax.set_title(title)
        ax.set_xlabel("days since the wound")
        ax.legend(fontsize="x-small")
    axes[0].set_ylabel("log₂ of change against the day before")
    drawing.save(figure, path)


def curve_of_life(ax, run, name, **style):
    """A column over the age, in percent of its value at 20."""
    table = run.timeseries
    ages = float(run.parameters["Host/Age"].split()[0]) + table.index.to_numpy() / ageing.DAYS_PER_YEAR
    ax.plot(ages, 100 * table[name] / table[name].iloc[0], **{"color": BLACK, "label": "model", **style})
    ax.set_xlabel("age [years]")


def draw_thickness(ax, row, runs):
    curve_of_life(ax, runs["lifetime"], "dermal_thickness")
    fall = row["D139"].mean
    ax.plot([20, 70], [100, 100 + 5 * fall], color=BLUE, linestyle="--", label=f"Branchet 1990: {fall:g} % a decade")
    ax.plot([20, 65], [100, 100], color=GREEN, linestyle="--", label="Escoffier 1989: none to 70")
    ax.annotate("", (40, 106), (21, 101), arrowprops={"arrowstyle": "->", "color": ORANGE})
    ax.plot([], [], color=ORANGE, label="Crisan 2012: up from 21 to 40")
    ax.axvline(row["D148"].mean, color=PURPLE, linestyle=":", label=f"Leveque 1984: falls from {row['D148'].mean:g} on")
    ax.set_ylim(65, 110)
    ax.set_ylabel("thickness of the dermis [% of that at 20]")
    ax.set_title("(a) Thickness with age")


def draw_stiffness(ax, row, runs):
    curve_of_life(ax, runs["lifetime_mechanics"], "stiffness_along")
    ax.plot([20, 80], [100, 100 * row["D286"].mean], color=BLUE, linestyle="--", label="Agache 1980: twice (torque)")
    ax.annotate("", (80, 150), (30, 105), arrowprops={"arrowstyle": "->", "color": GREEN})
    ax.plot([], [], color=GREEN, label="Diridollou 2001: rises (suction)")
    ax.axvspan(row["D287"].lo, row["D287"].hi, color=GREY, alpha=0.3, label="Alexander 1977: least")
    ax.set_ylim(60, 270)
    ax.set_ylabel("stiffness [% of that at 20]")
    ax.set_title("(b) Stiffness with age")


def draw_hyaluronan(ax, row, runs):
    curve_of_life(ax, runs["lifetime"], "hydration")
    ax.plot([20, 80], [100, 100], color=GREEN, linewidth=6, alpha=0.4, label="Stern 2008: does not diminish")
    ax.plot(60, 100 * row["D165"].mean, color=BLUE, marker="o", linestyle="none", label="Ghersetich 1994: absent at 60")
    ax.set_ylabel("hyaluronan [% of that at 20]")
    ax.set_ylim(-5, 115)
    ax.set_title("(c) Hyaluronan with age")


def draw_tension(ax, row, _runs):
    thickness = 1.5  # mm, of the note of the rows in N/m
    ax.bar([0, 1], TENSION, color=GREY, zorder=2, label="what the face is given in the model")
    point(ax, 2, row["D282"], BLUE)
    for place, name in ((3, "D283"), (4, "D285")):
        point(ax, place, row[name], GREEN, unit=thickness)
    places = ["model\nalong", "model\nacross", "Flynn 2011\narms", "Flynn 2011b\nforearm", "Flynn 2011b\narm"]
    ax.set_xticks(range(5), places, fontsize=7)
    ax.set_ylabel("tension [kPa]")
    ax.set_title("(d) Tension of skin")


def draw_mmp(ax, row, scores):
    cases = (("ulcer / wound", ("D087", "D088")), ("sun", ("D173", "D174")), ("80 / 20 years", ("D157",)))
    for place, (_, names) in enumerate(cases):
        simulated = scores[names[0]].simulated
        if simulated is not None:
            ax.plot([place - 0.25, place + 0.25], [simulated] * 2, color=BLACK, label=None if place else "model, one MMP")
        for name, colour, marker in zip(names, (BLUE, ORANGE), "os"):
            point(ax, place, row[name], colour, marker=marker)
            text = row[name].quantity.split(" concentration")[0].replace(" mRNA", "")
            ax.annotate(text, (place, row[name].mean), (6, 0), textcoords="offset points", fontsize=7, va="center")
    ax.set_yscale("log")
    ax.set_xlim(-0.5, 2.7)
    ax.set_xticks(range(3), [name for name, _ in cases])
    ax.set_ylabel("ratio")
    ax.set_title("(e) One MMP, several proteinases")


def draw_strength(ax, row, runs):
    series = 100 * runs["incision"].timeseries["strength_at_site"]
    ax.plot(series.index, series, color=BLACK, label="model, % of skin")
    ax.plot(series.index, 100 * series / series.iloc[-1], color=GREY, label="model, % of the end")
    point(ax, row["D120"].day, row["D120"], BLUE, "mouse, % of skin")
    point(ax, row["D119"].day, row["D119"], BLUE, "mouse, % of the end", hollow=True)
    ax.set_xlim(0, 120)
    ax.set_xlabel("days")
    ax.set_ylabel("strength of an incision [%]")
    ax.set_title("(f) Strength, mouse and model")


def draw_contraction(ax, row, runs):
    run = runs["open_ellipse"]
    days = run.fields.times
    half_axes = (30, 15)
    closed = [wounds.contracted_ellipse_percent(run, day, half_axes) for day in days]
    ax.plot(days, closed, color=BLACK, label="model, 6 × 3 cm")
    disc = runs["open_wound_4mm"]
    times = disc.timeseries.index
    ax.plot(times, [wounds.contracted_percent(disc, day) for day in times], color=GREY, label="model, 8 mm across")
    point(ax, row["D091"].day, row["D091"], BLUE, "one face, 6 × 3 cm")
    ax.set_xlabel("days")
    ax.set_ylabel("closed by contraction [% of the gape]")
    ax.set_ylim(0, 65)
    ax.set_title("(g) Contraction")


def draw_particles(ax, row, runs):
    run, start = runs["plla_fortnightly"], imaging.ultrasound_thickness(runs["untreated"], 0.0)
    days = np.arange(0, 337, 4.0)
    gain = np.array([imaging.ultrasound_thickness(run, day) for day in days]) - start
    ax.plot(days, gain / gain[-1], color=BLACK, label="model")
    for name in ("D180", "D181"):
        label = "VEGA, median and range" if name == "D180" else None
        point(ax, row[name].day, row[name], BLUE, label, unit=7.2)
    ax.set_xlabel("days")
    ax.set_ylabel("gain of thickness over that of week 48")
    ax.set_title("(h) PLLA, shape alone")


def draw_ulcers(ax, row, _runs):
    names = ("D065", "D066", "D067", "D068", "D075", "D076")
    for place, name in enumerate(names):
        colour = RED if "usual" in row[name].arm else BLUE
        point(ax, place, row[name], colour, unit=1 / 7 if row[name].unit == "wk" else 1)
    labels = [f"{row[name].study.split()[0]}\n{row[name].arm.split()[0]}" for name in names]
    ax.set_xticks(range(len(names)), labels, fontsize=6)
    ax.set_ylabel("median days to healing")
    ax.set_ylim(0, None)
    ax.set_title("(i) Venous ulcers: no population in the model")


def draw_conflicts(rows, scores, runs, path):
    row = {entry.id: entry for entry in rows}
    figure, axes = plt.subplots(3, 3, figsize=(14, 11), layout="constrained")
    panels = (draw_thickness, draw_stiffness, draw_hyaluronan, draw_tension, draw_mmp, draw_strength, draw_contraction)
    for ax, panel in zip(axes.flat, (*panels, draw_particles, draw_ulcers)):
        panel(ax, row, scores if panel is draw_mmp else runs)
        if ax.get_legend_handles_labels()[0]:
            ax.legend(fontsize="x-small")
    drawing.save(figure, path)


def draw(scores, runs, folder):
    """Both pictures; a panel whose run is missing is an error that says which."""
    drawing.use_style()
    rows = [score.row for score in scores]
    try:
        draw_rna(rows, runs, folder / "rna.png")
        draw_conflicts(rows, {score.row.id: score for score in scores}, runs, folder / "conflicts.png")
    except KeyError as missing:
        print(f"A picture is left out: the run {missing} has not come to its end.")
