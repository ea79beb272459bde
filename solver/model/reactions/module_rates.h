// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/module_state.h"

namespace cutis
{
  /** The machinery that turns the header of a module into kinetics: rates, Jacobian and production. */
  template <class Definition>
  class ModuleRates : public ModuleState<Definition>
  {
  protected:
    using State = ModuleState<Definition>;
    using typename State::Links, typename State::Used;
    using Shared = typename Used::Shared;
    using OfCohort = typename Used::OfCohort;
    using Doses = typename Used::Doses;
    using All = typename Used::All;
    using Nodes = GatheredNodes<Lanes, Definition>;
    using State::n_reactions;

  public:
    std::vector<std::pair<int, int>> dependencies() const override { return this->links_.dependencies(); }
    void bind(const JacobianPattern &pattern) override
    {
      Links::each_reaction(
        [&](const auto r, const auto &reaction)
        {
          slots_[r].clear();
          this->links_.each_entry(reaction, [&](const int i, const int j) { slots_[r].push_back(pattern.slot(i, j)); });
        });
    }

    void add_rates(const NodeBlock &block, double *rates) const override
    {
      each_group(block,
                 [&](const NodeBlock &group, const std::size_t begin)
                 { add_rates_of_group(group, rates + begin * this->links_.n_fields); });
    }

    void add_jacobian(const NodeBlock &block, double *values) const override
    {
      each_group(
        block, [&](const NodeBlock &group, const std::size_t begin) { add_jacobian_of_group(group, values + begin); });
    }

    void add_production(const int field, const NodeBlock &block, double *production) const override
    {
      each_group(block,
                 [&](const NodeBlock &group, const std::size_t begin)
                 { add_production_of_group(field, group, production + begin); });
    }

  private:
    /** action(group, its first node) for all nodes, as many at once as there are lanes. */
    template <class Action>
    void each_group(const NodeBlock &block, const Action &action) const
    {
      constexpr std::size_t size = Lanes::size();
      for (std::size_t begin = 0; begin < block.size; begin += size)
        action(block.part(begin, std::min(size, block.size - begin)), begin);
    }

    // --- Values at some nodes --------------------------------------------------------------------------------------

    /** All values but those of cohorts, and the sums over these. */
    Nodes gather(const NodeBlock &block) const
    {
      const unsigned int site = block.site ? block.site[0] : 0;
      Nodes nodes(host_at(block, site), this->tissue_, site);
      nodes.content = load(block.content, 1, block.size);
      if (block.surface)
        nodes.surface = load(block.surface, 1, block.size);
      for_each_in(Shared(),
                  [&](int, auto field)
                  {
                    nodes.template at<typename decltype(field)::Of>() =
                      load(block.fields + this->links_.template position<typename decltype(field)::Of>(0),
                           this->links_.n_fields,
                           block.size);
                  });
      for_each_in(typename Used::Counts(),
                  [&](int, auto count)
                  {
                    using Count = typename decltype(count)::Of;
                    Lanes &total = nodes.template at<Count>() = 0.;
                    for (const Counted &c : this->links_.template counted<Count>())
                      total += c.each * load(block.fields + c.field, this->links_.n_fields, block.size);
                  });
      for_each_in(typename Used::Sums(),
                  [&](int, auto sum)
                  {
                    using Sum = typename decltype(sum)::Of;
                    Lanes total = 0.;
                    for (std::size_t c = 0; c < this->starts_.size(); ++c)
                    {
                      gather_cohort(block, c, nodes);
                      total += Sum::term(nodes.read(), this->constants_, nodes.moment);
                    }
                    nodes.template at<Sum>() = total;
                  });
      return nodes;
    }

    HostFactorsOf<Lanes> host_at(const NodeBlock &block, const unsigned int site) const
    {
      const auto &source = this->source_of_factors();
      const HostFactorsOf<Lanes> factors = everywhere<Lanes>(source.factors(site));
      return block.relative_tension
               ? under_tension(factors, load(block.relative_tension, 1, block.size), source.tension_gains(site))
               : factors;
    }

