// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/felt_tension.h"
#include "model/reactions/reaction.h"

#include <tuple>

namespace cutis
{
  template <class Definition>
  class ModuleState;

  /** Which fields the reactions of a module use, as lists of types. */
  template <class Definition, class Reactions = std::decay_t<decltype(Definition::reactions)>>
  struct ModuleFields;

  template <class Definition, class... Rs>
  struct ModuleFields<Definition, std::tuple<Rs...>>
  {
  private:
    template <class List>
    struct ReadBySums;
    template <class... Sums>
    struct ReadBySums<TypeList<Sums...>>
    {
      using List = Joined<typename Sums::Reads...>;
    };
    using Named = Joined<typename Rs::Reads..., typename Rs::Changes::List...>;

  public:
    using Own = typename Definition::Own::List;
    using Shared = Filtered<Named, IsShared>;
    using Changed = Filtered<Joined<typename Rs::Changes::List...>, IsShared>;
    using Sums = Filtered<Named, IsSum>;
    using Counts = Filtered<Named, IsCount>;
    using OfCohort = Filtered<Joined<Named, typename ReadBySums<Sums>::List>, IsOfCohort>;
    using Doses = Filtered<Own, IsDose>;
    /** The order in which the values of a node are gathered. */
    using All = Joined<Shared, Counts, Sums, OfCohort, Doses>;
    using Reactions = TypeList<Rs...>;
    using Balanced = Joined<typename Rs::Balanced...>; ///< fields whose rest fixes the factor of a reaction
    static constexpr int n_reactions = sizeof...(Rs);
  };

  /** What the module that another one stands on offers to its rates. */
  template <class Tissue, class N>
  struct TissueRates
  {
    const ModuleState<Tissue> *module;
    unsigned int site;

    const typename Tissue::Constants &constants() const { return module->constants(); }
    /** Factor with which a reaction of that module lets healthy skin rest. */
    template <class Reaction>
    double balance(const Reaction &) const
    {
      return module->template balance_of<Reaction>(site);
    }
  };
  template <class N>
  struct TissueRates<void, N>
  {
    template <class Module>
    TissueRates(const Module *, unsigned int)
    {
    }
  };

  /** What a node and the moment are like: the third argument of a rate. */
  template <class N, class Definition>
  struct Moment
  {
    using Tissue = typename Definition::Tissue;

    HostFactorsOf<N> host;
    TissueRates<Tissue, N> tissue;
    typename Definition::Cohort cohort = {}; ///< of the cohort at hand, in a reaction of cohorts

    /** The rate of a reaction of the tissue at these values, with the factor that lets healthy skin rest. */
    template <class Reaction, class U>
    auto rate(const Reaction &reaction, const U &u) const
    {
      static_assert(!Reaction::by_cells,
                    "this rate depends on the layer: ask for the rate of cells, in one of ByCells");
      return rate_of_cells(reaction, u);
    }

    /** The same of a reaction of cells, where they are as many as in the dermis. A reaction that uses it is itself one
     * of cells and vanishes at rest, so that it is scaled with the layer like the one it looks at. */
    template <class Reaction, class U>
    auto rate_of_cells(const Reaction &reaction, const U &u) const
    {
      static_assert(!Reaction::at_surface, "this rate depends on the layer, not on a point alone");
      return tissue.balance(reaction) *
             reaction.rate(u, tissue.constants(), Moment<N, Tissue>{host, {tissue.module, 0}});
    }
  };

  /** The values of a few nodes side by side, gathered in the order of All, and what else their rates depend on. */
  template <class N, class Definition>
  struct GatheredNodes
  {
    using All = typename ModuleFields<Definition>::All;

    template <class Module>
    GatheredNodes(const HostFactorsOf<N> &host, const Module *tissue, const unsigned int site)
      : moment{host, {tissue, site}}
      , site(site)
    {
    }

    std::array<N, size_of<All>> values = {};
    Moment<N, Definition> moment;
    N content = 1., surface = 0.;
    unsigned int site;

    template <class F>
    N &at()
    {
      return values[position_in<F>(All())];
    }
    NodeValues<All, N> read() const { return {values.data()}; }
  };

  /** Numbers of some nodes that lie `stride` apart; where there are fewer nodes than lanes the last one is repeated. */
  [[gnu::always_inline]] inline Lanes load(const double *first, const std::size_t stride, const std::size_t count)
  {
    if (count == Lanes::size())
      return Lanes([&](const auto i) { return first[i * stride]; });
    return Lanes([&](const auto i) { return first[(i < count ? i : count - 1) * stride]; });
  }

  [[gnu::always_inline]] inline void
  add(const Lanes &x, double *first, const std::size_t stride, const std::size_t count)
  {
    for (std::size_t i = 0; i < count; ++i)
      first[i * stride] += x[i];
  }

  /** The same where the numbers of the nodes lie side by side. */
  [[gnu::always_inline]] inline void add(const Lanes &x, double *first)
  {
    Lanes sum;
    sum.copy_from(first, std::experimental::element_aligned);
    sum += x;
    sum.copy_to(first, std::experimental::element_aligned);
  }
} // namespace cutis
