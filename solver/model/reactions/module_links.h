// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/field_layout.h"
#include "model/reactions/module_fields.h"

namespace cutis
{
  /** A field of the layout that a FieldCount counts, and as how much it counts a unit of it. */
  struct Counted
  {
    int field;
    double each;
  };

  /** Where the fields that the reactions of a module use are in the layout of a case. */
  template <class Definition>
  class ModuleLinks
  {
    using Used = ModuleFields<Definition>;
    using Shared = typename Used::Shared;
    using OfCohort = typename Used::OfCohort;
    using Doses = typename Used::Doses;
    using Counts = typename Used::Counts;

  public:
    void link(const FieldLayout &layout, const unsigned int cohorts)
    {
      n_fields = layout.n_fields();
      n_doses = layout.n_doses();
      n_cohorts = cohorts;
      for (const Species &s : layout.fields)
      {
        keys.push_back(s.key);
        young.push_back(s.healthy);
      }
      for_each_in(Counts(),
                  [&](const int c, auto count)
                  {
                    for (unsigned int f = 0; f < n_fields; ++f)
                      if (const double each = decltype(count)::Of::each(layout.fields[f]); each != 0.)
                        counted_[c].push_back({static_cast<int>(f), each});
                  });
      for_each_in(Shared(), [&](int, auto f) { shared_.push_back(layout.find(decltype(f)::Of::key)); });
      for (unsigned int c = 0; c < n_cohorts; ++c)
      {
        for_each_in(OfCohort(),
                    [&](int, auto f) { of_cohort_.push_back(layout.find(of_cohort(decltype(f)::Of::key, c))); });
        for_each_in(Doses(),
                    [&](int, auto f) { doses_.push_back(layout.find_dose(of_cohort(decltype(f)::Of::key, c))); });
      }
    }

    /** Position in the layout of a field that a reaction reads or changes, of this cohort if cohorts have their own. */
    template <class F>
    int position(const std::size_t cohort) const
    {
      if constexpr (IsOfCohort<F>::value)
        return of_cohort_[cohort * size_of<OfCohort> + position_in<F>(OfCohort())];
      else
        return shared_[position_in<F>(Shared())];
    }

    /** Position of a dose of a cohort among all doses. */
    template <class F>
    int dose(const std::size_t cohort) const
    {
      return doses_[cohort * size_of<Doses> + position_in<F>(Doses())];
    }

    /** What a FieldCount sums up. */
    template <class Count>
    const std::vector<Counted> &counted() const
    {
      return counted_[position_in<Count>(Counts())];
    }

    /** f(number, reaction) for all reactions; the number is a constant. */
    template <class Action>
    static void each_reaction(const Action &action)
    {
      each_reaction(action, std::make_index_sequence<Used::n_reactions>());
    }
    /** f(field, count) for each field that a reaction changes. */
    template <class R, class Action>
    void each_change(const R &, const std::size_t cohort, const Action &action) const
    {
      for_each_in(typename R::Changes::List(),
                  [&](const int c, auto field)
                  { action(position<typename decltype(field)::Of>(cohort), R::Changes::count[c]); });
    }

    /** By how much a reaction adds to a field. */
    template <class R>
    int made_of(const int field, const R &reaction, const std::size_t cohort) const
    {
      int made = 0;
      each_change(reaction, cohort, [&](const int f, const int count) { made += f == field ? count : 0; });
      return made;
    }

    /** f(equation, variable) for all derivatives of a reaction: first by what it reads itself, then through sums over
     * cohorts, by what these read. */
    template <class R, class Action>
    void each_entry(const R &reaction, const Action &action) const
    {
      const auto direct = [&](const std::size_t cohort)
      {
        each_change(reaction,
                    cohort,
                    [&](const int i, int)
                    {
                      for_each_in(typename R::Reads(),
                                  [&](int, auto read)
                                  {
                                    using F = typename decltype(read)::Of;
                                    if constexpr (IsCount<F>::value)
                                      for (const Counted &c : counted<F>())
                                        action(i, c.field);
                                    else if constexpr (!IsSum<F>::value)
                                      action(i, position<F>(cohort));
                                  });
                    });
      };
      if constexpr (R::per_cohort)
        for (std::size_t c = 0; c < n_cohorts; ++c)
          direct(c);
      else
      {
        direct(0);
        each_summand(reaction,
                     [&](int, auto, const std::size_t cohort, auto summand)
                     {
                       using G = typename decltype(summand)::Of;
                       each_change(reaction, 0, [&](const int i, int) { action(i, position<G>(cohort)); });
                     });
      }
    }

    /** f(position of the sum among the reads, the sum, cohort, Item of what it reads there). */
    template <class R, class Action>
    void each_summand(const R &, const Action &action) const
    {
      for_each_in(typename R::Reads(),
                  [&](const int j, auto read)
                  {
                    using Sum = typename decltype(read)::Of;
                    if constexpr (IsSum<Sum>::value)
                      for (std::size_t c = 0; c < n_cohorts; ++c)
                        for_each_in(typename Sum::Reads(), [&](int, auto g) { action(j, Sum(), c, g); });
                  });
    }

    std::vector<std::pair<int, int>> dependencies() const
    {
      std::vector<std::pair<int, int>> pairs;
      each_reaction([&](auto, const auto &reaction)
                    { each_entry(reaction, [&](const int i, const int j) { pairs.emplace_back(i, j); }); });
      return pairs;
    }

    std::vector<std::vector<double>> stoichiometry() const
    {
      std::vector<std::vector<double>> s(n_fields);
      const auto add_column = [&](const auto &reaction, const std::size_t cohort)
      {
        for (std::vector<double> &row : s)
          row.push_back(0.);
        each_change(reaction, cohort, [&](const int field, const int count) { s[field].back() = count; });
      };
      each_reaction(
        [&](auto, const auto &reaction)
        {
          if constexpr (std::decay_t<decltype(reaction)>::per_cohort)
            for (std::size_t c = 0; c < n_cohorts; ++c)
              add_column(reaction, c);
          else
            add_column(reaction, 0);
        });
      return s;
    }

    unsigned int n_fields = 0, n_doses = 0, n_cohorts = 0; ///< of the layout, and of this module
    std::vector<std::string> keys;                         ///< of all fields of the layout
    std::vector<double> young;                             ///< their values in healthy young skin

  private:
    template <class Action, std::size_t... r>
    static void each_reaction([[maybe_unused]] const Action &action, std::index_sequence<r...>)
    {
      (action(std::integral_constant<std::size_t, r>(), std::get<r>(Definition::reactions)), ...);
    }

    std::array<std::vector<Counted>, size_of<Counts>> counted_;
    std::vector<int> shared_;            ///< positions of the fields of Shared
    std::vector<int> of_cohort_, doses_; ///< of each cohort's own, cohort by cohort
  };
} // namespace cutis
