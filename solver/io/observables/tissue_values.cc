// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/growth.h"
#include "model/reactions/cell_count.h"

#include <array>

namespace cutis
{
  namespace
  {
    Observable::Value dermal_thickness(Sources &sources)
    {
      return [growth = Growth(sources)](const Observation &o)
      {
        if (o.mechanics)
          return o.mechanics->dermal_thickness;
        return o.sum([&](const unsigned int i)
                     { return o.dermis_volume[i] * (1. + growth.tissue(o, i) + growth.foreign(o, i)); }) /
               o.skin.surface_area;
      };
    }

    /** Fat grows with the little matrix that it has, but particles take their volume wherever they are. */
    Observable::Value tissue_thickness(Sources &sources)
    {
      return [growth = Growth(sources)](const Observation &o)
      {
        if (o.mechanics)
          return o.mechanics->tissue_thickness;
        return o.sum(
                 [&](const unsigned int i) {
                   return o.graph.volume[i] * (1. + growth.foreign(o, i)) +
                          o.graph.tissue_volume[i] * growth.tissue(o, i);
                 }) /
               o.skin.surface_area;
      };
    }

    /**
     * The volume in the punch over its cross-section; that, over the depth of the patch, is the volume of its nodes. In
     * curved skin the cross-section changes with depth, so what is measured along the normal grows with the punch.
     */
    Observable::Value dermal_thickness_at_site(Sources &sources)
    {
      return [growth = Growth(sources)](const Observation &o)
      {
        const auto volume = [&](const unsigned int i)
        {
          return o.dermis_volume[i] *
                 (o.mechanics ? o.mechanics->site_volume : 1. + growth.tissue(o, i) + growth.foreign(o, i));
        };
        const double grown = o.sum_in_punch(volume);
        const std::optional<double> &normal = o.skin.dermis_at_site;
        const std::vector<double> &before = normal ? o.dermis_volume : o.graph.volume;
        return grown / o.sum_in_punch([&](const unsigned int i) { return before[i]; }) * normal.value_or(o.skin.depth);
      };
    }

    Observable::Value inflammation(Sources &sources)
    {
      return [free = sources.field("macrophage"),
              called = sources.field("leukocyte"),
              bound = std::array<int, 2>{{sources.field_if_any("plla_macrophage"),
                                          sources.field_if_any("bound_macrophage")}}](const Observation &o)
      {
        double cells = free_macrophages_per_unit * (o.mean(free) - o.healthy_mean(free) + o.mean(called));
        for (const int f : bound)
          cells += f < 0 ? 0. : bound_macrophages_per_unit * o.mean(f);
        return cells;
      };
    }
  } // namespace

  std::vector<Observable> tissue_observables()
  {
    const std::string growth = "Jg = 1 + gC (Ct - Ct0) + gh (hyaluronan - healthy) + v, Ct = collagen_new + "
                               "collagen_mature, gC and gh what tissue grows by, v the volume of foreign material: sum "
                               "of plla_mass_i over the density of the "
                               "polymer, and of filler";
    const std::string source = "Growth at constant density along the thickness; foreign material takes its own volume.";
    return {
      {"dermal_thickness",
       "mm",
       "Thickness of the dermis, mean over the patch.",
       "integral of Jg over the dermis / surface area, with mechanics of J of the deformed tissue; " + growth,
       source,
       dermal_thickness},
      {"tissue_thickness",
       "mm",
       "Thickness of all layers together, mean over the patch.",
       "integral of Jg over the patch / surface area, the growth of tissue weighted with the content of the "
       "layer; with "
       "mechanics of J of the deformed tissue; " +
         growth,
       source,
       tissue_thickness},
      {"dermal_thickness_at_site",
       "mm",
       "Thickness of the dermis, mean over the punch biopsy at the site.",
       "integral of Jg over the dermis in the punch / its cross-section, in curved or tilted skin thickness along the "
       "normal at the site x mean of Jg over the dermis in the punch; with mechanics J of the deformed tissue takes "
       "its "
       "place; " +
         growth,
       source,
       dermal_thickness_at_site},
      {"hydration",
       "1",
       "Hyaluronan of the dermis, which binds its water, relative to healthy skin.",
       "dermal mean of hyaluronan",
       "",
       [](Sources &sources) { return [h = sources.field("hyaluronan")](const Observation &o) { return o.mean(h); }; }},
      {"inflammation",
       "1/mm^3",
       "Inflammatory cells of the dermis beyond those of healthy skin.",
       "dermal mean of 2500 (plla_macrophage + bound_macrophage) + 500 (macrophage - healthy + leukocyte); without "
       "particles and denatured collagen there are no bound ones",
       "Jin et al. 2011: at most 2500 macrophages per mm^3 on particles; 500 per mm^3 at rest.",
       inflammation}};
  }
} // namespace cutis
