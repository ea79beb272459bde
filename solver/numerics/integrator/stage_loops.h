// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"
#include "numerics/diffusion/node_layout.h"
#include "numerics/integrator/error_weights.h"

#include <array>
#include <cstddef>
#include <vector>

/**
 * What a step does at each node beside rates, factors and diffusion: one pass over the nodes each. Compiled without
 * deal.II, for the processor of this machine.
 */
namespace cutis
{
  /** A sum over stages. */
  struct StageSum
  {
    unsigned int n;
    const double *factor;
    std::array<const double *, 4> stage;
  };

  /** result = weight x + the sum of at most three stages, over `size` numbers; `result` may be `x`. */
  void add_stages(std::size_t size, double weight, const double *x, const StageSum &sum, double *result);

  /** The field of node i is first[i stride]. */
  struct FieldColumn
  {
    const double *first;
    std::size_t stride;
  };

  /** Entries of B = I - gh J, without growth on the diagonal, at all nodes. */
  struct Couplings
  {
    struct Entry
    {
      unsigned int row, column;
      int slot; ///< in the Jacobian
      bool diagonal;
    };
    std::vector<Entry> entries; ///< row by row
    std::vector<float> values;  ///< of eight nodes each: group by group, in it entry by entry

    void resize(std::size_t n_nodes);
    /** Take the values of the group that begins at node `first` from its Jacobian, as kinetics give it. */
    void take(std::size_t first, const double *jacobian, double gh);
  };

  /** The same for the diagonals of fields that diffuse, and the sizes of their residuals; see DiffusionSolver. */
  struct DiagonalRows
  {
    std::vector<int> slots;              ///< in the Jacobian
    std::vector<double> absolute;        ///< error of each field
    std::vector<const double *> volumes; ///< of the nodes, as each field sees them
    double relative;

    /** Of `size` nodes from `first` on; `u`: the fields of these rows. */
    void take(std::size_t first,
              std::size_t size,
              const double *jacobian,
              double gh,
              const std::vector<FieldColumn> &u,
              const NodeLayout &layout,
              float *reaction,
              float *scale) const;
  };

  /**
   * Right-hand sides of the diffusion solves of one level: residual_p = -diffusion_p - V_p sum_j B_pj correction_j.
   * `corrections` are those of all moving fields.
   */
  void couple(std::size_t n_nodes,
              const Couplings &couplings,
              const std::vector<FieldColumn> &corrections,
              const std::vector<FieldColumn> &diffusion,
              const std::vector<const double *> &volumes,
              const NodeLayout &layout,
              double *residual);

  /**
   * stage = factor (stage + correction): the first fields as `moving` says, then those that do not move, for which
   * B correction = 0, row by row as in `bound`, whose rows end with their diagonals.
   */
  void correct(std::size_t n_nodes,
               unsigned int n_fields,
               const std::vector<FieldColumn> &moving,
               const Couplings &bound,
               double factor,
               double *stage);

  /** What the end of a step finds. */
  struct StepOutcome
  {
    double error = 0.;  ///< largest error over its weight
    double lowest = 0.; ///< lowest value over the absolute error of its field, if below zero
    bool finite = true;
  };

  /** next += the last stage; the error is the sum over the stages. Nodes without volume are left out. */
  StepOutcome finish_nodes(std::size_t n_nodes,
                           const double *volume,
                           const ErrorWeights &weights,
                           const double *u,
                           const StageSum &error,
                           double *next);
} // namespace cutis
