// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    Observable measured(const std::string &name,
                        const std::string &unit,
                        const std::string &meaning,
                        const std::string &formula,
                        double MechanicsReport::*member)
    {
      return {name,
              unit,
              meaning,
              formula,
              "",
              [member](Sources &sources)
              {
                sources.mechanics();
                return [member](const Observation &o) { return o.mechanics->*member; };
              }};
    }

    /** What the surface under the punch does. */
    std::vector<Observable> site_observables()
    {
      return {{"site_contraction",
               "1",
               "Share by which the skin surface at the site has shrunk; the contraction of a wound if the punch is as "
               "wide as it.",
               "1 - (deformed area)/(area before) of the surface under the punch",
               "",
               [](Sources &sources)
               {
                 sources.mechanics();
                 return [](const Observation &o) { return 1. - o.mechanics->site_area; };
               }},
              measured("site_lift",
                       "mm",
                       "Mean displacement of the skin surface at the site, out of the skin.",
                       "mean over the surface under the punch",
                       &MechanicsReport::site_lift)};
    }
  } // namespace

  std::vector<Observable> mechanics_observables()
  {
    using Report = MechanicsReport;
    std::vector<Observable> all = site_observables();
    const std::string fibres = "H = Fe P Fe^T / trace of both pools, weighted with their content and averaged over the "
                               "dermis; H1 >= H2 its principal values along the skin";
    const std::string stretch = "a small strain of the whole patch, the sides held, in equilibrium; stress per strain";
    const std::vector<Observable> of_patch = {
      measured("fibre_anisotropy",
               "1",
               "How much more fibres lie along one direction of the skin than across it.",
               "(H1 - H2)/(H1 + H2); " + fibres,
               &Report::fibre_anisotropy),
      measured(
        "fibre_angle", "deg", "Angle of that direction to the width of the patch.", fibres, &Report::fibre_angle),
      measured("new_fibre_anisotropy", "1", "The same of new collagen alone.", "", &Report::new_fibre_anisotropy),
      measured("new_fibre_angle", "deg", "The same of new collagen alone.", "", &Report::new_fibre_angle),
      measured("stiffness_along",
               "kPa",
               "Stiffness of the dermis along the tension lines.",
               stretch,
               &Report::stiffness_along),
      measured("stiffness_across",
               "kPa",
               "Stiffness of the dermis across the tension lines.",
               stretch,
               &Report::stiffness_across),
      measured("tension_along",
               "kPa",
               "Stress of the dermis along the tension lines.",
               "mean over the dermis",
               &Report::tension_along),
      measured("tension_across",
               "kPa",
               "Stress of the dermis across the tension lines.",
               "mean over the dermis",
               &Report::tension_across),
      measured("suction_displacement",
               "mm",
               "How far suction would lift the skin in the middle of its opening.",
               "one linear solve with the stiffness of the present state; pressure and opening are parameters",
               &Report::suction_lift),
      measured("sag", "mm", "Mean displacement of the skin surface along gravity.", "", &Report::sag),
      measured("mechanics_iterations",
               "1",
               "Iterations of conjugate gradients of mechanics so far.",
               "",
               &Report::iterations)};
    all.insert(all.begin(), of_patch.begin(), of_patch.end());
    return all;
  }
} // namespace cutis
