// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/dual.h"
#include "model/reactions/field.h"
#include "model/reactions/type_list.h"

#include <deque>
#include <string>

/**
 * The vocabulary in which a module is written down: a header that lists fields, constants and reactions. A field is a
 * type with a name, and a reaction is one declaration:
 *
 *     inline constexpr auto tgf_decay = reaction<Fields<T>, Stoichiometry<Change<T, -1>>>(
 *       "TGF-beta decays: {TGF-beta decay} T",
 *       [](const auto &u, const Constants &k, const auto &) { return k.T_decay * u[T]; });
 *
 * `u` are the values at a node, `k` the constants of the module; the third argument is what the node and the moment are
 * like (see Moment). A number in braces is a constant by its name. A reaction may read and change fields of any module.
 * Rates, Jacobian, production, balanced constants, conserved sums and the descriptions all follow from this.
 */
namespace cutis
{
  /** The fields that a rate depends on. */
  template <const auto &...fields>
  struct Fields
  {
    using List = TypeList<std::decay_t<decltype(fields)>...>;
  };

  /** A reaction adds `count_` times its rate to a field. */
  template <const auto &field, int count_>
  struct Change
  {
    using Of = std::decay_t<decltype(field)>;
    static constexpr int count = count_;
  };

  template <class... Changes>
  struct Stoichiometry
  {
    using List = TypeList<typename Changes::Of...>;
    static constexpr int size = sizeof...(Changes);
    static constexpr std::array<int, sizeof...(Changes)> count = {{Changes::count...}};
  };

  /** Tag of a reaction that cells or vessels do: where the tissue holds fewer of them, only the deviation from the
   * resting rate shrinks, so that every layer rests at the same level. */
  struct ByCells
  {
  };

  /** Tag of a reaction whose rate is per volume of tissue, whatever the layer holds, and which makes what is counted
   * per content of the layer: cells that are brought become cells of the tissue. */
  struct IntoTissue
  {
  };

  /** Tag of an exchange through the skin surface: its rate is per area, [field unit mm / d]. Nodes away from the
   * surface do not take part. */
  struct AtSurface
  {
  };

  /** Tag of a reaction whose rate is scaled so that this field rests in healthy skin. */
  template <const auto &field>
  struct Balances
  {
    using Of = std::decay_t<decltype(field)>;
  };

  template <class Tag>
  struct BalancedBy
  {
    using List = TypeList<>;
  };
  template <const auto &field>
  struct BalancedBy<Balances<field>>
  {
    using List = TypeList<typename Balances<field>::Of>;
  };

  /**
   * A reaction: what happens, what its rate reads, what it changes, and the rate [field unit / d]. One that reads or
   * changes a field that each cohort has for itself takes place for each of them.
   */
  template <class Reads_, class Changes_, class Rate, class... Tags>
  struct Reaction
  {
    using Reads = typename Reads_::List;
    using Changes = Changes_;
    using Balanced = Joined<typename BalancedBy<Tags>::List...>; ///< one field or none
    static constexpr bool by_cells = (std::is_same_v<Tags, ByCells> || ...);
    static constexpr bool at_surface = (std::is_same_v<Tags, AtSurface> || ...);
    static constexpr bool into_tissue = (std::is_same_v<Tags, IntoTissue> || ...);
    static constexpr bool per_cohort = size_of<Filtered<Joined<Reads, typename Changes::List>, IsOfCohort>> > 0;

    const char *text;
    Rate rate;
  };

  template <class Reads, class Changes, class... Tags, class Rate>
  constexpr Reaction<Reads, Changes, Rate, Tags...> reaction(const char *text, const Rate rate)
  {
    return {text, rate};
  }

  /**
   * Base of a sum over all cohorts of something that depends on their own fields and doses alone, `term(u, k, moment)`.
   * A rate reads it like a field, and must name it among what it reads.
   */
  template <const auto &...fields>
  struct CohortSum : SumTag
  {
    using Reads = typename Fields<fields...>::List;
  };

