// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/field.h"

#include <type_traits>

/** Lists of fields as types, so that the derivatives of a rate can be laid out when the program is compiled. */
namespace cutis
{
  template <class... Fs>
  struct TypeList
  {
  };

  /** Base of sums over sessions. */
  struct SumTag
  {
  };
  /** Base of sums over fields of all modules. */
  struct CountTag
  {
  };

  template <class F>
  struct Item
  {
    using Of = F;
  };

  template <class List>
  inline constexpr int size_of = 0;
  template <class... Fs>
  inline constexpr int size_of<TypeList<Fs...>> = sizeof...(Fs);

  template <class F, class... Fs>
  constexpr bool contains(TypeList<Fs...>)
  {
    return (std::is_same_v<F, Fs> || ...);
  }

  /** Position of a type in a list that contains it. */
  template <class F, class... Fs>
  constexpr int position_in(TypeList<Fs...> list)
  {
    static_assert(contains<F>(TypeList<Fs...>()), "this field is used but named nowhere in the module");
    int position = 0;
    const bool found = ((std::is_same_v<F, Fs> ? true : (++position, false)) || ...);
    static_cast<void>(list);
    return found ? position : -1;
  }

  /** Calls f(i, Item<F>()) for each type of a list. */
  template <class... Fs, class Function>
  constexpr void for_each_in(TypeList<Fs...>, Function &&f)
  {
    int i = 0;
    (f(i++, Item<Fs>()), ...);
    static_cast<void>(i);
  }

  /** The types of several lists, each once, in the order in which they come. */
  template <class... Lists>
  struct Join
  {
    using List = TypeList<>;
  };
  template <class... Fs>
  struct Join<TypeList<Fs...>>
  {
    using List = TypeList<Fs...>;
  };
  template <class... Fs, class... Lists>
  struct Join<TypeList<Fs...>, TypeList<>, Lists...> : Join<TypeList<Fs...>, Lists...>
  {
  };
  template <class... Fs, class G, class... Gs, class... Lists>
  struct Join<TypeList<Fs...>, TypeList<G, Gs...>, Lists...>
    : Join<std::conditional_t<(std::is_same_v<G, Fs> || ...), TypeList<Fs...>, TypeList<Fs..., G>>,
           TypeList<Gs...>,
           Lists...>
  {
  };
  template <class... Lists>
  using Joined = typename Join<TypeList<>, Lists...>::List;

  /** Those types of a list for which Predicate<F>::value holds. */
  template <class List, template <class> class Predicate>
  struct Filter;
  template <class... Fs, template <class> class Predicate>
  struct Filter<TypeList<Fs...>, Predicate>
  {
    using List = Joined<std::conditional_t<Predicate<Fs>::value, TypeList<Fs>, TypeList<>>...>;
  };
  template <class List, template <class> class Predicate>
  using Filtered = typename Filter<List, Predicate>::List;

  template <class F>
  using IsOfCohort = std::is_base_of<CohortField, F>;
  template <class F>
  using IsDose = std::is_base_of<CohortDose, F>;
  template <class F>
  using IsSum = std::is_base_of<SumTag, F>;
  template <class F>
  using IsCount = std::is_base_of<CountTag, F>;
  template <class F>
  using IsShared =
    std::bool_constant<!IsOfCohort<F>::value && !IsDose<F>::value && !IsSum<F>::value && !IsCount<F>::value>;
} // namespace cutis
