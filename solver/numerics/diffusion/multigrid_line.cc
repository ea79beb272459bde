// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/multigrid_line.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    constexpr double round_off = 1. + 1e-6;

    /** The fine nodes that stay. */
    std::vector<unsigned int> choose_nodes(const GridLine &line, const double width)
    {
      const std::vector<double> &h = line.spacing;
      if (h.size() == 1 && 2. * h[0] <= width * round_off)
        return {0};
      std::vector<unsigned int> kept{0};
      for (unsigned int i = 0; i < h.size(); kept.push_back(i))
        i += i + 1 < h.size() && h[i] + h[i + 1] <= width * round_off ? 2 : 1;
      return kept;
    }

    LineTransfer make_transfer(const std::vector<unsigned int> &kept, const std::vector<double> &conductance)
    {
      const unsigned int n_fine = conductance.size() + 1, n = kept.size();
      LineTransfer t;
      t.fine = kept;
      t.from_below.assign(n, 0.);
      t.from_above.assign(n, 0.);
      for (unsigned int c = 0; c < n; ++c)
      {
        const unsigned int next = c + 1 < n ? kept[c + 1] : n_fine;
        for (unsigned int i = kept[c]; i < next; ++i)
        {
          // A node that goes lies between two that stay, or after the only one.
          const bool stays = i == kept[c], last = c + 1 == n;
          double share = 1.;
          if (!stays && !last)
          {
            const double sum = conductance[i - 1] + conductance[i];
            share = sum > 0. ? static_cast<double>(conductance[i - 1] / sum) : .5;
          }
          t.below.push_back(c);
          t.share_below.push_back(share);
          t.share_above.push_back(1. - share);
          if (!stays)
            t.from_above[c] = share;
          if (!stays && !last)
            t.from_below[c + 1] = 1. - share;
        }
      }
      return t;
    }

    GridLine::Weights coarse_weights(const GridLine::Weights &fine, const LineTransfer &t)
    {
      GridLine::Weights weights;
      weights.length.assign(t.fine.size(), 0.);
      for (unsigned int i = 0; i < fine.length.size(); ++i)
      {
        weights.length[t.below[i]] += t.share_below[i] * fine.length[i];
        if (t.share_above[i] > 0.)
          weights.length[t.below[i] + 1] += t.share_above[i] * fine.length[i];
      }
      for (unsigned int c = 0; c + 1 < t.fine.size(); ++c)
      {
        double resistance = 0.;
        for (unsigned int i = t.fine[c]; i < t.fine[c + 1]; ++i)
          resistance += 1. / fine.conductance[i];
        weights.conductance.push_back(1. / resistance);
      }
      return weights;
    }
  } // namespace

  GridLine make_line(const std::vector<double> &coordinates, const std::vector<double> &content)
  {
    GridLine line;
    const unsigned int n = coordinates.size();
    for (GridLine::Weights &weights : line.weights)
      weights.length.assign(n, n == 1 ? 1. : 0.);
    for (unsigned int i = 0; i + 1 < n; ++i)
    {
      const double h = coordinates[i + 1] - coordinates[i];
      line.spacing.push_back(h);
      for (unsigned int w = 0; w < n_weightings; ++w)
      {
        const double share = w == 0 ? 1. : content[i];
        line.weights[w].conductance.push_back(share / h);
        line.weights[w].length[i] += .5 * share * h;
        line.weights[w].length[i + 1] += .5 * share * h;
      }
    }
    return line;
  }

  CoarserLine coarsen(const GridLine &line, const double width)
  {
    const std::vector<unsigned int> kept = choose_nodes(line, width);
    CoarserLine coarser;
    for (unsigned int c = 0; c + 1 < kept.size(); ++c)
    {
      double sum = 0.;
      for (unsigned int i = kept[c]; i < kept[c + 1]; ++i)
        sum += line.spacing[i];
      coarser.line.spacing.push_back(sum);
    }
    for (unsigned int w = 0; w < n_weightings; ++w)
    {
      coarser.transfer[w] = make_transfer(kept, line.weights[w].conductance);
      coarser.line.weights[w] = coarse_weights(line.weights[w], coarser.transfer[w]);
    }
    return coarser;
  }
} // namespace cutis
