// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/skin_patch.h"

#include "base/errors.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cutis
{
  namespace
  {
    /**
     * More cells than these are begun coarser and refined: every rank holds all unrefined cells, and p4est's check of
     * them when it reads a checkpoint takes a time that grows with the square of their number.
     */
    constexpr double quick_coarse_cells = 3e4;
    /** Every rank holds the whole mesh before refinement, and p4est handles each of its cells as a tree. */
    constexpr double most_coarse_cells = 2e6;
    /** Indices of unknowns have 32 bits: with a dozen unknowns per node more cells could not be solved for. */
    constexpr double most_cells = 3e8;

    /** Along one direction; a mistyped cell size must not exhaust the memory before it is reported. */
    constexpr int most_cells_across = 100000;

    bool is_positive(const double value)
    {
      return std::isfinite(value) && value > 0.;
    }

    void check_size(const std::string &what, const double value, std::vector<std::string> &problems)
    {
      if (!is_positive(value))
        problems.push_back("The " + what + " of the skin patch must be positive, but it is " + format_number(value) +
                           " mm.");
    }

    void check_cell_size(const SkinPatch &patch, std::vector<std::string> &problems)
    {
      check_size("cell size", patch.cell_size, problems);
      const double largest = std::max({patch.width, patch.length, patch.depth()});
      if (is_positive(patch.cell_size) && largest / patch.cell_size > most_cells_across)
        problems.push_back("The cell size of " + format_number(patch.cell_size) + " mm is too small for a patch of " +
                           format_number(largest) + " mm.");
    }

    void check_layers(const std::vector<LayerExtent> &layers, std::vector<std::string> &problems)
    {
      if (layers.empty())
        problems.push_back("The skin patch has no layers; it needs at least one.");
      bool divided = false, undivided = false;
      for (std::size_t i = 0; i < layers.size(); ++i)
      {
        const auto &[layer, thickness, cells] = layers[i];
        const std::string name = "layer '" + layer_name(layer) + "'";
        if (!is_positive(thickness))
          problems.push_back("The thickness of " + name + " must be positive, but it is " + format_number(thickness) +
                             " mm.");
        if (cells < 1 || cells > most_cells_across)
          problems.push_back("The " + name + " needs between 1 and " + std::to_string(most_cells_across) +
                             " cells across, but " + std::to_string(cells) + " are asked for.");
        if (i > 0 && layer <= layers[i - 1].layer)
          problems.push_back("The " + name + " cannot lie below layer '" + layer_name(layers[i - 1].layer) +
                             "': list each layer once, from the surface downwards.");
        divided |= layer == Layer::papillary_dermis || layer == Layer::reticular_dermis;
        undivided |= layer == Layer::dermis;
      }
      if (divided && undivided)
        problems.push_back("The layer 'dermis' stands for the whole dermis and cannot be combined with 'papillary "
                           "dermis' or 'reticular dermis'.");
    }

    /** Equal cells of about `cell_size` between -extent/2 and extent/2. */
    std::vector<double> centred_coordinates(const double extent, const double cell_size)
    {
      const int cells = std::max(1, static_cast<int>(std::ceil(extent / cell_size - 1e-9)));
      std::vector<double> coordinates(cells + 1);
      for (int i = 0; i <= cells; ++i)
        coordinates[i] = extent * (2 * i - cells) / (2. * cells);
      return coordinates;
    }

    std::string whole_number(const double value)
    {
      return value < 1e15 ? std::to_string(static_cast<long long>(value)) : format_number(value);
    }

    void check_number_of_cells(const double coarse, const int refinement, const int dim)
    {
      if (coarse > most_coarse_cells)
        throw BadInput("The skin patch has " + whole_number(coarse) + " cells before refinement, but at most " +
                       whole_number(most_coarse_cells) +
                       " are possible; choose a larger cell size and refine the mesh instead.");
      const double refined = coarse * std::exp2(dim * refinement);
      if (refined > most_cells)
        throw BadInput("Refined " + std::to_string(refinement) + " times, the skin patch has " + whole_number(refined) +
                       " cells, more than the " + whole_number(most_cells) +
                       " that can be numbered; choose a larger cell size or refine less.");
    }

    template <int dim>
    double number_of_cells(const std::array<std::vector<double>, dim> &planes)
    {
      double cells = 1.;
      for (const auto &direction : planes)
        cells *= direction.size() - 1.;
      return cells;
    }

    /** The coordinate planes of the patch; the last direction runs from the base to the surface. */
    template <int dim>
    std::array<std::vector<double>, dim> coordinate_planes(const SkinPatch &patch)
    {
      const std::vector<double> depths = graded_depths(patch);
      std::array<std::vector<double>, dim> planes;
      planes[0] = centred_coordinates(patch.width, patch.cell_size);
      if (dim == 3)
        planes[1] = centred_coordinates(patch.length, patch.cell_size);
      for (auto depth = depths.rbegin(); depth != depths.rend(); ++depth)
        planes[dim - 1].push_back(*depth == 0. ? 0. : -*depth);

      check_number_of_cells(number_of_cells<dim>(planes), patch.refinement, dim);
      return planes;
    }

    /** The same patch, begun with cells of twice the size and refined once more. */
    SkinPatch begun_coarser(SkinPatch patch)
    {
      patch.cell_size *= 2.;
      for (LayerExtent &layer : patch.layers)
        layer.cells = (layer.cells + 1) / 2;
      ++patch.refinement;
      return patch;
    }

    /** The mesh between the planes, vertices and cells numbered with the first direction fastest. */
    template <int dim>
    void make_tensor_grid(const std::array<std::vector<double>, dim> &planes, dealii::Triangulation<dim> &triangulation)
    {
      std::array<unsigned int, dim> cells, stride;
      unsigned int n_vertices = 1, n_cells = 1;
      for (int d = 0; d < dim; ++d)
      {
        stride[d] = n_vertices;
        cells[d] = planes[d].size() - 1;
        n_vertices *= planes[d].size();
        n_cells *= cells[d];
      }

      std::vector<dealii::Point<dim>> vertices(n_vertices);
      for (unsigned int v = 0; v < n_vertices; ++v)
        for (int d = 0; d < dim; ++d)
          vertices[v][d] = planes[d][v / stride[d] % planes[d].size()];

      std::vector<dealii::CellData<dim>> grid(n_cells);
      for (unsigned int c = 0; c < n_cells; ++c)
      {
        unsigned int corner = 0, rest = c;
        for (int d = 0; d < dim; ++d)
        {
          corner += rest % cells[d] * stride[d];
          rest /= cells[d];
        }
        for (unsigned int v = 0; v < dealii::GeometryInfo<dim>::vertices_per_cell; ++v)
        {
          grid[c].vertices[v] = corner;
          for (int d = 0; d < dim; ++d)
            grid[c].vertices[v] += (v >> d & 1) * stride[d];
        }
      }
      triangulation.create_triangulation(vertices, grid, dealii::SubCellData());
    }

    /** Boundary of the face with this number on a cell whose axes are those of the patch. */
    Boundary boundary_of_face(const unsigned int face, const unsigned int dim)
    {
      if (face / 2 == dim - 1)
        return face % 2 == 0 ? Boundary::base : Boundary::surface;
      if (face / 2 == 0)
        return face % 2 == 0 ? Boundary::left : Boundary::right;
      return face % 2 == 0 ? Boundary::front : Boundary::back;
    }

    /** Set on the unrefined cells, which every rank knows all of; refined cells inherit them. */
    template <int dim>
    void set_ids(const SkinPatch &patch, dealii::Triangulation<dim> &triangulation)
    {
      for (const auto &cell : triangulation.cell_iterators_on_level(0))
      {
        const Layer layer = patch.layer_at(-cell->center()[dim - 1]);
        cell->set_material_id(static_cast<dealii::types::material_id>(layer));
      }
      // Edges of two faces keep the id that is set last; the surface is last and so owns its edges.
      for (unsigned int face = 0; face < dealii::GeometryInfo<dim>::faces_per_cell; ++face)
        for (const auto &cell : triangulation.cell_iterators_on_level(0))
          if (cell->face(face)->at_boundary())
            cell->face(face)->set_all_boundary_ids(
              static_cast<dealii::types::boundary_id>(boundary_of_face(face, dim)));
    }
  } // namespace

  void check(const SkinPatch &patch)
  {
    std::vector<std::string> problems;
    check_size("width", patch.width, problems);
    check_size("length", patch.length, problems);
    check_cell_size(patch, problems);
    check_layers(patch.layers, problems);
    if (!(std::isfinite(patch.growth) && patch.growth >= 1.01))
      problems.push_back("The growth of the cells with depth must be at least 1.01, but it is " +
                         format_number(patch.growth) + ".");
    if (patch.refinement < 0)
      problems.push_back("The mesh cannot be refined " + std::to_string(patch.refinement) +
                         " times; give zero or a positive number.");
    if (!problems.empty())
      throw BadInput(join(problems, "\n"));
  }

  double SkinPatch::depth() const
  {
    double sum = 0.;
    for (const LayerExtent &extent : layers)
      sum += extent.thickness;
    return sum;
  }

  Layer SkinPatch::layer_at(const double depth) const
  {
    Assert(!layers.empty(), dealii::ExcMessage("A skin patch without layers has no layer at any depth."));
    double bottom = 0.;
    for (const LayerExtent &extent : layers)
      if (bottom += extent.thickness; depth <= bottom)
        return extent.layer;
    return layers.back().layer;
  }

  void check_number_of_cells(const SkinPatch &patch, const int dimension)
  {
    if (dimension == 2)
      coordinate_planes<2>(patch);
    else
      coordinate_planes<3>(patch);
  }

  MeshSize size_of_mesh(const SkinPatch &patch, const int dimension)
  {
    MeshSize size{1., 1.};
    const auto count = [&](const auto &planes)
    {
      for (const auto &direction : planes)
      {
        const double cells = (direction.size() - 1.) * std::exp2(patch.refinement);
        size.cells *= cells;
        size.nodes *= cells + 1.;
      }
    };
    if (dimension == 2)
      count(coordinate_planes<2>(patch));
    else
      count(coordinate_planes<3>(patch));
    return size;
  }

  template <int dim>
  void make_skin_patch(const SkinPatch &patch, dealii::parallel::distributed::Triangulation<dim> &triangulation)
  {
    SkinPatch start = patch;
    auto planes = coordinate_planes<dim>(start);
    while (number_of_cells<dim>(planes) > quick_coarse_cells)
    {
      start = begun_coarser(start);
      planes = coordinate_planes<dim>(start);
    }
    make_tensor_grid<dim>(planes, triangulation);
    set_ids<dim>(patch, triangulation);
    triangulation.refine_global(start.refinement);
  }

  template void make_skin_patch<2>(const SkinPatch &, dealii::parallel::distributed::Triangulation<2> &);
  template void make_skin_patch<3>(const SkinPatch &, dealii::parallel::distributed::Triangulation<3> &);
} // namespace cutis
