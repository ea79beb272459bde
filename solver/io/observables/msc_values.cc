// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"
#include "model/reactions/cell_count.h"

#include <cmath>

namespace cutis
{
  namespace
  {
    constexpr double hgf_ng_per_mm3 = 1e-2;     ///< of one unit of HGF, 10 ng/mL
    constexpr double vegf_ng_per_mm3 = .365e-3; ///< of one unit of VEGF

    /** Integral over the patch of the sum of some fields; in 2-D over a slice of 1 mm. */
    double integral(const Observation &o, const std::vector<unsigned int> &fields)
    {
      return o.sum(
        [&](const unsigned int i)
        {
          double here = 0.;
          for (const unsigned int f : fields)
            here += o.value(i, f);
          return o.graph.volume[i] * here;
        });
    }

    /** An integral of fields in another unit. */
    std::function<Observable::Value(Sources &)> amount(const std::vector<std::string> &keys, const double of_a_unit)
    {
      return [=](Sources &sources)
      {
        return [fields = sources.fields(keys), of_a_unit](const Observation &o)
        { return of_a_unit * integral(o, fields); };
      };
    }

    /** What has come through the surface less what has left. */
    std::function<Observable::Value(Sources &)>
    passed(const std::string &in, const std::string &out, const double of_a_unit)
    {
      return [=](Sources &sources)
      {
        return [came = sources.field(in), left = sources.field(out), of_a_unit](const Observation &o)
        { return of_a_unit * (integral(o, {came}) - integral(o, {left})); };
      };
    }

    /** What is missing of a whole, relative to it. */
    double defect(const double whole, const double parts)
    {
      return whole > 0. ? std::abs(whole - parts) / whole : 0.;
    }

    Observable::Value cells_defect(Sources &sources)
    {
      return [fields = sources.fields({"msc_early", "msc_lasting", "msc_lost"})](const Observation &o)
      { return defect(total_of(o.state.sessions, "msc", "living_cells"), cells_per_unit * integral(o, fields)); };
    }

    Observable::Value hgf_defect(Sources &sources)
    {
      return
        [brought = sources.field("hgf_brought"), rest = sources.fields({"hgf", "hgf_cleared"})](const Observation &o)
      { return defect(integral(o, {brought}), integral(o, rest)); };
    }

    Observable::Value repair_share(Sources &sources)
    {
      return [cells = sources.fields({"msc_early", "msc_lasting"}),
              macrophage = sources.field("macrophage")](const Observation &o)
      {
        const double most = o.reactions.constant("msc", "Immune modulation"),
                     half = o.reactions.constant("msc", "Half modulation");
        const auto turned = [&](const unsigned int i)
        {
          const double S = o.value(i, cells[0]) + o.value(i, cells[1]);
          return most * S / (S + half);
        };
        const auto weight = [&](const unsigned int i) { return o.dermis_volume[i] * o.value(i, macrophage); };
        return ratio(o.sum([&](const unsigned int i) { return weight(i) * turned(i); }), o.sum(weight));
      };
    }
  } // namespace

  std::vector<Observable> msc_observables()
  {
    return {
      {"msc_count",
       "1",
       "Stromal cells that are alive; of a 2-D patch in a slice of 1 mm.",
       "3000 per mm^3 x integral of msc_early + msc_lasting",
       "",
       amount({"msc_early", "msc_lasting"}, cells_per_unit)},
      {"msc_balance_defect",
       "1",
       "Stromal cells that appeared or vanished by numerical errors, relative to those brought.",
       "|brought - alive - lost|/brought, lost = 3000 per mm^3 x integral of msc_lost; 0 before the first session",
       "",
       cells_defect},
      {"m2_share",
       "1",
       "Share of the macrophages of the dermis that stromal cells have turned to repair.",
       "dermal mean of mu S/(S + S50) weighted with macrophage, S = msc_early + msc_lasting, mu = `Immune modulation`, "
       "S50 = `Half modulation`",
       "",
       repair_share},
      {"hgf_brought",
       "ng",
       "HGF that was secreted, or delivered through the surface, so far; of a 2-D patch in a slice of 1 mm.",
       ".01 ng per mm^3 x integral of hgf_brought",
       "",
       amount({"hgf_brought"}, hgf_ng_per_mm3)},
      {"hgf_balance_defect",
       "1",
       "HGF that appeared or vanished by numerical errors, relative to what was brought.",
       "|brought - present - cleared|/brought, integrals of hgf_brought, hgf and hgf_cleared",
       "",
       hgf_defect},
      {"vegf_delivered",
       "ng",
       "VEGF that has passed the surface into the skin, net; of a 2-D patch in a strip of 1 mm.",
       ".000365 ng per mm^3 x integral of vegf_delivered - vegf_drawn",
       "",
       passed("vegf_delivered", "vegf_drawn", vegf_ng_per_mm3)},
      {"tgf_delivered",
       "mm^3",
       "TGF-beta that has passed the surface into the skin, net, as the volume of healthy skin that holds as much.",
       "integral of tgf_delivered - tgf_drawn",
       "",
       passed("tgf_delivered", "tgf_drawn", 1.)}};
  }
} // namespace cutis
