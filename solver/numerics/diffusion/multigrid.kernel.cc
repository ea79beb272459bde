// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/multigrid_kernels.h"

#include "numerics/diffusion/slab_loops.h"

#include <algorithm>
#include <limits>

namespace cutis
{
  namespace
  {
    /** Added to divisors, so that a node without volume and edges gives 0. */
    constexpr double least = std::numeric_limits<double>::min();

    /** The weights that are the same for all nodes of a row. */
    struct Row
    {
      std::size_t begin;
      double along, before[2], after[2], volume;

      Row(const GridBox &box, const std::size_t j, const std::size_t k)
        : begin((k * box.n[1] + j) * box.n[0])
        , along(box.diffusivity * box.length[1][j] * box.length[2][k])
        , before{box.diffusivity * box.conductance[1][j] * box.length[2][k],
                 box.diffusivity * box.conductance[2][k] * box.length[1][j]}
        , after{box.diffusivity * box.conductance[1][j + 1] * box.length[2][k],
                box.diffusivity * box.conductance[2][k + 1] * box.length[1][j]}
        , volume(box.length[1][j] * box.length[2][k])
      {
      }
    };

    template <class Function>
    void for_rows(const GridBox &box, const Function &function)
    {
      for (std::size_t k = 0; k < box.n[2]; ++k)
        for (std::size_t j = 0; j < box.n[1]; ++j)
          function(Row(box, j, k));
    }

    /** Diagonal of A at node i of the row. */
    inline double diagonal(const GridBox &box, const Row &row, const double d, const std::size_t i)
    {
      return row.along * (box.conductance[0][i] + box.conductance[0][i + 1]) +
             box.length[0][i] * (row.before[0] + row.after[0] + row.before[1] + row.after[1] + row.volume * d);
    }

    /**
     * Calls update(node, A x there). The weights of edges that leave the grid are 0, so that no
     * node is a special case; what is read there are other values of x.
     */
    template <bool three_d, class Update, class After>
    void for_products(const GridBox &box, const double *d, const double *x, const Update &update, const After &after)
    {
      const std::size_t n = box.n[0], plane = box.plane();
      const double *length = box.length[0], *conductance = box.conductance[0];
      for_rows(box,
               [&](const Row &row)
               {
                 const double *x_row = x + row.begin, *d_row = d + row.begin;
#pragma GCC ivdep
                 for (std::size_t i = 0; i < n; ++i)
                 {
                   const double x_i = x_row[i];
                   double across = row.before[1] * (x_i - *(x_row + i - plane)) +
                                   row.after[1] * (x_i - x_row[i + plane]) + row.volume * d_row[i] * x_i;
                   if (three_d)
                     across += row.before[0] * (x_i - *(x_row + i - n)) + row.after[0] * (x_i - x_row[i + n]);
                   const double along =
                     conductance[i] * (x_i - *(x_row + i - 1)) + conductance[i + 1] * (x_i - x_row[i + 1]);
                   update(row.begin + i, row.along * along + length[i] * across);
                 }
                 after(row.begin);
               });
    }

    /** `after` is called with the first node of each row that is done. */
    template <class Update, class After>
    void for_products(const GridBox &box, const double *d, const double *x, const Update &update, const After &after)
    {
      if (box.n[1] > 1)
        for_products<true>(box, d, x, update, after);
      else
        for_products<false>(box, d, x, update, after);
    }
    template <class Update>
    void for_products(const GridBox &box, const double *d, const double *x, const Update &update)
    {
      for_products(box, d, x, update, [](std::size_t) {});
    }
  } // namespace

  double invert_diagonal(const GridBox &box, const double *d, double *inverse)
  {
    double stiffest = 0.;
    for_rows(box,
             [&](const Row &row)
             {
               for (std::size_t i = 0; i < box.n[0]; ++i)
               {
                 const double whole = diagonal(box, row, d[row.begin + i], i);
                 const double reaction = box.length[0][i] * row.volume * d[row.begin + i];
                 inverse[row.begin + i] = 1. / (whole + least);
                 if (reaction > 0.)
                   stiffest = std::max(stiffest, whole / reaction - 1.);
               }
             });
    return stiffest;
  }

  void begin_relaxation(const std::size_t size, const double *inverse, const double *b, const double gain, double *out)
  {
#pragma GCC ivdep
    for (std::size_t k = 0; k < size; ++k)
      out[k] = gain * inverse[k] * b[k];
  }

  void relax(const GridBox &box,
             const double *d,
             const double *inverse,
             const double *b,
             const double *x,
             const Relaxation &step,
             double *out)
  {
    const double keep = step.keep, old = step.old, gain = step.gain;
    if (keep == 0.)
      for_products(box,
                   d,
                   x,
                   [&](const std::size_t i, const double product)
                   { out[i] = old * x[i] + gain * inverse[i] * (b[i] - product); });
    else
      for_products(box,
                   d,
                   x,
                   [&](const std::size_t i, const double product)
                   { out[i] = keep * out[i] + old * x[i] + gain * inverse[i] * (b[i] - product); });
  }

