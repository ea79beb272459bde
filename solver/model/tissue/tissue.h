// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/base/symmetric_tensor.h>
#include <deal.II/base/tensor.h>

namespace cutis
{
  /**
   * Tensors of the tissue are always three-dimensional, in the frame of the skin: axis 0 along the patch, axis 1 across
   * it, axis 2 the normal of the skin.
   */
  using Deformation = dealii::Tensor<2, 3>;
  using Symmetric = dealii::SymmetricTensor<2, 3>;
  using Stiffness = dealii::SymmetricTensor<4, 3>;
  using Direction = dealii::Tensor<1, 3>;
  constexpr int thickness_axis = 2;
  /** Out of the skin, where it is flat. */
  inline Direction flat_normal()
  {
    Direction n;
    n[thickness_axis] = 1.;
    return n;
  }
  /** In a row of numbers, in the order of deal.II: 00 11 22 01 02 12. */
  constexpr unsigned int symmetric_components = Symmetric::n_independent_components;

  /** A symmetric tensor from its components in a row, and the reverse. */
  Symmetric unpack(const double *components);
  void pack(const Symmetric &tensor, double *components);

  /** Constants of the constituents of a layer. Stresses in kPa. */
  struct TissueConstants
  {
    double matrix_modulus = 3.;   ///< mu, shear modulus of the ground substance
    double bulk_modulus = 260.;   ///< kappa, of the drained matrix
    double elastin_modulus = 10.; ///< mu_e, at the healthy young content
    double fibre_modulus = 80.;   ///< k1, of collagen at the healthy young content
    double fibre_exponent = 15.;  ///< k2
    double fibre_limit = .37;     ///< E_c, strain from where the fibres stiffen no further
    double elastin_normal = .42;  ///< normal component of the elastin tensor in the healthy state
  };

  /** What the stress at a point follows from, beside the deformation. */
  struct TissuePoint
  {
    double collagen_new = 0., collagen_mature = 0.; ///< contents, healthy young collagen = 1
    double elastin = 0.;                            ///< content, healthy young elastin = 1
    Symmetric fibres_new, fibres_mature;            ///< P_k, second moments of elastic stretch times direction
    Symmetric elastin_tensor;                       ///< P_e
    Symmetric inelastic = dealii::unit_symmetric_tensor<3>(); ///< F_i, positive definite: growth and lasting shape
    double swelling = 1.;                                     ///< J_w, volume of the matrix by water and filler
    double gel_modulus = 0.;                                  ///< shear modulus that filler adds to the matrix [kPa]
    double rest_volume = 1.;          ///< J_s, volume ratio at which the matrix alone is free of stress
    double shrinkage = 0.;            ///< stress of denatured collagen, along the new fibres [kPa]
    double contraction = 0.;          ///< stress of cells, in the plane of the skin [kPa]
    Direction normal = flat_normal(); ///< of the skin, of length 1
  };

  /** The part of a tensor in the plane across a normal of length 1, scaled to trace 1: Pi A Pi/tr(Pi A Pi). */
  Symmetric in_plane(const Symmetric &A, const Direction &normal);

  /** Second Piola-Kirchhoff stress and its derivative by the Green strain [kPa]. */
  struct TissueResponse
  {
    Symmetric stress;
    Stiffness tangent;
  };

  /**
   * Stress of the tissue under the deformation gradient F. Its inelastic part, symmetric and positive definite, is
   * shared by all constituents: F = Fe Fi, Ce = Fe^T Fe, Jg = det Fi.
   * \f[ S = F_i^{-1} \Bigl[ \sum_k 2 \phi_k \psi'(E_k) P_k + J_g \mu_e\, El\, P_e + S_{act} \Bigr] F_i^{-1}
   *         + S_{matrix}(C) \f]
   * with \f$E_k = P_k : C_e - 1\f$, \f$\psi' = k_1 \langle E \rangle e^{k_2 \langle E \rangle^2}\f$ below the limit and
   * its tangent line beyond (Gasser, Ogden and Holzapfel, J. R. Soc. Interface 3 (2006), with the full instead of the
   * isochoric strain), \f$S_{act} = t_d P_n / \mathrm{tr} P_n + t \Pi P_n \Pi / \mathrm{tr}(\Pi P_n \Pi)\f$ with
   * \f$\Pi = I - n \otimes n\f$, and the matrix
   * \f[ W = J_g \mu/2\, (\bar I_1(C_e) - 3) + J_v \kappa/4\, (x^2 - 1 - 2 \ln x), \quad x = J/J_v,\; J_v = J_g J_w
   *     J_s. \f]
   * Gel enlarges \f$J_w\f$ and adds its modulus to \f$\mu\f$. Cells pull in the plane of the skin: where tissue may
   * change its thickness, a pull that is alike in all directions is balanced by the pressure and draws nothing
   * together.
   */
  TissueResponse response(const TissueConstants &constants, const TissuePoint &point, const Deformation &F);

  /** The stress alone. */
  Symmetric stress(const TissueConstants &constants, const TissuePoint &point, const Deformation &F);

  /** Stored energy per volume of healthy tissue [kPa], whose derivative is the stress without its active part. */
  double energy(const TissueConstants &constants, const TissuePoint &point, const Deformation &F);

  /** Cauchy stress F S F^T / J of a second Piola-Kirchhoff stress. */
  Symmetric cauchy(const Symmetric &stress, const Deformation &F);

  /** Cauchy stress of the two collagen pools alone. */
  Symmetric collagen_stress(const TissueConstants &constants, const TissuePoint &point, const Deformation &F);

  /** Stress of the tissue, and what of it collagen and cells carry, in one evaluation. */
  struct CarriedStress
  {
    Symmetric stress;     ///< second Piola-Kirchhoff [kPa]
    double collagen = 0.; ///< trace of the Cauchy stress of the two collagen pools [kPa]
    double cells = 0.;    ///< trace of that of the cells [kPa]
  };
  CarriedStress carried_stress(const TissueConstants &constants, const TissuePoint &point, const Deformation &F);

  /** The elastic part of the deformation, F Fi^-1. */
  Deformation elastic_part(const Deformation &F, const Symmetric &inelastic);

  /**
   * Fi of tissue that had the inelastic deformation `before` and whose volume grew by `ratio` along the normal of the
   * skin: Fg^(1/2) before Fg^(1/2) with Fg = I + (ratio - 1) n x n, which is symmetric whatever the axes of `before`.
   */
  Symmetric grown_along_thickness(double ratio,
                                  const Direction &normal = flat_normal(),
                                  const Symmetric &before = dealii::unit_symmetric_tensor<3>());
} // namespace cutis
