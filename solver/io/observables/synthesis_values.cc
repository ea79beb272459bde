// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    double mean_in_punch(const Observation &o, const std::function<double(unsigned int)> &value)
    {
      return o.sum_in_punch([&](const unsigned int i) { return o.dermis_volume[i] * value(i); }) /
             o.sum_in_punch([&](const unsigned int i) { return o.dermis_volume[i]; });
    }

    double synthesis_of(const Observation &o, const std::string &key)
    {
      const unsigned int f = o.field(key);
      return mean_in_punch(o, [&](const unsigned int i) { return o.synthesis(i, f); });
    }

    /** New collagen that is not of type III. */
    double synthesis_of_type_i(const Observation &o)
    {
      const unsigned int all = o.field("collagen_new"), iii = o.field("collagen3_new");
      const double share = o.healthy(iii) / o.healthy(all); // both are made as they stand to each other at rest
      return mean_in_punch(
        o, [&](const unsigned int i) { return (o.synthesis(i, all) - share * o.synthesis(i, iii)) / (1. - share); });
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
       "Synthesis of type I collagen in the dermis of a punch biopsy at the site, relative to healthy skin.",
       "punch mean of the rate at which collagen_new is made, without that of collagen3_new, over its healthy value",
       biopsy,
       {"collagen_new", "collagen3_new"},
       synthesis_of_type_i},
      {"collagen_III_synthesis",
       "1",
       "The same of type III collagen.",
       "punch mean of the rate at which collagen3_new is made, over its healthy value",
       biopsy,
       {"collagen3_new"},
       [](const Observation &o) { return synthesis_of(o, "collagen3_new"); }},
      {"elastin_synthesis",
       "1",
       "The same of elastin, whose content hardly changes within years.",
       "punch mean of the rate at which elastin is made, over its healthy value",
       biopsy,
       {"elastin"},
       [](const Observation &o) { return synthesis_of(o, "elastin"); }}};
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
       {"pore"},
       [](const Observation &o)
       {
         const unsigned int pore = o.field("pore");
         return o.sum([&](const unsigned int i) { return o.skin.surface[i] * o.value(i, pore); }) / o.skin.surface_area;
       }}};
  }
} // namespace cutis