  /**
   * Base of a sum over all fields of the layout, of whatever module, of which a unit counts as `each(row)`. A law that
   * is not linear in what several modules bring reads their sum, so that it holds whichever of them are linked. A rate
   * reads it like a field, and must name it among what it reads; it has a `key`.
   */
  struct FieldCount : CountTag
  {
  };

  /** The values at a node, as a rate reads them: `u[T]`. */
  template <class All, class N>
  struct NodeValues
  {
    const N *values;

    template <class F>
    const N &operator[](F) const
    {
      return values[position_in<F>(All())];
    }
  };

  /** The same with derivatives by what the reaction reads; doses do not change. */
  template <class Reads, class All, class N>
  struct DifferentiatedValues
  {
    using Number = Dual<size_of<Reads>, N>;

    explicit DifferentiatedValues(const N *values) : values(values)
    {
      for_each_in(Reads(),
                  [&](const int i, auto read)
                  { numbers[i] = Number::variable(values[position_in<typename decltype(read)::Of>(All())], i); });
    }

    template <class F>
    const auto &operator[](F) const
    {
      if constexpr (std::is_base_of_v<CohortDose, F>)
        return values[position_in<F>(All())];
      else
      {
        static_assert(contains<F>(Reads()), "the rate reads a field that is not in its list of fields");
        return numbers[position_in<F>(Reads())];
      }
    }

    const N *values;
    std::array<Number, size_of<Reads>> numbers;
  };

  /** Values at a node but for one field, which has another: `with(u, T, 1.)`. */
  template <class U, class F, class Value>
  struct Replaced
  {
    const U &u;
    const Value value;

    template <class G>
    auto operator[](G which) const
    {
      if constexpr (std::is_same_v<F, G>)
        return value;
      else
        return u[which];
    }
  };
  template <class U, class F, class Value>
  Replaced<U, F, Value> with(const U &u, F, const Value &value)
  {
    return {u, value};
  }

  /** A constant of a module, as it is told to the user. */
  struct ConstantInfo
  {
    std::string name;
    double *value;
    std::string unit;
    Range range;
    About about;
  };

  /**
   * Base of the constants of a module. Each constant is declared on one line, beside its value and its source:
   * `double T_decay = declare(T_decay, "TGF-beta decay", .24, "1/d", Range::positive(), {"...", published, "..."});`
   */
  class ConstantTable
  {
  public:
    ConstantTable() = default;
    ConstantTable(const ConstantTable &) = delete;
    ConstantTable &operator=(const ConstantTable &) = delete;

    const std::deque<ConstantInfo> &all() const { return all_; }

  protected:
    static constexpr auto published = Provenance::published, recalled = Provenance::recalled,
                          derived = Provenance::derived, assumed = Provenance::assumed;
    static Range positive() { return Range::positive(); }
    static Range non_negative() { return Range::non_negative(); }

    double declare(double &where,
                   const char *name,
                   const double value,
                   const char *unit,
                   const Range range,
                   const About &about)
    {
      all_.push_back({name, &where, unit, range, about});
      return value;
    }

  private:
    std::deque<ConstantInfo> all_;
  };

  /** What a module says of itself unless it says otherwise. */
  struct ModuleDefinition
  {
    using Tissue = void;                ///< module whose rates and constants its own rates may ask for
    static constexpr bool ages = false; ///< true: its rates depend on the age of the host

    /** What follows from the time since its session [d; negative before it] and is the same everywhere. */
    struct Cohort
    {
    };
    template <class Constants>
    static Cohort cohort(double, const Constants &)
    {
      return {};
    }
    /** Days after which less than 1e-9 of what a session brought is left; 0 if it has no cohorts. */
    template <class Constants>
    static double lifetime(const Constants &)
    {
      return 0.;
    }
    /** Constants that follow from the others. */
    template <class Constants>
    static void derive(Constants &)
    {
    }
  };
} // namespace cutis
