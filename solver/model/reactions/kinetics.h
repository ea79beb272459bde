// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace cutis
{
  /** Nodes whose rates are evaluated at once, and factorised at once. */
  constexpr std::size_t n_lanes = 8;

  /** Some nodes in a row, and what reactions may know of them. All arrays are interleaved by node. */
  struct NodeBlock
  {
    std::size_t size;      ///< number of nodes
    unsigned int n_fields; ///< stride of `fields` and of the rates
    const double *fields;  ///< field values, size x n_fields
    unsigned int n_doses;  ///< stride of `doses`
    const double *doses;   ///< constants of the sessions, size x n_doses
    const double *content; ///< share of cells and matrix in the tissue, 1 in the dermis, size
    /** Skin surface per volume of tissue [1/mm], size; null if no node lies at the surface. */
    const double *surface = nullptr;
    /** Tension that cells feel in the collagen around them over that at rest, minus 1, size; null without mechanics. */
    const double *relative_tension = nullptr;
    /** Site of each node, by its number, size; null where the skin is the same everywhere. */
    const unsigned char *site = nullptr;

    /** `count` of these nodes from `begin` on. */
    NodeBlock part(const std::size_t begin, const std::size_t count) const
    {
      const auto from = [&](const auto *array, const std::size_t stride = 1)
      { return array ? array + begin * stride : nullptr; };
      return {count,
              n_fields,
              from(fields, n_fields),
              n_doses,
              from(doses, n_doses),
              from(content),
              from(surface),
              from(relative_tension),
              from(site)};
    }
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
   * derivatives. Modules are such kinetics; their sum is the reaction part of a run.
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
    /** Add the derivatives of the rates of at most n_lanes nodes to `values`: that of node n and slot s of the pattern
     * at [s * n_lanes + n]. */
    virtual void add_jacobian(const NodeBlock &nodes, double *values) const = 0;
    /**
     * Add to `production`, one number per node, the rate at which a field is made [field unit / d]: the sum of all
     * rates that add to it, without those that take from it, as if cells were as many as in the dermis.
     */
    virtual void add_production(int field, const NodeBlock &nodes, double *production) const = 0;
  };
} // namespace cutis
