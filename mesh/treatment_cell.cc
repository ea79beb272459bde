// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/treatment_cell.h"

#include "base/errors.h"
#include "base/text.h"
#include "mesh/graded_line.h"
#include "mesh/needle_section.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/manifold_lib.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr types::manifold_id around_needle = 1;

    void require_possible(const NeedleGeometry &needle)
    {
      const std::vector<Problem> problems = problems_of(needle);
      if (!problems.empty())
        throw BadInput(sentences_of(problems));
    }

    /** Heights (minus depths) of the faces: graded to both rims of the bare metal, with the layers' interfaces. */
    std::vector<double>
    heights(const NeedleGeometry &needle, const std::vector<LayerExtent> &layers, const TreatmentGrading &grading)
    {
      const double end = -needle.tip_depth, top = end + needle.exposed_length;
      std::vector<double> stops = {-needle.box_depth, end, top, 0.};
      double depth = 0.;
      for (const LayerExtent &layer : layers)
        if ((depth += layer.thickness) < needle.box_depth)
          stops.push_back(-depth);
      std::sort(stops.begin(), stops.end());
      // An interface that almost meets a rim of the metal is moved there, since no cell can be that flat.
      const auto close = [&](const double a, const double b) { return b - a < .5 * grading.finest; };
      stops.erase(std::unique(stops.begin(), stops.end(), close), stops.end());
      return graded_line(stops, {{end, top}, grading.finest, grading.growth, grading.largest});
    }

    /** Layer of a cell outside the metal. */
    types::material_id layer_id(const std::vector<LayerExtent> &layers, const double height)
    {
      SkinPatch skin;
      skin.layers = layers;
      return static_cast<types::material_id>(skin.layer_at(-height));
    }

    template <int dim>
    void set_materials(const NeedleGeometry &needle,
                       const std::vector<LayerExtent> &layers,
                       const std::function<bool(const typename Triangulation<dim>::cell_iterator &)> &in_needle,
                       Triangulation<dim> &mesh)
    {
      for (const auto &cell : mesh.cell_iterators())
      {
        const double height = cell->center()[dim - 1];
        if (!in_needle(cell) || height < -needle.tip_depth)
          cell->set_material_id(layer_id(layers, height));
        else
        {
          const bool bare = height < -needle.tip_depth + needle.exposed_length;
          cell->set_material_id(static_cast<types::material_id>(bare ? NeedlePart::exposed : NeedlePart::shaft));
        }
      }
    }

    /** Boundary ids, from the boundary at the centre of each face; `ground` tells its place. */
    template <int dim>
    void set_boundaries(const std::function<bool(const Point<dim> &)> &ground, Triangulation<dim> &mesh)
    {
      for (const auto &cell : mesh.cell_iterators())
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
          {
            const Point<dim> centre = face->center();
            TreatmentBoundary boundary = TreatmentBoundary::insulated;
            if (ground(centre))
              boundary = TreatmentBoundary::ground;
            else if (std::abs(centre[dim - 1]) < 1e-9 && !is_needle(cell->material_id()))
              boundary = TreatmentBoundary::surface;
            face->set_all_boundary_ids(static_cast<types::boundary_id>(boundary));
          }
    }

    /** The cells between planes in r and z. */
    void make_half_plane(const std::vector<double> &radii, const std::vector<double> &heights, Triangulation<2> &mesh)
    {
      std::vector<std::vector<double>> steps(2);
      for (std::size_t i = 1; i < radii.size(); ++i)
        steps[0].push_back(radii[i] - radii[i - 1]);
      for (std::size_t i = 1; i < heights.size(); ++i)
        steps[1].push_back(heights[i] - heights[i - 1]);
      GridGenerator::subdivided_hyper_rectangle(
        mesh, steps, Point<2>(radii.front(), heights.front()), Point<2>(radii.back(), heights.back()));
    }

    /** Half a needle and the tissue around it, from the section at its foot. */
    void make_half_needle(const Triangulation<2> &section,
                          const NeedleGeometry &needle,
                          const std::vector<LayerExtent> &layers,
                          const TreatmentGrading &grading,
                          const std::function<bool(const Point<3> &)> &ground,
                          TreatmentCell<3> &cell)
    {
      Triangulation<3> &mesh = cell.triangulation;
      mesh.clear();
      GridGenerator::extrude_triangulation(section, heights(needle, layers, grading), mesh);
      const auto part = [](const auto &c) { return static_cast<SectionPart>(c->material_id()); };
      for (const auto &c : mesh.cell_iterators())
        if (part(c) == SectionPart::ring)
          c->set_all_manifold_ids(around_needle);
      mesh.set_manifold(around_needle,
                        CylindricalManifold<3>(Tensor<1, 3>({0., 0., 1.}), Point<3>(.5 * needle.pitch, 0., 0.)));
      set_materials<3>(
        needle, layers, [&](const auto &c) { return part(c) == SectionPart::disc; }, mesh);
      set_boundaries<3>(ground, mesh);
      mesh.refine_global(grading.refinement);
      cell.copies = 4.; // two halves of two needles
      cell.share = .5;
    }
  } // namespace

  void make_needle_pair(const NeedleGeometry &needle,
                        const std::vector<LayerExtent> &layers,
                        const TreatmentGrading &grading,
                        TreatmentCell<3> &cell)
  {
    require_possible(needle);
    Triangulation<2> section;
    make_needle_section(needle, grading, section);
    const auto between = [](const Point<3> &p) { return std::abs(p[0]) < 1e-9; };
    make_half_needle(section, needle, layers, grading, between, cell);
  }

  void make_needle_tile(const NeedleGeometry &needle,
                        const FiringPattern pattern,
                        const std::vector<LayerExtent> &layers,
                        const TreatmentGrading &grading,
                        TreatmentCell<3> &cell)
  {
    require_possible(needle);
    Triangulation<2> section;
    make_needle_square(needle, grading, section);
    const auto halfway = [&](const Point<3> &p)
    {
      const bool next_row = std::abs(p[1] - .5 * needle.pitch) < 1e-9;
      const bool in_row = std::abs(p[0]) < 1e-9 || std::abs(p[0] - needle.pitch) < 1e-9;
      return next_row || (pattern == FiringPattern::checkerboard && in_row);
    };
    make_half_needle(section, needle, layers, grading, halfway, cell);
  }

  void make_single_needle(const NeedleGeometry &needle,
                          const std::vector<LayerExtent> &layers,
                          const TreatmentGrading &grading,
                          TreatmentCell<2> &cell)
  {
    require_possible(needle);
    const double a = needle.radius();
    const std::vector<double> radii =
      graded_line({0., a, needle.box_width}, {{a}, grading.finest, grading.growth, grading.largest});
    Triangulation<2> &mesh = cell.triangulation;
    mesh.clear();
    make_half_plane(radii, heights(needle, layers, grading), mesh);
    set_materials<2>(
      needle, layers, [&](const auto &c) { return c->center()[0] < a; }, mesh);
    const auto far = [&](const Point<2> &p)
    { return p[0] > needle.box_width - 1e-9 || p[1] < -needle.box_depth + 1e-9; };
    set_boundaries<2>(far, mesh);
    mesh.refine_global(grading.refinement);
    cell.copies = 1.;
    cell.share = 1.;
  }
} // namespace cutis
