// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace cutis
{
  /** Some nodes in a row, as the kinetics see them. All arrays are interleaved by node. */
  struct NodeBlock
  {
    std::size_t size;           ///< number of nodes
    unsigned int n_fields;      ///< stride of `fields` and of the rates
    const double *fields;       ///< field values, size x n_fields
    unsigned int n_doses;       ///< stride of `doses`
    const double *doses;        ///< constants of the interventions, size x n_doses
    const double *cell_content; ///< share of cells and matrix in the tissue, 1 in the dermis, size
    /** Tension that cells feel in the collagen around them over that at rest, minus 1, size; null without mechanics. */
    const double *stretch = nullptr;
  };

  /** The places (equation, variable) where the Jacobian of the kinetics at a node can differ from zero. */
  class JacobianPattern
  {
  public:
    JacobianPattern() = default;
    JacobianPattern(unsigned int n_fields, const std::vector<std::pair<int, int>> &entries);

    unsigned int n_fields() const { return n_fields_; }
    std::size_t size() const { return entries_.size(); }
    /** Position of the derivative of rate `i` by field `j` in the list of values; -1 if it is always zero. */
    int slot(int i, int j) const { return slots_[i * n_fields_ + j]; }
    const std::vector<std::pair<int, int>> &entries() const { return entries_; }

  private:
    unsigned int n_fields_ = 0;
    std::vector<std::pair<int, int>> entries_; ///< row by row
    std::vector<int> slots_;
  };

  /**
   * What happens at a point without its neighbours: rates of change of all fields [field unit per day] and their
   * derivatives. A network, and each intervention that acts over a time, is one of these; their sum is the reaction
   * part.
   */
  class Kinetics
  {
  public:
    virtual ~Kinetics() = default;

    /** Pairs (equation, variable) that `add_jacobian` may fill. */
    virtual std::vector<std::pair<int, int>> dependencies() const = 0;
    /** Fix the pattern that `add_jacobian` writes to; it contains all dependencies. */
    virtual void bind(const JacobianPattern &pattern) = 0;
    /** Prepare for evaluations at this time [d since the start of the run]. */
    virtual void set_time(double time) = 0;

    /** Add the rates of change to `rates`, size x n_fields. */
    virtual void add_rates(const NodeBlock &nodes, double *rates) const = 0;
    /**
     * Rate at which a field is made at a node [field unit / d]: the sum of all rates that add to it, without those that
     * take from it, at the time that was set last, where cells are as many as in the dermis.
     */
    virtual double gain([[maybe_unused]] int field, [[maybe_unused]] const double *fields) const { return 0.; }
    /** Add the derivatives of the rates to `values`, size x pattern.size(). */
    virtual void add_jacobian(const NodeBlock &nodes, double *values) const = 0;
  };
} // namespace cutis
