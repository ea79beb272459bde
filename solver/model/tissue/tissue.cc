// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/tissue.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cutis
{
  using namespace dealii;

  Symmetric unpack(const double *components)
  {
    Symmetric tensor;
    for (unsigned int n = 0; n < symmetric_components; ++n)
      tensor.access_raw_entry(n) = components[n];
    return tensor;
  }

  void pack(const Symmetric &tensor, double *components)
  {
    for (unsigned int n = 0; n < symmetric_components; ++n)
      components[n] = tensor.access_raw_entry(n);
  }

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

    double square(const double a)
    {
      return a * a;
    }

    using Square = double[3][3];

    void spread(const Symmetric &tensor, Square &square)
    {
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
          square[i][j] = tensor[i][j];
    }

    /** The axes of a component in the order of deal.II. */
    std::pair<int, int> axes_of(const unsigned int component)
    {
      constexpr int axes[symmetric_components][2] = {{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}};
      return {axes[component][0], axes[component][1]};
    }

    /** G A G of symmetric tensors; with G = Fi^-1, from the intermediate configuration back to the reference. */
    Symmetric pulled_back(const Symmetric &tensor, const Symmetric &by)
    {
      Square A, G, AG;
      spread(tensor, A);
      spread(by, G);
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
          AG[i][j] = A[i][0] * G[0][j] + A[i][1] * G[1][j] + A[i][2] * G[2][j];
      Symmetric result;
      for (int i = 0; i < 3; ++i)
        for (int j = i; j < 3; ++j)
          result[i][j] = G[i][0] * AG[0][j] + G[i][1] * AG[1][j] + G[i][2] * AG[2][j];
      return result;
    }

    /** The deformation and its elastic part, and what the stress needs of them. */
    struct Kinematics
    {
      Symmetric C, inverse;
      double J;
      Symmetric ungrowing; ///< Fi^-1
      double growth;       ///< det Fi
      Symmetric elastic;   ///< Ce

      Kinematics(const Deformation &F, const TissuePoint &p)
        : C(symmetrize(transpose(F) * F))
        , inverse(invert(C))
        , J(determinant(F))
        , ungrowing(invert(p.inelastic))
        , growth(determinant(p.inelastic))
        , elastic(pulled_back(C, ungrowing))
      {
      }
    };

    /** A collagen pool and what its fibres carry. */
    struct Pool
    {
      double content;
      const Symmetric &P;
      FibreEnergy fibres;

      double tangent() const { return 4. * content * fibres.second; }
    };

    struct Pools
    {
      Pool pools[2];

      Pools(const TissueConstants &k, const TissuePoint &p, const Kinematics &x)
        : pools{{p.collagen_new, p.fibres_new, {k, p.fibres_new * x.elastic - 1.}},
                {p.collagen_mature, p.fibres_mature, {k, p.fibres_mature * x.elastic - 1.}}}
      {
      }
      const Pool *begin() const { return pools; }
      const Pool *end() const { return pools + 2; }
    };

    /** In the intermediate configuration, like those that follow. */
    Symmetric stress_of_collagen(const Pools &pools)
    {
      Symmetric sum;
      for (const Pool &pool : pools)
        sum += 2. * pool.content * pool.fibres.first * pool.P;
      return sum;
    }

    Symmetric stress_of_cells(const TissuePoint &p)
    {
      Symmetric sum;
      if (p.shrinkage != 0.)
        sum += p.shrinkage / trace(p.fibres_new) * p.fibres_new;
      if (p.contraction != 0.)
        sum += p.contraction * in_plane(p.fibres_new, p.normal);
      return sum;
    }

    /** What the matrix is made of: Jg mu Je^(-2/3), tr Ce, and J p with the pressure of the volume. */
    struct Matrix
    {
      double factor, trace_elastic, ratio, pressure;

      Matrix(const TissueConstants &k, const TissuePoint &p, const Kinematics &x)
        : factor(x.growth * (k.matrix_modulus + p.gel_modulus) / square(std::cbrt(x.J / x.growth)))
        , trace_elastic(trace(x.elastic))
        , ratio(x.J / (x.growth * p.swelling * p.rest_volume))
        , pressure(.5 * k.bulk_modulus * (ratio - 1. / ratio))
      {
      }
    };

    /** Components of a symmetric tensor in a row. */
    struct Row
    {
      double values[symmetric_components];

      explicit Row(const Symmetric &tensor) { pack(tensor, values); }
      double operator[](const unsigned int m) const { return values[m]; }
    };

    /**
     * The tangent, component by component: a sum of dyads of tensors in a row and of -dC^-1/dC. Three times as fast as
     * sums of outer_product, which makes a Stiffness of each.
     */
    Stiffness tangent_at(const TissueConstants &k, const Kinematics &x, const Pools &pools, const Matrix &m)
    {
      const double volume = x.J * k.bulk_modulus * m.ratio, pressure = 2. * x.J * m.pressure;
      const double isochoric = 2. / 9. * m.factor * m.trace_elastic;
      const double of_inverse_twice = isochoric + volume, of_identity = 3. * isochoric - pressure;
      const Row inverse(x.inverse);
      const Row of_trace(-2. / 3. * m.factor * pulled_back(unit_symmetric_tensor<3>(), x.ungrowing)); // tr Ce by C
      const Row fresh(pulled_back(pools.pools[0].P, x.ungrowing)), mature(pulled_back(pools.pools[1].P, x.ungrowing));
      const double of_fresh = pools.pools[0].tangent(), of_mature = pools.pools[1].tangent();
      Square C;
      spread(x.inverse, C);
      Stiffness tangent;
      for (unsigned int r = 0; r < symmetric_components; ++r)
      {
        const auto [i, j] = axes_of(r);
        for (unsigned int c = 0; c <= r; ++c)
        {
          const auto [a, b] = axes_of(c);
          const double identity = .5 * (C[i][a] * C[j][b] + C[i][b] * C[j][a]); // -dC^-1/dC
          const double sum = of_inverse_twice * inverse[r] * inverse[c] + of_identity * identity +
                             of_trace[r] * inverse[c] + inverse[r] * of_trace[c] + of_fresh * fresh[r] * fresh[c] +
                             of_mature * mature[r] * mature[c];
          tangent.access_raw_entry(r * symmetric_components + c) = sum;
          tangent.access_raw_entry(c * symmetric_components + r) = sum;
        }
      }
      return tangent;
    }

    Symmetric
    stress_at(const TissueConstants &k, const TissuePoint &p, const Kinematics &x, const Pools &pools, const Matrix &m)
    {
      const Symmetric of_fibres = stress_of_collagen(pools) +
                                  x.growth * k.elastin_modulus * p.elastin * p.elastin_tensor + stress_of_cells(p) +
                                  m.factor * unit_symmetric_tensor<3>();
      return pulled_back(of_fibres, x.ungrowing) + (m.pressure * x.J - m.factor * m.trace_elastic / 3.) * x.inverse;
    }
  } // namespace

  TissueResponse response(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    const Kinematics x(F, p);
    const Pools pools(k, p, x);
    const Matrix m(k, p, x);
    return {stress_at(k, p, x, pools, m), tangent_at(k, x, pools, m)};
  }

  Symmetric stress(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    const Kinematics x(F, p);
    return stress_at(k, p, x, Pools(k, p, x), Matrix(k, p, x));
  }

  double energy(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    const Kinematics x(F, p);
    const Matrix m(k, p, x);
    const double volume = x.growth * p.swelling * p.rest_volume;
    double sum = .5 * x.growth * k.elastin_modulus * p.elastin * (p.elastin_tensor * x.elastic) +
                 .5 * (m.factor * m.trace_elastic - 3. * x.growth * (k.matrix_modulus + p.gel_modulus)) +
                 .25 * volume * k.bulk_modulus * (m.ratio * m.ratio - 1. - 2. * std::log(m.ratio));
    for (const Pool &pool : Pools(k, p, x))
      sum += pool.content * pool.fibres.psi;
    return sum;
  }

  Symmetric cauchy(const Symmetric &stress, const Deformation &F)
  {
    return symmetrize(F * Deformation(stress) * transpose(F)) / determinant(F);
  }

  Symmetric collagen_stress(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    const Kinematics x(F, p);
    return cauchy(pulled_back(stress_of_collagen(Pools(k, p, x)), x.ungrowing), F);
  }

  CarriedStress carried_stress(const TissueConstants &k, const TissuePoint &p, const Deformation &F)
  {
    const Kinematics x(F, p);
    const Pools pools(k, p, x);
    // tr(F Fi^-1 S Fi^-1 F^T) = S : Ce
    return {stress_at(k, p, x, pools, Matrix(k, p, x)),
            stress_of_collagen(pools) * x.elastic / x.J,
            stress_of_cells(p) * x.elastic / x.J};
  }

  Deformation elastic_part(const Deformation &F, const Symmetric &inelastic)
  {
    return F * Deformation(invert(inelastic));
  }

  Symmetric in_plane(const Symmetric &A, const Direction &normal)
  {
    const Deformation across = Deformation(unit_symmetric_tensor<3>()) - outer_product(normal, normal);
    const Symmetric projected = symmetrize(across * Deformation(A) * across);
    return projected / trace(projected);
  }

  Symmetric grown_along_thickness(const double ratio, const Direction &normal, const Symmetric &before)
  {
    const Symmetric root =
      unit_symmetric_tensor<3>() + (std::sqrt(ratio) - 1.) * symmetrize(outer_product(normal, normal));
    return pulled_back(before, root);
  }
} // namespace cutis