  void subtract_product(const GridBox &box, const double *d, const double *b, const double *x, double *out)
  {
    for_products(box, d, x, [&](const std::size_t i, const double product) { out[i] = b[i] - product; });
  }

  double multiply(const GridBox &box, const double *d, const double *x, double *out)
  {
    double sum = 0.;
    for_products(
      box,
      d,
      x,
      [&](const std::size_t i, const double product) { out[i] = product; },
      [&](const std::size_t row) { sum += dot(box.n[0], x + row, out + row); });
    return sum;
  }

  void multiply_volume(const GridBox &box, const double *x, double *out)
  {
    for_rows(box,
             [&](const Row &row)
             {
#pragma GCC ivdep
               for (std::size_t i = 0; i < box.n[0]; ++i)
                 out[row.begin + i] = row.volume * box.length[0][i] * x[row.begin + i];
             });
  }

  void divide_volume(const GridBox &box, const double *x, double *out)
  {
    for_rows(box,
             [&](const Row &row)
             {
#pragma GCC ivdep
               for (std::size_t i = 0; i < box.n[0]; ++i)
                 out[row.begin + i] = x[row.begin + i] / (row.volume * box.length[0][i] + least);
             });
  }

  namespace
  {
    /** row += weight values */
    void add_row(const double weight, const double *values, const std::size_t n, double *row)
    {
      if (weight != 0.)
#pragma GCC ivdep
        for (std::size_t i = 0; i < n; ++i)
          row[i] += weight * values[i];
    }
  } // namespace

  void restrict_to(const GridTransfer &t,
                   const std::size_t *n_fine,
                   const std::size_t *n_coarse,
                   const double *fine,
                   double *row,
                   double *coarse)
  {
    const std::size_t n = n_fine[0];
    const auto weight = [&](const int axis, const std::size_t c, const int offset) {
      return offset == 0 ? 1. : offset < 0 ? t.from_below[axis][c] : t.from_above[axis][c];
    };
    row[0] = row[n + 1] = 0.;
    for (std::size_t k = 0; k < n_coarse[2]; ++k)
      for (std::size_t j = 0; j < n_coarse[1]; ++j)
      {
        std::fill(row + 1, row + 1 + n, 0.);
        for (int dk = -1; dk <= 1; ++dk)
          for (int dj = -1; dj <= 1; ++dj)
          {
            const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(t.fine[2][k]) - t.fine_first + dk;
            const std::ptrdiff_t line = static_cast<std::ptrdiff_t>(t.fine[1][j]) + dj;
            add_row(weight(2, k, dk) * weight(1, j, dj),
                    fine + (plane * static_cast<std::ptrdiff_t>(n_fine[1]) + line) * static_cast<std::ptrdiff_t>(n),
                    n,
                    row + 1);
          }
        double *to = coarse + (k * n_coarse[1] + j) * n_coarse[0];
#pragma GCC ivdep
        for (std::size_t i = 0; i < n_coarse[0]; ++i)
        {
          const double *from = row + 1 + t.fine[0][i];
          to[i] = from[0] + t.from_below[0][i] * from[-1] + t.from_above[0][i] * from[1];
        }
      }
  }

  void prolongate_from(const GridTransfer &t,
                       const std::size_t *n_fine,
                       const std::size_t *n_coarse,
                       const double *coarse,
                       double *row,
                       double *fine)
  {
    const std::size_t n = n_coarse[0];
    row[n] = 0.;
    for (std::size_t k = 0; k < n_fine[2]; ++k)
      for (std::size_t j = 0; j < n_fine[1]; ++j)
      {
        const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(t.below[2][k]) - t.coarse_first;
        const std::ptrdiff_t line = t.below[1][j];
        const double z[2] = {t.share_below[2][k], t.share_above[2][k]};
        const double y[2] = {t.share_below[1][j], t.share_above[1][j]};
        const auto n_coarse1 = static_cast<std::ptrdiff_t>(n_coarse[1]);
        std::fill(row, row + n, 0.);
        for (int dk = 0; dk <= 1; ++dk)
          for (int dj = 0; dj <= 1; ++dj)
            add_row(
              z[dk] * y[dj], coarse + ((plane + dk) * n_coarse1 + line + dj) * static_cast<std::ptrdiff_t>(n), n, row);
        double *to = fine + (k * n_fine[1] + j) * n_fine[0];
#pragma GCC ivdep
        for (std::size_t i = 0; i < n_fine[0]; ++i)
        {
          const double *from = row + t.below[0][i];
          to[i] += t.share_below[0][i] * from[0] + t.share_above[0][i] * from[1];
        }
      }
  }
} // namespace cutis
