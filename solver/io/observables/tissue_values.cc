// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/growth.h"
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    double dermal_thickness(const Observation &o)
    {
      if (o.mechanics)
        return o.mechanics->dermal_thickness;
      const Growth growth(o);
      return o.sum([&](const unsigned int i)
                   { return o.dermis_volume[i] * (1. + growth.tissue(i) + growth.particles(i)); }) /
             o.skin.surface_area;
    }

    /** Fat grows with the little matrix that it has, but particles take their volume wherever they are. */
    double tissue_thickness(const Observation &o)
    {
      if (o.mechanics)
        return o.mechanics->tissue_thickness;
      const Growth growth(o);
      return o.sum(
               [&](const unsigned int i) {
                 return o.graph.volume[i] * (1. + growth.particles(i)) + o.graph.tissue_volume[i] * growth.tissue(i);
               }) /
             o.skin.surface_area;
    }

    /** The volume in the punch over its cross-section; that, over the depth of the patch, is the volume of its nodes.
     */
    double dermal_thickness_at_site(const Observation &o)
    {
      const Growth growth(o);
      const double grown = o.sum_in_punch(
        [&](const unsigned int i) { return o.dermis_volume[i] * (1. + growth.tissue(i) + growth.particles(i)); });
      return grown / o.sum_in_punch([&](const unsigned int i) { return o.graph.volume[i]; }) * o.skin.depth;
    }

    /** Cells per mm^3 of a layer of particle-bound macrophages as dense as can be, and of macrophages at rest. */
    constexpr double bound_cells = 2500., resting_cells = 500.;

    double inflammation(const Observation &o)
    {
      const unsigned int bound = o.field("plla_macrophage"), free = o.field("macrophage");
      return bound_cells * o.mean(bound) + resting_cells * (o.mean(free) - o.healthy(free));
    }
  } // namespace

  std::vector<Observable> tissue_observables()
  {
    const std::vector<std::string> grown = {"collagen_new", "collagen_mature", "hyaluronan"};
    const std::string growth = "Jg = 1 + .30 (Ct - Ct0) + .05 (hyaluronan - healthy) + w/1250, Ct = collagen_new + "
                               "collagen_mature, w = sum of plla_mass_i in mg/cm^3";
    const std::string source = "Growth at constant density along the thickness; PLLA weighs 1.25 g/cm^3.";
    return {{"dermal_thickness",
             "mm",
             "Thickness of the dermis, mean over the patch.",
             "integral of Jg over the dermis / surface area, with mechanics of J of the deformed tissue; " + growth,
             source,
             grown,
             dermal_thickness},
            {"tissue_thickness",
             "mm",
             "Thickness of all layers together, mean over the patch.",
             "integral of Jg over the patch / surface area, the growth of tissue weighted with the content of the "
             "layer; with "
             "mechanics of J of the deformed tissue; " +
               growth,
             source,
             grown,
             tissue_thickness},
            {"dermal_thickness_at_site",
             "mm",
             "Thickness of the dermis, mean over the punch biopsy at the site.",
             "integral of Jg over the dermis in the punch / its cross-section; " + growth,
             source,
             grown,
             dermal_thickness_at_site},
            {"hydration",
             "1",
             "Hyaluronan of the dermis, which binds its water, relative to healthy skin.",
             "dermal mean of hyaluronan",
             "",
             {"hyaluronan"},
             [](const Observation &o) { return o.mean(o.field("hyaluronan")); }},
            {"inflammation",
             "1/mm^3",
             "Inflammatory cells of the dermis beyond those of healthy skin.",
             "dermal mean of 2500 plla_macrophage + 500 (macrophage - healthy)",
             "Jin et al. 2011: at most 2500 macrophages per mm^3 on particles; 500 per mm^3 at rest.",
             {"plla_macrophage", "macrophage"},
             inflammation}};
  }
} // namespace cutis
