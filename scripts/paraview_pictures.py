# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Draw fields of a run with ParaView: one picture per field and day, DIR/paraview/<field>_day_<day>.png.

A 3-D run is shown from above with the front half cut away, a plane one face on; all pictures of a field share one scale.
Runs in ParaView's own Python, without a screen under xvfb:

    xvfb-run -a pvbatch scripts/paraview_pictures.py DIR [--days 0,90,365] [--fields tgf_beta,collagen_new] [--size 1200x800]

Of a run with mechanics, --fibres adds DIR/paraview/fibre_mature_day_<day>.png: lines along the main direction of the collagen,
the longer the more aligned, over its amount; in a block on a plane in the middle of the depth, seen from above. --deformed 5
shows the shape with five times the displacement.

ParaView is not needed for anything else; the packages are paraview, python3-paraview, xvfb and xauth.
"""

import argparse
import builtins
import pathlib
import sys

try:
    from paraview import simple
except ModuleNotFoundError:
    sys.exit(
        "Error: this runs in ParaView's own Python: xvfb-run -a pvbatch scripts/paraview_pictures.py DIR\n"
        "(Debian packages paraview, python3-paraview, xvfb and xauth)."
    )

FIELDS = ("plla_mass_concentration", "tgf_beta", "fibroblast", "collagen_new", "collagen_mature", "collagen_total")
MILESTONES = (0, 30, 90, 180, 365, 730)


def open_run(directory):
    """The reader of solution.xdmf, or of solution.pvd, with its output times and field names."""
    xdmf, pvd = directory / "solution.xdmf", directory / "solution.pvd"
    if not xdmf.is_file() and not pvd.is_file():
        sys.exit(f"Error: there is neither {xdmf} nor {pvd}; is this the output folder of a run?")
    reader = simple.XDMFReader(FileNames=[str(xdmf)]) if xdmf.is_file() else simple.PVDReader(FileName=str(pvd))
    reader.UpdatePipeline()
    times = reader.TimestepValues
    return reader, [times] if isinstance(times, float) else list(times), list(reader.PointData.keys())


def chosen_times(wanted, times):
    """The output times nearest to the wanted days, each once."""
    return sorted({min(times, key=lambda time: abs(time - day)) for day in wanted})


def chosen_fields(wanted, there):
    missing = [name for name in wanted or () if name not in there]
    if missing:
        sys.exit(f"Error: the run has no field {', '.join(missing)}; there are: {', '.join(there)}.")
    fields = wanted or [name for name in FIELDS if name in there]
    return fields or there[:4]


def prepare_scene(reader, size):
    """(view, what is shown in it): a 3-D run loses its front half, so that the middle is seen."""
    low_x, high_x, low_y, high_y, low_z, high_z = reader.GetDataInformation().GetBounds()
    view = simple.CreateRenderView()
    view.ViewSize = size
    view.OrientationAxesVisibility = 0
    view.UseColorPaletteForBackground = 0
    view.Background = [1, 1, 1]
    view.CameraParallelProjection = 1
    centre = [0.5 * (low_x + high_x), 0.5 * (low_y + high_y), 0.5 * (low_z + high_z)]
    view.CameraFocalPoint = centre
    shown, view.CameraPosition, view.CameraViewUp = reader, [centre[0], centre[1], high_x - low_x], [0, 1, 0]
    if high_z > low_z:
        shown = simple.Clip(Input=reader, ClipType="Plane", Crinkleclip=0)
        shown.ClipType.Origin, shown.ClipType.Normal = centre, [0, -1, 0]
        away = 2 * (high_x - low_x)
        view.CameraPosition = [centre[0] + 0.4 * away, centre[1] - away, centre[2] + 0.7 * away]
        view.CameraViewUp = [0, 0, 1]
    display = simple.Show(shown, view)
    display.Representation = "Surface"
    display.Ambient, display.Diffuse = 1, 0  # shading would make colours differ from those of the bar
    outline = simple.Show(simple.Outline(Input=shown), view)
    outline.DiffuseColor = outline.AmbientColor = [0.4, 0.4, 0.4]
    simple.ResetCamera(view)
    view.CameraParallelScale *= 0.8
    return view, display


def range_of(reader, name, times):
    """Smallest and largest value over the chosen times: one scale for all pictures of a field."""
    ranges = []
    for time in times:
        reader.UpdatePipeline(time)
        ranges.append(reader.PointData.GetArray(name).GetRange())
    return builtins.min(low for low, _ in ranges), builtins.max(high for _, high in ranges)


def draw_field(view, display, reader, name, times, folder, file_name=None, caption=None):
    low, high = range_of(reader, name, times)
    if high - low < 1e-9 * builtins.max(1, builtins.abs(high)):
        print(f"{name} is {low:.3g} everywhere on these days, of which there is nothing to see.")
        return
    simple.ColorBy(display, ("POINTS", name))
    colours = simple.GetColorTransferFunction(name)
    colours.ApplyPreset("Viridis (matplotlib)", True)
    colours.RescaleTransferFunction(low, high)
    bar = simple.GetScalarBar(colours, view)
    bar.Title, bar.ComponentTitle = name.replace("_", " "), ""
    bar.RangeLabelFormat = "%.3g"
    bar.TitleColor = bar.LabelColor = [0, 0, 0]
    display.SetScalarBarVisibility(view, True)
    title = simple.Text(Text="")
    title_display = simple.Show(title, view)
    title_display.Color = [0, 0, 0]
    title_display.WindowLocation = "Upper Left Corner"
    for time in times:
        view.ViewTime = time
        title.Text = f"{caption or name.replace('_', ' ')}, day {time:g}"
        path = folder / f"{file_name or name}_day_{time:g}.png"
        simple.Render(view)
        simple.SaveScreenshot(str(path), view)
        print(f"Picture: {path}")
    simple.Delete(title)
    display.SetScalarBarVisibility(view, False)


# Runs inside ParaView: the main direction of a tensor in the plane that is looked at, as long as its anisotropy.
DIRECTION = """
import numpy as np
tensor = np.asarray(inputs[0].PointData["{name}"]).reshape(-1, 3, 3)
xx, xy, yy = tensor[:, 0, 0], tensor[:, 0, 1], tensor[:, 1, 1]
angle = 0.5 * np.arctan2(2 * xy, xx - yy)
length = np.hypot(xx - yy, 2 * xy) / (xx + yy)
output.PointData.append(np.stack([length * np.cos(angle), length * np.sin(angle), 0 * angle], axis=1), "direction")
output.PointData.append(length, "alignment")
"""


def draw_fibres(reader, name, times, folder, size):
    low_x, high_x, low_y, high_y, low_z, high_z = reader.GetDataInformation().GetBounds()
    plane = reader
    if high_z > low_z:
        plane = simple.Slice(Input=reader, SliceType="Plane")
        plane.SliceType.Origin, plane.SliceType.Normal = [0, 0, 0.5 * (low_z + high_z)], [0, 0, 1]
    directions = simple.ProgrammableFilter(Input=plane, Script=DIRECTION.format(name=name), CopyArrays=1)
    lines = simple.Glyph(Input=directions, GlyphType="Line", OrientationArray=["POINTS", "direction"])
    lines.ScaleArray = ["POINTS", "alignment"]
    longest = range_of(directions, "alignment", times)[1]
    lines.ScaleFactor = (high_x - low_x) / (12 * builtins.max(longest, 1e-6))
    lines.GlyphMode = "Uniform Spatial Distribution (Bounds Based)"
    lines.MaximumNumberOfSamplePoints = 500

    view = simple.CreateRenderView()
    view.ViewSize, view.OrientationAxesVisibility = size, 0
    view.UseColorPaletteForBackground, view.Background = 0, [1, 1, 1]
    view.CameraParallelProjection = 1
    centre = [0.5 * (low_x + high_x), 0.5 * (low_y + high_y), 0.5 * (low_z + high_z)]
    view.CameraFocalPoint, view.CameraPosition = centre, [centre[0], centre[1], centre[2] + high_x - low_x]
    surface = simple.Show(plane, view)
    surface.Ambient, surface.Diffuse = 1, 0
    shown = simple.Show(lines, view)
    simple.ColorBy(shown, None)
    shown.DiffuseColor = shown.AmbientColor = [0, 0, 0]
    shown.LineWidth = 2
    simple.ResetCamera(view)
    caption = f"{name}, longest line: {longest:.2g} more along than across; collagen total"
    draw_field(view, surface, plane, "collagen_total", times, folder, name, caption)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path, metavar="DIR", help="output folder of a run")
    parser.add_argument("--days", help="output times, separated by commas")
    parser.add_argument("--fields", help="names of stored fields, separated by commas")
    parser.add_argument(
        "--fibres",
        nargs="?",
        const="fibre_mature",
        choices=("fibre_new", "fibre_mature"),
        help="also draw the main direction of the fibres of this pool; mature if not said",
    )
    parser.add_argument("--deformed", type=float, metavar="FACTOR", help="move the nodes by so many displacements")
    parser.add_argument("--size", default="1200x700", help="width x height in pixels")
    options = parser.parse_args()
    reader, times, there = open_run(options.directory)
    days = [float(day) for day in options.days.split(",")] if options.days else MILESTONES
    fields = chosen_fields(options.fields.split(",") if options.fields else None, there)
    times = chosen_times(days, times)  # before filters written in Python replace the built-in functions
    folder = options.directory / "paraview"
    folder.mkdir(exist_ok=True)
    size = [int(length) for length in options.size.split("x")]
    if (options.fibres or options.deformed) and "displacement" not in there:
        sys.exit("Error: the run was made without mechanics; there are no fibres and no displacement.")
    if options.fibres:
        draw_fibres(reader, options.fibres, times, folder, size)
    if options.deformed:
        reader = simple.WarpByVector(Input=reader, Vectors=["POINTS", "displacement"], ScaleFactor=options.deformed)
    view, display = prepare_scene(reader, size)
    for name in fields:
        draw_field(view, display, reader, name, times, folder)


main()
