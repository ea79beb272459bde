# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Read what a run of Cutis has written: parameters, time series, summary and fields.

    run = Run("results/plla")
    run.timeseries["collagen_total"]          # pandas series over the index `time` in days
    run.timeseries.attrs["units"]["time"]     # "d"
    snapshot = run.fields.nearest(90)         # the fields at the output time nearest to day 90
    snapshot["collagen_total"]                # values at snapshot.nodes, also of derived fields
    snapshot.section(y=0.0)                   # a depth section of a 3-D run, triangulated
"""

import functools
import json
import pathlib
import re
import xml.etree.ElementTree as ElementTree

import h5py
import numpy as np
import pandas as pd
from scipy.interpolate import LinearNDInterpolator

import cutis_vtu


class OutputError(Exception):
    """What was asked for is not in the output; the message is a sentence for the user."""


def read_timeseries(path):
    """Time series as a frame over the time in days; units, as written in the header, are in attrs["units"]."""
    path = pathlib.Path(path)
    if not path.is_file():
        raise OutputError(f"There is no time series {path}; is this the output folder of a run?")
    frame = pd.read_csv(path)
    if frame.empty:
        raise OutputError(f"The time series {path} has no rows yet.")
    units = {}
    for column in frame.columns:
        name, unit = re.fullmatch(r"\s*(.*?)\s*(?:\[(.*)\])?\s*", column).groups()
        units[name] = unit or ""
    frame.columns = list(units)
    if "time" not in frame:
        raise OutputError(f"The time series {path} has no column `time [d]`.")
    frame = frame.astype({"time": float})  # days are numbers, not row numbers, also if all of them are whole
    back = frame["time"].diff() <= 0
    if back.any():
        raise OutputError(f"The times of {path} do not increase at day {frame['time'][back.idxmax()]:g}: the file is damaged.")
    frame = frame.set_index("time")
    frame.attrs["units"] = units
    return frame


def read_parameters(path):
    """Values of a .prm file as {"Section/Sub/Name": "value"}; includes are not followed."""
    sections, values = [], {}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        words = line.split("#", 1)[0].strip()
        if words.lower().startswith("subsection "):
            sections.append(words.split(None, 1)[1])
        elif words.lower() == "end":
            sections.pop()
        elif words.lower().startswith("set ") and "=" in words:
            name, value = words[4:].split("=", 1)
            values["/".join([*sections, name.strip()])] = value.strip()
    return values


def flatten(tree, prefix=""):
    """Nested dictionaries as one: {"final": {"strength": 1}} becomes {"final.strength": 1}; lists are counted from 1."""
    flat = {}
    for key, value in tree.items():
        if isinstance(value, list):
            value = {str(number): entry for number, entry in enumerate(value, start=1)}
        if isinstance(value, dict):
            flat.update(flatten(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat


class Run:
    """The output folder of one run; every part is read when it is first asked for."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        if not self.directory.is_dir():
            raise OutputError(f"There is no folder {directory}.")
        self._parts = {}

    def _once(self, part, read):
        if part not in self._parts:
            self._parts[part] = read()
        return self._parts[part]

    @property
    def timeseries(self):
        return self._once("timeseries", lambda: read_timeseries(self.directory / "timeseries.csv"))

    @property
    def summary(self):
        """Contents of summary.json, or {} for a run that has not finished."""
        path = self.directory / "summary.json"
        return self._once("summary", lambda: json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {})

    @property
    def parameters(self):
        """Values in force, {} if parameters.prm is missing."""
        path = self.directory / "parameters.prm"
        return self._once("parameters", lambda: read_parameters(path) if path.is_file() else {})

    @property
    def fields(self):
        return self._once("fields", lambda: FieldSeries(self.directory / "solution.xdmf"))

    @property
    def title(self):
        return self.parameters.get("Title") or self.directory.name

    def _of_interventions(self, name):
        """Values of a setting that all interventions have, of those in force."""
        active = {entry.strip().replace("_", " ").lower() for entry in self.parameters.get("Intervention", "").split(",")}
        parts = [(path.rpartition("/"), value) for path, value in self.parameters.items()]
        return [value for (section, _, last), value in parts if last == name and (not section or section.lower() in active)]

    def sessions(self):
        """Days of the sessions of the interventions in force, in order."""
        days = ",".join(self._of_interventions("Sessions")).split(",")
        return sorted({float(day.split()[0]) for day in days if day.strip()})

    def treated_at(self):
        """Where along the length of a block the first centre of an intervention in force lies [mm]; None if none is named."""
        centres = ",".join(self._of_interventions("Centres along length")).split(",")
        return next((float(centre.split()[0]) for centre in centres if centre.strip()), None)

    def is_plane(self):
        """Whether the run is of a section of skin; what it says of masses is then of a slice of 1 mm."""
        return self.parameters.get("Mesh/Dimension", "2").split()[0] == "2"

    def layers(self):
        """Layers of the skin patch from the surface downwards; none for a mesh from a file."""
        if self.parameters.get("Mesh/File"):
            return []
        return [layer.strip() for layer in self.parameters.get("Skin/Layers", "").split(",") if layer.strip()]

    def layer_interfaces(self):
        """Depths of the interfaces between the layers of the skin patch [mm]."""
        thicknesses = [self.parameters.get(f"Skin/{layer}/Thickness") for layer in self.layers()]
        if None in thicknesses:
            return []
        return list(np.cumsum([float(thickness.split()[0]) for thickness in thicknesses])[:-1])


