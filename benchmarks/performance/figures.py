# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Pictures of what was measured: loops below the roof of the machine, growth with the mesh, a model of many ranks."""

import numpy as np

from cutis_drawing import BLUE, GREEN, GREY, ORANGE, PURPLE, RED, plt, use_style
from performance import scaling
from performance.running import count

COLOURS = {"section": GREEN, "block": BLUE}
PARTS = dict(zip(scaling.PARTS, (BLUE, ORANGE, RED, PURPLE, GREEN, GREY)))


def save(figure, path):
    figure.savefig(path)
    plt.close(figure)
    print(f"\nPicture: {path}", flush=True)


def ranks_text(ranks):
    return f"{ranks} rank{'s' if ranks > 1 else ''}"


def draw_roofline(results, path):
    use_style()
    figure, axes = plt.subplots(1, len(results), figsize=(5.2 * len(results), 4.2), squeeze=False, sharey=True)
    for ax, result in zip(axes[0], results):
        draw_roof(ax, result)
    axes[0][0].set_ylabel("GFLOP/s")
    figure.tight_layout()
    save(figure, path)


def draw_roof(ax, result):
    bandwidth, arithmetic = result["loops"][0]["GB_per_second"], result["GFLOP_per_second"]
    intensity = np.geomspace(0.05, max(16.0, 2 * arithmetic / bandwidth), 200)
    ax.loglog(intensity, np.minimum(bandwidth * intensity, arithmetic), color=GREY)
    ax.text(0.055, bandwidth * 0.055 * 2.2, f"triad, {bandwidth:.0f} GB/s", color=GREY, fontsize=8, va="bottom")
    ax.text(intensity[-1], arithmetic * 1.08, f"arithmetic alone, {arithmetic:.0f} GFLOP/s", color=GREY, fontsize=8, ha="right")
    looks = zip("oooooss^^", (GREY, BLUE, ORANGE, GREEN, RED, BLUE, ORANGE, GREEN, RED))
    for loop, (marker, colour) in zip(sorted(result["loops"], key=lambda one: one["intensity"]), looks):
        name = loop["name"] + (f", {loop['fields']} fields" if loop["fields"] > 1 else "")
        ax.plot(loop["intensity"], loop["GFLOP_per_second"], marker, color=colour, label=name, zorder=3)
    ax.set_ylim(top=2.5 * max(arithmetic, *(loop["GFLOP_per_second"] for loop in result["loops"])))
    ax.set_title(f"{ranks_text(result['ranks'])}, {count(result['nodes'])} nodes")
    ax.set_xlabel("operations for each byte that must be moved")
    ax.legend(loc="lower right")


def draw_growth(result, path):
    use_style()
    figure, axes = plt.subplots(2, 2, figsize=(9.6, 7.2))
    draw_against_nodes(axes[0][0], result["runs"], lambda r: r["seconds_per_step"], "seconds of a step")
    draw_against_nodes(axes[0][1], result["runs"], lambda r: r["memory_bytes"] / 1e9, "memory of all ranks [GB]", slope=False)
    draw_against_nodes(axes[1][0], result["runs"], lambda r: r["iterations_per_solve"], "iterations of a solve", slope=False)
    axes[1][0].set_yscale("linear")
    axes[1][0].set_ylim(0, 1.3 * max(r["iterations_per_solve"] for r in result["runs"]))
    draw_model(axes[1][1], result["strong"])
    figure.tight_layout()
    save(figure, path)


def draw_against_nodes(ax, runs, value, label, slope=True):
    for kind, ranks in sorted({(r["kind"], r["ranks"]) for r in runs}):
        chosen = sorted((r for r in runs if (r["kind"], r["ranks"]) == (kind, ranks)), key=lambda r: r["nodes"])
        style = "o-" if ranks == 1 else "s--"
        name = f"{kind}, {ranks_text(ranks)}"
        ax.loglog([r["nodes"] for r in chosen], [value(r) for r in chosen], style, color=COLOURS[kind], label=name)
    if slope:
        first = min(runs, key=lambda r: r["nodes"])
        ends = np.array([first["nodes"], max(r["nodes"] for r in runs)])
        ax.loglog(ends, 0.6 * value(first) * ends / ends[0], ":", color=GREY, label="proportional to nodes")
    ax.set_xlabel("nodes")
    ax.set_title(label)
    ax.legend()


def draw_model(ax, steps):
    ranks = [s["ranks"] for s in steps]
    ax.loglog(ranks, [s["seconds"] for s in steps], color="black", label="a step")
    ax.loglog(ranks, [steps[0]["seconds"] / n for n in ranks], ":", color=GREY, label="ideal")
    for part, colour in PARTS.items():
        values = [s["parts"][part] or np.nan for s in steps]
        ax.loglog(ranks, values, color=colour, linewidth=1.1, label=part)
    ax.set_ylim(bottom=steps[0]["seconds"] * 1e-5)
    ax.set_xlabel("ranks")
    ax.set_title(f"model: seconds of a step, {count(steps[0]['nodes'])} nodes")
    ax.legend(ncol=2)
