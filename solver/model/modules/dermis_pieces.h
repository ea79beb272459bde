// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis_fields.h"

/** Pieces that several rates of the dermis share. */
namespace cutis::dermis
{
  /** Excess of TGF-beta over health. Exactly zero at and below it, so that resting skin feels nothing. */
  template <class U>
  auto excess(const U &u)
  {
    return positive_part(u[T] - 1.);
  }

  template <class N>
  N saturating(const N &x)
  {
    return x / (1. + x);
  }

  /** Response to TGF-beta of Hill type, ex^2 / (half^2 + ex^2). */
  template <class U>
  auto act(const U &u, const double half)
  {
    const auto ex = excess(u);
    return ex * ex / (half * half + ex * ex);
  }

  /** Cells work slower without oxygen: 1.3 O / (.3 + O). */
  template <class U>
  auto with_oxygen(const U &u)
  {
    return 1.3 * u[O] / (.3 + u[O]);
  }

  /** Secretion of VEGF rises when oxygen falls: 1.25 / (.25 + O^2). */
  template <class U>
  auto hypoxia(const U &u)
  {
    return 1.25 / (.25 + u[O] * u[O]);
  }

  /** z^q with a finite slope at zero and exactly 1 at z = 1. */
  template <class N>
  N soft_power(const N &z, const double q)
  {
    constexpr double small = 1e-6;
    return z * power((positive_part(z) + small) / (1. + small), q - 1.);
  }

  /** Inflammation holds cells back: inh = 1/(1 + kS P1). */
  template <class U>
  auto held_back(const U &u, const Constants &k)
  {
    return 1. / (1. + k.L_hold * u[P1]);
  }

  /** Influx of macrophages with the blood, iota [1/d]. */
  template <class U>
  auto influx(const U &u, const Constants &k)
  {
    return k.P_turn * (.4 + 1.2 * saturating(u[b]));
  }

  /** Cells that clear and replace, f = gO F (1 + Kh)/(Kh + F); 1 in health. */
  template <class U>
  auto clearing(const U &u, const Constants &k)
  {
    return with_oxygen(u) * u[F] * ((1. + k.f_half) / (k.f_half + u[F]));
  }

  /** Share of the tissue that holds no matrix, where healthy skin of this host holds `full`. */
  template <class U, class N>
  auto void_share(const U &u, const N &full)
  {
    return positive_part(1. - u[g] - (u[Cn] + u[Cm]) / full);
  }

  template <class U, class At>
  auto synthesis(const U &u, const Constants &k, const At &at)
  {
    const auto inflamed = u[P1] / k.C_hold;
    return at.host.collagen_synthesis * with_oxygen(u) * (u[F] + 2. * u[M]) * held_back(u, k) /
           (1. + inflamed * inflamed) * (1. + k.C_excess * saturating(excess(u))) *
           ((1. + k.C_dense) / (k.C_dense + u[Cn] + u[Cm]));
  }

  template <class U>
  auto retention(const U &u, const Constants &k)
  {
    return 1. + k.C_keep * saturating(excess(u));
  }

  /** s3, the share of type III that cells lay near so many macrophages. */
  template <class N, class At>
  auto type_iii_part(const N &macrophages, const Constants &k, const At &at)
  {
    return at.host.type_iii_share * (k.III_rest + k.III_more * saturating(positive_part(macrophages - 1.)));
  }
} // namespace cutis::dermis
