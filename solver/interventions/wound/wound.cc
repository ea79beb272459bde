// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/wound/wound.h"

#include "base/parameters.h"
#include "base/text.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cstdlib>

namespace cutis
{
  namespace
  {
    /** `field=value`; false if it is not of that form. */
    bool parse(const std::string &text, std::string &field, double &value)
    {
      const std::size_t equals = text.find('=');
      if (equals == std::string::npos)
        return false;
      field = trim(text.substr(0, equals));
      const std::string number = trim(text.substr(equals + 1));
      char *end = nullptr;
      value = std::strtod(number.c_str(), &end);
      return !number.empty() && *end == '\0' && value >= 0. && value < 1e300;
    }

    /** Inside a fresh wound of the dermis; what is not named and no implant is gone. */
    const std::vector<std::pair<const char *, double>> reference_wound = {{"damage_signal", 1.},
                                                                          {"fibronectin", 1.},
                                                                          {"tgf_beta", 1.},
                                                                          {"vegf", 1.},
                                                                          {"mmp", 1.},
                                                                          {"oxygen", .05},
                                                                          {"macrophage", .2}};

    Place at_surface(Place place)
    {
      place.depth = 0.;
      return place;
    }
  } // namespace

  Wound::Wound()
  {
    region_.shape = Region::Shape::column;
    region_.radius = 4.;
    region_.depth = 0.;
  }

  void Wound::declare(Parameters &parameters)
  {
    plan_.declare(parameters, section());
    region_.declare(parameters, "Wound");
    parameters.add("Wound/Radius", region_.radius, "mm", {1e-3, 1e3}, {"Radius of the wound."});
    parameters.add("Wound/Height",
                   region_.height,
                   "mm",
                   {0., 1e3},
                   {"Extent from top to bottom of a ball or plane; 0: a round ball."});
    parameters.add_choice("Wound/Epidermis",
                          regrowth_,
                          {{Regrowth::from_rim, "from the rim"}, {Regrowth::from_all_sides, "from all sides"}},
                          {"Where epidermis grows from again. `from the rim`: no skin is left in the wound. `from all "
                           "sides`: also from its "
                           "bed, where glands and hair follicles are left; and in a plane seen from above."});
    parameters.add_list(
      "Wound/Inside",
      inside_,
      {},
      {"Values inside the wound as `field=value, field=value`; fields that are not named keep theirs. Empty: "
       "damage_signal, fibronectin, tgf_beta, vegf and mmp 1, oxygen .05, macrophage .2; what was implanted stays, and "
       "all others are 0."});
  }

  void Wound::check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const
  {
    region_.check(parameters, "Wound", patch);
    std::vector<std::string> keys;
    for (const Species &s : tissue.fields(0))
      keys.push_back(s.key);
    for (const std::string &text : inside_)
    {
      std::string field;
      double value;
      if (!parse(text, field, value))
        parameters.problem("Wound/Inside", "'" + text + "' is not of the form field=value with a value of at least 0.");
      else if (std::find(keys.begin(), keys.end(), field) == keys.end())
        parameters.problem("Wound/Inside",
                           "the network '" + tissue.name() + "' has no field '" + field + "'" +
                             did_you_mean(field, keys));
    }
    if (inside_.empty() && tissue.name() != "dermis")
      parameters.problem("Wound/Inside", "give the values inside the wound for the network '" + tissue.name() + "'.");
  }

  /** The value of each field inside the wound; below zero: it keeps its own. */
  std::vector<double> Wound::goals(const FieldLayout &layout) const
  {
    std::vector<double> goal(layout.n_fields(), -1.);
    for (const std::string &text : inside_)
    {
      std::string field;
      double value;
      if (parse(text, field, value))
        goal[layout.find(field)] = value; // a later value of the same field counts
    }
    if (!inside_.empty())
      return goal;
    for (unsigned int f = 0; f < layout.n_fields(); ++f)
      if (!layout.fields[f].implanted)
        goal[f] = 0.;
    for (const auto &[key, value] : reference_wound)
      goal[layout.find(key)] = value;
    return goal;
  }

  std::vector<Amount> Wound::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const unsigned int n_fields = tissue.layout.n_fields();
    const std::vector<double> goal = goals(tissue.layout);
    const int cover = inside_.empty() && regrowth_ == Regrowth::from_rim ? tissue.layout.find("epidermis") : -1;
    double reached = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const double share = region_.share(tissue.places[i]);
      reached = std::max(reached, share);
      double *u = state.fields().begin() + i * n_fields;
      for (unsigned int f = 0; f < n_fields; ++f)
        if (goal[f] >= 0.)
          u[f] += share * (goal[f] - u[f]);
      if (cover >= 0) // nothing below an open surface lets epidermis grow
        u[cover] = std::min(u[cover], 1. - region_.share(at_surface(tissue.places[i])));
    }
    constexpr double inside = .5; // where the edge of the wound runs
    require_reached(name(), dealii::Utilities::MPI::max(reached, tissue.communicator) >= inside);
    return {};
  }
} // namespace cutis
