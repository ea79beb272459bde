// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/adaptation.h"

#include "base/parameters.h"
#include "numerics/state/state_transfer.h"

#include <deal.II/grid/grid_tools.h>

#include <algorithm>
#include <optional>

namespace cutis
{
  using namespace dealii;

  void AdaptationSettings::declare(Parameters &parameters)
  {
    parameters.add("Mesh/Adaptive", enabled, {"Refine and coarsen the mesh during the run."});
    parameters.add("Mesh/Adapt every", every, "d", {1e-3, 1e5}, {"Time between adaptations."});
    parameters.add("Mesh/Refine above",
                   refine_above,
                   "1",
                   Range::positive(),
                   {"A cell is halved if a field varies over it by more than this part of the field's size."});
    parameters.add("Mesh/Coarsen below",
                   coarsen_below,
                   "1",
                   Range::non_negative(),
                   {"Cells are merged if no field varies over them by more than this part of its size."});
    parameters.add("Mesh/Most refinements", most, {0., 8.}, {"How often a cell of the starting mesh may be halved."});
  }

  void AdaptationSettings::start_from(const int level, const int refinement)
  {
    start = level;
    coarsest = level - refinement;
  }

  namespace
  {
    /** Largest variation of any field over the cell, relative to the field's size. */
    template <int dim>
    double variation(const typename DoFHandler<dim>::active_cell_iterator &cell,
                     const FieldLayout &layout,
                     const Utilities::MPI::Partitioner &local,
                     const NodalVector &fields)
    {
      const unsigned int n = cell->get_fe().n_dofs_per_cell();
      std::vector<types::global_dof_index> dofs(n);
      cell->get_dof_indices(dofs);
      double largest = 0.;
      for (unsigned int f = 0; f < layout.n_fields(); ++f)
      {
        double low = std::numeric_limits<double>::max(), high = -low;
        for (const auto dof : dofs)
        {
          const double value = fields.local_element(local.global_to_local(dof) * layout.n_fields() + f);
          low = std::min(low, value);
          high = std::max(high, value);
        }
        largest = std::max(largest, (high - low) / layout.fields[f].magnitude);
      }
      return largest;
    }

    template <int dim>
    void
    set_flags(const AdaptationSettings &settings, const FieldLayout &layout, Discretization<dim> &d, const State &state)
    {
      const Utilities::MPI::Partitioner local(d.graph.owned, d.graph.ghosts, d.communicator);
      for (const auto &cell : d.nodes.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          const double v = variation<dim>(cell, layout, local, state.fields());
          if (v > settings.refine_above && cell->level() < settings.start + settings.most)
            cell->set_refine_flag();
          else if (v < settings.coarsen_below && cell->level() > settings.coarsest)
            cell->set_coarsen_flag();
        }
    }

    /** 1: the cell is to be halved, -1: merged. */
    template <class Cell>
    int flag_of(const Cell &cell)
    {
      return cell->refine_flag_set() ? 1 : cell->coarsen_flag_set() ? -1 : 0;
    }

    template <class Cell>
    void set_flag(const Cell &cell, const int flag)
    {
      cell->clear_refine_flag();
      cell->clear_coarsen_flag();
      if (flag == 1)
        cell->set_refine_flag();
      else if (flag == -1)
        cell->set_coarsen_flag();
    }

