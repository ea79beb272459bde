#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# deal.II 9.4.1 (libdeal.ii-dev 9.4.1-1) and Gmsh 4.8.4 (gmsh 4.8.4+ds2-3) of Debian 12.
#
# A physical group of Gmsh may hold a curve or surface in the opposite sense: Physical Curve("surface", 3) = {-3}. The
# same mesh then has two readings, with no error in either:
#   file in the format 2.2   boundary id 3, as expected
#   file in the format 4.1   GridIn::read_msh(std::istream &) gives the boundary id 4294967293, which is -3 taken as an
#                            unsigned number; GridIn::read_msh(std::string) gives 0, as if the face had no group.
# Expected: the id 3 from both formats and both functions. A boundary condition on the id 3 is silently not applied.
#
# Output seen (columns: format, reader, boundary id:length):
#   2.2 stream 1:1 2:1 3:1 4:1
#   2.2 api 1:1 2:1 3:1 4:1
#   4.1 stream 1:1 2:1 4:1 4294967293:1
#   4.1 api 0:1 1:1 2:1 4:1
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
need=()
for package in libdeal.ii-dev=9.4.1-1 gmsh=4.8.4+ds2-3 g++ cmake ninja-build; do
  dpkg-query -W -f '${Status}' "${package%%=*}" 2>/dev/null | grep -q 'ok installed' || need+=("$package")
done
if [[ ${#need[@]} -gt 0 ]]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
export OMP_NUM_THREADS=1 OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
cat >square.geo <<'END'
Point(1) = {0, 0, 0}; Point(2) = {1, 0, 0}; Point(3) = {1, 1, 0}; Point(4) = {0, 1, 0};
Line(1) = {1, 2}; Line(2) = {2, 3}; Line(3) = {4, 3}; Line(4) = {4, 1};
Curve Loop(1) = {1, 2, -3, 4}; Plane Surface(1) = {1};
Transfinite Curve{1:4} = 3; Transfinite Surface{1}; Recombine Surface{1};
Physical Curve("base", 1) = {1}; Physical Curve("right", 2) = {2};
Physical Curve("surface", 3) = {-3}; Physical Curve("left", 4) = {4};
Physical Surface("skin", 5) = {1};
END
cat >read.cc <<'END'
#include <deal.II/grid/grid_in.h>
#include <deal.II/grid/tria.h>

#include <fstream>
#include <iostream>
#include <map>

int main(int, char **argument)
{
  dealii::Triangulation<2> mesh;
  dealii::GridIn<2> reader(mesh);
  std::ifstream file(argument[2]);
  if (std::string(argument[1]) == "stream")
    reader.read_msh(file);
  else
    reader.read_msh(std::string(argument[2]));
  std::map<unsigned int, double> materials, boundaries;
  for (const auto &cell : mesh.active_cell_iterators())
  {
    materials[cell->material_id()] += cell->measure();
    for (const auto &face : cell->face_iterators())
      if (face->at_boundary())
        boundaries[face->boundary_id()] += face->measure();
  }
  for (const auto &[id, measure] : std::string(argument[3]) == "material" ? materials : boundaries)
    std::cout << id << ':' << measure << ' ';
}
END
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.22)
find_package(deal.II 9.4 REQUIRED)
set(CMAKE_BUILD_TYPE Release)
deal_ii_initialize_cached_variables()
project(read CXX)
add_executable(read read.cc)
deal_ii_setup_target(read)
END
cmake -S . -B build -G Ninja >log && ninja -C build >>log || { cat log; exit 2; }
for format in 2.2 4.1; do
  gmsh -v 1 -2 square.geo -format "msh${format/./}" -o square.msh
  for reader in stream api; do
    echo "$format $reader $(./build/read $reader square.msh boundary | xargs)"
  done
done | tee seen

diff - seen <<'END' && echo "As described."
2.2 stream 1:1 2:1 3:1 4:1
2.2 api 1:1 2:1 3:1 4:1
4.1 stream 1:1 2:1 4:1 4294967293:1
4.1 api 0:1 1:1 2:1 4:1
END
