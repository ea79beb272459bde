// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/host/habits.h"

#include "base/parameters.h"
#include "model/host/host.h"
#include "model/host/year.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cutis
{
  namespace
  {
    const Range most_of_it = {0., .95};
    constexpr double ever = std::numeric_limits<double>::infinity();

    /** 1 - exp(-x) of the time between two ages; all of it if they are in the wrong order, none of it. */
    double built_up(const double from, const double to, const double time_constant)
    {
      return to > from ? -std::expm1(-(to - from) * days_per_year / time_constant) : 0.;
    }
  } // namespace

  double Habit::since() const
  {
    return between.empty() ? -ever : between[0];
  }

  double Habit::until() const
  {
    return between.empty() ? ever : between[1];
  }

  Habit Habit::during(const Habit &other) const
  {
    return {{std::max(since(), other.since()), std::min(until(), other.until())}};
  }

  double Habit::felt(const double age, const double time_constant) const
  {
    const double faded = age > until() ? std::exp(-(age - until()) * days_per_year / time_constant) : 1.;
    return faded * built_up(since(), std::min(age, until()), time_constant);
  }

  void Habit::declare(Parameters &parameters, const std::string &path, const std::string &what)
  {
    parameters.add_list(path,
                        between,
                        "year",
                        {0., Host::oldest},
                        {"The ages between which " + what +
                         ", such as `30 year, 60 year`; empty: at every age. They "
                         "may begin or end during a run. What was before the age of 20 leaves no trace."});
  }

  void Habit::check(Parameters &parameters, const std::string &path) const
  {
    if (!between.empty() && (between.size() != 2 || !(between[0] < between[1])))
      parameters.problem(path, "give two ages, from which to which: `30 year, 60 year`.");
  }

  void HostConstants::declare(Parameters &parameters)
  {
    declare_ageing(parameters);
    declare_sun(parameters);
    declare_smoking(parameters);
  }

  void HostConstants::declare_ageing(Parameters &parameters)
  {
    parameters.add("Host/Constants/Fibroblasts lost",
                   fibroblasts_lost,
                   "1",
                   most_of_it,
                   {"Share of the fibroblasts that is lost from 20 to 80.", Provenance::assumed, ""});
    parameters.add("Host/Constants/Synthesis lost",
                   synthesis_lost,
                   "1",
                   most_of_it,
                   {"Share of the synthesis per fibroblast that is lost from 20 to 80.",
                    Provenance::published,
                    "Varani 2006: procollagen 82 and 56 ng/mL by fibroblasts of 18 to 29 and of more than 80 years"});
    parameters.add("Host/Constants/MMP gained",
                   mmp_gained,
                   "1",
                   {0., 10.},
                   {"Production of MMP that is gained from 20 to 80.", Provenance::assumed, ""});
  }

  void HostConstants::declare_sun(Parameters &parameters)
  {
    parameters.add("Host/Constants/MMP gained in the sun",
                   mmp_gained_in_sun,
                   "1",
                   {0., 20.},
                   {"Production of MMP that much sun adds.",
                    Provenance::published,
                    "Fisher 1997, PMID 9358139: collagenase 4.4-fold after four exposures"});
    parameters.add("Host/Constants/Synthesis lost in the sun",
                   synthesis_lost_in_sun,
                   "1",
                   most_of_it,
                   {"Share of the synthesis of collagen that much sun takes away.",
                    Provenance::published,
                    "Varani 2001, PMID 11238041: procollagen 57 %, its mRNA 65 % lower in severely damaged skin of the "
                    "forearm than in that of the hip; an effect of the tissue, not of its cells"});
    parameters.add(
      "Host/Constants/Sun half dose",
      sun_half_dose,
      "1/d",
      {1e-3, 100.},
      {"Minimal erythema doses per day at which the sun has half of its effect.", Provenance::assumed, ""});
    parameters.add("Host/Constants/Sun fades within",
                   sun_fades,
                   "d",
                   {.1, 400.},
                   {"Time constant with which the effect of the sun on cells builds up and fades.",
                    Provenance::assumed,
                    "collagenase is back within days"});
  }

  void HostConstants::declare_smoking(Parameters &parameters)
  {
    const std::string study = "Knuutinen 2002, PMID 11966688, 47 smokers and 51 others";
    parameters.add(
      "Host/Constants/Type I lost by smoking",
      type_i_lost_by_smoking,
      "1",
      most_of_it,
      {"Share of the synthesis of type I collagen that smoking takes away.", Provenance::published, study});
    parameters.add("Host/Constants/Type III lost by smoking",
                   type_iii_lost_by_smoking,
                   "1",
                   most_of_it,
                   {"The same of type III.", Provenance::published, study});
    parameters.add("Host/Constants/Inhibitors lost by smoking",
                   inhibitors_lost_by_smoking,
                   "1",
                   most_of_it,
                   {"Share of the inhibitors of MMP that smoking takes away.",
                    Provenance::published,
                    study + ": TIMP-1; MMP-8 was doubled, which is not here"});
    parameters.add("Host/Constants/Smoking fades within",
                   smoking_fades,
                   "d",
                   {.1, 4000.},
                   {"Time constant with which the effect of smoking builds up and fades.", Provenance::assumed, ""});
  }
} // namespace cutis