class FieldSeries:
    """The fields of a run over its output times, with solution.xdmf and solution.pvd beside it as the tables of contents."""

    def __init__(self, xdmf):
        self.path = pathlib.Path(xdmf)
        pvd = self.path.with_suffix(".pvd")
        there = [path for path in (self.path, pvd) if path.is_file()]
        if not there:
            raise OutputError(f"There is no table of contents {xdmf}, and no {pvd.name}; the run wrote no fields.")
        readers = {}  # by time; a run that went on in the other format has both
        if self.path.is_file():
            grids = ElementTree.parse(self.path).getroot().iter("Grid")
            uniform = [grid for grid in grids if grid.get("GridType") == "Uniform"]
            readers |= {float(grid.find("Time").get("Value")): functools.partial(self._of_grid, grid) for grid in uniform}
        if pvd.is_file():
            readers |= {time: functools.partial(self._of_vtu, file) for time, file in cutis_vtu.times_and_files(pvd)}
        if not readers:
            raise OutputError(f"{there[0]} lists no fields yet.")
        self.times = sorted(readers)
        self._readers = [readers[time] for time in self.times]

    def __len__(self):
        return len(self.times)

    def __getitem__(self, index):
        return Snapshot(self.times[index], *self._readers[index]())

    def _of_grid(self, grid):
        attributes = {
            attribute.get("Name"): self._dataset(attribute)
            for attribute in grid.findall("Attribute")
            if attribute.get("Center", "Node") == "Node"
        }
        return (
            self._dataset(grid.find("Geometry"))(),
            self._dataset(grid.find("Topology"))().astype(np.int64),
            {name: (lambda read=read: np.squeeze(read())) for name, read in attributes.items()},
        )

    def _of_vtu(self, file):
        if not file.is_file():
            raise OutputError(f"{self.path.with_suffix('.pvd')} names {file}, which does not exist.")
        try:
            nodes, cells, fields = cutis_vtu.read_vtu(file)
        except (ValueError, KeyError, ElementTree.ParseError) as error:
            raise OutputError(f"{file} cannot be read: {error}.") from error
        return nodes, cells, {name: (lambda read=read: _as_stored(read())) for name, read in fields.items()}

    def nearest(self, time):
        """The snapshot whose time is nearest to `time` [d]."""
        return self[int(np.argmin(np.abs(np.asarray(self.times) - time)))]

    def _dataset(self, element):
        """A function that reads the array an XDMF element points to, `file.h5:/dataset` relative to the XDMF file."""
        file_name, dataset = element.find("DataItem").text.strip().rsplit(":", 1)
        path = self.path.parent / file_name

        def read():
            if not path.is_file():
                raise OutputError(f"{self.path} names {path}, which does not exist.")
            with h5py.File(path, "r") as file:
                return file[dataset][()]

        return read


def _as_stored(values):
    """Of a symmetric tensor with all nine components the six that tables hold: xx, xy, xz, yy, yz, zz."""
    return values[:, [0, 1, 2, 4, 5, 8]] if values.ndim == 2 and values.shape[1] == 9 else values


def _sum_of(*names):
    return lambda snapshot: sum(snapshot[name] for name in names)


DERIVED = {  # name: (fields it is made of, function of the snapshot)
    "collagen_total": (("collagen_new", "collagen_mature"), _sum_of("collagen_new", "collagen_mature")),
    "collagen3_total": (("collagen3_new", "collagen3_mature"), _sum_of("collagen3_new", "collagen3_mature")),
    "collagen1_total": (("collagen_total", "collagen3_total"), lambda s: s["collagen_total"] - s["collagen3_total"]),
    "type_III_share": (("collagen_total", "collagen3_total"), lambda s: s["collagen3_total"] / s["collagen_total"]),
}

# Six tetrahedra around the diagonal 0-6 of a hexahedron, in the node order of VTK and XDMF.
_TETRAHEDRA = np.array([[0, 1, 2, 6], [0, 2, 3, 6], [0, 3, 7, 6], [0, 7, 4, 6], [0, 4, 5, 6], [0, 5, 1, 6]])


