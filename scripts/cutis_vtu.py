# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Read fields that a run has written as files of VTK (`Output/Format = VTU`).

    times_and_files(path_of_pvd)    # [(day, path of a .vtu), ...]
    read_vtu(path)                  # nodes, cells and fields as from the tables of HDF5
"""

import base64
import functools
import pathlib
import xml.etree.ElementTree as ElementTree
import zlib

import numpy as np

# Letters of VTK: the type of a number by its name, and how many corners a cell of a kind has.
NUMBERS = {"Float32": "f4", "Float64": "f8", "Int32": "i4", "UInt32": "u4", "Int64": "i8", "UInt64": "u8", "UInt8": "u1", "Int8": "i1"}
CORNERS = {9: 4, 12: 8}  # quadrilateral, hexahedron


def times_and_files(pvd):
    """The times [d] that a collection names, and their files."""
    pvd = pathlib.Path(pvd)
    sets = ElementTree.parse(pvd).getroot().iter("DataSet")
    return [(float(entry.get("timestep")), pvd.parent / entry.get("file")) for entry in sets]


def _letters(n_bytes):
    """Length of so many bytes in base 64."""
    return (n_bytes + 2) // 3 * 4


def _numbers(array):
    """The numbers of a DataArray: compressed blocks in base 64 behind a header of their sizes. ValueError for any other form."""
    if array.get("format") != "binary":
        raise ValueError(f"the array {array.get('Name')} is stored as {array.get('format')}")
    text = array.text.strip()
    n_blocks = int(np.frombuffer(base64.b64decode(text[: _letters(4)])[:4], "<u4")[0])
    head = _letters(4 * (3 + n_blocks))
    sizes = np.frombuffer(base64.b64decode(text[:head]), "<u4", 3 + n_blocks)[3:]
    packed = base64.b64decode(text[head:])
    ends = np.cumsum(sizes)
    data = b"".join(zlib.decompress(packed[end - size : end]) for end, size in zip(ends, sizes))
    values = np.frombuffer(data, "<" + NUMBERS[array.get("type")])
    columns = int(array.get("NumberOfComponents", "1"))
    return values.reshape(-1, columns) if columns > 1 else values


def _corners(pieces):
    """Positions of all corners (n x 3, mm), and of every cell the numbers of its corners."""
    points, cells, count = [], [], 0
    for piece in pieces:
        points.append(_numbers(piece.find("Points/DataArray")))
        parts = {array.get("Name"): array for array in piece.find("Cells")}
        kind = int(_numbers(parts["types"])[0])
        cells.append(_numbers(parts["connectivity"]).astype(np.int64).reshape(-1, CORNERS[kind]) + count)
        count += len(points[-1])
    return np.concatenate(points), np.concatenate(cells)


def read_vtu(path):
    """
    (nodes: n x dimension [mm], cells: node numbers, fields: name -> function that reads the values at the nodes).

    Every cell of the file has corners of its own; here corners at the same place are one node again. Tensors have nine columns, row by
    row. ValueError for a file that Cutis has not written.
    """
    pieces = ElementTree.parse(path).getroot().findall("UnstructuredGrid/Piece")
    if not pieces:
        raise ValueError(f"{path} holds no cells")
    points, cells = _corners(pieces)
    places = np.ascontiguousarray(points + 0.0).view([("place", "V12")]).ravel()  # + 0.0: there is no minus zero
    _, corner, node = np.unique(places, return_index=True, return_inverse=True)
    nodes = points[corner, : 2 if cells.shape[1] == 4 else 3].astype(float)

    def values(name):
        arrays = (next(a for a in piece.find("PointData") if a.get("Name") == name) for piece in pieces)
        return np.concatenate([_numbers(array) for array in arrays])[corner]

    names = [array.get("Name") for array in pieces[0].find("PointData")]
    return nodes, node[cells], {name: functools.partial(values, name) for name in names}
