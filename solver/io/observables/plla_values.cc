// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

#include <cmath>

namespace cutis
{
  namespace
  {
    constexpr double cm3_per_mm3 = 1e-3;

    /** Integral of fields in mg/cm^3 over the patch [mg]; in 2-D over a slice of 1 mm. */
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

    Observable::Value particle_mass(Sources &sources)
    {
      return [particles = sources.family("plla_mass")](const Observation &o) { return mass_of(o, particles); };
    }

    Observable::Value densest_particles(Sources &sources)
    {
      return [doses = sources.doses("plla_dose"), particles = sources.family("plla_mass")](const Observation &o)
      {
        const double mg_per_particle = o.layout.fields[particles.front()].particle;
        return o.maximum_over_nodes(
          [&](const unsigned int i)
          {
            double dose = 0.;
            for (const unsigned int d : doses)
              dose += o.dose(i, d);
            return dose * cm3_per_mm3 / mg_per_particle;
          });
      };
    }

    Observable::Value mass_balance_defect(Sources &sources)
    {
      return
        [particles = sources.family("plla_mass"), dissolved = sources.field("plla_dissolved")](const Observation &o)
      {
        const double injected = total_of(o.state.sessions, "plla", injected_mass);
        if (!(injected > 0.))
          return 0.;
        return std::abs(injected - mass_of(o, {dissolved}) - mass_of(o, particles)) / injected;
      };
    }
  } // namespace

  std::vector<Observable> plla_observables()
  {
    return {{"plla_mass",
             "mg",
             "PLLA that is still in particles; of a 2-D patch in a slice of 1 mm.",
             "integral of the sum of plla_mass_i",
             "",
             particle_mass},
            {"plla_particles_peak",
             "1/mm^3",
             "Largest number of particles injected per volume, of all sessions that are still kept apart: overload, "
             "a risk of nodules.",
             "largest sum of plla_dose_i over the mass of a particle, a sphere of `Particle diameter` and `Polymer "
             "density`",
             "",
             densest_particles},
            {"mass_balance_defect",
             "1",
             "PLLA that appeared or vanished by numerical errors, relative to what was injected.",
             "|injected - lost - plla_mass|/injected, lost = integral of plla_dissolved; 0 before the first injection",
             "",
             mass_balance_defect}};
  }
} // namespace cutis
