#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The standard views of a run, to look at and to show: collagen, inflammatory cells, vessels, direction of the fibres, damaged tissue,
cells. DIR/views/overview.png has all of them at some times, DIR/views/<view>.png one each, with scale bars and on fixed scales of colour.

    scripts/views results/plla
    scripts/views results/plla --days 0,90,365 --views collagen,cells
    scripts/views results/plla --animate             # DIR/views/views.gif, of all output times; --animate mp4 needs ffmpeg
    scripts/views results/healing_disc --above 0.5   # a block seen from above, in this depth [mm]
    scripts/views results/block --paraview           # pictures of the block in perspective as well, by ParaView

Of a block the depth section through what was treated is shown, or through its middle; one of a single layer of skin is seen from above. A
view without its fields is left out.
"""

import argparse
import difflib
import pathlib
import shutil
import subprocess

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from PIL import Image

import cutis_drawing as drawing
import cutis_main
import cutis_views
from cutis_output import OutputError, Run
from cutis_views import VIEWS
from plot_run import default_days

COLUMN, FRAME = 2.7, 3.7  # inches: width of a panel in a plate and in a film
LOWEST = 0.75  # inches: a row is no lower, however thin the skin, for the numbers at its scale
MOST_FRAMES = 60
FRAMES_PER_SECOND = 8  # at most
SHORTEST_FILM = 5  # seconds, so that one of few times can be followed
HOLD = 1  # seconds that the last picture stays
FOOT = "Simulated with Cutis; not an image of a patient."
PARAVIEW_FIELDS = ("collagen_total", "macrophage", "vessel", "damage_signal", "fibroblast")  # stored fields near to the views
WITHOUT_SCREEN = ["xvfb-run", "-a", "pvbatch"]


def caption(panel, material):
    """What the reader must know beside titles and scales."""
    words = []
    if panel.from_above:
        words.append(f"seen from above, {panel.at:g} mm deep")
        if "epidermis" in panel.snapshot:
            words.append("brown line: rim of the epidermis")
    elif panel.at is not None:
        words.append(f"depth section at {panel.at:g} mm of the length")
    if "displacement" in panel.snapshot:
        words.append("as it lies under its tension")
    if material:
        words.append(f"dashed: {material[1]}, where it is more than a tenth of its largest value")
    if not panel.from_above:
        words.append("brown: epidermis, not to scale")
    return "; ".join(words) + ". " + FOOT


def draw_plate(run, panels, names, material):
    """A row for each view, a column for each time."""
    width, depth = np.ptp(panels[0].places, axis=0)
    across = COLUMN * len(panels) + 1.2
    down = (max(COLUMN * depth / width, LOWEST) + 0.38) * len(names) + 0.95
    figure, grid = plt.subplots(len(names), len(panels), figsize=(across, down), squeeze=False, constrained_layout=True)
    figure.get_layout_engine().set(h_pad=0.02, w_pad=0.03)
    for row, name in zip(grid, names):
        view = VIEWS[name]
        for ax, panel in zip(row, panels):
            picture = cutis_views.draw_panel(
                ax, panel, view, run.layer_interfaces(), run.layers() if ax is row[0] else (), material, ax is row[0]
            )
        above = {"xycoords": "axes fraction", "xytext": (0, 7), "textcoords": "offset points"}
        row[0].annotate(f"{view.title} [{view.unit}]", (0, 1), fontsize=8.5, **above).set_in_layout(False)
        cutis_views.draw_colour_bar(figure, picture, view, list(row), COLUMN * len(panels))
    for ax, panel in zip(grid[0], panels):
        ax.set_title(drawing.day_and_month(panel.snapshot.time), pad=22)
    figure.suptitle(run.title, x=0.01, ha="left", fontsize=11)
    figure.supxlabel(caption(panels[0], material), x=0.01, ha="left", fontsize=7, color=drawing.GREY)
    return figure


def draw_frame(run, panel, names, material, end):
    """One time of an animation: the views below each other, two columns of them if there are many, and how far time is."""
    columns = 1 if len(names) < 4 else 2
    rows = -(-len(names) // columns)
    width, depth = np.ptp(panel.snapshot.nodes, axis=0)
    shape = ((FRAME + 0.9) * columns, (max(FRAME * depth / width, LOWEST) + 0.5) * rows + 1.1)
    figure, grid = plt.subplots(rows, columns, figsize=shape, dpi=100, squeeze=False, constrained_layout=True)
    for ax in grid.flat[len(names) :]:
        ax.set_visible(False)
    for ax, name in zip(grid.flat, names):
        view = VIEWS[name]
        picture = cutis_views.draw_panel(ax, panel, view, run.layer_interfaces(), run.layers(), material)
        ax.set_title(f"{view.title} [{view.unit}]", fontsize=8.5, fontweight="normal", pad=8)
        cutis_views.draw_colour_bar(figure, picture, view, ax, FRAME)
    figure.suptitle(f"{run.title}: {drawing.day_and_month(panel.snapshot.time)}", x=0.01, ha="left", fontsize=10)
    figure.supxlabel(caption(panel, material), x=0.01, ha="left", fontsize=6.5, color=drawing.GREY)
    clock = figure.add_axes((0.01, 1 - 0.26 / shape[1], 0.98, 0.04 / shape[1]))  # below the title, however high the picture
    clock.set_axis_off()
    clock.barh(0, end, color="#e6e6e6")
    clock.barh(0, panel.snapshot.time, color=drawing.BLUE)
    clock.vlines(run.sessions(), -0.5, 0.5, color=drawing.RED, linewidth=1.5)
    clock.set_xlim(0, max(end, 1e-9))
    return figure


def as_image(figure):
    figure.canvas.draw()
    image = Image.fromarray(np.asarray(figure.canvas.buffer_rgba())[..., :3])
    plt.close(figure)
    return image.crop((0, 0, image.width // 2 * 2, image.height // 2 * 2))  # films want even numbers of pixels


def palette_of(names):
    """The 256 colours of a film: those of the scales of its views, finely, greys, and what lies over them."""
    marks = np.array([to_rgb(colour) for colour in (cutis_views.EPIDERMIS, drawing.BLUE, drawing.RED)])
    greys = np.repeat(np.linspace(0, 1, 25), 3).reshape(-1, 3)
    maps = sorted({VIEWS[name].colours for name in names})
    steps = np.linspace(0, 1, (256 - len(marks) - len(greys)) // len(maps))
    colours = np.concatenate([greys, marks, *(colormaps[name](steps)[:, :3] for name in maps)])
    palette = Image.new("P", (1, 1))
    palette.putpalette(list(np.round(255 * colours).astype(np.uint8).ravel()))
    return palette


def pace_of(frames):
    """How long each picture stays [ms]."""
    return 1000 * max(SHORTEST_FILM, frames / FRAMES_PER_SECOND) / frames


def save_gif(images, names, path):
    """All frames with the same colours, or still parts would flicker."""
    palette = palette_of(names)
    frames = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    durations = [round(pace_of(len(frames)))] * len(frames)
    durations[-1] += 1000 * HOLD
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=False)


def save_mp4(images, path):
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{images[0].width}x{images[0].height}"]
    command += ["-r", str(1000 / pace_of(len(images))), "-i", "-", "-vf", f"tpad=stop_mode=clone:stop_duration={HOLD}", "-r", "24"]
    command += ["-an", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "20", str(path)]
    film = subprocess.run(command, input=b"".join(image.tobytes() for image in images), stderr=subprocess.PIPE)
    if film.returncode != 0:
        raise OutputError(f"ffmpeg cannot write {path}: {film.stderr.decode(errors='replace').strip()}")


def animate(run, times, names, plane, kind, path):
    """A film of these times; if there are many, evenly chosen ones."""
    if len(times) < 2:
        raise OutputError("An animation needs two output times or more; this run has one.")
    chosen = sorted({times[round(i)] for i in np.linspace(0, len(times) - 1, min(len(times), MOST_FRAMES))})
    material = cutis_views.material_of([run.fields.nearest(day) for day in chosen])
    images = []
    for day in chosen:
        panel = cutis_views.panel_of(run.fields.nearest(day), *plane)
        images.append(as_image(draw_frame(run, panel, names, material, chosen[-1])))
    save_gif(images, names, path) if kind == "gif" else save_mp4(images, path)
    print(f"Animation: {path} ({len(images)} times)")


def by_paraview(directory, days):
    """Pictures in perspective, by paraview_pictures.py in ParaView's own Python."""
    script = pathlib.Path(__file__).with_name("paraview_pictures.py")
    days = ",".join(f"{day:g}" for day in days)
    there = [field for field in PARAVIEW_FIELDS if field in Run(directory).fields[-1]]
    command = [*WITHOUT_SCREEN, str(script), str(directory), "--days", days, "--fields", ",".join(there)]
    if subprocess.run(command).returncode != 0:
        raise OutputError(f"ParaView has failed: {' '.join(command)}")


