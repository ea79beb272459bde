// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>

/**
 * The loops of multigrid over one field on a box of grid nodes. Rows along direction 0 are
 * contiguous, direction 2 is the slowest. Arrays point to the first node of the box; one plane before and one after it
 * belong to the neighbours and can be read. Compiled without deal.II, for the processor of this machine.
 */
namespace cutis
{
  /** The nodes of a box and the operator A = V d + D K of one field there. */
  struct GridBox
  {
    std::size_t n[3];             ///< nodes in each direction
    const double *length[3];      ///< of each node
    const double *conductance[3]; ///< of the interval before each node, and after the last; 0 beyond the grid
    double diffusivity;

    std::size_t plane() const { return n[0] * n[1]; }
  };

  /** A step of a two-term recursion: out = keep out + old x + gain inverse (b - A x). */
  struct Relaxation
  {
    double keep, old, gain;
  };

  /** inverse = diag(A)^-1; returns the largest ratio of diffusion to reaction in the diagonal. */
  double invert_diagonal(const GridBox &box, const double *d, double *inverse);
  /** out = gain inverse b, the first step from zero. */
  void begin_relaxation(std::size_t size, const double *inverse, const double *b, double gain, double *out);
  /** `x` needs the planes of its neighbours; `out` is another array. Where `keep` is 0, `out` is not read. */
  void relax(const GridBox &box,
             const double *d,
             const double *inverse,
             const double *b,
             const double *x,
             const Relaxation &step,
             double *out);
  /** out = b - A x. */
  void subtract_product(const GridBox &box, const double *d, const double *b, const double *x, double *out);
  /** out = A x; returns x . out. */
  double multiply(const GridBox &box, const double *d, const double *x, double *out);
  /** out = V x, and back where the volume is not 0. */
  void multiply_volume(const GridBox &box, const double *x, double *out);
  void divide_volume(const GridBox &box, const double *x, double *out);

  /** Interpolation along one direction, see LineTransfer; in direction 2 beginning at the first plane of the box. */
  struct GridTransfer
  {
    const unsigned int *fine[3], *below[3];
    const double *from_below[3], *from_above[3];
    const double *share_below[3], *share_above[3];
    std::ptrdiff_t fine_first, coarse_first; ///< number of the first plane of either box
  };

  /** coarse = P^T fine; `fine` needs the planes of its neighbours. `row` has room for a fine row and two more. */
  void restrict_to(const GridTransfer &transfer,
                   const std::size_t *n_fine,
                   const std::size_t *n_coarse,
                   const double *fine,
                   double *row,
                   double *coarse);
  /** fine += P coarse; `coarse` needs the planes of its neighbours. `row` has room for a coarse row and one more. */
  void prolongate_from(const GridTransfer &transfer,
                       const std::size_t *n_fine,
                       const std::size_t *n_coarse,
                       const double *coarse,
                       double *row,
                       double *fine);
} // namespace cutis
