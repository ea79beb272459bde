// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"
#include "model/host/ageing.h"
#include "model/reactions/balance.h"
#include "model/reactions/network.h"
#include "model/reactions/reaction_network.h"

#include <utility>

namespace cutis
{
  /**
   * The machinery that turns the header of a network into kinetics. `Definition` provides `name`, `title`, `species()`,
   * `Constants`, `Reactions`, `taxis(k)`, `crowding()`, `active()` and `ages`.
   */
  template <class Definition>
  class NetworkOf : public Network
  {
    using Constants = typename Definition::Constants;
    static constexpr auto &definitions = Definition::reactions;
    static constexpr int n_reactions = std::tuple_size_v<std::decay_t<decltype(definitions)>>;

  public:
    NetworkOf() : species_(Definition::species())
    {
      balance_.fill(1.);
      rest_.fill(0.);
      for (const Species &s : species_)
        healthy_.push_back(s.healthy);
    }

    std::string name() const override { return Definition::name; }
    std::string title() const override { return Definition::title; }
    const std::vector<Species> &species() const override { return species_; }
    std::vector<Taxis> taxis() const override { return Definition::taxis(constants_); }
    std::vector<CrowdedMobility> crowding() const override { return Definition::crowding(); }
    const std::vector<double> &healthy() const override { return healthy_; }
    std::vector<double> active() const override { return Definition::active(); }

    void declare(Parameters &parameters) override
    {
      const std::string section = "Network/" + name() + "/";
      for (const ConstantInfo &c : constants_.all())
        parameters.add(section + c.name, *c.value, c.unit, c.range, c.about);
      for (Species &s : species_)
        if (s.diffusivity > 0.)
          parameters.add(section + "Diffusivity of " + s.key,
                         s.diffusivity,
                         "mm^2/d",
                         Range::positive(),
                         {"Diffusivity of the " + s.meaning + ".", s.provenance, s.source});
    }

    void prepare(const Host &host) override
    {
      host_ = host;
      Definition::derive(constants_);
      std::vector<double> young;
      for (const Species &s : species_)
        young.push_back(s.healthy);
      balance_at(young, HostFactors());
      healthy_ = young;
      if constexpr (Definition::ages)
      {
        Host grown_up = host;
        grown_up.ageing = true;
        std::swap(host_, grown_up);
        healthy_ = aged_state(*this, young, host.age);
        std::swap(host_, grown_up);
        Definition::set_aged(healthy_, host.factors(host.age));
        if (!host.ageing)
          balance_at(healthy_, host.factors(host.age));
      }
      set_time(0.);
    }

    void set_time(const double time) override
    {
      factors_ = Definition::ages ? host_.factors(host_.age_at(time)) : HostFactors();
      each_reaction([&]([[maybe_unused]] const int r, const auto reaction)
                    { rest_[r] = balance_[r] * reaction.rate(NodeValues{healthy_.data()}, constants_, factors_); });
    }

    std::vector<std::pair<int, int>> dependencies() const override
    {
      std::vector<std::pair<int, int>> pairs;
      each_reaction(
        [&]([[maybe_unused]] const int r, const auto reaction)
        {
          for (const int i : std::decay_t<decltype(reaction)>::Changes::index)
            for (const int j : std::decay_t<decltype(reaction)>::Reads::index)
              pairs.emplace_back(i, j);
        });
      return pairs;
    }

    void bind(const JacobianPattern &pattern) override
    {
      n_slots_ = pattern.size();
      each_reaction(
        [&]([[maybe_unused]] const int r, const auto reaction)
        {
          slots_[r].clear();
          for (const int i : std::decay_t<decltype(reaction)>::Changes::index)
            for (const int j : std::decay_t<decltype(reaction)>::Reads::index)
              slots_[r].push_back(pattern.slot(i, j));
        });
    }

    void add_rates(const NodeBlock &nodes, double *rates) const override
    {
      for (std::size_t n = 0; n < nodes.size; ++n)
      {
        const NodeValues u{nodes.fields + n * nodes.n_fields};
        const HostFactors factors = factors_at(nodes, n);
        double *node_rates = rates + n * nodes.n_fields;
        each_reaction(
          [&]([[maybe_unused]] const int r, const auto reaction)
          {
            using R = std::decay_t<decltype(reaction)>;
            double rate = balance_[r] * reaction.rate(u, constants_, factors);
            if constexpr (R::by_cells)
              rate = rest_[r] + nodes.cell_content[n] * (rate - rest_[r]);
            for (int c = 0; c < R::Changes::size; ++c)
              node_rates[R::Changes::index[c]] += R::Changes::count[c] * rate;
          });
      }
    }

