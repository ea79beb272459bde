#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# meshio (python3-meshio 7.0.0-3 of Debian 12), files of VTK (.vtu) with several pieces, as every program writes them
# that runs on several ranks and makes one file.
#
# Guess, from half of the cells of a run on two ranks: the points of all pieces are put together, the cells of each take the place of
# those before. So it is: all points and their values are there, and the cells of the last piece alone, without a word. Whatever is
# integrated over cells is that of one rank. Expected: all cells, or a refusal. It is known (issue 1444 of nschloe/meshio, open): a loop that
# collects the cells stands beside the one over the pieces instead of in it. ParaView and VTK read the same file whole.
#
# Output seen:
#   points: 8, cells: 1 of 2, corners: [4, 5, 6, 7]
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
dpkg-query -W -f '${Status}' python3-meshio 2>/dev/null | grep -q 'ok installed' ||
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-meshio=7.0.0-3; }
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
piece() {
  cat <<END
<Piece NumberOfPoints="4" NumberOfCells="1">
<Points><DataArray type="Float64" NumberOfComponents="3" format="ascii">$1 0 0 $(($1 + 1)) 0 0 $(($1 + 1)) 1 0 $1 1 0</DataArray></Points>
<Cells><DataArray type="Int64" Name="connectivity" format="ascii">0 1 2 3</DataArray>
<DataArray type="Int64" Name="offsets" format="ascii">4</DataArray><DataArray type="UInt8" Name="types" format="ascii">9</DataArray></Cells>
</Piece>
END
}
{
  echo '<VTKFile type="UnstructuredGrid" version="0.1" byte_order="LittleEndian"><UnstructuredGrid>'
  piece 0 && piece 1
  echo '</UnstructuredGrid></VTKFile>'
} >two.vtu
said="$(/usr/bin/python3 - <<'END'
import meshio

mesh = meshio.read("two.vtu")
cells = [corners for block in mesh.cells for corners in block.data.tolist()]
print(f"points: {len(mesh.points)}, cells: {len(cells)} of 2, corners: {cells[-1]}")
END
)"
echo "$said"
[[ $said == "points: 8, cells: 1 of 2, corners: [4, 5, 6, 7]" ]]
