# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Draw fields of a run with ParaView: one picture per field and day, DIR/paraview/<field>_day_<day>.png.

A 3-D run is shown from above with the front half cut away, a plane one face on; all pictures of a field share one scale.
Runs in ParaView's own Python, without a screen under xvfb:

    xvfb-run -a pvbatch scripts/paraview_pictures.py DIR [--days 0,90,365] [--fields tgf_beta,collagen_new] [--size 1200x800]

ParaView is not needed for anything else; the packages are paraview, python3-paraview, xvfb and xauth.
"""

import argparse
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
    """The reader of solution.xdmf with its output times and field names."""
    xdmf = directory / "solution.xdmf"
    if not xdmf.is_file():
        sys.exit(f"Error: there is no {xdmf}; is this the output folder of a run?")
    reader = simple.XDMFReader(FileNames=[str(xdmf)])
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
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def draw_field(view, display, reader, name, times, folder):
    low, high = range_of(reader, name, times)
    simple.ColorBy(display, ("POINTS", name))
    colours = simple.GetColorTransferFunction(name)
    colours.ApplyPreset("Viridis (matplotlib)", True)
    colours.RescaleTransferFunction(low, max(high, low + 1e-12))
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
        title.Text = f"{name.replace('_', ' ')}, day {time:g}"
        path = folder / f"{name}_day_{time:g}.png"
        simple.Render(view)
        simple.SaveScreenshot(str(path), view)
        print(f"Picture: {path}")
    simple.Delete(title)
    display.SetScalarBarVisibility(view, False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path, metavar="DIR", help="output folder of a run")
    parser.add_argument("--days", help="output times, separated by commas")
    parser.add_argument("--fields", help="names of stored fields, separated by commas")
    parser.add_argument("--size", default="1200x700", help="width x height in pixels")
    options = parser.parse_args()
    reader, times, there = open_run(options.directory)
    days = [float(day) for day in options.days.split(",")] if options.days else MILESTONES
    fields = chosen_fields(options.fields.split(",") if options.fields else None, there)
    folder = options.directory / "paraview"
    folder.mkdir(exist_ok=True)
    view, display = prepare_scene(reader, [int(length) for length in options.size.split("x")])
    for name in fields:
        draw_field(view, display, reader, name, chosen_times(days, times), folder)


main()
