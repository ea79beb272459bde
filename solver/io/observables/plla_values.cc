// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

#include <cmath>

namespace cutis
{
  namespace
  {
    constexpr double mg_per_particle = 82e-6; // a sphere of .050 mm
    constexpr double cm3_per_mm3 = 1e-3;

    /** Integral of a field in mg/cm^3 over the patch [mg]; in 2-D over a slice of 1 mm. */
    double mass_of(const Observation &o, const std::vector<unsigned int> &fields)
    {
      return cm3_per_mm3 * o.sum(
                             [&](const unsigned int i)
                             {
                               double concentration = 0.;
                               for (const unsigned int f : fields)
                                 concentration += o.value(i, f);
                               return o.graph.volume[i] * concentration;
                             });
    }

    double particle_mass(const Observation &o)
    {
      return mass_of(o, o.fields_like("plla_mass_"));
    }

    double densest_particles(const Observation &o)
    {
      const auto sessions = o.doses_like("plla_dose_");
      return o.maximum_over_nodes(
        [&](const unsigned int i)
        {
          double dose = 0.;
          for (const unsigned int d : sessions)
            dose += o.dose(i, d);
          return dose * cm3_per_mm3 / mg_per_particle;
        });
    }

    double mass_balance_defect(const Observation &o)
    {
      const double injected = total_of(o.state.sessions, injected_mass);
      if (!(injected > 0.))
        return 0.;
      const double lost = mass_of(o, o.fields_like("plla_dissolved"));
      return std::abs(injected - lost - particle_mass(o)) / injected;
    }
  } // namespace

  std::vector<Observable> plla_observables()
  {
    return {{"plla_mass",
             "mg",
             "PLLA that is still in particles; of a 2-D patch in a slice of 1 mm.",
             "integral of the sum of plla_mass_i",
             "",
             {"plla_mass_*"},
             particle_mass},
            {"plla_particles_peak",
             "1/mm^3",
             "Largest number of particles injected per volume, of all sessions so far: overload, a risk of nodules.",
             "largest sum of plla_dose_i / 82 ng",
             "A sphere of PLLA with a diameter of 50 um weighs 82 ng.",
             {"plla_dose_*"},
             densest_particles},
            {"mass_balance_defect",
             "1",
             "PLLA that appeared or vanished by numerical errors, relative to what was injected.",
             "|injected - lost - plla_mass|/injected, lost = integral of plla_dissolved; 0 before the first injection",
             "",
             {"plla_mass_*"},
             mass_balance_defect}};
  }
} // namespace cutis
