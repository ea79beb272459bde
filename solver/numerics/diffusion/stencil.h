// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>
#include <vector>

/**
 * The hot loops of transport. One pass over the edges serves all fields, because they share the stencil and lie
 * interleaved by node. Compiled without deal.II, for the processor of this machine.
 */
namespace cutis
{
  /** Edges and volumes of the owned nodes; see NodeGraph, which owns the arrays. */
  struct Stencil
  {
    std::size_t n_nodes;
    const unsigned int *row_start;
    const unsigned int *column;
    const double *soluble;
    const double *tissue; ///< the same array as `soluble` where the content of the layers is uniform
    const double *volume;
    const double *tissue_volume;
  };

  /** What is added to the edges where cells move along fibres: diffusion with a tensor minus the isotropic one. */
  struct GuidedEdges
  {
    std::vector<unsigned int> row_start, column; ///< as those of the graph, but with the diagonals of the cells
    std::vector<double> weight;                  ///< some below zero
    double majorant = 1.;                        ///< largest principal value of the tensor over the isotropic one
  };

  /** How the moving fields move. They are the first `n` fields of the network. */
  struct Motion
  {
    struct Taxis
    {
      unsigned int field, attractant;
      double coefficient; ///< mm^2/d per unit of the attractant
    };
    /** Mobility of a field is the sum of the `crowd` fields over `reference`. */
    struct Crowding
    {
      unsigned int field;
      std::vector<unsigned int> crowd;
      double reference;
    };

    std::vector<double> diffusivity; ///< mm^2/d, one per moving field
    std::vector<char> in_tissue;     ///< weighted with the content of the layers
    std::vector<Taxis> taxis;
    std::vector<Crowding> crowding;
    std::vector<char> guided; ///< along fibres, where there are any; such fields are in the tissue

    unsigned int n() const { return diffusivity.size(); }
  };

  /**
   * Rate of change of the moving fields by diffusion and taxis at the nodes [begin, end) [field unit / d]:
   *
   *     V_i u_i' = sum_j w_ij [D (u_j - u_i) - flux_ij],   flux_ij = chi (c_j - c_i) u_edge
   *
   * The flux of taxis is the central one unless the node that it leaves holds too little:
   * u_edge = min((u_i + u_j)/2, 2 u_upstream). This is the upwind flux plus an antidiffusive flux that is cut where it
   * would draw a field below zero (algebraic flux correction with the bound 0 only; Kuzmin, Computer Methods in Applied
   * Mechanics and Engineering 361 (2020), "Monolithic convex limiting"), so smooth fields are moved with second order.
   *
   * @param u      all local nodes with ghosts, n_fields interleaved
   * @param rates  (end - begin) x n_fields; the moving fields are added to
   */
  void add_transport_rates(const Stencil &stencil,
                           const Motion &motion,
                           unsigned int n_fields,
                           const double *u,
                           std::size_t begin,
                           std::size_t end,
                           double *rates);

  /**
   * Rates by the guided edges, for the fields that are guided: their diffusion and taxis along the fibres less what
   * add_transport_rates has added of them. An edge of negative weight carries against the gradient; its flux is cut at
   * twice the smaller of the two values, so that it draws no field below zero and smooth fields do not feel the cut.
   */
  void add_guided_rates(const Stencil &stencil,
                        const GuidedEdges &guided,
                        const Motion &motion,
                        unsigned int n_fields,
                        const double *u,
                        std::size_t begin,
                        std::size_t end,
                        double *rates);

  /**
   * y = D K x for the first fields of `x`, as many as there are diffusivities: `x` has n_fields interleaved and ghosts,
   * `y` these fields alone.
   */
  void diffuse(const Stencil &stencil,
               const std::vector<double> &diffusivity,
               const std::vector<char> &in_tissue,
               unsigned int n_fields,
               const double *x,
               double *y);

  /**
   * The implicit diffusion of a batch of fields: A = V d + D K, per field, interleaved. `reaction` is d at each node
   * and field, `diffusivity` one number per field (it includes the step), `in_tissue` chooses volumes and edges.
   */
  struct DiffusionBatch
  {
    unsigned int n; ///< number of fields
    const float *reaction;
    std::vector<double> diffusivity;
    std::vector<char> in_tissue;
  };

  /** y = A x; `x` has ghosts. Adds x_i y_i of each field to `dots`. */
  void apply(const Stencil &stencil, const DiffusionBatch &batch, const double *x, double *y, double *dots);

  /**
   * Inverse of the diagonal of A at each node and field; 0 at nodes without volume. Raises `stiffness` of each field to
   * the largest ratio of diffusion to reaction in that diagonal, and `spectrum` to the largest sum of the sizes in a
   * row of diag(A)^-1 A, which no eigenvalue of that exceeds: at most 2, and more only near hanging nodes.
   */
  void invert_diagonal(const Stencil &stencil,
                       const DiffusionBatch &batch,
                       float *inverse,
                       double *stiffness,
                       double *spectrum);
} // namespace cutis
