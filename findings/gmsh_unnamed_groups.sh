#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# deal.II 9.4.1 (libdeal.ii-dev 9.4.1-1) and Gmsh 4.8.4 (gmsh 4.8.4+ds2-3) of Debian 12.
#
# The documentation of GridIn::read_msh(const std::string &) says that physical groups without a name are read as by the
# other function of this name, that is, the tag of the group becomes the material or boundary id. They are not: every
# cell has the material id 0 and every face the boundary id 0, without an error. With any name the tags come through.
# Expected: the ids 11 to 15 of the file from both functions.
#
# Output seen (columns: groups, reader, material id:area | boundary id:length):
#   unnamed stream 15:1 | 11:1 12:1 13:1 14:1
#   unnamed api 0:1 | 0:4
#   named stream 15:1 | 11:1 12:1 13:1 14:1
#   named api 15:1 | 11:1 12:1 13:1 14:1
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
write_geo() { # the five arguments open the five groups
  cat <<END
Point(1) = {0, 0, 0}; Point(2) = {1, 0, 0}; Point(3) = {1, 1, 0}; Point(4) = {0, 1, 0};
Line(1) = {1, 2}; Line(2) = {2, 3}; Line(3) = {3, 4}; Line(4) = {4, 1};
Curve Loop(1) = {1, 2, 3, 4}; Plane Surface(1) = {1};
Transfinite Curve{1:4} = 3; Transfinite Surface{1}; Recombine Surface{1};
Physical Curve(${1}11) = {1}; Physical Curve(${2}12) = {2}; Physical Curve(${3}13) = {3}; Physical Curve(${4}14) = {4};
Physical Surface(${5}15) = {1};
END
}
write_geo "" "" "" "" "" >unnamed.geo
write_geo '"base", ' '"right", ' '"surface", ' '"left", ' '"skin", ' >named.geo
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
for groups in unnamed named; do
  gmsh -v 1 -2 $groups.geo -format msh41 -o $groups.msh
  for reader in stream api; do
    echo "$groups $reader $(./build/read $reader $groups.msh material | xargs) | $(./build/read $reader $groups.msh boundary | xargs)"
  done
done | tee seen

diff - seen <<'END' && echo "As described."
unnamed stream 15:1 | 11:1 12:1 13:1 14:1
unnamed api 0:1 | 0:4
named stream 15:1 | 11:1 12:1 13:1 14:1
named api 15:1 | 11:1 12:1 13:1 14:1
END
