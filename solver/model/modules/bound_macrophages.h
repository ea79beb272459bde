// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis.h"

/**
 * What macrophages and giant cells do that are bound to something they cannot carry off, in a field K of 2500
 * cells/mm^3: they release TGF-beta of their own, and count as 5 macrophages each in all else. Modules declare these
 * reactions for their own K; their constants have `giant_turnover` and `K_tgf`. For the share of type III, which is not
 * linear in macrophages, the row of K says what it counts as, and the dermis sums up.
 */
namespace cutis::bound
{
  using dermis::O, dermis::T, dermis::V;

  constexpr double macrophages = 5.; ///< per unit

  /** Release of TGF-beta by the densest layer of them over that of healthy fibroblasts. */
  constexpr double tgf_of_all = .07 * 2500. / (.004 * 3000.);
  inline constexpr auto source_of_tgf = "Jin 2011: .07 per macrophage and .004 per fibroblast";

  template <const auto &K>
  constexpr auto release(const char *text)
  {
    return reaction<Fields<K>, Stoichiometry<Change<K, -1>>>(
      text, [](const auto &u, const auto &k, const auto &) { return k.giant_turnover * u[K]; });
  }

  template <const auto &K>
  constexpr auto tgf_release(const char *text)
  {
    return reaction<Fields<K>, Stoichiometry<Change<T, 1>>>(
      text,
      [](const auto &u, const auto &k, const auto &at)
      { return at.tissue.constants().T_decay * at.tissue.constants().T_cells / 1.5 * k.K_tgf * u[K]; });
  }

  template <const auto &K>
  constexpr auto vegf_secretion()
  {
    return reaction<Fields<K, O>, Stoichiometry<Change<V, 1>>>(
      "Bound macrophages secrete VEGF as 5 macrophages each: {VEGF secretion} (2.5 K) 1.25/(.25 + O^2)",
      [](const auto &u, const auto &, const auto &at)
      { return at.tissue.constants().V_make * .5 * macrophages * u[K] * dermis::hypoxia(u); });
  }

  template <const auto &K>
  constexpr auto oxygen_consumption()
  {
    return reaction<Fields<K, O>, Stoichiometry<Change<O, -1>>>(
      "Bound macrophages consume oxygen as 5 macrophages each: {Oxygen consumption} (1.5 K) O/(.2 + O)",
      [](const auto &u, const auto &, const auto &at)
      { return at.tissue.constants().O_use * .3 * macrophages * u[K] * u[O] / (.2 + u[O]); });
  }
} // namespace cutis::bound