    void add_jacobian(const NodeBlock &nodes, double *values) const override
    {
      for (std::size_t n = 0; n < nodes.size; ++n)
      {
        const double *u = nodes.fields + n * nodes.n_fields;
        const HostFactors factors = factors_at(nodes, n);
        double *node_values = values + n * n_slots_;
        each_reaction(
          [&]([[maybe_unused]] const int r, const auto reaction)
          {
            using R = std::decay_t<decltype(reaction)>;
            const DifferentiatedValues<typename R::Reads> v(u);
            const typename DifferentiatedValues<typename R::Reads>::Number rate = reaction.rate(v, constants_, factors);
            const double scale = balance_[r] * (R::by_cells ? nodes.cell_content[n] : 1.);
            const int *slot = slots_[r].data();
            for (int c = 0; c < R::Changes::size; ++c)
              for (int j = 0; j < R::Reads::size; ++j)
                node_values[*slot++] += R::Changes::count[c] * scale * rate.d[j];
          });
      }
    }

    double gain(const int species, const double *fields) const override
    {
      double sum = 0.;
      each_reaction(
        [&]([[maybe_unused]] const int r, const auto reaction)
        {
          using R = std::decay_t<decltype(reaction)>;
          for (int c = 0; c < R::Changes::size; ++c)
            if (R::Changes::index[c] == species && R::Changes::count[c] > 0)
              sum += R::Changes::count[c] * balance_[r] * reaction.rate(NodeValues{fields}, constants_, factors_);
        });
      return sum;
    }

    std::vector<ReactionInfo> reactions() const override
    {
      std::vector<ReactionInfo> infos;
      each_reaction(
        [&]([[maybe_unused]] const int r, const auto reaction)
        {
          using R = std::decay_t<decltype(reaction)>;
          ReactionInfo info{reaction.text, {}, {}, "", balance_[r]};
          for (const int j : R::Reads::index)
            info.reads.push_back(species_[j].key);
          for (int c = 0; c < R::Changes::size; ++c)
          {
            const int count = R::Changes::count[c];
            info.changes.push_back((count > 0 ? "+" : "-") +
                                   (std::abs(count) > 1 ? std::to_string(std::abs(count)) : "") +
                                   species_[R::Changes::index[c]].key);
          }
          if (R::balances >= 0)
            info.balances = species_[R::balances].key;
          infos.push_back(info);
        });
      return infos;
    }

    std::vector<ConservedSum> conserved_sums() const override { return left_null_space(stoichiometry()); }

  private:
    HostFactors factors_at(const NodeBlock &nodes, const std::size_t n) const
    {
      return nodes.stretch ? factors_.stretched(nodes.stretch[n], host_.stretch_gains) : factors_;
    }

    template <class Action>
    static void each_reaction(const Action &action)
    {
      each_reaction(action, std::make_index_sequence<n_reactions>());
    }
    template <class Action, std::size_t... r>
    static void each_reaction(const Action &action, std::index_sequence<r...>)
    {
      (action(static_cast<int>(r), std::get<r>(definitions)), ...);
    }

    /** Rows: species; columns: reactions. */
    std::vector<std::vector<double>> stoichiometry() const
    {
      std::vector<std::vector<double>> s(species_.size(), std::vector<double>(n_reactions, 0.));
      each_reaction(
        [&]([[maybe_unused]] const int r, const auto reaction)
        {
          for (int c = 0; c < std::decay_t<decltype(reaction)>::Changes::size; ++c)
            s[std::decay_t<decltype(reaction)>::Changes::index[c]][r] = decltype(reaction)::Changes::count[c];
        });
      return s;
    }

    /** Scale the balancing reactions so that nothing changes at `state`. */
    void balance_at(const std::vector<double> &state, const HostFactors &factors)
    {
      std::vector<double> rates(n_reactions);
      std::vector<int> balanced(n_reactions);
      each_reaction(
        [&]([[maybe_unused]] const int r, const auto reaction)
        {
          rates[r] = reaction.rate(NodeValues{state.data()}, constants_, factors);
          balanced[r] = reaction.balances;
        });
      const std::vector<double> factor = balancing_factors(stoichiometry(), rates, balanced, species_);
      std::copy(factor.begin(), factor.end(), balance_.begin());
    }

    std::vector<Species> species_;
    Constants constants_;
    Host host_;
    HostFactors factors_;
    std::vector<double> healthy_;
    std::array<double, n_reactions> balance_; ///< factors of the balancing reactions, 1 for the others
    std::array<double, n_reactions> rest_;    ///< rates in healthy skin at the present time
    std::array<std::vector<int>, n_reactions> slots_;
    std::size_t n_slots_ = 0;
  };
} // namespace cutis