    void gather_cohort(const NodeBlock &block, const std::size_t cohort, Nodes &nodes) const
    {
      for_each_in(OfCohort(),
                  [&](int, auto field)
                  {
                    using F = typename decltype(field)::Of;
                    nodes.template at<F>() =
                      load(block.fields + this->links_.template position<F>(cohort), this->links_.n_fields, block.size);
                  });
      for_each_in(Doses(),
                  [&](int, auto field)
                  {
                    using F = typename decltype(field)::Of;
                    nodes.template at<F>() =
                      load(block.doses + this->links_.template dose<F>(cohort), this->links_.n_doses, block.size);
                  });
      nodes.moment.cohort = this->cohorts_[cohort];
    }

    // --- Rates -----------------------------------------------------------------------------------------------------

    /** The rate of a reaction without its factor. */
    template <class R>
    Lanes bare_rate(const R &reaction, const Nodes &nodes) const
    {
      return reaction.rate(nodes.read(), this->constants_, nodes.moment);
    }

    /** The rate of a reaction as it acts in this layer. */
    template <class R>
    Lanes rate_of(const std::size_t r, const R &reaction, const Nodes &nodes) const
    {
      const auto &site = this->sites_[nodes.site];
      Lanes rate = site.balance[r] * bare_rate(reaction, nodes);
      if constexpr (R::by_cells)
        rate = site.rest[r] + nodes.content * (rate - site.rest[r]);
      if constexpr (R::into_tissue)
        rate /= nodes.content;
      if constexpr (R::at_surface)
        rate *= nodes.surface;
      return rate;
    }

    /** f(number of the reaction, reaction, cohort) for all reactions, with the values of the cohort in `nodes`. */
    template <class Action>
    void each_reaction_at(const NodeBlock &block, Nodes &nodes, const Action &action) const
    {
      Links::each_reaction(
        [&](const auto r, const auto &reaction)
        {
          if constexpr (std::decay_t<decltype(reaction)>::per_cohort)
            for (std::size_t c = 0; c < this->starts_.size(); ++c)
            {
              gather_cohort(block, c, nodes);
              action(r, reaction, c);
            }
          else
            action(r, reaction, 0);
        });
    }

    void add_rates_of_group(const NodeBlock &block, double *rates) const
    {
      Nodes nodes = gather(block);
      std::array<Lanes, size_of<Shared>> sums = {}; // of what all reactions do to fields that cohorts share
      each_reaction_at(block,
                       nodes,
                       [&](const auto r, const auto &reaction, const std::size_t cohort)
                       {
                         using Changes = typename std::decay_t<decltype(reaction)>::Changes;
                         const Lanes rate = rate_of(r, reaction, nodes);
                         for_each_in(typename Changes::List(),
                                     [&](const int c, auto field)
                                     {
                                       using F = typename decltype(field)::Of;
                                       const double count = Changes::count[c];
                                       if constexpr (IsOfCohort<F>::value)
                                         add(count * rate,
                                             rates + this->links_.template position<F>(cohort),
                                             this->links_.n_fields,
                                             block.size);
                                       else
                                         sums[position_in<F>(Shared())] += count * rate;
                                     });
                       });
      for_each_in(typename Used::Changed(),
                  [&](int, auto field)
                  {
                    using F = typename decltype(field)::Of;
                    add(sums[position_in<F>(Shared())],
                        rates + this->links_.template position<F>(0),
                        this->links_.n_fields,
                        block.size);
                  });
    }

    void add_production_of_group(const int field, const NodeBlock &block, double *production) const
    {
      Nodes nodes = gather(block);
      each_reaction_at(block,
                       nodes,
                       [&](const auto r, const auto &reaction, const std::size_t cohort)
                       {
                         const double made =
                           this->sites_[nodes.site].balance[r] * this->links_.made_of(field, reaction, cohort);
                         Lanes rate = made * bare_rate(reaction, nodes);
                         if constexpr (std::decay_t<decltype(reaction)>::at_surface)
                           rate *= nodes.surface;
                         if (made > 0.)
                           add(rate, production, 1, block.size);
                       });
    }

