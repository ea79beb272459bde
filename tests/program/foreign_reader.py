# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What a program that is not ours finds in the fields of runs. test_readers.py calls this with the Python of that program:

    pvpython foreign_reader.py paraview FILE...    FILE: solution.xdmf or solution.pvd
    python3  foreign_reader.py vtk|meshio FILE...  FILE: solution.pvd

Prints JSON, by file a list of its output times: the day, the numbers of points and cells, and by name of an array how many components it
has and the range of the first.
"""

import json
import os
import sys
import xml.etree.ElementTree as ElementTree


def days_and_files(collection):
    """What a .pvd names; neither VTK nor meshio reads one."""
    sets = ElementTree.parse(collection).getroot().iter("DataSet")
    return [(float(entry.get("timestep")), os.path.join(os.path.dirname(collection), entry.get("file"))) for entry in sets]


def told(day, grid):
    """Of a vtkUnstructuredGrid."""
    arrays = {}
    for number in range(grid.GetPointData().GetNumberOfArrays()):
        array = grid.GetPointData().GetArray(number)
        arrays[array.GetName()] = [array.GetNumberOfComponents(), *array.GetRange(0)]
    return {"day": day, "points": grid.GetNumberOfPoints(), "cells": grid.GetNumberOfCells(), "arrays": arrays}


def by_paraview(path):
    from paraview import servermanager, simple

    reader = simple.PVDReader(FileName=path) if path.endswith(".pvd") else simple.XDMFReader(FileNames=[path])
    reader.UpdatePipeline()
    times = reader.TimestepValues
    for day in [times] if isinstance(times, float) else list(times):
        reader.UpdatePipeline(day)
        yield told(day, servermanager.Fetch(reader))


def by_vtk(path):
    from vtkmodules.vtkIOXML import vtkXMLUnstructuredGridReader

    for day, file in days_and_files(path):
        reader = vtkXMLUnstructuredGridReader()
        reader.SetFileName(file)
        reader.Update()
        yield told(day, reader.GetOutput())


def by_meshio(path):
    import meshio

    for day, file in days_and_files(path):
        mesh = meshio.read(file)
        columns = {name: values.reshape(len(values), -1) for name, values in mesh.point_data.items()}
        arrays = {name: [many.shape[1], float(many[:, 0].min()), float(many[:, 0].max())] for name, many in columns.items()}
        yield {"day": day, "points": len(mesh.points), "cells": sum(len(block.data) for block in mesh.cells), "arrays": arrays}


READERS = {"paraview": by_paraview, "vtk": by_vtk, "meshio": by_meshio}

if __name__ == "__main__":
    print(json.dumps({path: list(READERS[sys.argv[1]](path)) for path in sys.argv[2:]}))
