#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What the model says about PLLA: each figure has the sentence it shows and whether these runs bear it out.

  (a) the collagen gain outlasts the particles         (d) type III collagen leads
  (b) the gain saturates with the dose                 (e) type III stays nearer to the particles than type I
  (c) without macrophages the particles do nothing     (f) where the collagen is after a year

Runs parameters/plla.prm as it is, untreated (Intervention=none), with macrophages off and with other doses, into
results/plla_figures/; runs that are there already and unchanged are reused. Every gain is against the untreated run, because
skin ages meanwhile.

Usage: scripts/python scripts/plla_figures.py [--parameters FILE] [--into FOLDER] [--set PATH=VALUE ...] [--jobs N]

A coarse mesh and few output times show the same within a minute or two:
  scripts/python scripts/plla_figures.py --set "Mesh/Cell size=0.125 mm" --set "Output/Every=28 d"
"""

import argparse
import pathlib

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing
import cutis_main
from cutis_campaign import Campaign
from cutis_drawing import BLACK, BLUE, GREY, ORANGE, PURPLE, RED
from cutis_lock import FolderLock
from cutis_output import OutputError, Run
from cutis_runs import PROGRAM, ROOT, RunError, Variant
from plot_run import plane

DOSE_FACTORS = (0.125, 0.25, 0.5, 2.0, 4.0)
YEAR = 365.0


class Comparison:
    """The runs of the figure set, with the untreated one as the measure."""

    def __init__(self, treated, untreated, without_macrophages, doses):
        self.treated = treated
        self.untreated = untreated
        self.without_macrophages = without_macrophages
        self.doses = doses  # mg of PLLA per cm³ of a depot and session -> run

    @property
    def end(self):
        return self.treated.timeseries.index[-1]

    def gain(self, run, column=lambda series: series["collagen_total"]):
        """A column of `run` minus the same of the untreated skin, over the output times of `run`."""
        measure = column(self.untreated.timeseries)
        values = column(run.timeseries)
        return values - np.interp(values.index, measure.index, measure)

    def gain_on(self, run, day):
        gain = self.gain(run)
        return float(np.interp(day, gain.index, gain))


def concentration(run):
    """PLLA in the suspension of a session, and so in a depot [mg/cm³]."""
    dose, dilution = (float(run.parameters[f"PLLA/{name}"].split()[0]) for name in ("Dose", "Dilution"))
    return dose / dilution


def type_III_content(series):
    return series["type_III_share"] * series["collagen_total"]


def verdict(ax, sentence, holds, numbers):
    """The sentence that the figure shows, and the numbers of this run that it rests on."""
    ax.set_title(sentence, pad=17)
    place = {"xycoords": "axes fraction", "xytext": (0, 4), "textcoords": "offset points", "va": "bottom"}
    text = numbers if holds else f"Not borne out: {numbers}"
    ax.annotate(text, (0, 1), fontsize=8, color=GREY if holds else RED, **place)
    print(f"{sentence}: {'yes' if holds else 'NOT BORNE OUT'}, {numbers}.")


def draw_persistence(ax, comparison):
    """(a) Particles and gain, each as a share of its own peak."""
    mass, gain = comparison.treated.timeseries["plla_mass"], comparison.gain(comparison.treated)
    factor = drawing.time_axis(ax, comparison.end, comparison.treated.sessions())
    ax.plot(mass.index / factor, 100 * mass / mass.max(), color=BLACK, label="PLLA particles")
    ax.plot(gain.index / factor, 100 * gain / gain.max(), color=BLUE, label="collagen gain")
    ax.set_ylabel("% of the largest value")
    ax.legend()
    after_peak = mass.loc[mass.idxmax() :]
    nearly_gone = after_peak[after_peak < 0.1 * mass.max()]
    if nearly_gone.empty:
        verdict(ax, "(a) The gain outlasts the particles", False, "the particles are not yet 90 % gone at the end")
        return
    day = nearly_gone.index[0]
    left = float(gain[day] / gain.max())
    numbers = f"{100 * left:.0f} % of the peak gain when 90 % of the particles are gone (day {day:.0f})"
    verdict(ax, "(a) The gain outlasts the particles", left > 0.5, numbers)


def draw_dose_response(ax, comparison):
    """(b) Gain after a year (or at the end of a shorter run) against the dose per session."""
    day = min(YEAR, comparison.end)
    doses = np.array(sorted(comparison.doses))
    gains = np.array([comparison.gain_on(comparison.doses[dose], day) for dose in doses])
    ax.plot([0, *doses], [0, *(100 * gains)], "o-", color=BLUE)
    proportional = 100 * gains[0] / doses[0]
    ax.plot([0, doses[-1]], [0, proportional * doses[-1]], "--", color=GREY, linewidth=1, label="proportional to the dose")
    usual = concentration(comparison.treated)
    ax.axvline(usual, color=GREY, linewidth=0.8, linestyle=":", label="dose of the other figures")
    ax.set_ylim(0, max(1e-9, 130 * gains.max()))
    ax.set_xlim(0, None)
    ax.set_xlabel("PLLA injected per session [mg per cm³ of the depot]")
    ax.set_ylabel(f"collagen gain on day {day:.0f} [% of young skin]")
    ax.legend(loc="lower right")
    slopes = np.diff([0, *gains]) / np.diff([0, *doses])
    share = slopes[-1] / slopes[0] if slopes[0] > 0 else np.nan
    holds = bool(np.all(np.diff(gains) > 0) and share < 0.5)
    numbers = f"the last milligram brings {100 * share:.0f} % of what the first one brings"
    verdict(ax, "(b) The gain saturates with the dose", holds, numbers)


def draw_share_of_gain(ax, comparison):
    """(d) Part of type III in the gain over time, where there is a gain to speak of."""
    total = comparison.gain(comparison.treated)
    share = (comparison.gain(comparison.treated, type_III_content) / total).where(total > 0.02 * total.max())
    factor = drawing.time_axis(ax, comparison.end, comparison.treated.sessions())
    ax.plot(share.index / factor, 100 * share, color=PURPLE)
    rest = 100 * comparison.untreated.timeseries["type_III_share"].iloc[-1]
    ax.axhline(rest, color=GREY, linewidth=1, linestyle="--", label="untreated skin")
    ax.set_ylim(0, None)
    ax.set_ylabel("type III in the gain [%]")
    ax.legend()
    shares = share.dropna()
    numbers = f"{100 * shares.iloc[0]:.0f} % on day {shares.index[0]:.0f}, {100 * shares.iloc[-1]:.0f} % at the end"
    verdict(ax, "(d) Type III collagen leads", shares.iloc[0] > shares.iloc[-1] + 0.05, numbers)


def depot_profile(snapshot, name, centre, radii):
    """Mean of a field left and right of the depot, at its depth."""
    points = [np.column_stack([centre[0] + side * radii, np.full_like(radii, centre[1])]) for side in (-1, 1)]
    return np.nanmean([snapshot.sample(name, line) for line in points], axis=0)


def draw_radial_profiles(ax, comparison):
    """(e) Part of type III in the gain against the distance from the depot, on day 90."""
    day = min(90.0, comparison.end)
    treated, untreated = (plane(run.fields.nearest(day)) for run in (comparison.treated, comparison.untreated))
    mass = treated["plla_mass_concentration"]
    centre = treated.nodes[mass > 0.5 * mass.max()].mean(axis=0)
    reach = min(centre[0] - treated.nodes[:, 0].min(), treated.nodes[:, 0].max() - centre[0])
    radii = np.linspace(0, 0.999 * reach, 400)

    def gain(name):
        return depot_profile(treated, name, centre, radii) - depot_profile(untreated, name, centre, radii)

    total = gain("collagen_total")
    share = np.where(total > 0.05 * np.nanmax(total), gain("collagen3_total") / total, np.nan)
    particles = depot_profile(treated, "plla_mass_concentration", centre, radii) / mass.max()
    ax.plot(radii, 100 * share, color=PURPLE, label="type III in the gain [%]")
    ax.plot(radii, 100 * particles, color=BLACK, linewidth=1, label="PLLA [% of the largest value]")
    ax.set_xlabel("distance from the middle of the depot [mm]")
    ax.set_ylabel("%")
    ax.set_xlim(0, reach)
    ax.set_ylim(0, None)
    ax.legend(loc="upper right")
    shares = share[np.isfinite(share)]
    where = radii[np.isfinite(share)][-1]
    numbers = f"on day {treated.time:.0f}: {100 * shares[0]:.0f} % in the depot, {100 * shares[-1]:.0f} % at {where:.1f} mm"
    verdict(ax, "(e) Type III stays near the particles", bool(shares[0] > shares[-1] + 0.02), numbers)


def draw_macrophages_off(ax, comparison):
    """(c) Gain with and without the macrophages that the particles attract."""
    factor = drawing.time_axis(ax, comparison.end, comparison.treated.sessions())
    gains = {}
    for run, label, colour, style in (
        (comparison.treated, "PLLA", BLUE, "-"),
        (comparison.without_macrophages, "PLLA, macrophages off", RED, "-"),
        (comparison.untreated, "untreated", BLACK, "--"),
    ):
        gains[label] = comparison.gain(run)
        ax.plot(gains[label].index / factor, 100 * gains[label], color=colour, linestyle=style, label=label)
    ax.set_ylabel("collagen gain [% of young skin]")
    ax.legend()
    share = float(gains["PLLA, macrophages off"].abs().max() / gains["PLLA"].max())
    small = f"at most {100 * share:.2g}" if share > 1e-5 else "less than 0.001"
    numbers = f"the gain without them is {small} % of that with them"
    verdict(ax, "(c) Without macrophages the particles do nothing", share < 0.01, numbers)


def draw_map(ax, comparison):
    """(f) Where the collagen is after a year, with the depot as it was after the last session."""
    run = comparison.treated
    snapshot = plane(run.fields.nearest(min(YEAR, comparison.end)))
    values = snapshot["collagen_total"]
    picture = drawing.draw_field(ax, snapshot, "collagen_total", (values.min(), values.max()), run.layer_interfaces())
    depot = plane(run.fields.nearest(max(run.sessions(), default=0.0)))
    mass = depot["plla_mass_concentration"]
    ax.tricontour(*depot.nodes.T, depot.triangles(), mass, levels=[0.5 * mass.max()], colors=RED, linestyles="--")
    ax.set_title(f"(f) Collagen on day {snapshot.time:.0f}", pad=17)
    note = {"xycoords": "axes fraction", "xytext": (0, 4), "textcoords": "offset points", "va": "bottom"}
    ax.annotate("dashed: the depot; lines: borders of the layers of the skin", (0, 1), fontsize=8, color=GREY, **note)
    _, unit = drawing.field_label("collagen_total")
    ax.figure.colorbar(picture, ax=ax, orientation="horizontal", shrink=0.8, pad=0.25, label=f"collagen, {unit}")


def draw(comparison, path):
    drawing.use_style()
    figure, grid = plt.subplots(2, 3, figsize=(14.5, 7.6))
    parts = (draw_persistence, draw_dose_response, draw_macrophages_off)
    parts += (draw_share_of_gain, draw_radial_profiles, draw_map)
    for ax, part in zip(grid.flat, parts):
        part(ax, comparison)
    figure.suptitle(f"{comparison.treated.title} (dotted: sessions)", x=0.01, ha="left")
    figure.tight_layout()
    drawing.save(figure, path, colours=256)


def simulate(campaign, common):
    """Run what the figures compare; the doses are multiples of the one in force in the parameter file."""
    treated = Variant("plla", common)
    first = campaign.run([treated])[0]
    if first.exit_code != 0:
        raise RunError("The treatment itself could not be simulated, so there is nothing to compare with.")
    dose = float(Run(first.directory).parameters["PLLA/Dose"].split()[0])
    others = [
        Variant("untreated", (*common, ("Intervention", "none"))),
        Variant("macrophages_off", (*common, ("PLLA/Macrophages", "false"))),
        *(Variant(f"dose_{dose * f:g}_mg", (*common, ("PLLA/Dose", f"{dose * f:g} mg"))) for f in DOSE_FACTORS),
    ]
    outcomes = campaign.run(others)
    failed = [outcome.variant.name for outcome in outcomes if outcome.exit_code != 0]
    if failed:
        raise RunError(f"These runs failed, so the figures would be incomplete: {', '.join(failed)}.")
    treated_run, *runs = [Run(outcome.directory) for outcome in (first, *outcomes)]
    doses = {concentration(run): run for run in (treated_run, *runs[2:])}
    return Comparison(treated_run, runs[0], runs[1], doses)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parameters", type=pathlib.Path, default=ROOT / "parameters" / "plla.prm")
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "results" / "plla_figures")
    parser.add_argument("--picture", type=pathlib.Path, help="INTO/plla_figures.png if not given")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="the same in all runs")
    parser.add_argument("--jobs", type=int, help="runs at a time, one per core if not given")
    parser.add_argument("--again", action="store_true", help="repeat also the runs that are there already")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    options = parser.parse_args()
    common = tuple(tuple(setting.split("=", 1)) for setting in options.set)
    campaign = Campaign(options.parameters, options.into, options.program, options.jobs, reuse=not options.again)
    with FolderLock(options.into):
        draw(simulate(campaign, common), options.picture or options.into / "plla_figures.png")


if __name__ == "__main__":
    cutis_main.run(main, OutputError, RunError)
