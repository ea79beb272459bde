// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/stencil.h"

#include "numerics/diffusion/fixed_length.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    /** Coefficients of the two kinds of edges, so that the loop over the fields has no branch. */
    struct EdgeCoefficients
    {
      double soluble[most_fields] = {}, tissue[most_fields] = {};
      double volume[most_fields] = {}, tissue_volume[most_fields] = {};

      EdgeCoefficients(const std::vector<double> &diffusivity, const std::vector<char> &in_tissue)
      {
        if (diffusivity.size() > most_fields)
          throw std::length_error("too many moving fields");
        for (std::size_t f = 0; f < diffusivity.size(); ++f)
        {
          (in_tissue[f] ? tissue : soluble)[f] = diffusivity[f];
          (in_tissue[f] ? tissue_volume : volume)[f] = 1.;
        }
      }
    };

    /** What leaves node i along an edge by taxis; see add_transport_rates. */
    double taxis_flux(const Motion::Taxis &taxis, const double weight, const double *u_i, const double *u_j)
    {
      const double speed = taxis.coefficient * weight * (u_j[taxis.attractant] - u_i[taxis.attractant]);
      const double here = u_i[taxis.field], there = u_j[taxis.field];
      return speed * std::min(.5 * (here + there), 2. * (speed > 0. ? here : there));
    }

    void add_taxis(const Stencil &s,
                   const Motion &motion,
                   const Motion::Taxis &taxis,
                   const unsigned int n_fields,
                   const double *u,
                   const std::size_t begin,
                   const std::size_t end,
                   double *rates)
    {
      const bool in_tissue = motion.in_tissue[taxis.field];
      const double *weight = in_tissue ? s.tissue : s.soluble;
      const double *volume = in_tissue ? s.tissue_volume : s.volume;
      for (std::size_t i = begin; i < end; ++i)
      {
        if (!(volume[i] > 0.))
          continue;
        double leaves = 0.;
        for (unsigned int e = s.row_start[i]; e < s.row_start[i + 1]; ++e)
          leaves += taxis_flux(taxis, weight[e], u + i * n_fields, u + std::size_t(s.column[e]) * n_fields);
        rates[(i - begin) * n_fields + taxis.field] -= leaves / volume[i];
      }
    }

    /** Diffusion of a field whose mobility depends on the density of the crowd around it. */
    void add_crowded_diffusion(const Stencil &s,
                               const Motion &motion,
                               const Motion::Crowding &crowding,
                               const unsigned int n_fields,
                               const double *u,
                               const std::size_t begin,
                               const std::size_t end,
                               double *rates)
    {
      const unsigned int f = crowding.field;
      const double *weight = motion.in_tissue[f] ? s.tissue : s.soluble;
      const double *volume = motion.in_tissue[f] ? s.tissue_volume : s.volume;
      const auto mobility = [&](const std::size_t node)
      {
        double sum = 0.;
        for (const unsigned int c : crowding.crowd)
          sum += u[node * n_fields + c];
        return std::max(sum, 0.) / crowding.reference;
      };
      for (std::size_t i = begin; i < end; ++i)
      {
        if (!(volume[i] > 0.))
          continue;
        const double mobility_i = mobility(i);
        double arrives = 0.;
        for (unsigned int e = s.row_start[i]; e < s.row_start[i + 1]; ++e)
        {
          const std::size_t j = s.column[e];
          const double share = .5 * (mobility_i + mobility(j));
          const double *u_i = u + i * n_fields, *u_j = u + j * n_fields;
          arrives += share * weight[e] * motion.diffusivity[f] * (u_j[f] - u_i[f]);
          for (const Motion::Taxis &taxis : motion.taxis)
            if (taxis.field == f)
              arrives -= share * taxis_flux(taxis, weight[e], u_i, u_j);
        }
        rates[(i - begin) * n_fields + f] += arrives / volume[i];
      }
    }
  } // namespace

  namespace
  {
    /**
     * Whole registers are faster than the last fields one by one: the fields that follow take part with coefficients 0.
     */
    unsigned int in_whole_registers(const unsigned int n, const unsigned int n_fields)
    {
      constexpr unsigned int width = 4;
      const unsigned int whole = (n + width - 1) / width * width;
      return whole <= std::min(n_fields, most_fields) ? whole : n;
    }
  } // namespace

  void add_transport_rates(const Stencil &s,
                           const Motion &motion,
                           const unsigned int n_fields,
                           const double *u,
                           const std::size_t begin,
                           const std::size_t end,
                           double *rates)
  {
    EdgeCoefficients k(motion.diffusivity, motion.in_tissue);
    for (const Motion::Crowding &crowding : motion.crowding)
      k.soluble[crowding.field] = k.tissue[crowding.field] = 0.;

    with_fixed_length(in_whole_registers(motion.n(), n_fields),
                      [&](const auto n)
                      {
                        for (std::size_t i = begin; i < end; ++i)
                        {
                          if (!(s.volume[i] > 0.))
                            continue;
                          double sum[n] = {};
                          const double *u_i = u + i * n_fields;
                          for (unsigned int e = s.row_start[i]; e < s.row_start[i + 1]; ++e)
                          {
                            const double *u_j = u + std::size_t(s.column[e]) * n_fields;
                            const double ws = s.soluble[e], wt = s.tissue[e];
                            for (unsigned int f = 0; f < n; ++f)
                              sum[f] += (k.soluble[f] * ws + k.tissue[f] * wt) * (u_j[f] - u_i[f]);
                          }
                          const double vs = 1. / s.volume[i], vt = 1. / s.tissue_volume[i];
                          double *r = rates + (i - begin) * n_fields;
                          for (unsigned int f = 0; f < n; ++f)
                            r[f] += sum[f] * (k.volume[f] * vs + k.tissue_volume[f] * vt);
                        }
                      });

    const auto is_crowded = [&](const unsigned int field)
    {
      return std::any_of(
        motion.crowding.begin(), motion.crowding.end(), [&](const auto &c) { return c.field == field; });
    };
    for (const Motion::Crowding &crowding : motion.crowding)
      add_crowded_diffusion(s, motion, crowding, n_fields, u, begin, end, rates);
    for (const Motion::Taxis &taxis : motion.taxis)
      if (!is_crowded(taxis.field))
        add_taxis(s, motion, taxis, n_fields, u, begin, end, rates);
  }

  void add_guided_rates(const Stencil &s,
                        const GuidedEdges &guided,
                        const Motion &motion,
                        const unsigned int n_fields,
                        const double *u,
                        const std::size_t begin,
                        const std::size_t end,
                        double *rates)
  {
    for (std::size_t i = begin; i < end; ++i)
    {
      if (!(s.tissue_volume[i] > 0.))
        continue;
      const double *u_i = u + i * n_fields;
      double *r = rates + (i - begin) * n_fields;
      for (unsigned int e = guided.row_start[i]; e < guided.row_start[i + 1]; ++e)
      {
        const double weight = guided.weight[e] / s.tissue_volume[i];
        const double *u_j = u + std::size_t(guided.column[e]) * n_fields;
        for (unsigned int f = 0; f < motion.n(); ++f)
          if (motion.guided[f])
          {
            double difference = u_j[f] - u_i[f];
            const double most = 2. * std::max(0., std::min(u_i[f], u_j[f]));
            if (weight < 0.)
              difference = std::max(-most, std::min(difference, most));
            r[f] += motion.diffusivity[f] * weight * difference;
          }
        for (const Motion::Taxis &taxis : motion.taxis)
          if (motion.guided[taxis.field])
            r[taxis.field] -= taxis_flux(taxis, weight, u_i, u_j);
      }
    }
  }

  namespace
  {
    /** Sum over the edges of node i of D w (x_i - x_j), for n fields of `stride` at a node. */
    template <class Length>
    [[gnu::always_inline]] inline void diffuse_node(const Stencil &s,
                                                    const EdgeCoefficients &k,
                                                    const Length n,
                                                    const std::size_t stride,
                                                    const double *x,
                                                    const std::size_t i,
                                                    double *sum)
    {
      const double *x_i = x + i * stride;
      for (unsigned int e = s.row_start[i]; e < s.row_start[i + 1]; ++e)
      {
        const double *x_j = x + std::size_t(s.column[e]) * stride;
        const double ws = s.soluble[e], wt = s.tissue[e];
        for (unsigned int f = 0; f < n; ++f)
          sum[f] += (k.soluble[f] * ws + k.tissue[f] * wt) * (x_i[f] - x_j[f]);
      }
    }
  } // namespace

  void diffuse(const Stencil &s,
               const std::vector<double> &diffusivity,
               const std::vector<char> &in_tissue,
               const unsigned int n_fields,
               const double *x,
               double *y)
  {
    const EdgeCoefficients k(diffusivity, in_tissue);
    with_fixed_length(diffusivity.size(),
                      [&](const auto n)
                      {
                        for (std::size_t i = 0; i < s.n_nodes; ++i)
                        {
                          double sum[n] = {};
                          diffuse_node(s, k, n, n_fields, x, i, sum);
                          std::copy_n(sum, unsigned(n), y + i * n);
                        }
                      });
  }

  void apply(const Stencil &s, const DiffusionBatch &batch, const double *x, double *y, double *dots)
  {
    const EdgeCoefficients k(batch.diffusivity, batch.in_tissue);
    with_fixed_length(batch.n,
                      [&](const auto n)
                      {
                        double dot[n] = {};
                        for (std::size_t i = 0; i < s.n_nodes; ++i)
                        {
                          double sum[n] = {};
                          diffuse_node(s, k, n, n, x, i, sum);
                          const double vs = s.volume[i], vt = s.tissue_volume[i];
                          const float *d = batch.reaction + i * n;
                          const double *x_i = x + i * n;
                          double *y_i = y + i * n;
                          for (unsigned int f = 0; f < n; ++f)
                          {
                            y_i[f] = sum[f] + (k.volume[f] * vs + k.tissue_volume[f] * vt) * d[f] * x_i[f];
                            dot[f] += x_i[f] * y_i[f];
                          }
                        }
                        for (unsigned int f = 0; f < n; ++f)
                          dots[f] += dot[f];
                      });
  }

  void
  invert_diagonal(const Stencil &s, const DiffusionBatch &batch, float *inverse, double *stiffness, double *spectrum)
  {
    for (std::size_t i = 0; i < s.n_nodes; ++i)
    {
      double soluble = 0., tissue = 0., soluble_sizes = 0., tissue_sizes = 0.;
      for (unsigned int e = s.row_start[i]; e < s.row_start[i + 1]; ++e)
      {
        soluble += s.soluble[e];
        tissue += s.tissue[e];
        soluble_sizes += std::abs(s.soluble[e]);
        tissue_sizes += std::abs(s.tissue[e]);
      }
      for (unsigned int f = 0; f < batch.n; ++f)
      {
        const double reaction = (batch.in_tissue[f] ? s.tissue_volume : s.volume)[i] * batch.reaction[i * batch.n + f];
        const double diffusion = batch.diffusivity[f] * (batch.in_tissue[f] ? tissue : soluble);
        const double diagonal = reaction + diffusion;
        inverse[i * batch.n + f] = diagonal > 0. ? static_cast<float>(1. / diagonal) : 0.f;
        if (reaction > 0.)
        {
          const double others = batch.diffusivity[f] * (batch.in_tissue[f] ? tissue_sizes : soluble_sizes);
          stiffness[f] = std::max(stiffness[f], diffusion / reaction);
          spectrum[f] = std::max(spectrum[f], (diagonal + others) / diagonal);
        }
      }
    }
  }
} // namespace cutis
