// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <array>
#include <vector>

namespace cutis
{
  /** The two ways in which diffusion weighs space: as it is, or with the content of the layers. */
  constexpr unsigned int n_weightings = 2;

  /**
   * One direction of a grid. A node of the grid has the product of three lengths as its volume, an edge along this
   * direction the product of its conductance with the lengths of the other two.
   */
  struct GridLine
  {
    struct Weights
    {
      std::vector<double> length;      ///< of each node: half of the intervals at both sides [mm]
      std::vector<double> conductance; ///< of each interval: content over width [1/mm]
    };
    std::vector<double> spacing;               ///< widths of the intervals [mm]
    std::array<Weights, n_weightings> weights; ///< without and with the content

    unsigned int n() const { return spacing.size() + 1; }
  };

  /** The line through these coordinates [mm]; `content` of each interval. A direction of one node has length 1. */
  GridLine make_line(const std::vector<double> &coordinates, const std::vector<double> &content);

  /**
   * Interpolation from a coarser line. It follows the solution of steady diffusion between two nodes, which is linear
   * where the content is uniform; restriction is its transpose.
   */
  struct LineTransfer
  {
    std::vector<unsigned int> fine;               ///< of each coarse node: the fine node at its place
    std::vector<double> from_below, from_above;   ///< shares of the fine nodes before and after that one
    std::vector<unsigned int> below;              ///< of each fine node: the last coarse node not above it
    std::vector<double> share_below, share_above; ///< shares of that coarse node and of the next
  };

  /** A coarser line and the way to it, with either weighting. */
  struct CoarserLine
  {
    GridLine line;
    std::array<LineTransfer, n_weightings> transfer;
  };

  /**
   * Merge neighbouring intervals in pairs where their sum is at most `width` [mm]; a single interval of at most half of
   * that vanishes. Conductances act in series and lengths are passed on by the interpolation.
   */
  CoarserLine coarsen(const GridLine &line, double width);
} // namespace cutis