class Snapshot:
    """Fields at one time [d]: `nodes` (n x dimension, mm; the last coordinate is minus the depth) and `cells`."""

    def __init__(self, time, nodes, cells, fields):
        self.time = time
        self.nodes = nodes
        self.cells = cells
        self._fields = fields  # name -> values or a function that reads them

    @property
    def dimension(self):
        return self.nodes.shape[1]

    @property
    def names(self):
        """All fields that can be asked for, stored and derived."""
        return sorted({*self._fields, *(name for name in (*DERIVED, "plla_mass_concentration") if name in self)})

    def _sessions_of_plla(self):
        # One field per session: particles of different age do not degrade alike.
        return [name for name in self._fields if re.fullmatch(r"plla_mass_\d+", name)]

    def __contains__(self, name):
        if name in self._fields:
            return True
        if name == "plla_mass_concentration":
            return bool(self._sessions_of_plla())
        return name in DERIVED and all(part in self for part in DERIVED[name][0])

    def __getitem__(self, name):
        if name not in self:
            raise OutputError(f"There is no field '{name}' at day {self.time:g}; there are: {', '.join(self.names)}.")
        if name not in self._fields:
            if name == "plla_mass_concentration":
                self._fields[name] = sum(self[part] for part in self._sessions_of_plla())
            else:
                self._fields[name] = DERIVED[name][1](self)
        elif callable(self._fields[name]):
            self._fields[name] = self._fields[name]()
        return self._fields[name]

    def triangles(self):
        """Triangles that cover the cells of a plane mesh (n x 3 node numbers)."""
        if self.dimension != 2:
            raise OutputError("Only a plane mesh has triangles; take a section of a 3-D snapshot first.")
        if self.cells.shape[1] == 3:
            return self.cells
        return np.concatenate([self.cells[:, [0, 1, 2]], self.cells[:, [0, 2, 3]]])

    def section(self, **plane):
        """
        Section of a 3-D snapshot as a plane one: `x=...` or `y=...` [mm] in (coordinate along the skin, -depth), `z=-depth` in the
        coordinates along width and length.
        """
        (name, position), = plane.items()
        axis = "xyz".index(name)
        if self.dimension != 3:
            raise OutputError("Only a 3-D snapshot can be cut.")
        low, high = self.nodes[:, axis].min(), self.nodes[:, axis].max()
        if not low <= position <= high:
            raise OutputError(f"The plane {name} = {position:g} mm misses the skin patch ({low:g} to {high:g} mm).")
        # A node in the plane counts as beyond it, so that faces in the plane are taken once; a plane at either end of the
        # patch is moved inside by a hair, or it would have nothing on one of its sides.
        hair = 1e-9 * (high - low)
        position = min(max(position, low + hair), high - hair)
        edges, triangles = _cut(self.cells[:, _TETRAHEDRA].reshape(-1, 4), self.nodes[:, axis] >= position)
        ends = self.nodes[edges, axis]
        weight = ((position - ends[:, 0]) / (ends[:, 1] - ends[:, 0]))[:, None]

        def at_cut(values):
            values = values.reshape(len(values), -1)
            cut = (1 - weight) * values[edges[:, 0]] + weight * values[edges[:, 1]]
            return np.squeeze(cut)

        nodes = at_cut(self.nodes)[:, [other for other in range(3) if other != axis]]
        corners = nodes[triangles]
        sides = corners[:, 1:] - corners[:, :1]
        area = np.abs(sides[:, 0, 0] * sides[:, 1, 1] - sides[:, 0, 1] * sides[:, 1, 0])
        triangles = triangles[area > 1e-12 * area.max()]
        fields = {name: (lambda name=name: at_cut(self[name])) for name in self._fields}
        return Snapshot(self.time, nodes, triangles, fields)

    def sample(self, name, points):
        """Values of a field at points of a plane snapshot (n x 2), linear between the nodes, NaN outside the patch."""
        # Cells of different size meet with hanging nodes, which no search through the cells themselves copes with.
        return LinearNDInterpolator(self.nodes, self[name])(points)


def _cut(tetrahedra, beyond):
    """Edges (pairs of nodes) that a plane cuts and the triangles between them; `beyond` tells the side of every node."""
    side = beyond[tetrahedra]
    edges, triangles = [], []
    count = 0

    def add(groups):
        """`groups`: corner by corner, the edges (n x 2) on which the corner of n triangles lies."""
        nonlocal count
        n = len(groups[0])
        edges.extend(groups)
        triangles.append(count + np.arange(3)[None, :] * n + np.arange(n)[:, None])
        count += 3 * n

    for alone in (False, True):  # one node on one side, three on the other
        rows = (side == alone).sum(axis=1) == 1
        tets = tetrahedra[rows]
        single = (side[rows] == alone).argmax(axis=1)
        tip = tets[np.arange(len(tets)), single]
        others = tets[np.arange(4)[None, :] != single[:, None]].reshape(-1, 3)
        add([np.stack([tip, others[:, k]], axis=1) for k in range(3)])
    rows = side.sum(axis=1) == 2  # two and two: a quadrilateral
    order = np.argsort(side[rows], axis=1, kind="stable")
    a, b, c, d = np.take_along_axis(tetrahedra[rows], order, axis=1).T
    ac, ad, bd, bc = (np.stack(pair, axis=1) for pair in ((a, c), (a, d), (b, d), (b, c)))
    add([ac, ad, bd])
    add([ac, bd, bc])
    return np.concatenate(edges), np.concatenate(triangles)
