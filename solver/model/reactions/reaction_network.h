// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"
#include "model/host/host.h"
#include "model/reactions/dual.h"

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <tuple>
#include <type_traits>

/**
 * The vocabulary in which a network is written down. A network is a header that lists species, constants and reactions;
 * a reaction is one declaration:
 *
 *     inline constexpr auto tgf_decay = reaction<Fields<T>, Stoichiometry<Change<T, -1>>>(
 *       "TGF-beta decays: d_T T",
 *       [](const auto &u, const Constants &k, const HostFactors &) { return k.T_decay * u[T]; });
 *
 * Production, Jacobian, balanced constants, conserved sums and the descriptions all follow from this.
 */
namespace cutis
{
  /** Index of a species, as a type, so that the derivatives of a rate can be laid out when the program is compiled. */
  template <int index_>
  struct Field
  {
    static constexpr int index = index_;
  };

  /** The fields that a rate depends on. */
  template <const auto &...fields>
  struct Fields
  {
    static constexpr int size = sizeof...(fields);
    static constexpr std::array<int, sizeof...(fields)> index = {{std::decay_t<decltype(fields)>::index...}};

    static constexpr int position(const int field)
    {
      for (int i = 0; i < size; ++i)
        if (index[i] == field)
          return i;
      return -1;
    }
  };

  /** A reaction adds `count` times its rate to a field. */
  template <const auto &field, int count_>
  struct Change
  {
    static constexpr int index = std::decay_t<decltype(field)>::index;
    static constexpr int count = count_;
  };

  template <class... Changes>
  struct Stoichiometry
  {
    static constexpr int size = sizeof...(Changes);
    static constexpr std::array<int, sizeof...(Changes)> index = {{Changes::index...}};
    static constexpr std::array<int, sizeof...(Changes)> count = {{Changes::count...}};
  };

  /** The values at a node, as a rate reads them: `u[T]`. */
  struct NodeValues
  {
    const double *values;

    template <int index>
    double operator[](Field<index>) const
    {
      return values[index];
    }
  };

  /** The same with derivatives by the fields that the reaction reads. */
  template <class Reads>
  struct DifferentiatedValues
  {
    using Number = Dual<Reads::size>;

    explicit DifferentiatedValues(const double *values)
    {
      for (int i = 0; i < Reads::size; ++i)
        numbers[i] = Number::variable(values[Reads::index[i]], i);
    }

    template <int index>
    const Number &operator[](Field<index>) const
    {
      static_assert(Reads::position(index) >= 0, "the rate reads a field that is not in its list `Reads`");
      return numbers[Reads::position(index)];
    }

    std::array<Number, Reads::size> numbers;
  };

  /** A constant of a network, as it is told to the user. */
  struct ConstantInfo
  {
    std::string name;
    double *value;
    std::string unit;
    Range range;
    About about;
  };

  /**
   * Base of the constants of a network. Each constant is declared on one line, beside its value and its source:
   * `double tgf_decay = declare(tgf_decay, "TGF-beta decay", .24, "1/d", Range::positive(), {"...", published,
   * "..."});`
   */
  class ConstantTable
  {
  public:
    ConstantTable() = default;
    ConstantTable(const ConstantTable &) = delete;
    ConstantTable &operator=(const ConstantTable &) = delete;

    const std::deque<ConstantInfo> &all() const { return all_; }

  protected:
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

  /** Tag of a reaction that cells or vessels do: where the tissue holds fewer of them, only the deviation from the
   * resting rate shrinks, so that every layer rests at the same level. */
  struct ByCells
  {
  };

  /** Tag of a reaction whose rate is scaled so that this species rests in healthy skin. */
  template <const auto &field>
  struct Balances
  {
    static constexpr int index = std::decay_t<decltype(field)>::index;
  };

  template <class Tag>
  struct BalancedIndex : std::integral_constant<int, -1>
  {
  };
  template <const auto &field>
  struct BalancedIndex<Balances<field>> : std::integral_constant<int, Balances<field>::index>
  {
  };

  /** A reaction: what happens, what its rate reads, what it changes, and the rate [field unit / d]. */
  template <class Reads_, class Changes_, class Rate, class... Tags>
  struct Reaction
  {
    using Reads = Reads_;
    using Changes = Changes_;
    static constexpr bool by_cells = (std::is_same_v<Tags, ByCells> || ...);
    static constexpr int balances = std::max({-1, BalancedIndex<Tags>::value...});

    const char *text;
    Rate rate;
  };

  template <class Reads, class Changes, class... Tags, class Rate>
  constexpr Reaction<Reads, Changes, Rate, Tags...> reaction(const char *text, const Rate rate)
  {
    return {text, rate};
  }
} // namespace cutis
