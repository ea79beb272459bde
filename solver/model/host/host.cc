// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/host/host.h"

#include "base/parameters.h"
#include "model/host/year.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  void Host::declare(Parameters &parameters, const std::string &section)
  {
    parameters.add(section + "/Age", age, "year", {20., oldest}, {"Age at the start of the run."});
    parameters.add(section + "/Ageing",
                   ageing,
                   {"true: the host grows older during the run. false: the age is held, and the skin of this age is an "
                    "exact steady state."});
    parameters.add(section + "/UV dose",
                   uv_dose,
                   "1/d",
                   {0., 50.},
                   {"Minimal erythema doses per day that reach the skin without sunscreen."});
    sun.declare(parameters, section + "/Sun between", "the sun reaches the skin");
    parameters.add(
      section + "/Sunscreen", sunscreen, "1", Range::fraction(), {"Part of the dose that sunscreen keeps off."});
    protection.declare(parameters, section + "/Sunscreen between", "sunscreen is used");
    parameters.add(section + "/Smoker", smoker, {"Whether the host smokes or has smoked."});
    smoking.declare(parameters, section + "/Smoking between", "the host smokes");
    parameters.add(section + "/Perfusion",
                   perfusion,
                   "1",
                   {.1, 2.},
                   {"Exchange of oxygen with the blood over that of healthy skin; .7 and less where it is poor, as in "
                    "diabetes or below a knee that lacks blood.",
                    Provenance::assumed,
                    ""});
  }

  void Host::check(Parameters &parameters, const std::string &section) const
  {
    sun.check(parameters, section + "/Sun between");
    protection.check(parameters, section + "/Sunscreen between");
    smoking.check(parameters, section + "/Smoking between");
  }

  void OtherSite::declare(Parameters &parameters)
  {
    parameters.add_list("Other site/Along width",
                        along_width,
                        "mm",
                        {-2e3, 2e3},
                        {"From where to where a part of the patch has another history than the rest; empty: all of it "
                         "is that of the host."});
    host.declare(parameters, "Other site");
  }

  void OtherSite::check(Parameters &parameters) const
  {
    host.check(parameters, "Other site");
    if (exists() && (along_width.size() != 2 || !(along_width[0] < along_width[1])))
      parameters.problem("Other site/Along width", "give two places, from where to where: `0 mm, 5 mm`.");
  }

  double Host::age_at(const double time) const
  {
    return ageing ? age + time / days_per_year : age;
  }

  std::vector<double> Host::turns() const
  {
    std::vector<double> times;
    if (!ageing)
      return times;
    const auto add = [&](const Habit &habit)
    {
      for (const double turn : habit.between)
        if (turn > age)
          times.push_back((turn - age) * days_per_year);
    };
    if (uv_dose > 0.)
      add(sun);
    if (uv_dose > 0. && sunscreen > 0.)
      add(protection);
    if (smoker)
      add(smoking);
    return times;
  }

  HostFactors Host::factors(const double age) const
  {
    const HostConstants &k = constants;
    const double aged = std::clamp((age - 20.) / 60., 0., 1.);
    // Light that sunscreen keeps off leaves no trace: both are felt with the same delay.
    const double dose =
      uv_dose * (sun.felt(age, k.sun_fades) - sunscreen * sun.during(protection).felt(age, k.sun_fades));
    const double light = dose / (dose + k.sun_half_dose);

    HostFactors factors;
    factors.perfusion = perfusion;
    factors.collagen_synthesis =
      (1. - k.fibroblasts_lost * aged) * (1. - k.synthesis_lost * aged) * (1. - k.synthesis_lost_in_sun * light);
    factors.mmp_production = (1. + k.mmp_gained * aged) * (1. + k.mmp_gained_in_sun * light);
    factors.growing_older = ageing && age >= 20. ? 1. : 0.;
    if (smoker)
    {
      const double smoke = smoking.felt(age, k.smoking_fades);
      const double type_i = 1. - k.type_i_lost_by_smoking * smoke;
      factors.collagen_synthesis *= type_i;
      factors.type_iii_share = (1. - k.type_iii_lost_by_smoking * smoke) / type_i;
      factors.mmp_production /= 1. - k.inhibitors_lost_by_smoking * smoke;
    }
    return factors;
  }
} // namespace cutis
