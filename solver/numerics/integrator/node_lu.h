// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"

#include <cstddef>
#include <vector>

namespace cutis
{
  /**
   * Sparse LU factors of I - gh J at the nodes. All nodes share the pattern of J, so the elimination is planned once,
   * with an order that keeps the fill small, and carried out for eight nodes at a time. The factors are kept in single
   * precision: in a W-method they only precondition. The sparse LU of a library takes one matrix
   * at a time.
   */
  class NodeLU
  {
  public:
    static constexpr std::size_t lanes = n_lanes;

    explicit NodeLU(const JacobianPattern &pattern);

    unsigned int n_fields() const { return n_fields_; }
    /** Numbers that the factors of a group of nodes take. */
    std::size_t factor_size() const { return n_slots_ * lanes; }

    /**
     * Factorise for a group. `jacobian` is slot by slot, eight nodes each, as kinetics give it. Returns the smallest
     * pivot (its size), which must not be tiny, or NaN if an entry is not finite.
     */
    double factorise(const double *jacobian, double gh, float *factors) const;
    /** Solve in place at nodes in a row, whose first is the first of a group; `x` is interleaved by node. */
    void solve(const float *factors, std::size_t n_nodes, double *x) const;

  private:
    struct Elimination ///< target -= left * right
    {
      int target, left, right;
    };
    struct Column ///< of the elimination of one unknown
    {
      int unknown, pivot;
      std::vector<int> scale;             ///< slots of L to multiply with the inverse pivot
      std::vector<Elimination> eliminate; ///< updates of the rest
    };
    struct Term ///< factor * unknown
    {
      int slot, unknown;
    };
    struct Row ///< of L or U: unknown -= its terms
    {
      int unknown, pivot;
      std::vector<Term> terms;
    };

    /** Of groups in a row at once, which hides the latency of one from the other; `values` is scratch. */
    template <std::size_t n_groups>
    void solve_groups(const float *factors, std::size_t n_nodes, double *x, double *values) const;

    unsigned int n_fields_;
    std::size_t n_slots_;
    std::vector<int> slot_of_entry_; ///< from the pattern of J to the filled pattern
    std::vector<Column> columns_;
    std::vector<Row> lower_, upper_; ///< in the order of the substitutions
  };
} // namespace cutis
