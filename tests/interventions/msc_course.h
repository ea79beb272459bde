// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "plla_course.h"

namespace cutis::test
{
  /** What stromal cells have done at one node on one day. */
  struct MscDay
  {
    static constexpr int n = 15;

    double day;
    std::array<double, n> values;
    static std::array<const char *, n> names()
    {
      return {{"S", "G", "T", "V", "Z", "F", "M", "Ph", "b", "h", "Cn", "Cm", "Ct", "III share", "area"}};
    }
  };

  /** A host of 55 who grows older, on dermis alone. */
  inline std::vector<std::string> msc_in_a_host_of_55(const std::vector<std::string> &more)
  {
    return with({"Intervention=msc",
                 "Host/Age=55",
                 "Host/Ageing=true",
                 "Skin/Layers=dermis",
                 "Time/End=1000 d",
                 "Time/Tolerance=1e-4"},
                more);
  }

  /** The state at a place in the terms of the tables. Without cells S and G are 0. */
  inline MscDay observe_msc(const AnyRun &run, const Reactions &network, const Place &place)
  {
    const auto u = [&](const char *key) { return run.layout.find(key) < 0 ? 0. : run.at(place, key); };
    const auto healthy = [&](const char *key) { return network.healthy()[network.index(key)]; };
    const double total = u("collagen_new") + u("collagen_mature");
    return {run.state.clock.time,
            {{u("msc_early") + u("msc_lasting"),
              u("hgf"),
              u("tgf_beta"),
              u("vegf"),
              u("mmp"),
              u("fibroblast"),
              u("myofibroblast"),
              u("macrophage"),
              u("vessel"),
              u("hyaluronan"),
              u("collagen_new"),
              u("collagen_mature"),
              total,
              (u("collagen3_new") + u("collagen3_mature")) / total,
              stained_area(network, u) / stained_area(network, healthy)}}};
  }

  /**
   * Run to each day of the table, and the untreated skin beside it: every value within a part of its deviation from
   * untreated skin, never below 1e-4, and its last digit.
   */
  inline void expect_msc_course(NodesCase &run,
                                NodesCase &untreated,
                                const std::vector<MscDay> &table,
                                const double relative,
                                const double least = 1e-4)
  {
    for (const MscDay &expected : table)
    {
      run.run(expected.day);
      untreated.run(expected.day);
      const MscDay now = observe_msc(run, run.reactions(), {}), without = observe_msc(untreated, run.reactions(), {});
      for (int k = 0; k < MscDay::n; ++k)
        EXPECT_NEAR(now.values[k],
                    expected.values[k],
                    std::max(least, relative * std::abs(expected.values[k] - without.values[k])) + 5e-5)
          << MscDay::names()[k] << " on day " << expected.day;
    }
  }
} // namespace cutis::test
