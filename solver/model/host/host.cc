// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/host/host.h"

#include "base/parameters.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    constexpr double days_per_year = 365.25;
    constexpr double half_effect_dose = 1.; // MED per day, assumed
  }                                         // namespace

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
                   {"Minimal erythema doses per day that reach the skin without sunscreen, since the age of 20."});
    parameters.add(
      section + "/Sunscreen", sunscreen, "1", Range::fraction(), {"Part of the dose that sunscreen keeps off."});
    parameters.add(section + "/Smoker", smoker, {"Smoking since the age of 20."});
    parameters.add(section + "/Perfusion",
                   perfusion,
                   "1",
                   {.1, 2.},
                   {"Exchange of oxygen with the blood over that of healthy skin; .7 and less where it is poor, as in "
                    "diabetes or below a knee that lacks blood.",
                    Provenance::assumed,
                    ""});
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
    if (exists() && (along_width.size() != 2 || !(along_width[0] < along_width[1])))
      parameters.problem("Other site/Along width", "give two places, from where to where: `0 mm, 5 mm`.");
  }

  double Host::age_at(const double time) const
  {
    return ageing ? age + time / days_per_year : age;
  }

  HostFactors Host::factors(const double age) const
  {
    const double aged = std::clamp((age - 20.) / 60., 0., 1.);
    const double sun = uv_dose * (1. - sunscreen);

    HostFactors factors;
    factors.perfusion = perfusion;
    factors.collagen_synthesis = (1. - .35 * aged) * (1. - .32 * aged);
    factors.mmp_production = (1. + aged) * (1. + 3.4 * sun / (sun + half_effect_dose));
    factors.fragmentation = .29 / (35. / 60.) * aged; // .29 at 55, assumed
    factors.growing_older = ageing ? 1. : 0.;
    if (smoker)
    {
      factors.collagen_synthesis *= .82;
      factors.type_iii_share = .78 / .82;
      factors.mmp_production /= .86;
    }
    return factors;
  }
} // namespace cutis
