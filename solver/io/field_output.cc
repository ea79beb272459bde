// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/field_output.h"

#include "io/files.h"
#include "io/first_rank.h"
#include "io/xdmf.h"

#include <deal.II/base/mpi.h>
#include <deal.II/numerics/data_out.h>

#include <hdf5.h>

#include <algorithm>
#include <cstdio>
#include <memory>

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

    bool needs_mesh(const State &state)
    {
      return state.mesh_changed || state.ledger.entries.empty();
    }

    /** The ranks that own cells: deal.II 9.4 crashes if one without cells takes part in the output. */
    class RanksWithCells
    {
    public:
      RanksWithCells(MPI_Comm all, const bool has_cells)
      {
        MPI_Comm_split(all, has_cells ? 0 : MPI_UNDEFINED, Utilities::MPI::this_mpi_process(all), &communicator);
      }
      ~RanksWithCells()
      {
        if (communicator != MPI_COMM_NULL)
          MPI_Comm_free(&communicator);
      }
      RanksWithCells(const RanksWithCells &)            = delete;
      RanksWithCells &operator=(const RanksWithCells &) = delete;

      MPI_Comm communicator = MPI_COMM_NULL;
    };

    /** Upper bound of what one output takes: every rank writes the nodes at its border. */
    template <int dim>
    std::uint64_t size_of(const Discretization<dim> &d, const std::size_t n_quantities, const bool with_mesh)
    {
      const std::uint64_t cells = d.triangulation.n_global_active_cells();
      const std::uint64_t nodes =
        Utilities::MPI::sum(std::uint64_t(d.graph.n_owned + d.graph.ghosts.n_elements()), d.communicator);
      const std::uint64_t mesh = with_mesh ? nodes * dim * sizeof(double) + cells * (4u << dim) : 0;
      return mesh + nodes * n_quantities * sizeof(double) + 4096 * (n_quantities + 16);
    }

    herr_t append_name(hid_t, const char *name, const H5L_info_t *, void *names)
    {
      static_cast<std::vector<std::string> *>(names)->push_back(name);
      return 0;
    }

    /** Names of the data sets of a field file; none if it is not there any more. */
    std::vector<std::string> data_sets(const fs::path &file)
    {
      std::vector<std::string> names;
      const hid_t              id = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
      if (id < 0)
        return names;
      H5Literate(id, H5_INDEX_NAME, H5_ITER_INC, nullptr, append_name, &names);
      H5Fclose(id);
      names.erase(
        std::remove_if(names.begin(), names.end(), [](const auto &n) { return n == "nodes" || n == "cells"; }),
        names.end());
      return names;
    }
  } // namespace

  template <int dim>
  FieldOutput<dim>::FieldOutput(fs::path                        folder,
                                const std::vector<std::string> &selected,
                                const FieldLayout              &layout,
                                const Discretization<dim>      &discretization)
    : folder_(std::move(folder))
    , n_fields_(layout.n_fields())
    , n_doses_(layout.n_doses())
    , discretization_(discretization)
    , quantities_(nodal_quantities(layout, selected))
    , with_layers_(selected.empty() || std::find(selected.begin(), selected.end(), layer_quantity) != selected.end())
  {
    // Failures become sentences of this program; HDF5's own pages of them help nobody.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }

  template <int dim>
  void FieldOutput<dim>::write(State &state)
  {
    const std::uint64_t size = size_of(discretization_, quantities_.size() + with_layers_, needs_mesh(state));
    on_first_rank(discretization_.communicator, [&] { require_space(folder_ / "fields", size); });
    OutputEntry entry = next_entry(state);
    try
    {
      on_all_ranks(discretization_.communicator,
                   "The fields cannot be written to the folder '" + (folder_ / "fields").string() + "'",
                   [&] { write_files(state, entry); });
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
    state.ledger       = std::move(ledger);
    state.mesh_changed = false;
  }

  template <int dim>
  OutputEntry FieldOutput<dim>::next_entry(const State &state) const
  {
    const auto       &entries = state.ledger.entries;
    const std::string fields  = numbered("fields/solution-%05u.h5", entries.size());
    const std::string mesh =
      needs_mesh(state) ? numbered("fields/mesh-%03u.h5", state.ledger.meshes) : entries.back().mesh_file;
    return {state.clock.time, fields, mesh, 0, 0, dim};
  }

  /** Debian's deal.II 9.4 writes HDF5 without compression; its releases from 9.5 on choose it by themselves. */
  template <int dim>
  void FieldOutput<dim>::write_files(const State &state, OutputEntry &entry)
  {
    const Discretization<dim> &d = discretization_;
    DataOut<dim>               data;
    data.attach_dof_handler(d.nodes);
    std::vector<NodalVector> vectors; // DataOut keeps pointers to them
    vectors.reserve(quantities_.size() + 1);
    std::vector<std::string> names;
    for (const NodalQuantity &quantity : quantities_)
    {
      vectors.push_back(values(state, quantity));
      names.push_back(quantity.name);
    }
    if (with_layers_)
    {
      vectors.push_back(layers());
      names.push_back(layer_quantity);
    }
    for (std::size_t i = 0; i < names.size(); ++i)
      data.add_data_vector(vectors[i], names[i]);
    data.build_patches();

    const bool           has_cells = d.triangulation.n_locally_owned_active_cells() > 0;
    const RanksWithCells writers(d.communicator, has_cells);
    unsigned int         nodes = 0, cells = 0;
    if (has_cells)
    {
      DataOutBase::DataOutFilter filter(DataOutBase::DataOutFilterFlags(true, true));
      data.write_filtered_data(filter);
      data.write_hdf5_parallel(filter,
                               needs_mesh(state),
                               (folder_ / entry.mesh_file).string(),
                               (folder_ / entry.fields_file).string(),
                               writers.communicator);
      nodes = filter.n_nodes();
      cells = filter.n_cells();
    }
    entry.nodes                  = Utilities::MPI::sum(nodes, d.communicator);
    entry.cells                  = Utilities::MPI::sum(cells, d.communicator);
    names_in_[entry.fields_file] = names;
  }

  template <int dim>
  NodalVector FieldOutput<dim>::values(const State &state, const NodalQuantity &quantity) const
  {
    NodalVector   vector = discretization_.scalar_vector();
    const double *fields = state.fields.begin(), *doses = n_doses_ > 0 ? state.doses.begin() : nullptr;
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
      vector.local_element(i) = quantity.value(fields + i * n_fields_, doses ? doses + i * n_doses_ : nullptr);
    vector.update_ghost_values();
    return vector;
  }

  /** Layers are numbered from the surface downwards, and each cell around an owned node is known to its rank. */
  template <int dim>
  NodalVector FieldOutput<dim>::layers() const
  {
    const Discretization<dim>           &d      = discretization_;
    NodalVector                          vector = d.scalar_vector();
    std::vector<types::global_dof_index> dofs(d.element.n_dofs_per_cell());
    vector = n_layer_kinds;
    for (const auto &cell : d.nodes.active_cell_iterators())
      if (!cell->is_artificial())
      {
        cell->get_dof_indices(dofs);
        for (const auto dof : dofs)
          if (d.graph.owned.is_element(dof))
            vector(dof) = std::min<double>(vector(dof), cell->material_id());
      }
    vector.update_ghost_values();
    return vector;
  }

  template <int dim>
  void FieldOutput<dim>::write_contents(const OutputLedger &ledger)
  {
    on_first_rank(discretization_.communicator,
                  [&]
                  {
                    std::vector<XdmfGrid> grids;
                    for (const OutputEntry &entry : ledger.entries)
                    {
                      auto names = names_in_.find(entry.fields_file);
                      if (names == names_in_.end())
                        names = names_in_.emplace(entry.fields_file, data_sets(folder_ / entry.fields_file)).first;
                      grids.push_back({entry, names->second});
                    }
                    write_whole_file(folder_ / "solution.xdmf", xdmf_document(grids));
                  });
  }

  template class FieldOutput<2>;
  template class FieldOutput<3>;
} // namespace cutis
