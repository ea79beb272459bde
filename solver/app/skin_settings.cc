// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/case.h"

#include "base/text.h"

#include <algorithm>

namespace cutis
{
  void SkinSettings::declare(Parameters &parameters)
  {
    parameters.add("Mesh/Dimension", dimension, {2., 3.}, {"2: a section, width x depth. 3: a block."});
    parameters.add("Mesh/Width", patch.width, "mm", {1e-2, 2e3}, {"Extent of the patch along x."});
    parameters.add("Mesh/Length", patch.length, "mm", {1e-2, 2e3}, {"Extent along y, in 3-D."});
    parameters.add("Mesh/Depth",
                   depth,
                   "mm",
                   {0., 1e3},
                   {"Depth of the patch, to which its deepest layer is cut or continued; 0: that of all layers."});
    parameters.add("Mesh/Cell size", patch.cell_size, "mm", {1e-4, 2e3}, {"Largest side of a cell before refinement."});
    parameters.add(
      "Mesh/Growth", patch.growth, "1", {1., 10.}, {"Largest ratio of the thickness of neighbouring cells in depth."});
    parameters.add("Mesh/Refinement", patch.refinement, {0., 8.}, {"How often all cells are halved."});
    parameters.add_path("Mesh/File",
                        mesh_file,
                        {"Gmsh file (.msh) whose physical groups name layers and boundaries; empty: a flat patch."});
    adaptation.declare(parameters);
    parameters.add_list("Skin/Layers", layers, layer_names(), {"Layers from the surface downwards."});
    for (const std::string &name : layer_names())
    {
      const unsigned int l = static_cast<unsigned int>(layer_of_name(name));
      parameters.add("Skin/" + name + "/Thickness",
                     thickness[l],
                     "mm",
                     {1e-3, 200.},
                     {"Thickness of the " + name + ".",
                      Provenance::published,
                      "face: epidermis .066-.12, dermis 1.1-1.9 mm in histology (n 180, Selcuk Med J); fat 2 mm at the "
                      "forehead, 5-6 mm at chin and temple (Iyengar 2018, doi 10.1097/DSS.0000000000001445)"});
      parameters.add("Skin/" + name + "/Cells",
                     cells[l],
                     {1., 1000.},
                     {"Least number of cells across the " + name + " before refinement."});
      parameters.add(
        "Skin/" + name + "/Content",
        contents[l],
        "1",
        {1e-3, 10.},
        {"Cells and matrix of the " + name + " per volume, relative to the dermis.", Provenance::assumed, ""});
    }
  }

  void SkinSettings::finish(Parameters &parameters)
  {
    patch.layers.clear();
    for (const std::string &name : layers)
    {
      const Layer layer = layer_of_name(name);
      const unsigned int l = static_cast<unsigned int>(layer);
      if (std::count(layers.begin(), layers.end(), name) > 1 && patch.layers.size() + 1 == layers.size())
        parameters.problem("Skin/Layers", "the layer '" + name + "' is named more than once.");
      patch.layers.push_back({layer, thickness[l], cells[l]});
    }
    if (patch.layers.empty())
      parameters.problem("Skin/Layers", "name at least one layer.");
    else if (depth > 0.)
      cut_to_depth(parameters);
  }

  void SkinSettings::cut_to_depth(Parameters &parameters)
  {
    double end = 0.;
    for (std::size_t l = 0; l + 1 < patch.layers.size(); ++l)
    {
      end += patch.layers[l].thickness;
      if (end >= depth)
      {
        parameters.problem("Mesh/Depth",
                           "the " + layer_name(patch.layers[l].layer) + " reaches to " + format_number(end) +
                             " mm, but the patch is only " + format_number(depth) + " mm deep.");
        return;
      }
    }
    patch.layers.back().thickness = depth - end;
  }

  PatchExtent SkinSettings::extent() const
  {
    return {static_cast<unsigned int>(dimension),
            {-.5 * patch.width, .5 * patch.width},
            {-.5 * patch.length, .5 * patch.length},
            patch.depth()};
  }
} // namespace cutis
