// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
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
  };

  /**
   * Take the text of a file of the format 2.2 or 4.1 apart. BadInput with the name of the file and the line for
   * anything that is not such a text: a binary file, an older or newer format, a file that ends early, a word where a
   * number is due, a node that does not exist.
   */
  GmshFile parse_gmsh(const std::string &text, const std::string &file_name);
} // namespace cutis
