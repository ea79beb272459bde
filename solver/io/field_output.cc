// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/field_output.h"

#include "io/files.h"
#include "io/first_rank.h"
#include "io/hdf5_file.h"
#include "io/vtu.h"
#include "io/xdmf.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cstdio>

namespace cutis
{
  using namespace dealii;
  namespace fs = std::filesystem;

  namespace
  {
    std::string numbered(const char *pattern, const unsigned int number)
    {
      char name[40];
      std::snprintf(name, sizeof name, pattern, number);
      return name;
    }

    /** A file of VTK brings its mesh along. */
    bool is_vtu(const OutputEntry &entry)
    {
      return entry.mesh_file.empty();
    }

    /** Positions of the owned nodes [mm]. */
    template <int dim>
    std::vector<double> node_table(const Discretization<dim> &d)
    {
      std::vector<double> rows;
      for (unsigned int i = 0; i < d.graph.n_owned; ++i)
        for (int axis = 0; axis < dim; ++axis)
          rows.push_back(d.positions[i][axis]);
      return rows;
    }

    /** Nodes of the owned cells, in the order around the cell that XDMF wants. */
    template <int dim>
    std::vector<unsigned int> cell_table(const Discretization<dim> &d)
    {
      constexpr unsigned int around[] = {0, 1, 3, 2, 4, 5, 7, 6};
      std::vector<unsigned int> rows;
      std::vector<types::global_dof_index> dofs(d.element.n_dofs_per_cell());
      for (const auto &cell : d.nodes.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          cell->get_dof_indices(dofs);
          for (unsigned int v = 0; v < dofs.size(); ++v)
            rows.push_back(dofs[around[v]]);
        }
      return rows;
    }
  } // namespace

