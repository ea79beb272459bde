// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/tissue.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** psi, its first and its second derivative by the strain of the fibres. */
    struct FibreEnergy
    {
      double psi = 0., first = 0., second = 0.;

      FibreEnergy(const TissueConstants &k, const double strain)
      {
        if (strain <= 0.) // fibres carry no compression
          return;
        const double e = std::min(strain, k.fibre_limit);
        const double exponential = std::exp(k.fibre_exponent * e * e);
        psi = k.fibre_modulus / (2. * k.fibre_exponent) * (exponential - 1.);
        first = k.fibre_modulus * e * exponential;
        second = k.fibre_modulus * exponential * (1. + 2. * k.fibre_exponent * e * e);
        const double beyond = strain - e;
        psi += beyond * (first + .5 * beyond * second);
        first += beyond * second;
      }
    };

    /** Fg^-1 A Fg^-T */
    Symmetric ungrown(const Symmetric &tensor, const double growth)
    {
      Symmetric result = tensor;
      for (int i = 0; i < 3; ++i)
        result[i][thickness_axis] *= (i == thickness_axis ? 1. / (growth * growth) : 1. / growth);
      return result;
    }

    /** The deformation and what the stress needs of it. */
    struct Kinematics
    {
      Symmetric C, inverse;
      double J;

      explicit Kinematics(const Deformation &F) : C(symmetrize(transpose(F) * F)), inverse(invert(C)), J(determinant(F))
      {
      }
    };

    /** A collagen pool: its content, and P pulled back to the reference. */
    struct Pool
    {
      double content;
      Symmetric direction;
      double strain;

      Pool(const double content, const Symmetric &P, const double growth, const Symmetric &C)
        : content(content)
        , direction(ungrown(P, growth))
        , strain(direction * C - 1.)
      {
      }
    };

    struct Pools
    {
      Pool pools[2];

      Pools(const TissuePoint &p, const Symmetric &C)
        : pools{{p.collagen_new, p.fibres_new, p.growth, C}, {p.collagen_mature, p.fibres_mature, p.growth, C}}
      {
      }
      const Pool *begin() const { return pools; }
      const Pool *end() const { return pools + 2; }
    };

    Symmetric stress_of_collagen(const TissueConstants &k, const TissuePoint &p, const Symmetric &C)
    {
      Symmetric sum;
      for (const Pool &pool : Pools(p, C))
        sum += 2. * pool.content * FibreEnergy(k, pool.strain).first * pool.direction;
      return sum;
    }

    Symmetric stress_of_cells(const TissuePoint &p)
    {
      return p.active_stress == 0. ? Symmetric()
                                   : p.active_stress / trace(p.fibres_new) * ungrown(p.fibres_new, p.growth);
    }

    /** Jg mu Je^(-2/3), tr Ce and Fg^-2: what the isochoric part is made of. */
    struct Isochoric
    {
      double factor, trace_elastic;
      Symmetric derivative; ///< of tr Ce by C

      Isochoric(const TissueConstants &k, const TissuePoint &p, const Kinematics &x)
        : factor(p.growth * k.matrix_modulus * std::pow(x.J / p.growth, -2. / 3.))
        , derivative(ungrown(unit_symmetric_tensor<3>(), p.growth))
      {
        trace_elastic = derivative * x.C;
      }
    };

    Symmetric stress_of_matrix(const TissueConstants &k, const TissuePoint &p, const Kinematics &x)
    {
      const Isochoric iso(k, p, x);
      const double ratio = x.J / (p.growth * p.swelling * p.rest_volume);
      const double pressure = .5 * k.bulk_modulus * (ratio - 1. / ratio);
      return iso.factor * (iso.derivative - iso.trace_elastic / 3. * x.inverse) + pressure * x.J * x.inverse;
    }

    Stiffness tangent_of_matrix(const TissueConstants &k, const TissuePoint &p, const Kinematics &x)
    {
      const Isochoric iso(k, p, x);
      const double ratio = x.J / (p.growth * p.swelling * p.rest_volume);
      const double pressure = .5 * k.bulk_modulus * (ratio - 1. / ratio);
      Stiffness identity; // -dC^-1/dC
      for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j)
          for (int m = 0; m < 3; ++m)
            for (int n = m; n < 3; ++n)
              identity[i][j][m][n] = .5 * (x.inverse[i][m] * x.inverse[j][n] + x.inverse[i][n] * x.inverse[j][m]);
      const Stiffness inverse_twice = outer_product(x.inverse, x.inverse);
      return iso.factor *
               (2. / 9. * iso.trace_elastic * inverse_twice + 2. / 3. * iso.trace_elastic * identity -
                2. / 3. * (outer_product(iso.derivative, x.inverse) + outer_product(x.inverse, iso.derivative))) +
             x.J * (k.bulk_modulus * ratio * inverse_twice - 2. * pressure * identity);
    }

    Symmetric stress_at(const TissueConstants &k, const TissuePoint &p, const Kinematics &x)
    {
      return stress_of_collagen(k, p, x.C) +
             p.growth * k.elastin_modulus * p.elastin * ungrown(p.elastin_tensor, p.growth) + stress_of_cells(p) +
             stress_of_matrix(k, p, x);
    }
  } // namespace

  TissueResponse response(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    const Kinematics x(F);
    TissueResponse result{stress_at(k, p, x), tangent_of_matrix(k, p, x)};
    for (const Pool &pool : Pools(p, x.C))
      result.tangent +=
        4. * pool.content * FibreEnergy(k, pool.strain).second * outer_product(pool.direction, pool.direction);
    return result;
  }

  Symmetric stress(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    return stress_at(k, p, Kinematics(F));
  }

  double energy(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    const Kinematics x(F);
    const Isochoric iso(k, p, x);
    const double volume = p.growth * p.swelling * p.rest_volume, ratio = x.J / volume;
    double sum = .5 * p.growth * k.elastin_modulus * p.elastin * (ungrown(p.elastin_tensor, p.growth) * x.C) +
                 .5 * (iso.factor * iso.trace_elastic - 3. * p.growth * k.matrix_modulus) +
                 .25 * volume * k.bulk_modulus * (ratio * ratio - 1. - 2. * std::log(ratio));
    for (const Pool &pool : Pools(p, x.C))
      sum += pool.content * FibreEnergy(k, pool.strain).psi;
    return sum;
  }

  Symmetric cauchy(const Symmetric &stress, const Deformation &F)
  {
    return symmetrize(F * Deformation(stress) * transpose(F)) / determinant(F);
  }

  Symmetric collagen_stress(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    return cauchy(stress_of_collagen(k, p, symmetrize(transpose(F) * F)), F);
  }

  Symmetric active_stress(const TissuePoint &p, const Deformation &F)
  {
    return cauchy(stress_of_cells(p), F);
  }

  Deformation elastic_part(const Deformation &F, const double growth)
  {
    Deformation Fe = F;
    for (int i = 0; i < 3; ++i)
      Fe[i][thickness_axis] /= growth;
    return Fe;
  }
} // namespace cutis