    // --- Derivatives -----------------------------------------------------------------------------------------------

    void add_jacobian_of_group(const NodeBlock &block, double *values) const
    {
      Nodes nodes = gather(block);
      Links::each_reaction(
        [&](const auto r, const auto &reaction)
        {
          using R = std::decay_t<decltype(reaction)>;
          const int *slot = slots_[r].data();
          if constexpr (R::per_cohort)
            for (std::size_t c = 0; c < this->starts_.size(); ++c)
            {
              gather_cohort(block, c, nodes);
              add_slopes(reaction, differentiated(r, reaction, nodes).d, slot, values);
            }
          else
          {
            const auto rate = differentiated(r, reaction, nodes);
            add_slopes(reaction, rate.d, slot, values);
            add_slopes_by_cohorts(reaction, rate.d, block, nodes, slot, values);
          }
        });
    }

    /** The slopes of a rate; the number that carries them is built in place, as copies of it are long. */
    template <class R>
    auto differentiated(const std::size_t r, const R &reaction, const Nodes &nodes) const
    {
      using Values = DifferentiatedValues<typename R::Reads, All, Lanes>;
      using Number = typename Values::Number;
      const auto evaluate = [&] { return reaction.rate(Values(nodes.values.data()), this->constants_, nodes.moment); };
      const auto as_number = [&]() -> Number
      {
        if constexpr (std::is_same_v<decltype(evaluate()), Number>)
          return evaluate();
        else // a constant, which has no derivatives
          return Number(Lanes(evaluate()));
      };
      Number rate = as_number();
      Lanes scale = this->sites_[nodes.site].balance[r];
      if constexpr (R::by_cells)
        scale *= nodes.content;
      if constexpr (R::into_tissue)
        scale /= nodes.content;
      if constexpr (R::at_surface)
        scale *= nodes.surface;
      for (Lanes &slope : rate.d)
        slope *= scale;
      return rate;
    }

    /** By what a reaction reads itself. */
    template <class R, class Slopes>
    void add_slopes(const R &, const Slopes &slopes, const int *&slot, double *values) const
    {
      for (int c = 0; c < R::Changes::size; ++c)
        for_each_in(typename R::Reads(),
                    [&](const int j, auto read)
                    {
                      using F = typename decltype(read)::Of;
                      const Lanes slope = static_cast<double>(R::Changes::count[c]) * slopes[j];
                      if constexpr (IsCount<F>::value)
                        for (const Counted &counted : this->links_.template counted<F>())
                          add(counted.each * slope, values + *slot++ * n_lanes);
                      else if constexpr (!IsSum<F>::value)
                        add(slope, values + *slot++ * n_lanes);
                    });
    }

    /** By the fields of cohorts that it reads through sums. */
    template <class R, class Slopes>
    void add_slopes_by_cohorts(const R &reaction,
                               const Slopes &slopes,
                               const NodeBlock &block,
                               Nodes &nodes,
                               const int *&slot,
                               double *values) const
    {
      this->links_.each_summand(
        reaction,
        [&](const int j, auto sum, const std::size_t cohort, auto summand)
        {
          using Sum = decltype(sum);
          using Values = DifferentiatedValues<typename Sum::Reads, All, Lanes>;
          constexpr int g = position_in<typename decltype(summand)::Of>(typename Sum::Reads());
          gather_cohort(block, cohort, nodes);
          const typename Values::Number term = Sum::term(Values(nodes.values.data()), this->constants_, nodes.moment);
          for (int c = 0; c < R::Changes::size; ++c)
            add(static_cast<double>(R::Changes::count[c]) * slopes[j] * term.d[g], values + *slot++ * n_lanes);
        });
    }

    std::array<std::vector<int>, n_reactions> slots_; ///< of the entries of the Jacobian, in the order of each_entry
  };
} // namespace cutis