  template <int dim>
  FieldOutput<dim>::FieldOutput(fs::path folder,
                                const std::vector<std::string> &selected,
                                const FieldLayout &layout,
                                const Discretization<dim> &discretization,
                                const std::vector<std::string> &arrays,
                                const FieldFormat format)
    : folder_(std::move(folder))
    , n_fields_(layout.n_fields())
    , n_doses_(layout.n_doses())
    , discretization_(discretization)
    , selected_(selected)
    , quantities_(nodal_quantities(layout, selected, arrays))
    , with_layers_(is_selected(layer_quantity))
    , format_(format)
  {
    // Failures become sentences of this program; HDF5's own pages of them help nobody.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }

  template <int dim>
  bool FieldOutput<dim>::is_selected(const std::string &name) const
  {
    return selected_.empty() || std::find(selected_.begin(), selected_.end(), name) != selected_.end();
  }

  template <int dim>
  void FieldOutput<dim>::write(State &state, const std::vector<NodalArray> &arrays)
  {
    unsigned int n_columns = quantities_.size() + with_layers_;
    for (const NodalArray &array : arrays)
      n_columns += is_selected(array.name) ? array.n_columns : 0;
    const std::uint64_t size = largest_size(state, n_columns);
    on_first_rank(discretization_.communicator, [&] { require_space(folder_ / "fields", size); });
    OutputEntry entry = next_entry(state);
    try
    {
      on_all_ranks(discretization_.communicator,
                   "The fields cannot be written to the folder '" + (folder_ / "fields").string() + "'",
                   [&] { write_files(state, arrays, entry); });
    }
    catch (...)
    {
      std::error_code ignored; // half a file is of no use, and the table of contents does not name it
      if (is_first_rank(discretization_.communicator))
        fs::remove(folder_ / entry.fields_file, ignored);
      throw;
    }
    OutputLedger ledger = state.ledger;
    ledger.meshes += needs_mesh(state);
    ledger.entries.push_back(entry);
    write_contents(ledger);
    state.ledger = std::move(ledger);
    state.mesh_changed = false;
  }

  template <int dim>
  bool FieldOutput<dim>::needs_mesh(const State &state) const
  {
    const auto &entries = state.ledger.entries;
    return format_ == FieldFormat::xdmf && (state.mesh_changed || entries.empty() || is_vtu(entries.back()));
  }

  /** Upper bound of what one output takes. */
  template <int dim>
  std::uint64_t FieldOutput<dim>::largest_size(const State &state, const std::size_t n_columns) const
  {
    const std::uint64_t cells = discretization_.triangulation.n_global_active_cells();
    if (format_ == FieldFormat::vtu)
      return largest_vtu(cells, dim, n_columns);
    const std::uint64_t nodes = discretization_.graph.n_global;
    const std::uint64_t mesh =
      needs_mesh(state) ? nodes * dim * sizeof(double) + cells * (sizeof(unsigned int) << dim) : 0;
    return mesh + nodes * n_columns * sizeof(float) + 4096 * (n_columns + 16);
  }

  template <int dim>
  OutputEntry FieldOutput<dim>::next_entry(const State &state) const
  {
    const auto &entries = state.ledger.entries;
    if (format_ == FieldFormat::vtu)
      return {state.clock.time, numbered("fields/solution-%05u.vtu", entries.size()), "", 0, 0, dim, {}};
    const std::string fields = numbered("fields/solution-%05u.h5", entries.size());
    const std::string mesh =
      needs_mesh(state) ? numbered("fields/mesh-%03u.h5", state.ledger.meshes) : entries.back().mesh_file;
    return {state.clock.time, fields, mesh, 0, 0, dim, {}};
  }

  template <int dim>
  void FieldOutput<dim>::for_each_table(const State &state,
                                        const std::vector<NodalArray> &arrays,
                                        const TakeTable &take) const
  {
    for (const NodalQuantity &quantity : quantities_)
      take({quantity.name, 1, values(state, quantity)});
    if (with_layers_)
      take({layer_quantity, 1, layers()});
    for (const NodalArray &array : arrays)
      if (is_selected(array.name))
        take(array);
  }

  template <int dim>
  void FieldOutput<dim>::write_mesh(const OutputEntry &entry) const
  {
    Hdf5File mesh(folder_ / entry.mesh_file, discretization_.communicator);
    mesh.write("nodes", node_table(discretization_), dim);
    mesh.write("cells", cell_table(discretization_), 1u << dim);
    mesh.close();
  }

  template <int dim>
  void
  FieldOutput<dim>::write_files(const State &state, const std::vector<NodalArray> &arrays, OutputEntry &entry) const
  {
    entry.nodes = discretization_.graph.n_global;
    entry.cells = discretization_.triangulation.n_global_active_cells();
    if (format_ == FieldFormat::vtu)
    {
      std::vector<NodalArray> tables;
      for_each_table(state, arrays, [&](const NodalArray &table) { tables.push_back(table); });
      write_vtu(folder_ / entry.fields_file, discretization_, tables);
      for (const NodalArray &table : tables)
        entry.tables.push_back({table.name, table.n_columns});
      return;
    }
    if (needs_mesh(state))
      write_mesh(entry);
    Hdf5File fields(folder_ / entry.fields_file, discretization_.communicator);
    for_each_table(state,
                   arrays,
                   [&](const NodalArray &table)
                   {
                     fields.write(table.name, table.rows, table.n_columns);
                     entry.tables.push_back({table.name, table.n_columns});
                   });
    fields.close();
  }

  template <int dim>
  std::vector<float> FieldOutput<dim>::values(const State &state, const NodalQuantity &quantity) const
  {
    std::vector<float> rows(discretization_.graph.n_owned);
    const double *fields = state.fields().begin(), *doses = n_doses_ > 0 ? state.doses().begin() : nullptr;
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = static_cast<float>(quantity.value(fields + i * n_fields_, doses ? doses + i * n_doses_ : nullptr));
    return rows;
  }

  /** Layers are numbered from the surface downwards, and each cell around an owned node is known to its rank. */
  template <int dim>
  std::vector<float> FieldOutput<dim>::layers() const
  {
    const Discretization<dim> &d = discretization_;
    std::vector<float> rows(d.graph.n_owned, n_layer_kinds);
    std::vector<types::global_dof_index> dofs(d.element.n_dofs_per_cell());
    for (const auto &cell : d.nodes.active_cell_iterators())
      if (!cell->is_artificial())
      {
        cell->get_dof_indices(dofs);
        for (const auto dof : dofs)
          if (d.graph.owned.is_element(dof))
          {
            float &layer = rows[d.graph.owned.index_within_set(dof)];
            layer = std::min(layer, static_cast<float>(cell->material_id()));
          }
      }
    return rows;
  }

  template <int dim>
  std::vector<std::string> FieldOutput<dim>::missing(const OutputLedger &ledger) const
  {
    std::vector<std::string> names;
    for (const OutputEntry &entry : ledger.entries)
      for (const std::string &file : {entry.fields_file, entry.mesh_file})
        if (!file.empty() && !fs::exists(folder_ / file) && std::find(names.begin(), names.end(), file) == names.end())
          names.push_back(file);
    return names;
  }

  template <int dim>
  void FieldOutput<dim>::write_contents(const OutputLedger &ledger) const
  {
    on_first_rank(discretization_.communicator,
                  [&]
                  {
                    // ParaView shows the values of another moment, without a word, where it cannot open a file.
                    const std::vector<std::string> lost = missing(ledger);
                    const auto is_lost = [&](const std::string &file)
                    { return std::find(lost.begin(), lost.end(), file) != lost.end(); };
                    std::vector<OutputEntry> in_hdf5, in_vtu;
                    for (const OutputEntry &entry : ledger.entries)
                      if (!is_lost(entry.fields_file) && !is_lost(entry.mesh_file))
                        (is_vtu(entry) ? in_vtu : in_hdf5).push_back(entry);
                    // What was written in the other format stays readable, and ends at the same checkpoint.
                    const fs::path xdmf = folder_ / "solution.xdmf", pvd = folder_ / "solution.pvd";
                    if (format_ == FieldFormat::xdmf || fs::exists(xdmf))
                      write_whole_file(xdmf, xdmf_document(in_hdf5));
                    if (format_ == FieldFormat::vtu || fs::exists(pvd))
                      write_whole_file(pvd, pvd_document(in_vtu));
                  });
  }

  template class FieldOutput<2>;
  template class FieldOutput<3>;
} // namespace cutis
