// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    /** Rates at which a field is made at all nodes, over those in healthy skin of the same site at the start. */
    Observable::Value synthesis_of(Sources &sources, const std::string &key)
    {
      return [f = sources.field(key)](const Observation &o)
      {
        const std::vector<double> made = o.synthesis(f);
        return o.mean_in_punch([&](const unsigned int i) { return made[i]; });
      };
    }

    /** New collagen that is not of type III; both are made as they stand to each other at rest. */
    Observable::Value synthesis_of_type_i(Sources &sources)
    {
      return [all = sources.field("collagen_new"), iii = sources.field("collagen3_new")](const Observation &o)
      {
        const std::vector<double> made = o.synthesis(all), made_iii = o.synthesis(iii);
        return o.mean_in_punch(
          [&](const unsigned int i)
          {
            const double share = ratio(o.healthy(i, iii), o.healthy(i, all));
            return ratio(made[i] - share * made_iii[i], 1. - share);
          });
      };
    }
  } // namespace

  std::vector<Observable> synthesis_observables()
  {
    const std::string biopsy =
      "Stands for the messenger RNA in a biopsy, which says what is being made and not how much "
      "there is.";
    return {
      {"collagen_I_synthesis",
       "1",
       "Synthesis of type I collagen in the dermis of a punch biopsy at the site, relative to healthy skin of the host "
       "at the "
       "start.",
       "punch mean of the rate at which collagen_new is made, without that of collagen3_new, over its healthy value",
       biopsy,
       synthesis_of_type_i},
      {"collagen_III_synthesis",
       "1",
       "The same of type III collagen.",
       "punch mean of the rate at which collagen3_new is made, over its healthy value",
       biopsy,
       [](Sources &sources) { return synthesis_of(sources, "collagen3_new"); }},
      {"elastin_synthesis",
       "1",
       "The same of elastin, whose content hardly changes within years.",
       "punch mean of the rate at which elastin is made, over its healthy value",
       biopsy,
       [](Sources &sources) { return synthesis_of(sources, "elastin"); }}};
  }

  std::vector<Observable> needle_observables()
  {
    return {
      {"open_surface",
       "1",
       "Share of the surface of the skin that open needle tracks take; in a section, of the line through a row of "
       "needles.",
       "integral of pore over the surface / surface area",
       "",
       [](Sources &sources)
       {
         return [pore = sources.field("pore")](const Observation &o)
         {
           return o.sum([&](const unsigned int i) { return o.graph.surface_area[i] * o.value(i, pore); }) /
                  o.skin.surface_area;
         };
       }}};
  }
} // namespace cutis
