// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/fibres.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  using namespace dealii;

  Symmetric exponential(const Symmetric &A)
  {
    // 2^-halvings |A| <= 1/16, where twelve terms of the series are exact to round-off.
    const int halvings = std::max(0, 4 + static_cast<int>(std::ceil(std::log2(std::max(A.norm(), 1e-300)))));
    Deformation small = Deformation(A) * std::ldexp(1., -halvings);
    Deformation sum = unit_symmetric_tensor<3>();
    for (int n = 12; n > 0; --n) // Horner
      sum = Deformation(unit_symmetric_tensor<3>()) + small * sum / n;
    for (int h = 0; h < halvings; ++h)
      sum = sum * sum;
    return symmetrize(sum);
  }

  Symmetric laying_direction(const FibreConstants &k,
                             const Symmetric &stress,
                             const double carried,
                             const Symmetric &present,
                             const double planar_share,
                             const Direction &normal)
  {
    constexpr double largest = 10.;
    Symmetric driven = k.slope / (carried + k.resting_stress) * deviator(stress);
    if (driven.norm() > largest)
      driven *= largest / driven.norm();
    const Symmetric aligned = exponential(driven);
    Symmetric h = (1. - k.isotropic_share - k.guided_share) / trace(aligned) * aligned +
                  k.isotropic_share / 3. * unit_symmetric_tensor<3>();
    if (k.guided_share > 0.)
      h += k.guided_share / trace(present) * present;
    if (planar_share > 0.)
      h += planar_share * (in_plane(h, normal) - h);
    return h;
  }

  Direction deformed_normal(const Direction &normal, const Deformation &F)
  {
    const Direction across = transpose(invert(F)) * normal;
    return across / across.norm();
  }

  Symmetric fibre_target(const FibreConstants &k, const Symmetric &laying, const Deformation &elastic)
  {
    const Deformation back = invert(elastic);
    return k.deposition_stretch * k.deposition_stretch * symmetrize(back * Deformation(laying) * transpose(back));
  }

  Symmetric turned_over(const Symmetric &P, const Symmetric &target, const double rate, const double dt)
  {
    return P - std::expm1(-rate * dt) * (target - P);
  }

  Symmetric mean_of_turnover(const Symmetric &P, const Symmetric &target, const double rate, const double dt)
  {
    const double turns = rate * dt;
    const double kept = turns > 1e-8 ? -std::expm1(-turns) / turns : 1. - .5 * turns;
    return target + kept * (P - target);
  }

  Symmetric seen_directions(const Symmetric &P, const Deformation &elastic)
  {
    const Symmetric seen = symmetrize(elastic * Deformation(P) * transpose(elastic));
    return seen / trace(seen);
  }
} // namespace cutis
