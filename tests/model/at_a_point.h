// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"
#include "model/host/ageing.h"
#include "model/reactions/module_of.h"
#include "model/reactions/reactions.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cutis::test
{
  /** Reactions at one point of the tissue, with plain vectors. */
  class AtAPoint
  {
  public:
    explicit AtAPoint(const Reactions &reactions)
      : doses(reactions.layout().n_doses(), 0.)
      , reactions_(reactions)
      , n_(reactions.layout().n_fields())
    {
    }

    /** Rates of all fields [field unit / d]. */
    std::vector<double> rates(const std::vector<double> &u) const
    {
      std::vector<double> rates(n_, 0.);
      reactions_.add_rates(block(u), rates.data());
      return rates;
    }

    /** Rate at which a field is made [field unit / d]. */
    double production(const std::string &key, const std::vector<double> &u) const
    {
      return reactions_.production(reactions_.index(key), block(u)).front();
    }

    /** The Jacobian with its zeros: entry (i, j) at i * n + j. */
    std::vector<double> jacobian(const std::vector<double> &u) const
    {
      const JacobianPattern &pattern = reactions_.pattern();
      std::vector<double> values(n_lanes * pattern.size()), dense(n_ * n_, 0.);
      reactions_.jacobian(block(u), values.data());
      for (std::size_t s = 0; s < pattern.size(); ++s)
        dense[pattern.entries()[s].first * n_ + pattern.entries()[s].second] = values[s * n_lanes];
      return dense;
    }

    /** The same by central differences over a change of `step` times the size of each field. */
    std::vector<double> differences(const std::vector<double> &u, const std::vector<double> &sizes, double step) const
    {
      std::vector<double> dense(n_ * n_);
      for (unsigned int j = 0; j < n_; ++j)
      {
        std::vector<double> more = u, less = u;
        more[j] += step * sizes[j];
        less[j] -= step * sizes[j];
        const std::vector<double> high = rates(more), low = rates(less);
        for (unsigned int i = 0; i < n_; ++i)
          dense[i * n_ + j] = (high[i] - low[i]) / (more[j] - less[j]);
      }
      return dense;
    }

    std::vector<double> doses;
    double content = 1.; ///< of the layer
    double surface = 0.; ///< per volume [1/mm]
    const double *relative_tension = nullptr;
    unsigned char site = 0;

  private:
    NodeBlock block(const std::vector<double> &u) const
    {
      return {1,
              n_,
              u.data(),
              static_cast<unsigned int>(doses.size()),
              doses.data(),
              &content,
              &surface,
              relative_tension,
              &site};
    }

    const Reactions &reactions_;
    const unsigned int n_;
  };

  /** Reactions as one part, to be integrated at a point. */
  class AsOneKinetics : public Kinetics
  {
  public:
    explicit AsOneKinetics(Reactions &reactions) : reactions_(reactions) {}

    std::vector<std::pair<int, int>> dependencies() const override { return reactions_.pattern().entries(); }
    void bind(const JacobianPattern &) override {} // the same pattern
    void set_time(const double time) override { reactions_.set_time(time); }
    void add_rates(const NodeBlock &nodes, double *rates) const override { reactions_.add_rates(nodes, rates); }
    void add_jacobian(const NodeBlock &nodes, double *values) const override { reactions_.jacobian(nodes, values); }
    void add_production(int, const NodeBlock &, double *) const override {}

  private:
    Reactions &reactions_;
  };

  /** What a state at a point has become at a time [d]. */
  inline std::vector<double>
  evolve(Reactions &reactions, const std::vector<double> &state, const double end, const double tolerance)
  {
    AsOneKinetics kinetics(reactions);
    return integrate_at_a_point(kinetics, state, 0., end, tolerance);
  }

  /** A network with these assignments `name=value` of its constants, and modules on top, for hosts at each site. */
  inline Reactions reactions_for(const std::string &name,
                                 const std::vector<Host> &hosts,
                                 const std::vector<std::string> &constants = {},
                                 const std::vector<std::string> &more_modules = {},
                                 const unsigned int n_cohorts = 2)
  {
    std::vector<ChosenModule> modules;
    modules.push_back({make_module(name), 0});
    Parameters parameters;
    modules.front().module->declare(parameters);
    for (const std::string &assignment : constants)
      parameters.set("Network/" + name + "/" + assignment);
    parameters.finish();
    for (const std::string &more : more_modules)
    {
      modules.push_back({make_module(more), 0});
      modules.back().n_cohorts = modules.back().module->cohort_lifetime() > 0. ? n_cohorts : 0;
    }
    return Reactions(std::move(modules), hosts);
  }

  inline Reactions
  network_for(const std::string &name, const Host &host, const std::vector<std::string> &constants = {})
  {
    return reactions_for(name, {host}, constants);
  }

  /** A tissue that is defined in a test. */
  template <class Definition>
  Reactions test_network(std::vector<Kinetics *> extra = {})
  {
    std::vector<ChosenModule> modules;
    modules.push_back({std::make_unique<ModuleOf<Definition>>(), 0});
    return Reactions(std::move(modules), {Host()}, std::move(extra));
  }

  /** The same with fields, or doses, that the test changes. */
  template <class Definition>
  Reactions edited_network(const std::function<void(FieldLayout &)> &edit)
  {
    static std::vector<std::unique_ptr<Module>> kept; // reactions that are put together by hand do not own their parts
    kept.push_back(std::make_unique<ModuleOf<Definition>>());
    FieldLayout layout;
    layout.fields = kept.back()->fields(0);
    edit(layout);
    kept.back()->link(layout, 0, nullptr);
    kept.back()->prepare({Host()});
    return Reactions(layout, {kept.back().get()});
  }

  /** The modules that interventions bring, by themselves and together. */
  inline std::vector<std::vector<std::string>> modules_of_interventions()
  {
    return {{"plla"},
            {"repair"},
            {"repair", "needles"},
            {"repair", "plla", "needles"},
            {"msc"},
            {"msc", "topical"},
            {"filler"},
            {"repair", "dressing"},
            {"repair", "plla", "needles", "msc", "topical", "filler"}};
  }

  inline Host host_of_age(const double age, const bool ageing)
  {
    Host host;
    host.age = age;
    host.ageing = ageing;
    return host;
  }

  inline std::vector<double> magnitudes(const Reactions &reactions)
  {
    std::vector<double> sizes;
    for (const Species &s : reactions.species())
      sizes.push_back(s.magnitude);
    return sizes;
  }

  inline double factor_of(const Reactions &reactions, const std::string &balanced)
  {
    for (const ReactionInfo &reaction : reactions.tissue().reactions())
      if (reaction.balances == balanced)
        return reaction.factor;
    return 0.;
  }
} // namespace cutis::test
