// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/cohorts.h"

#include "base/errors.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    constexpr double most_left = 1e-4; // of a cohort whose place is taken; the plan leaves it time for 1e-9
  }

  unsigned int begin_cohort(const std::string &module,
                            const std::string &family,
                            const std::string &dose,
                            const unsigned int remains,
                            const Tissue &tissue,
                            State &state)
  {
    const FieldLayout &layout = tissue.layout;
    const std::vector<unsigned int> fields = layout.family(family);
    std::vector<double> &starts = state.cohorts[module];
    starts.resize(fields.size(), never);
    unsigned int chosen = std::find(starts.begin(), starts.end(), never) - starts.begin();
    if (chosen == fields.size())
    {
      const std::vector<double> left = tissue.graph.integrals(state.fields(), layout.n_fields(), tissue.graph.volume);
      const std::vector<double> brought = tissue.graph.integrals(state.doses(), layout.n_doses(), tissue.graph.volume);
      const auto share_left = [&](const unsigned int c)
      {
        const double all = brought[layout.find_dose(of_cohort(dose, c))];
        return all > 0. ? left[fields[c]] / all : 0.;
      };
      chosen = 0;
      for (unsigned int c = 1; c < fields.size(); ++c)
        if (share_left(c) < share_left(chosen))
          chosen = c;
      if (fields.empty() || share_left(chosen) > most_left)
        throw RunFailed("The sessions follow so closely that what each brought cannot be kept apart; give '" + module +
                        "' fewer of them.");
    }
    const unsigned int f = fields[chosen], d = layout.find_dose(of_cohort(dose, chosen));
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      double *u = state.fields().begin() + i * layout.n_fields();
      u[remains] += u[f];
      u[f] = 0.;
      state.doses().local_element(i * layout.n_doses() + d) = 0.;
    }
    starts[chosen] = state.clock.time;
    return chosen;
  }
} // namespace cutis