def numbers(text):
    return [float(part) for part in text.split(",")]


def options_of(arguments):
    parser = argparse.ArgumentParser(prog="scripts/views", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path, metavar="DIR", help="output folder of a run")
    parser.add_argument("--days", type=numbers, help="output times, separated by commas")
    parser.add_argument("--views", help=f"out of {', '.join(VIEWS)}; all that the run has if not said")
    parser.add_argument("--above", type=float, metavar="DEPTH", help="of a block: seen from above, in this depth [mm]")
    parser.add_argument("--animate", nargs="?", const="gif", choices=("gif", "mp4"), help="a film as well")
    parser.add_argument("--paraview", action="store_true", help="pictures by ParaView as well")
    parser.add_argument("--into", type=pathlib.Path, help="folder for the pictures, DIR/views if not given")
    options = parser.parse_args(arguments)
    problems = []
    for name in options.views.split(",") if options.views else ():
        if name not in VIEWS:
            near = difflib.get_close_matches(name, VIEWS, 1)
            problems.append(f"there is no view '{name}'" + (f"; did you mean '{near[0]}'?" if near else f"; there are {', '.join(VIEWS)}."))
    if options.animate == "mp4" and not shutil.which("ffmpeg"):
        problems.append("--animate mp4 needs ffmpeg (Debian package ffmpeg); --animate gif needs nothing more.")
    missing = [tool for tool in WITHOUT_SCREEN if not tool.startswith("-") and not shutil.which(tool)]
    if options.paraview and missing:
        problems.append(f"--paraview needs {', '.join(missing)} (Debian packages paraview, python3-paraview, xvfb and xauth).")
    if problems:
        parser.error(" ".join(problems))
    return options


