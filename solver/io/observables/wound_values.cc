// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"
#include "model/reactions/cell_count.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    constexpr double hold_of_clot = .03; ///< strength of provisional matrix, assumed

    /** Value of a field at a node, now or in health. */
    using Reading = double (*)(const Observation &, unsigned int node, unsigned int field);

    double now(const Observation &o, const unsigned int node, const unsigned int field)
    {
      return o.value(node, field);
    }
    double in_health(const Observation &o, const unsigned int node, const unsigned int field)
    {
      return o.healthy(node, field);
    }

    /** Punch mean of the sum of some fields. */
    double in_punch(const Observation &o, const std::vector<unsigned int> &fields, const Reading read)
    {
      return o.mean_in_punch(
        [&](const unsigned int i)
        {
          double sum = 0.;
          for (const unsigned int f : fields)
            sum += read(o, i, f);
          return sum;
        });
    }

    Observable::Value
    share_in_punch(Sources &sources, const std::vector<std::string> &parts, const std::vector<std::string> &whole)
    {
      return [part = sources.fields(parts), all = sources.fields(whole)](const Observation &o)
      { return ratio(in_punch(o, part, now), in_punch(o, all, now)); };
    }

    Observable::Value over_healthy(Sources &sources, const std::vector<std::string> &keys)
    {
      return [fields = sources.fields(keys)](const Observation &o)
      { return ratio(in_punch(o, fields, now), in_punch(o, fields, in_health)); };
    }

    Observable::Value strength(Sources &sources)
    {
      return [linked = sources.fields({"collagen_crosslinked"}),
              fragmented = sources.fields({"collagen_fragmented"}),
              clot = sources.fields({"fibronectin"})](const Observation &o)
      {
        const auto whole = [&](const Reading read)
        { return in_punch(o, linked, read) - in_punch(o, fragmented, read); };
        return ratio(whole(now), whole(in_health)) + hold_of_clot * in_punch(o, clot, now);
      };
    }

    Observable::Value infiltrate(Sources &sources)
    {
      return [free = sources.field("macrophage"),
              called = sources.field("leukocyte"),
              bound = sources.field("bound_macrophage"),
              particles = sources.field_if_any("plla_macrophage")](const Observation &o)
      {
        return o.mean_in_punch(
          [&](const unsigned int i)
          {
            const double held = o.value(i, bound) + (particles < 0 ? 0. : o.value(i, particles));
            return bound_macrophages_per_unit * held +
                   free_macrophages_per_unit * (o.value(i, free) - o.healthy(i, free) + o.value(i, called));
          });
      };
    }

    Observable::Value open_area(Sources &sources)
    {
      return [cover = sources.field("epidermis")](const Observation &o)
      { return o.sum([&](const unsigned int i) { return o.graph.surface_area[i] * (1. - o.value(i, cover)); }); };
    }

    /** An observable of the tissue that is wounded: others have no such columns. */
    Observable of_wounds(Observable o)
    {
      o.read = [read = o.read](Sources &sources)
      {
        sources.field("denatured_collagen");
        return read(sources);
      };
      return o;
    }
  } // namespace

  std::vector<Observable> wound_observables()
  {
    std::vector<Observable> all = {
      {"open_wound",
       "mm^2",
       "Surface that no epidermis covers, in 2-D of a strip 1 mm long; the wound is closed when it is gone.",
       "integral of 1 - epidermis over the surface",
       "",
       open_area},
      {"infiltrate_at_site",
       "1/mm^3",
       "Leukocytes and macrophages beyond those of healthy skin, in the dermis of the punch biopsy.",
       "punch mean of 500 (leukocyte + macrophage - healthy) + 2500 (bound_macrophage + plla_macrophage)",
       "",
       infiltrate},
      {"strength_at_site",
       "1",
       "Strength of the dermis in the punch biopsy over that of healthy skin; take a narrow one in the middle of an "
       "incision, which tears where it is weakest.",
       "punch mean of collagen_crosslinked - collagen_fragmented over its healthy value, + .03 fibronectin",
       "",
       strength},
      {"collagen_at_site",
       "1",
       "All collagen of the dermis in the punch biopsy over that of healthy skin.",
       "punch mean of collagen_new + collagen_mature over its healthy value",
       "",
       [](Sources &sources) {
         return over_healthy(sources, {"collagen_new", "collagen_mature"});
       }},
      {"type_III_share_at_site",
       "1",
       "Share of type III in the collagen of the dermis in the punch biopsy.",
       "(collagen3_new + collagen3_mature)/(collagen_new + collagen_mature), of punch means",
       "",
       [](Sources &sources) {
         return share_in_punch(sources, {"collagen3_new", "collagen3_mature"}, {"collagen_new", "collagen_mature"});
       }},
      {"vascularity_at_site",
       "1",
       "Capillaries of the dermis in the punch biopsy over those of healthy skin: redness of a scar.",
       "punch mean of vessel over its healthy value",
       "",
       [](Sources &sources) { return over_healthy(sources, {"vessel"}); }}};
    std::transform(all.begin(), all.end(), all.begin(), of_wounds);
    return all;
  }
} // namespace cutis
