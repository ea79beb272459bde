// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/specimen.h"

#include "base/errors.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  using Stretches = std::array<double, 3>;

  namespace
  {
    Deformation diagonal(const Stretches &stretches)
    {
      Deformation F;
      for (int i = 0; i < 3; ++i)
        F[i][i] = stretches[i];
      return F;
    }
  } // namespace

  Stretches Specimen::stresses(const Stretches &stretches) const
  {
    const Deformation F = diagonal(stretches);
    const Symmetric sigma = cauchy(stress(constants, point, F), F);
    return {{sigma[0][0], sigma[1][1], sigma[2][2]}};
  }

  Stretches Specimen::equilibrium(Stretches stretches, const std::array<bool, 3> &free) const
  {
    for (int iteration = 0; iteration < 200; ++iteration)
    {
      // S_ii = 0 by Newton's method in the stretches: dS_ii = C_iijj l_j dl_j. Held axes have rows of the identity.
      const TissueResponse now = response(constants, point, diagonal(stretches));
      Deformation matrix = dealii::unit_symmetric_tensor<3>();
      dealii::Tensor<1, 3> residual;
      for (int i = 0; i < 3; ++i)
        if (free[i])
        {
          residual[i] = -now.stress[i][i];
          for (int j = 0; j < 3; ++j)
            matrix[i][j] = now.tangent[i][i][j][j] * stretches[j];
        }
      const dealii::Tensor<1, 3> change = invert(matrix) * residual;
      if (!std::isfinite(change.norm()))
        break;
      const double shorter = std::min(1., .1 / std::max(change.norm(), 1e-300));
      for (int i = 0; i < 3; ++i)
        stretches[i] += shorter * change[i];
      if (change.norm() < 1e-13)
        return stretches;
    }
    throw RunFailed("A specimen of this tissue has no equilibrium near the given stretches.");
  }

  double Specimen::incremental_modulus(const int axis, const bool other_held) const
  {
    constexpr double small = 1e-5;
    Deformation slopes; // of the stresses by the stretches, around the state in the body
    for (int j = 0; j < 3; ++j)
    {
      Stretches longer{{1., 1., 1.}}, shorter = longer;
      longer[j] += small;
      shorter[j] -= small;
      const Stretches more = stresses(longer), less = stresses(shorter);
      for (int i = 0; i < 3; ++i)
        slopes[i][j] = (more[i] - less[i]) / (2. * small);
    }
    // The other axes keep their stress, or do not move.
    if (other_held)
      for (int i = 0; i < 3; ++i)
        if (i != axis && i != thickness_axis)
          for (int j = 0; j < 3; ++j)
            slopes[i][j] = i == j ? 1. : 0.;
    return 1. / invert(slopes)[axis][axis];
  }
} // namespace cutis
