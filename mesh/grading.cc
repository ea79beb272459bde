// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/grading.h"

#include "mesh/skin_patch.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  LayerGrading::LayerGrading(const double thickness,
                             const double first,
                             const double last,
                             const double largest,
                             const double slope)
    : thickness_(thickness)
    , first_(first)
    , last_(last)
    , slope_(slope)
    , peak_(std::max({first, last, std::min(largest, 0.5 * (first + last + slope * thickness))}))
    , rise_cells_(std::log(peak_ / first) / slope)
    , fall_cells_(std::log(peak_ / last) / slope)
  {
    const double plateau = thickness - (2. * peak_ - first - last) / slope;
    cells_wanted_ = rise_cells_ + plateau / peak_ + fall_cells_;
    // The small number keeps a thickness that is a multiple of the cell size from getting one cell more by round-off.
    cells_ = std::max(1, static_cast<int>(std::ceil(cells_wanted_ - 1e-9)));
  }

  double LayerGrading::face(const int k) const
  {
    if (k == 0)
      return 0.;
    if (k == cells_)
      return thickness_;
    const double xi = cells_wanted_ * k / cells_;
    if (xi < rise_cells_)
      return first_ * std::expm1(slope_ * xi) / slope_;
    if (xi > cells_wanted_ - fall_cells_)
      return thickness_ - last_ * std::expm1(slope_ * (cells_wanted_ - xi)) / slope_;
    return (peak_ - first_) / slope_ + peak_ * (xi - rise_cells_);
  }

  namespace
  {
    /** The largest cell each layer may have by itself, limited by the layers above and below it at its two sides. */
    std::vector<LayerGrading> grade_layers(const SkinPatch &patch, const double slope)
    {
      const std::size_t n = patch.layers.size();
      std::vector<double> largest(n), at_interface(n + 1);
      for (std::size_t i = 0; i < n; ++i)
        largest[i] = std::min(patch.cell_size, patch.layers[i].thickness / patch.layers[i].cells);

      at_interface[0] = largest[0];
      at_interface[n] = largest[n - 1];
      for (std::size_t i = 1; i < n; ++i)
        at_interface[i] = std::min(largest[i - 1], largest[i]);
      for (std::size_t i = 0; i < n; ++i)
        at_interface[i + 1] = std::min(at_interface[i + 1], at_interface[i] + slope * patch.layers[i].thickness);
      for (std::size_t i = n; i-- > 0;)
        at_interface[i] = std::min(at_interface[i], at_interface[i + 1] + slope * patch.layers[i].thickness);

      std::vector<LayerGrading> gradings;
      for (std::size_t i = 0; i < n; ++i)
        gradings.emplace_back(patch.layers[i].thickness, at_interface[i], at_interface[i + 1], largest[i], slope);
      return gradings;
    }

    /**
     * Whole numbers of cells make some layers finer than wanted; refine the coarser side of every interface until the
     * two cells there are within the growth. This ends because the layer that is finest compared with its wanted size
     * is never the coarser side.
     */
    void match_interfaces(std::vector<LayerGrading> &gradings, const double growth)
    {
      const double allowed = growth * (1. + 1e-12);
      bool changed = true;
      while (changed)
      {
        changed = false;
        for (std::size_t i = 1; i < gradings.size(); ++i)
        {
          const double above = gradings[i - 1].last_cell();
          const double below = gradings[i].first_cell();
          if (std::max(above, below) <= allowed * std::min(above, below))
            continue;
          gradings[above > below ? i - 1 : i].add_cell();
          changed = true;
        }
      }
    }
  } // namespace

  std::vector<double> graded_depths(const SkinPatch &patch)
  {
    check(patch);
    std::vector<LayerGrading> gradings = grade_layers(patch, std::log(patch.growth));
    match_interfaces(gradings, patch.growth);

    std::vector<double> depths = {0.};
    double top = 0.;
    for (std::size_t i = 0; i < gradings.size(); ++i)
    {
      for (int k = 1; k < gradings[i].cells(); ++k)
        depths.push_back(top + gradings[i].face(k));
      top += patch.layers[i].thickness;
      depths.push_back(top);
    }
    return depths;
  }
} // namespace cutis