def main(arguments=None):
    options = options_of(arguments)
    drawing.use_style()
    run = Run(options.directory)
    days = options.days or default_days(run)
    snapshots = [run.fields.nearest(day) for day in days]
    if options.above is not None and snapshots[0].dimension == 2:
        raise OutputError("A section cannot be seen from above; leave out --above.")
    there = cutis_views.views_of(snapshots)
    names = options.views.split(",") if options.views else there
    lacking = [name for name in names if not all(field in snapshots[-1] for field in VIEWS[name].needs)]
    if lacking or not names:
        raise OutputError(f"The run has no fields for {', '.join(lacking) or 'any view'}; it has those for: {', '.join(there) or 'none'}.")
    plane = cutis_views.plane_of(run, options.above)
    panels = [cutis_views.panel_of(snapshot, *plane) for snapshot in snapshots]
    material = cutis_views.material_of(snapshots)
    into = options.into or options.directory / "views"
    drawing.save(draw_plate(run, panels, names, material), into / "overview.png")
    for name in names if len(names) > 1 else ():
        drawing.save(draw_plate(run, panels, [name], material), into / f"{name}.png")
    if options.animate:
        animate(run, options.days or run.fields.times, names, plane, options.animate, into / f"views.{options.animate}")
    if options.paraview:
        by_paraview(options.directory, days)


if __name__ == "__main__":
    cutis_main.run(main, OutputError)