    /**
     * Smooth the mesh that the flags ask for. Whether a cell may be merged depends on the flags of the cells around, so
     * ranks tell them to one another, until the flags are those of a single rank. That ends, and in the same flags,
     * because the smoothing of the mesh only halves more cells and merges fewer. Cells of a family share their owner,
     * which lets siblings that are out of sight follow those in sight.
     */
    template <int dim>
    void smooth_flags(Discretization<dim> &d)
    {
      using Cell = typename DoFHandler<dim>::active_cell_iterator;
      const auto flags_here = [&d]
      {
        std::vector<int> flags;
        for (const auto &cell : d.nodes.active_cell_iterators())
          if (cell->is_locally_owned())
            flags.push_back(flag_of(cell));
        return flags;
      };
      const auto follow = [](const Cell &ghost, const int flag)
      {
        set_flag(ghost, flag);
        if (flag == -1)
          for (const auto &sibling : ghost->parent()->child_iterators())
            if (sibling->is_active() && sibling->is_artificial())
              sibling->set_coarsen_flag();
      };
      for (bool changing = true; changing;)
      {
        const std::vector<int> before = flags_here();
        // deal.II 9.6 knows std_cxx17::optional no more, which in 9.4 is this one if it was compiled as C++17.
        GridTools::exchange_cell_data_to_ghosts<int>(
          d.nodes, [](const Cell &cell) { return std::optional<int>(flag_of(cell)); }, follow);
        d.triangulation.prepare_coarsening_and_refinement();
        changing = Utilities::MPI::max(before == flags_here() ? 0 : 1, d.communicator) == 1;
      }
    }

    template <int dim>
    bool mesh_will_change(const Discretization<dim> &d)
    {
      bool changes = false;
      for (const auto &cell : d.triangulation.active_cell_iterators())
        if (cell->is_locally_owned())
          changes = changes || cell->refine_flag_set() || cell->coarsen_flag_set();
      return Utilities::MPI::max(changes ? 1 : 0, d.communicator) == 1;
    }

    std::vector<double> totals(const NodeGraph &graph, const FieldLayout &layout, const NodalVector &fields)
    {
      std::vector<double> sums = graph.integrals(fields, layout.n_fields(), graph.volume);
      const std::vector<double> tissue = graph.integrals(fields, layout.n_fields(), graph.tissue_volume);
      for (unsigned int f = 0; f < layout.n_fields(); ++f)
        if (layout.fields[f].matter == Matter::tissue)
          sums[f] = tissue[f];
      return sums;
    }

    /**
     * Merging cells loses a little of a field. One that is zero in health is scaled back to its total: particles keep
     * their mass, and healthy skin is left as it is.
     */
    void restore_totals(const NodeGraph &graph,
                        const FieldLayout &layout,
                        const std::vector<double> &before,
                        NodalVector &fields)
    {
      const std::vector<double> after = totals(graph, layout, fields);
      for (unsigned int f = 0; f < layout.n_fields(); ++f)
        if (layout.fields[f].healthy == 0. && before[f] > 0. && after[f] > 0.)
          for (unsigned int i = 0; i < graph.n_owned; ++i)
            fields.local_element(i * layout.n_fields() + f) *= before[f] / after[f];
      graph.complete(fields, layout.n_fields());
    }
  } // namespace

  template <int dim>
  bool adapt_mesh(const AdaptationSettings &settings,
                  const FieldLayout &layout,
                  const LayerContents &contents,
                  Discretization<dim> &d,
                  State &criterion,
                  State *carried)
  {
    State &state = carried ? *carried : criterion;
    set_flags(settings, layout, d, criterion);
    smooth_flags(d);
    if (!mesh_will_change(d))
      return false;

    std::vector<std::pair<std::string, std::vector<double>>> held;
    for (const char *name : {fields_block, earlier_fields_blocks[0], earlier_fields_blocks[1]})
      if (state.has(name))
        held.emplace_back(name, totals(d.graph, layout, state[name]));
    StateTransfer<dim> transfer(d);
    transfer.hold(state);
    d.triangulation.execute_coarsening_and_refinement();
    d.rebuild(contents);
    transfer.release(state);
    for (const auto &[name, before] : held)
      restore_totals(d.graph, layout, before, state[name]);
    state.mesh_changed = true;
    return true;
  }

  template bool adapt_mesh(const AdaptationSettings &,
                           const FieldLayout &,
                           const LayerContents &,
                           Discretization<2> &,
                           State &,
                           State *);
  template bool adapt_mesh(const AdaptationSettings &,
                           const FieldLayout &,
                           const LayerContents &,
                           Discretization<3> &,
                           State &,
                           State *);
} // namespace cutis
