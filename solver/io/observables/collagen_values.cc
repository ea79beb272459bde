// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/growth.h"

#include <array>

namespace cutis
{
  namespace
  {
    /** Keys of the fields that the staining of type I sees. */
    const std::vector<std::string> stained_fields = {"collagen_new",
                                                     "collagen_mature",
                                                     "collagen3_new",
                                                     "collagen3_mature",
                                                     "collagen_fragmented"};

    /** Stained type I: fragmented fibre does not show, new fibre does. Values in the order of `stained_fields`. */
    double stained_type_i(const std::array<double, 5> &c)
    {
      const auto [fresh, mature, fresh_iii, mature_iii, fragmented] = c;
      const double fragmented_share = mature > 0. ? fragmented / mature : 0.;
      return (fresh - fresh_iii) + (1. - fragmented_share) * (mature - mature_iii);
    }

    /** Area that is stained, over the area of the tissue without particles, in the punch; relative to healthy skin. */
    Observable::Value area_fraction(Sources &sources)
    {
      return [growth = Growth(sources), fields = sources.fields(stained_fields)](const Observation &o)
      {
        const auto stained_at = [&](const auto &value)
        {
          std::array<double, 5> values;
          for (unsigned int k = 0; k < 5; ++k)
            values[k] = value(fields[k]);
          return stained_type_i(values);
        };
        const double stained = o.sum_in_punch(
          [&](const unsigned int i)
          { return o.dermis_volume[i] * stained_at([&](const unsigned int f) { return o.value(i, f); }); });
        const double healthy = o.sum_in_punch(
          [&](const unsigned int i)
          { return o.dermis_volume[i] * stained_at([&](const unsigned int f) { return o.healthy(i, f); }); });
        const double area =
          o.sum_in_punch([&](const unsigned int i) { return o.dermis_volume[i] * (1. + growth.tissue(o, i)); });
        const double before = o.sum_in_punch([&](const unsigned int i) { return o.dermis_volume[i]; });
        return ratio(ratio(stained, area), ratio(healthy, before));
      };
    }

    Observable::Value total(Sources &sources)
    {
      return [fields = sources.fields({"collagen_new", "collagen_mature"})](const Observation &o)
      { return o.mean(fields[0]) + o.mean(fields[1]); };
    }

    Observable::Value type_iii_share(Sources &sources)
    {
      return
        [all = total(sources), fields = sources.fields({"collagen3_new", "collagen3_mature"})](const Observation &o)
      { return ratio(o.mean(fields[0]) + o.mean(fields[1]), all(o)); };
    }

    /** What carries load: cross-linked collagen that is not fragmented. */
    Observable::Value strength(Sources &sources)
    {
      return [linked = sources.field("collagen_crosslinked"),
              fragmented = sources.field("collagen_fragmented")](const Observation &o)
      { return ratio(o.mean(linked) - o.mean(fragmented), o.healthy_mean(linked) - o.healthy_mean(fragmented)); };
    }

    Observable mean_of(const std::string &key, const std::string &meaning)
    {
      return {key, "1", meaning, "dermal mean of " + key, "", [key](Sources &sources) {
                return [f = sources.field(key)](const Observation &o) { return o.mean(f); };
              }};
    }
  } // namespace

  std::vector<Observable> collagen_observables()
  {
    const std::string histology =
      "Operator for Masson and Herovici stains as they are read in the studies of PLLA: new fibre counts in full, the "
      "fragmented share of the mature fibre does not, and the area of the particles is left out.";
    return {
      {"strength",
       "1",
       "Cross-linked collagen of the dermis that is not fragmented, relative to healthy skin of the host at the "
       "start: what tears last.",
       "dermal mean of (collagen_crosslinked - collagen_fragmented) over its healthy value",
       "",
       strength},
      {"collagen_total",
       "1",
       "Collagen of the dermis, relative to young healthy dermis.",
       "dermal mean of collagen_new + collagen_mature",
       "",
       total},
      mean_of("collagen_mature", "Mature collagen of the dermis, relative to all collagen of young healthy dermis."),
      mean_of("collagen_new", "New collagen of the dermis, relative to all collagen of young healthy dermis."),
      {"collagen_area_fraction",
       "1",
       "Area stained for type I collagen in the dermis of a punch biopsy at the site, relative to healthy skin of "
       "the same age.",
       "S/A over its healthy value, with S the punch mean of (collagen_new - collagen3_new) + (1 - "
       "collagen_fragmented/collagen_mature) (collagen_mature - collagen3_mature) and A that of 1 + gC (Ct - Ct0) "
       "+ gh (hyaluronan - healthy), Ct = collagen_new + collagen_mature; gC and gh are what tissue grows by",
       histology,
       area_fraction},
      {"type_III_share",
       "1",
       "Share of type III in the collagen of the dermis.",
       "(collagen3_new + collagen3_mature)/(collagen_new + collagen_mature), of dermal means",
       "",
       type_iii_share}};
  }
} // namespace cutis
