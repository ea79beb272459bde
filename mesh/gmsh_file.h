// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
//
// A reader of our own, and not deal.II's GridIn::read_msh, because GridIn makes a triangulation at once and keeps
// neither the names of groups, the lines of the file, nor which elements it has seen. Tried with deal.II 9.4.1 and
// Gmsh 4.8.4; GridIn reads streams by itself and files through Gmsh, and "silently" means a mesh without an error:
//
//   input                                     GridIn, stream                    GridIn, Gmsh
//   boundary face in no group                 silently id 0                     silently id 0
//   face in two groups (2.2)                  silently the last                 silently the last
//   entity in two groups (4.1)                refused                           silently the last
//   group of opposite sense, {-3} (4.1)       silently id 4294967293            silently id 0
//   partitioned without topology (4.1)        silently id 0 everywhere          right
//   groups without names                      right                             silently id 0 everywhere
//   2-D mesh in x and z, or a node off z = 0  silently projected                silently projected
//   folded cell                               silently                          silently
//   cells that share no nodes                 silently id 0 within the skin     joined
//   parameters of nodes (4.1)                 ends with signal 11               right
//   lines between layers in no group          refused                           refused
//   $Comments, binary                         refused                           right
//   second order                              refused, names the type           refused as "map::at"
//   cut short at 199 places (2.2 / 4.1)       13 / 12 hang, 0 / 2 signal 11     1 / 1 read, rest refused without a line
//
// Of 25 faulty files like those of the tests, GridIn's stream reads 8 silently, ends with signal 11 on 1 and refuses
// 16, 7 of them for the reason there is; no text names a file, a line or a group. The library of Gmsh used directly
// would bind this code to its licence (GPL), gives no lines either, and takes a file that is no mesh for a script.
#pragma once

#include <deal.II/base/point.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cutis
{
  /** Shapes of Gmsh's elements that are told apart: the ones a mesh is made of, and the others for a message. */
  enum class GmshShape
  {
    point,
    line,
    quadrilateral,
    hexahedron,
    other
  };

  /** What a Gmsh file says, in its own order and numbering of nodes, before anything is made of it. */
  struct GmshFile
  {
    /** An element of any dimension. `group` is the tag of its physical group, 0 if it has none. */
    struct Element
    {
      GmshShape shape;
      int dim;
      int group;
      std::vector<unsigned int> nodes; ///< indices into `nodes`; empty for the shape `other`
    };

    std::map<std::pair<int, int>, std::string> group_names; ///< by dimension and tag
    std::vector<dealii::Point<3>> nodes;
    std::vector<Element> elements;
    /** Entities that belong to two groups, by dimension: a sentence each. Their elements are taken to be in the first;
     * who makes something of them has to refuse, but points of a mesh of cells and faces matter to nobody. */
    std::vector<std::pair<int, std::string>> ambiguous;
  };

  /**
   * Take the text of a file of the format 2.2 or 4.1 apart. BadInput with the name of the file and the line for
   * anything that is not such a text: a binary file, an older or newer format, a file that ends early, a word where a
   * number is due, a node that does not exist.
   */
  GmshFile parse_gmsh(const std::string &text, const std::string &file_name);
} // namespace cutis
