# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Figures as data URIs: curves as SVG, maps as PNG with few colours."""

import base64
import io
import re

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

import cutis_drawing as drawing

BLUE, RED, GREEN, PURPLE = drawing.BLUE, drawing.RED, drawing.GREEN, drawing.PURPLE
# Told apart by colour in every kind of colour blindness, and by dashes where colour is lost.
LINES = [
    (BLUE, "-"),
    (RED, "--"),
    (GREEN, "-."),
    (drawing.BLACK, ":"),
    (PURPLE, "-"),
    ("#a66f00", "--"),
    ("#3b8fc4", "-."),
    ("#555555", (0, (5, 1, 1, 1, 1, 1))),
]
WIDTH, PLOT, LEGEND_ROW = 3.9, 2.0, 0.165  # inches
SCALE_COLOURS = 216  # of the 256 of a PNG with a palette


def use_style():
    drawing.use_style()
    plt.rcParams.update(
        {
            "savefig.bbox": None,
            "svg.fonttype": "none",
            "svg.hashsalt": "cutis",  # the same figure has the same bytes
            "font.family": ["sans-serif"],
            "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica", "sans-serif"],
            "axes.xmargin": 0.0,
        }
    )


def line_style(number):
    colour, dashes = LINES[number % len(LINES)]
    return {"color": colour, "linestyle": dashes}


def new_plot(n_legend_rows):
    """(figure, axes) with room for a legend below the axes, where it covers no curve."""
    below = 0.48 + LEGEND_ROW * n_legend_rows
    height = PLOT + below
    figure = plt.figure(figsize=(WIDTH, height))
    ax = figure.add_axes((0.62 / WIDTH, below / height, (WIDTH - 0.74) / WIDTH, (PLOT - 0.12) / height))
    return figure, ax


def legend_below(figure, ax):
    handles, names = ax.get_legend_handles_labels()
    columns = legend_columns(names)
    figure.legend(handles, names, loc="lower center", ncol=columns, borderaxespad=0.1, columnspacing=1.2, handlelength=2.4)


def legend_columns(names):
    """As many columns as the longest name leaves room for."""
    longest = max(map(len, names), default=1)
    return max(1, min(3, len(names), int(54 / (longest + 7))))


def legend_rows(names):
    return -(-len(names) // legend_columns(names)) if len(names) > 1 else 0


def as_svg(figure):
    """The figure as a data URI, and its size in CSS pixels."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    width, height = (round(96 * inches) for inches in figure.get_size_inches())
    plt.close(figure)
    text = re.sub(r"<!DOCTYPE.*?>|<\?xml.*?\?>|<metadata>.*?</metadata>", "", buffer.getvalue(), flags=re.DOTALL)
    text = re.sub(r"\s*\n\s*", " ", text)
    return f"data:image/svg+xml;base64,{base64.b64encode(text.encode()).decode()}", width, height


def palette_of(colours):
    """256 colours for a map: those of its scale, which must not be traded for fewer, and greys for axes and text."""
    greys = np.repeat(np.linspace(0, 1, 256 - SCALE_COLOURS)[:, None], 3, axis=1)
    scale = colours(np.linspace(0, 1, SCALE_COLOURS))[:, :3]
    return np.rint(255 * np.concatenate([greys, scale])).astype(np.int32)


def with_palette(pixels, palette):
    """A picture with the nearest colours of a palette. Pillow's own search is too coarse to tell white from a pale tint."""
    packed = pixels.astype(np.int32) @ (65536, 256, 1)
    seen, where = np.unique(packed, return_inverse=True)
    seen = np.stack([seen >> 16, seen >> 8 & 255, seen & 255], axis=1)
    distance = (palette**2).sum(axis=1) - 2 * seen @ palette.T  # but for a term that all share
    picture = Image.fromarray(distance.argmin(axis=1)[where].reshape(packed.shape).astype(np.uint8), mode="P")
    picture.putpalette(palette.astype(np.uint8).ravel().tolist())
    return picture


def as_png(figure, palette):
    """The figure as a data URI with the colours of a palette; it stays open, so that it can be drawn again."""
    figure.canvas.draw()
    small = with_palette(np.asarray(figure.canvas.buffer_rgba())[:, :, :3], palette)
    out = io.BytesIO()
    small.save(out, format="png", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}", *small.size
