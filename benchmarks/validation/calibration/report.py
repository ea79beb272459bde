# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The fit as tables and a picture: constants, rows of the fit, series left out, and all rows of the table before and after."""

import csv

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing

from validation import scoring, tables

SILENT = 0.9  # posterior width over prior width above which the rows are said to tell nothing


def write_csv(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def number(value):
    return f"{value:.4g}"


def constants_table(constants, best, draws):
    """Rows of a table: the default, the best value, the median and nine tenths of the posterior, and its width over the prior's."""
    rows = []
    for k, c in enumerate(constants):
        low, middle, high = (c.default * c.factor(q) for q in draws.quantiles(k, (0.05, 0.5, 0.95)))
        width = draws.sd(k) / c.prior().std()
        rows.append(
            {
                "constant": c.path,
                "unit": c.unit,
                "mark": c.mark,
                "default": number(c.default),
                "lowest": number(c.low),
                "highest": number(c.high),
                "best": number(c.default * c.factor(best[k])),
                "median": number(middle),
                "5 %": number(low),
                "95 %": number(high),
                "width over prior": f"{width:.2f}",
                "rows say": "nothing" if width > SILENT else "something",
                "range from": c.why,
            }
        )
    return rows


def rows_table(targets, surrogate, default, predicted, direct):
    """Rows of a table: what each row of the fit reads at the defaults and at the best, by the surrogate and by a run."""
    table = []
    for k, t in enumerate(targets):
        table.append(
            {
                "row": t.row.id,
                "quantity": t.row.quantity,
                "day": "" if t.row.day is None else f"{t.row.day:g}",
                "by": t.kind,
                "measured": number(t.middle if t.kind != "sign" else np.sign(t.scale)),
                "scale": number(abs(t.scale)),
                "weight": f"{t.weight:.3g}",
                "default": number(default[k]),
                "best, surrogate": number(predicted[k]),
                "best, run": number(direct[k]),
                "residual, default": number(float(t.residual(default[k]))),
                "residual, best": number(float(t.residual(direct[k]))),
                "error of the surrogate": number(surrogate.error[k]),
                "explained": f"{surrogate.explained[k]:.3f}",
            }
        )
    return table


def before_and_after(before, after):
    """Rows of a table: every row of the validation table, both scores, and what has become of it."""
    table = []
    for old, new in zip(before, after):
        change = ""
        if old.status != scoring.UNTESTED:
            change = "same" if old.status == new.status else f"{old.status} -> {new.status}"
            if change == "same" and None not in (old.score, new.score) and old.kind != "sign":
                nearer = abs(old.score) - abs(new.score)
                change = "same, nearer" if nearer > 0.05 else "same, farther" if nearer < -0.05 else "same"
        table.append(
            {
                "row": old.row.id,
                "role": old.row.role,
                "arm": old.entry.arm,
                "quantity": old.row.quantity,
                "day": tables.number(old.row.day, 4),
                "measured": tables.measured(old.row),
                "before": tables.number(old.simulated),
                "after": tables.number(new.simulated),
                "score before": tables.score_text(old),
                "score after": tables.score_text(new),
                "verdict before": old.status,
                "verdict after": new.status,
                "change": change,
            }
        )
    return table


def markdown(rows):
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(row[name]).replace("|", "\\|") for name in head) + " |" for row in rows]


def counts(table):
    """{role: {what has become of a row: number}} of rows that are tested."""
    found = {}
    for row in table:
        if row["change"]:
            role = found.setdefault(row["role"], {})
            role[row["change"]] = role.get(row["change"], 0) + 1
    return found


def draw(constants, best, draws):
    """Prior and posterior of each constant, in prior standard deviations, those that the rows tell most of first."""
    drawing.use_style()
    widths = np.array([draws.sd(k) / c.prior().std() for k, c in enumerate(constants)])
    order = np.argsort(widths)
    figure, ax = plt.subplots(figsize=(7.4, 0.27 * len(constants) + 1.3))
    for place, k in enumerate(order):
        c = constants[k]
        colour = drawing.GREY if widths[k] > SILENT else drawing.BLUE
        ax.plot(c.prior().ppf((0.05, 0.95)), [place - 0.18] * 2, color="#c8c8c8", lw=2)
        low, middle, high = draws.quantiles(k, (0.05, 0.5, 0.95))
        ax.plot([low, high], [place + 0.12] * 2, color=colour, lw=3)
        ax.plot(middle, place + 0.12, "o", color=colour, ms=4)
        ax.plot(best[k], place + 0.12, "D", color=drawing.RED, ms=4)
        ax.text(2.25, place, f"{widths[k]:.2f}", va="center", fontsize=8)
    ax.set_yticks(range(len(order)), [constants[k].path.rpartition("/")[2] for k in order])
    ax.invert_yaxis()
    ax.axvline(0, color=drawing.GREY, lw=0.8, ls=":")
    ax.set(xlim=(-2.2, 2.7), xlabel="from the default, in standard deviations of the prior")
    handles = [plt.Line2D([], [], color=colour, lw=width) for colour, width in (("#c8c8c8", 2), (drawing.BLUE, 3), (drawing.GREY, 3))]
    handles.append(plt.Line2D([], [], color=drawing.RED, marker="D", ls=""))
    names = ["prior, 5 to 95 %", "posterior, 5 to 95 %", "posterior where the rows say nothing", "highest density"]
    ax.legend(handles, names, loc="upper center", bbox_to_anchor=(0.4, -0.7 / len(constants) * 3), ncols=2)
    ax.set_title("What rows of role C say of each constant (right: width over the prior)")
    return figure
