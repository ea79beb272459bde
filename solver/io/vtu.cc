// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/vtu.h"

#include "model/tissue/tissue.h"

#include <deal.II/base/data_out_base.h>

#include <sstream>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** Which columns of a table are written, one after the other: of a symmetric tensor both halves. */
    std::vector<unsigned int> columns_of(const NodalArray &table)
    {
      if (table.n_columns == symmetric_components)
        return {0, 1, 2, 1, 3, 4, 2, 4, 5};
      std::vector<unsigned int> columns(table.n_columns);
      for (unsigned int c = 0; c < table.n_columns; ++c)
        columns[c] = c;
      return columns;
    }

    /** A table with the values at the ghosts, which other ranks own. */
    template <int dim>
    NodalVector with_ghosts(const Discretization<dim> &d, const NodalArray &table)
    {
      NodalVector vector = d.graph.make_vector(table.n_columns);
      for (std::size_t i = 0; i < table.rows.size(); ++i)
        vector.local_element(i) = table.rows[i];
      vector.update_ghost_values();
      return vector;
    }

    /** The cells of this rank with the values at their corners, as deal.II wants them for its writers. */
    template <int dim>
    class Corners : public DataOutInterface<dim>
    {
    public:
      Corners(const Discretization<dim> &d, const std::vector<NodalArray> &tables)
      {
        for (const NodalArray &table : tables)
          name(table);
        for (const auto &cell : d.nodes.active_cell_iterators())
          if (cell->is_locally_owned())
            add(*cell);
        unsigned int row = 0;
        for (const NodalArray &table : tables)
        {
          const NodalVector values = with_ghosts(d, table);
          for (const unsigned int column : columns_of(table))
            fill(row++, d, values, column, table.n_columns);
        }
      }

    private:
      using Range =
        std::tuple<unsigned int, unsigned int, std::string, DataComponentInterpretation::DataComponentInterpretation>;

      void name(const NodalArray &table)
      {
        const unsigned int first = names_.size(), n = columns_of(table).size();
        for (unsigned int c = 0; c < n; ++c)
          names_.push_back(n == 1 ? table.name : table.name + "__" + std::to_string(c));
        if (n > 1)
          ranges_.emplace_back(first,
                               first + n - 1,
                               table.name,
                               table.n_columns == symmetric_components
                                 ? DataComponentInterpretation::component_is_part_of_tensor
                                 : DataComponentInterpretation::component_is_part_of_vector);
      }

      template <class Cell>
      void add(const Cell &cell)
      {
        DataOutBase::Patch<dim> patch;
        for (const unsigned int v : cell.vertex_indices())
          patch.vertices[v] = cell.vertex(v);
        patch.reference_cell = cell.reference_cell();
        patch.patch_index = patches_.size();
        patch.data.reinit(names_.size(), cell.n_vertices());
        patches_.push_back(std::move(patch));
      }

      /** A row of all patches from a column of a table. */
      void fill(const unsigned int row,
                const Discretization<dim> &d,
                const NodalVector &values,
                const unsigned int column,
                const unsigned int n_columns)
      {
        std::vector<types::global_dof_index> corners(d.element.n_dofs_per_cell());
        auto patch = patches_.begin();
        for (const auto &cell : d.nodes.active_cell_iterators())
          if (cell->is_locally_owned())
          {
            cell->get_dof_indices(corners);
            for (unsigned int v = 0; v < corners.size(); ++v)
              patch->data(row, v) = values(corners[v] * n_columns + column);
            ++patch;
          }
      }

      const std::vector<DataOutBase::Patch<dim>> &get_patches() const override { return patches_; }
      std::vector<std::string> get_dataset_names() const override { return names_; }
      std::vector<Range> get_nonscalar_data_ranges() const override { return ranges_; }

      std::vector<DataOutBase::Patch<dim>> patches_;
      std::vector<std::string> names_;
      std::vector<Range> ranges_;
    };
  } // namespace

  template <int dim>
  void write_vtu(const std::filesystem::path &file,
                 const Discretization<dim> &discretization,
                 const std::vector<NodalArray> &tables)
  {
    Corners<dim> corners(discretization, tables);
    DataOutBase::VtkFlags flags;
    flags.print_date_and_time = false; // equal runs write equal bytes
    flags.compression_level = decltype(flags.compression_level)::best_speed;
    corners.set_flags(flags);
    corners.write_vtu_in_parallel(file.string(), discretization.communicator);
  }

  std::uint64_t largest_vtu(const std::uint64_t cells, const unsigned int dimension, const std::size_t n_columns)
  {
    // Three coordinates and a number for each corner, half as many columns again for tensors, four bytes as six
    // letters (they are 5 1/3), and the names.
    const std::uint64_t corner = 3 * sizeof(float) + sizeof(std::int64_t) + (3 * n_columns + 1) / 2 * sizeof(float);
    return ((cells << dimension) * corner + 16 * cells) / 2 * 3 + 4096 * (n_columns + 16);
  }

  std::string pvd_document(const std::vector<OutputEntry> &entries)
  {
    std::vector<std::pair<double, std::string>> names;
    for (const OutputEntry &entry : entries)
      names.emplace_back(entry.time, entry.fields_file);
    std::ostringstream out;
    DataOutBase::write_pvd_record(out, names);
    return out.str();
  }

  template void write_vtu(const std::filesystem::path &, const Discretization<2> &, const std::vector<NodalArray> &);
  template void write_vtu(const std::filesystem::path &, const Discretization<3> &, const std::vector<NodalArray> &);
} // namespace cutis
