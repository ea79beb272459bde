// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <vector>

namespace cutis
{
  /**
   * The order in which the implicit diffusion solves take the moving fields. A step factorises reaction and diffusion;
   * its only error comes from the couplings that point against this order, so they must be few and weak, and no loop of
   * strong couplings may have two edges that do.
   */
  struct SolveOrder
  {
    /** Fields solved together, without coupling among each other, in the order of the solves. */
    std::vector<std::vector<int>> levels;
    /** Moving fields in their linear order. */
    std::vector<int> order;
  };

  /**
   * Minimum feedback arc set over the moving fields, by exact dynamic programming, with weights |J_ij|/|J_ii| where
   * J_ij is the largest over the given Jacobians in units of the typical size of each field. Levels follow from the
   * couplings of at least `strong` [1/d] that point along the order.
   *
   * @param jacobians  dense, row-major, n_fields x n_fields
   * @param n_moving   the moving fields are the first ones; at most 20
   */
  SolveOrder solve_order(const std::vector<std::vector<double>> &jacobians,
                         const std::vector<double> &magnitudes,
                         unsigned int n_moving,
                         double strong = .5);
} // namespace cutis
