// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../processes/test_run.h"

#include <gtest/gtest.h>

namespace cutis::test
{
  /** Assignments and more of them; of two of the same setting the later one counts. */
  inline std::vector<std::string> with(std::vector<std::string> assignments, const std::vector<std::string> &more)
  {
    assignments.insert(assignments.end(), more.begin(), more.end());
    return assignments;
  }

  /** What PLLA has done at one node on one day. */
  struct PllaDay
  {
    static constexpr int n = 13;

    double day;
    std::array<double, n> values;
    static std::array<const char *, n> names()
    {
      return {{"w", "K", "Ph", "T", "F", "M", "b", "Z", "Cn", "Cm", "Ct", "III share", "area"}};
    }
  };

  /** A host of 55 who grows older, the medium preset, 16.7 mg per cm^3 of tissue and session, no trauma. */
  inline std::vector<std::string> plla_in_a_host_of_55(const std::string &sessions, const std::string &dose = "16.7 mg")
  {
    return {"Intervention=plla",
            "PLLA/Sessions=" + sessions,
            "PLLA/Dose=" + dose,
            "PLLA/Dilution=1 mL",
            "PLLA/Depot height=0",
            "PLLA/Depot radius=3 mm",
            "PLLA/Depth=0",
            "PLLA/Rim width=.3 mm",
            "Host/Age=55",
            "Host/Ageing=true",
            "Skin/Layers=dermis",
            "Time/End=1000 d"};
  }

  /** Area stained for type I collagen per area of tissue without particles, up to a factor. */
  inline double stained_area(const Reactions &network, const std::function<double(const char *)> &u)
  {
    const auto healthy = [&](const char *key) { return network.healthy()[network.index(key)]; };
    const double total = u("collagen_new") + u("collagen_mature");
    const double growth = 1. + .30 * (total - healthy("collagen_new") - healthy("collagen_mature")) +
                          .05 * (u("hyaluronan") - healthy("hyaluronan"));
    const double intact = 1. - u("collagen_fragmented") / u("collagen_mature");
    return (u("collagen_new") - u("collagen3_new") + intact * (u("collagen_mature") - u("collagen3_mature"))) / growth;
  }

  /** The state at a place in the terms of the tables. */
  inline PllaDay observe(const AnyRun &run, const Reactions &network, const Place &place)
  {
    const auto u = [&](const char *key) { return run.at(place, key); };
    const auto healthy = [&](const char *key) { return network.healthy()[network.index(key)]; };
    double mass = 0.;
    for (const Species &s : run.layout.fields)
      if (s.key.rfind("plla_mass", 0) == 0)
        mass += run.at(place, s.key);
    const double total = u("collagen_new") + u("collagen_mature");
    return {run.state.clock.time,
            {{mass,
              u("plla_macrophage"),
              u("macrophage"),
              u("tgf_beta"),
              u("fibroblast"),
              u("myofibroblast"),
              u("vessel"),
              u("mmp"),
              u("collagen_new"),
              u("collagen_mature"),
              total,
              (u("collagen3_new") + u("collagen3_mature")) / total,
              stained_area(network, u) / stained_area(network, healthy)}}};
  }

  /** Run to each day of the table and compare: every value within this part of itself and its last digit. */
  inline void expect_course(AnyRun &run,
                            const Reactions &network,
                            const std::vector<PllaDay> &table,
                            const double relative,
                            const Place &place)
  {
    for (const PllaDay &expected : table)
    {
      run.run(expected.day);
      const PllaDay now = observe(run, network, place);
      for (int k = 0; k < PllaDay::n; ++k)
        EXPECT_NEAR(now.values[k], expected.values[k], relative * expected.values[k] + 5e-5)
          << PllaDay::names()[k] << " on day " << expected.day;
    }
  }
} // namespace cutis::test
