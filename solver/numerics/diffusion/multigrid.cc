// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/multigrid.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    // Chebyshev polynomials of the fourth kind for the spectrum (0, 2) of diag(A)^-1 A, which holds for every M-matrix
    // (Lottes, Numerical Linear Algebra with Applications 30 (2023), "Optimal polynomial smoothers for multigrid
    // V-cycles"): z_1 = first r_0, z_2 = momentum z_1 + second r_1.
    constexpr double first = 2. / 3., momentum = .2, second = 1.2;
  } // namespace

  Multigrid::Multigrid(std::shared_ptr<const MultigridGrids> grids, const unsigned int n_fields)
    : grids_(std::move(grids))
    , n_fields_(n_fields)
    , vectors_(grids_->levels().size())
  {
    for (unsigned int l = 0; l < vectors_.size(); ++l)
    {
      const GridLevel &level = grids_->levels()[l];
      for (SlabVector *v : {&vectors_[l].d, &vectors_[l].b, &vectors_[l].x, &vectors_[l].other})
        v->reinit(level.plane(), level.n_planes(), n_fields);
    }
    row_.resize(grids_->levels()[0].n[0] + 2);
  }

  GridBox Multigrid::box(const unsigned int l, const unsigned int field) const
  {
    return grids_->levels()[l].box(weighting_[field], diffusivity_[field]);
  }

  void Multigrid::update(const unsigned int l, SlabVector &vector, const Fields &fields)
  {
    const GridLevel &level = grids_->levels()[l];
    level.neighbours.update(vector, level.plane(), level.n_planes(), fields, grids_->communicator());
  }

  void Multigrid::prepare(const DiffusionBatch &batch, const Fields &fields)
  {
    diffusivity_.assign(batch.diffusivity.begin(), batch.diffusivity.end());
    weighting_.assign(batch.in_tissue.begin(), batch.in_tissue.end());
    grids_->nodes().to_slabs(batch.reaction, n_fields_, fields, vectors_[0].d);
    for (unsigned int l = 0; l + 1 < vectors_.size(); ++l)
      restrict_reaction(l, fields);
  }

  /** The reaction of a coarser grid is the mean over the volumes that its nodes stand for. */
  void Multigrid::restrict_reaction(const unsigned int l, const Fields &fields)
  {
    for (const unsigned int f : fields)
      multiply_volume(box(l, f), vectors_[l].d.field(f), vectors_[l].other.field(f));
    restrict_down(l, fields);
    for (const unsigned int f : fields)
      divide_volume(box(l + 1, f), vectors_[l + 1].b.field(f), vectors_[l + 1].d.field(f));
  }

  void Multigrid::apply(const double *residual, const Fields &fields, double *correction)
  {
    grids_->nodes().to_slabs(residual, n_fields_, fields, vectors_[0].b);
    // Messages are shared by all fields; without messages one field at a time stays in the cache.
    if (grids_->collected().size() > 2)
      cycle(0, fields);
    else
      for (const unsigned int f : fields)
        cycle(0, {f});
    grids_->nodes().to_nodes(vectors_[0].x, fields, n_fields_, correction);
  }

  void Multigrid::cycle(const unsigned int l, const Fields &fields)
  {
    Vectors &v = vectors_[l];
    if (l + 1 == vectors_.size())
    {
      for (const unsigned int f : fields)
        begin_relaxation(box(l, f), v.d.field(f), v.b.field(f), 1., v.x.field(f));
      return;
    }
    relax_from_zero(l, fields);
    update(l, v.x, fields);
    for (const unsigned int f : fields)
      subtract_product(box(l, f), v.d.field(f), v.b.field(f), v.x.field(f), v.other.field(f));
    restrict_down(l, fields);
    cycle(l + 1, fields);
    prolongate_up(l, fields);
    relax_again(l, fields);
  }

  void Multigrid::relax_from_zero(const unsigned int l, const Fields &fields)
  {
    Vectors &v = vectors_[l];
    for (const unsigned int f : fields)
      begin_relaxation(box(l, f), v.d.field(f), v.b.field(f), first, v.other.field(f));
    update(l, v.other, fields);
    for (const unsigned int f : fields)
      relax(box(l, f), v.d.field(f), v.b.field(f), v.other.field(f), {0., 1. + momentum, second}, v.x.field(f));
  }

  void Multigrid::relax_again(const unsigned int l, const Fields &fields)
  {
    Vectors &v = vectors_[l];
    update(l, v.x, fields);
    for (const unsigned int f : fields)
      relax(box(l, f), v.d.field(f), v.b.field(f), v.x.field(f), {0., 1., first}, v.other.field(f));
    update(l, v.other, fields);
    for (const unsigned int f : fields)
      relax(box(l, f), v.d.field(f), v.b.field(f), v.other.field(f), {-momentum, 1. + momentum, second}, v.x.field(f));
  }

  /** The right-hand side of the next grid is what is in `other`, restricted. */
  void Multigrid::restrict_down(const unsigned int l, const Fields &fields)
  {
    const GridLevel &fine = grids_->levels()[l], &coarse = grids_->levels()[l + 1];
    update(l, vectors_[l].other, fields);
    const std::size_t n_fine[] = {fine.n[0], fine.n[1], fine.n_planes()};
    const std::size_t n_coarse[] = {coarse.n[0], coarse.n[1], coarse.last_restricted - coarse.first_restricted};
    for (const unsigned int f : fields)
      restrict_to(grids_->transfer(l, weighting_[f]),
                  n_fine,
                  n_coarse,
                  vectors_[l].other.field(f),
                  row_.data(),
                  vectors_[l + 1].b.field(f) + (coarse.first_restricted - coarse.first) * coarse.plane());
    if (l + 1 == grids_->collecting_level())
      collect_planes(vectors_[l + 1].b, coarse.plane(), grids_->collected(), fields, grids_->communicator());
  }

  void Multigrid::prolongate_up(const unsigned int l, const Fields &fields)
  {
    const GridLevel &fine = grids_->levels()[l], &coarse = grids_->levels()[l + 1];
    update(l + 1, vectors_[l + 1].x, fields);
    const std::size_t n_fine[] = {fine.n[0], fine.n[1], fine.n_planes()};
    const std::size_t n_coarse[] = {coarse.n[0], coarse.n[1], coarse.n_planes()};
    for (const unsigned int f : fields)
      prolongate_from(grids_->transfer(l, weighting_[f]),
                      n_fine,
                      n_coarse,
                      vectors_[l + 1].x.field(f),
                      row_.data(),
                      vectors_[l].x.field(f));
  }
} // namespace cutis
