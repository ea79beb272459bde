// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/needles/needle_array.h"
#include "numerics/space/node_graph.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace cutis
{
  /** The part of the skin that a node stands for: half the way to its neighbours along each axis [mm]. */
  struct NodeBox
  {
    std::array<double, 3> low, high; ///< x, y, depth
  };

  inline NodeBox node_box(const NodeGraph &graph, const std::vector<Place> &places, const unsigned int node)
  {
    const Place &p = places[node];
    NodeBox box{{{p.x, p.y, p.depth}}, {{p.x, p.y, p.depth}}};
    for (unsigned int e = graph.row_start[node]; e < graph.row_start[node + 1]; ++e)
    {
      const Place &q = places[graph.column[e]];
      const double way[3] = {q.x - p.x, q.y - p.y, q.depth - p.depth}, centre[3] = {p.x, p.y, p.depth};
      for (int a = 0; a < 3; ++a)
      {
        box.low[a] = std::min(box.low[a], centre[a] + .5 * way[a]);
        box.high[a] = std::max(box.high[a], centre[a] + .5 * way[a]);
      }
    }
    return box;
  }

  /**
   * Mean of the effects over a box, by samples at most 25 um apart and not more than eight along an axis: the rim of a
   * lesion is thinner than cells are, and its volume must not depend on where nodes happen to lie. A section is not
   * averaged across its plane.
   */
  template <class Effect>
  SessionEffect mean_over(const NodeBox &box, const bool section, const Effect &effect)
  {
    int n[3];
    for (int a = 0; a < 3; ++a)
    {
      const double side = box.high[a] - box.low[a];
      n[a] = section && a == 1 ? 1 : std::clamp(static_cast<int>(std::ceil(side / .025)), 1, 8);
    }
    const auto at = [&](const int a, const int i) { return box.low[a] + (i + .5) / n[a] * (box.high[a] - box.low[a]); };
    SessionEffect sum;
    for (int i = 0; i < n[0]; ++i)
      for (int j = 0; j < n[1]; ++j)
        for (int k = 0; k < n[2]; ++k)
        {
          const SessionEffect one = effect(Place{at(0, i), at(1, j), at(2, k)});
          sum.collagen += one.collagen;
          sum.cells += one.cells;
          sum.track += one.track;
          sum.shock += one.shock;
        }
    const double share = 1. / (n[0] * n[1] * n[2]);
    return {share * sum.collagen, share * sum.cells, share * sum.track, share * sum.shock};
  }
} // namespace cutis
