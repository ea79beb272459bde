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

    void make_room(const GridLevel &level, const unsigned int n_fields, SlabVector &vector)
    {
      vector.reinit(level.plane(), level.n_planes(), n_fields);
    }
  } // namespace

  GridVectors::GridVectors(const MultigridGrids &all, const unsigned int n_fields)
    : grids(all.levels().size())
    , row(all.levels()[0].n[0] + 2)
  {
    for (std::size_t l = 0; l < grids.size(); ++l)
    {
      make_room(all.levels()[l], n_fields, grids[l].x);
      make_room(all.levels()[l], n_fields, grids[l].other);
      if (l > 0)
        make_room(all.levels()[l], n_fields, grids[l].b);
    }
    for (SlabVector *v : {&residual, &solution, &direction, &image})
      make_room(all.levels()[0], n_fields, *v);
  }

  Multigrid::Multigrid(std::shared_ptr<const MultigridGrids> grids,
                       const unsigned int n_fields,
                       std::shared_ptr<GridVectors> vectors)
    : grids_(std::move(grids))
    , vectors_(std::move(vectors))
    , reaction_(grids_->levels().size())
    , inverse_(grids_->levels().size())
  {
    for (std::size_t l = 0; l < reaction_.size(); ++l)
    {
      make_room(grids_->levels()[l], n_fields, reaction_[l]);
      make_room(grids_->levels()[l], n_fields, inverse_[l]);
    }
  }

  GridBox Multigrid::box(const unsigned int l, const unsigned int field) const
  {
    return grids_->levels()[l].box(weighting_[field], diffusivity_[field]);
  }

  void Multigrid::update(const unsigned int l, SlabVector &vector, const SlabFields &fields) const
  {
    const GridLevel &level = grids_->levels()[l];
    level.neighbours.update(vector, level.plane(), level.n_planes(), fields, grids_->communicator());
  }

  double Multigrid::invert(const unsigned int l, const unsigned int field)
  {
    return invert_diagonal(box(l, field), reaction_[l].field(field), inverse_[l].field(field));
  }

  std::vector<double> Multigrid::prepare(const DiffusionBatch &batch, const NodeLayout &layout)
  {
    diffusivity_.assign(batch.diffusivity.begin(), batch.diffusivity.end());
    weighting_.assign(batch.in_tissue.begin(), batch.in_tissue.end());
    SlabFields all;
    for (unsigned int f = 0; f < batch.n; ++f)
      all.push_back({f, f});
    grids_->nodes().to_slabs(batch.reaction, layout, all, reaction_[0]);
    std::vector<double> stiffness;
    for (unsigned int f = 0; f < batch.n; ++f)
      stiffness.push_back(invert(0, f));
    return stiffness;
  }

  void Multigrid::prepare_cycles(const SlabFields &fields)
  {
    for (unsigned int l = 0; l + 1 < reaction_.size(); ++l)
      restrict_reaction(l, fields);
  }

  /** The reaction of a coarser grid is the mean over the volumes that its nodes stand for. */
  void Multigrid::restrict_reaction(const unsigned int l, const SlabFields &fields)
  {
    GridVectors::OfGrid &fine = vectors_->grids[l], &coarse = vectors_->grids[l + 1];
    for (const SlabField &f : fields)
      multiply_volume(box(l, f.field), reaction_[l].field(f.field), fine.other.field(f.slot));
    restrict_down(l, fields);
    for (const SlabField &f : fields)
    {
      divide_volume(box(l + 1, f.field), coarse.b.field(f.slot), reaction_[l + 1].field(f.field));
      invert(l + 1, f.field);
    }
  }

  void Multigrid::cycle(const SlabFields &fields)
  {
    cycle(0, vectors_->residual, fields);
  }

  void Multigrid::cycle(const unsigned int l, const SlabVector &b, const SlabFields &fields)
  {
    GridVectors::OfGrid &v = vectors_->grids[l];
    if (l + 1 == vectors_->grids.size())
    {
      const std::size_t size = grids_->levels()[l].size();
      for (const SlabField &f : fields)
        begin_relaxation(size, inverse_[l].field(f.field), b.field(f.slot), 1., v.x.field(f.slot));
      return;
    }
    relax_from_zero(l, b, fields);
    update(l, v.x, fields);
    for (const SlabField &f : fields)
      subtract_product(
        box(l, f.field), reaction_[l].field(f.field), b.field(f.slot), v.x.field(f.slot), v.other.field(f.slot));
    restrict_down(l, fields);
    cycle(l + 1, vectors_->grids[l + 1].b, fields);
    prolongate_up(l, fields);
    relax_again(l, b, fields);
  }

  void Multigrid::relax_from_zero(const unsigned int l, const SlabVector &b, const SlabFields &fields)
  {
    GridVectors::OfGrid &v = vectors_->grids[l];
    const std::size_t size = grids_->levels()[l].size();
    for (const SlabField &f : fields)
      begin_relaxation(size, inverse_[l].field(f.field), b.field(f.slot), first, v.other.field(f.slot));
    update(l, v.other, fields);
    for (const SlabField &f : fields)
      relax(box(l, f.field),
            reaction_[l].field(f.field),
            inverse_[l].field(f.field),
            b.field(f.slot),
            v.other.field(f.slot),
            {0., 1. + momentum, second},
            v.x.field(f.slot));
  }

  void Multigrid::relax_again(const unsigned int l, const SlabVector &b, const SlabFields &fields)
  {
    GridVectors::OfGrid &v = vectors_->grids[l];
    update(l, v.x, fields);
    for (const SlabField &f : fields)
      relax(box(l, f.field),
            reaction_[l].field(f.field),
            inverse_[l].field(f.field),
            b.field(f.slot),
            v.x.field(f.slot),
            {0., 1., first},
            v.other.field(f.slot));
    update(l, v.other, fields);
    for (const SlabField &f : fields)
      relax(box(l, f.field),
            reaction_[l].field(f.field),
            inverse_[l].field(f.field),
            b.field(f.slot),
            v.other.field(f.slot),
            {-momentum, 1. + momentum, second},
            v.x.field(f.slot));
  }

  /** The right-hand side of the next grid is what is in `other`, restricted. */
  void Multigrid::restrict_down(const unsigned int l, const SlabFields &fields)
  {
    const GridLevel &fine = grids_->levels()[l], &coarse = grids_->levels()[l + 1];
    SlabVector &from = vectors_->grids[l].other, &to = vectors_->grids[l + 1].b;
    update(l, from, fields);
    const std::size_t n_fine[] = {fine.n[0], fine.n[1], fine.n_planes()};
    const std::size_t n_coarse[] = {coarse.n[0], coarse.n[1], coarse.last_restricted - coarse.first_restricted};
    for (const SlabField &f : fields)
      restrict_to(grids_->transfer(l, weighting_[f.field]),
                  n_fine,
                  n_coarse,
                  from.field(f.slot),
                  vectors_->row.data(),
                  to.field(f.slot) + (coarse.first_restricted - coarse.first) * coarse.plane());
    if (l + 1 == grids_->collecting_level())
      collect_planes(to, coarse.plane(), grids_->collected(), fields, grids_->communicator());
  }

  void Multigrid::prolongate_up(const unsigned int l, const SlabFields &fields)
  {
    const GridLevel &fine = grids_->levels()[l], &coarse = grids_->levels()[l + 1];
    SlabVector &from = vectors_->grids[l + 1].x, &to = vectors_->grids[l].x;
    update(l + 1, from, fields);
    const std::size_t n_fine[] = {fine.n[0], fine.n[1], fine.n_planes()};
    const std::size_t n_coarse[] = {coarse.n[0], coarse.n[1], coarse.n_planes()};
    for (const SlabField &f : fields)
      prolongate_from(grids_->transfer(l, weighting_[f.field]),
                      n_fine,
                      n_coarse,
                      from.field(f.slot),
                      vectors_->row.data(),
                      to.field(f.slot));
  }
} // namespace cutis
