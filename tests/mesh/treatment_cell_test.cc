// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/treatment_cell.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_nothing.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_q.h>

#include <gtest/gtest.h>

#include <map>

#include "expect_bad_input.h"

using namespace cutis;

namespace
{
  const std::vector<LayerExtent> two_layers = {{Layer::dermis, 1.7}, {Layer::hypodermis, 2.}};

  constexpr int id(const Layer layer)
  {
    return static_cast<int>(layer);
  }
  constexpr int id(const NeedlePart part)
  {
    return static_cast<int>(part);
  }
  constexpr int id(const TreatmentBoundary boundary)
  {
    return static_cast<int>(boundary);
  }

  /** Volumes of the materials, around the axis in 2-D, and areas of the boundaries, with curved cells. */
  template <int dim>
  struct Measures
  {
    std::map<int, double> volume, area;

    explicit Measures(const dealii::Triangulation<dim> &mesh)
    {
      const dealii::MappingQ<dim> mapping(4);
      const dealii::FE_Nothing<dim> nothing;
      const auto flags = dealii::update_JxW_values | dealii::update_quadrature_points;
      dealii::FEValues<dim> inside(mapping, nothing, dealii::QGauss<dim>(4), flags);
      dealii::FEFaceValues<dim> wall(mapping, nothing, dealii::QGauss<dim - 1>(4), flags);
      const auto integral = [](const auto &values)
      {
        double sum = 0.;
        for (const unsigned int q : values.quadrature_point_indices())
          sum += values.JxW(q) * (dim == 2 ? 2. * M_PI * values.quadrature_point(q)[0] : 1.);
        return sum;
      };
      for (const auto &cell : mesh.active_cell_iterators())
      {
        inside.reinit(cell);
        volume[cell->material_id()] += integral(inside);
        for (const unsigned int face : cell->face_indices())
          if (cell->face(face)->at_boundary())
          {
            wall.reinit(cell, face);
            area[cell->face(face)->boundary_id()] += integral(wall);
          }
      }
    }
  };
} // namespace

TEST(TreatmentCell, QuarterOfAPair)
{
  TreatmentCell<3> cell;
  make_needle_pair(NeedleGeometry(), two_layers, TreatmentGrading(), cell);
  EXPECT_EQ(cell.copies, 4.);
  EXPECT_EQ(cell.share, .5);

  const Measures<3> of(cell.triangulation);
  const double section = .5 * M_PI * .1175 * .1175; // half a disc
  EXPECT_NEAR(of.volume.at(id(NeedlePart::exposed)), section * .3, 1e-5 * section);
  EXPECT_NEAR(of.volume.at(id(NeedlePart::shaft)), section * 1.2, 1e-5 * section);
  EXPECT_NEAR(of.volume.at(id(Layer::dermis)), 16. * 1.7 - section * 1.5, 1e-6);
  EXPECT_NEAR(of.volume.at(id(Layer::hypodermis)), 16. * 2.3, 1e-6) << "the last layer goes on to the bottom";
  EXPECT_NEAR(of.area.at(id(TreatmentBoundary::ground)), 16., 1e-8) << "the plane between the needles";
  EXPECT_NEAR(of.area.at(id(TreatmentBoundary::surface)), 16. - section, 1e-6);
  EXPECT_NEAR(of.area.at(id(TreatmentBoundary::insulated)), 4 * 16. + section, 1e-6);
}

TEST(TreatmentCell, RefinementFollowsTheCylinder)
{
  TreatmentGrading grading;
  grading.finest = .03, grading.growth = 1.5, grading.refinement = 1;
  TreatmentCell<3> cell;
  make_needle_pair(NeedleGeometry(), two_layers, grading, cell);
  const double section = .5 * M_PI * .1175 * .1175;
  EXPECT_NEAR(Measures<3>(cell.triangulation).volume.at(id(NeedlePart::exposed)), section * .3, 1e-6 * section);
}

TEST(TreatmentCell, SingleNeedle)
{
  NeedleGeometry needle;
  needle.polarity = "monopolar";
  TreatmentCell<2> cell;
  make_single_needle(needle, two_layers, TreatmentGrading(), cell);
  EXPECT_EQ(cell.copies, 1.);
  EXPECT_EQ(cell.share, 1.);
  const Measures<2> of(cell.triangulation);
  const double section = M_PI * .1175 * .1175, box = M_PI * 16.;
  EXPECT_NEAR(of.volume.at(id(NeedlePart::exposed)), section * .3, 1e-10);
  EXPECT_NEAR(of.volume.at(id(NeedlePart::shaft)), section * 1.2, 1e-10);
  EXPECT_NEAR(of.volume.at(id(Layer::dermis)), box * 1.7 - section * 1.5, 1e-9);
  EXPECT_NEAR(of.area.at(id(TreatmentBoundary::ground)), box + 2. * M_PI * 16., 1e-9) << "side and bottom";
  EXPECT_NEAR(of.area.at(id(TreatmentBoundary::surface)), box - section, 1e-9);
}

TEST(TreatmentCell, CellsAreFineAtTheRimsOfTheMetal)
{
  TreatmentCell<3> cell;
  make_needle_pair(NeedleGeometry(), two_layers, TreatmentGrading(), cell);
  double at_rims = 1.;
  for (const auto &c : cell.triangulation.active_cell_iterators())
    for (const unsigned int v : c->vertex_indices())
      if (c->vertex(v).distance({.5 * 1.25 + .1175, 0., -1.5}) < 1e-9)
        at_rims = std::min(at_rims, c->minimum_vertex_distance());
  const TreatmentGrading grading;
  EXPECT_LE(at_rims, grading.finest * std::expm1(grading.growth) / grading.growth) << "the first cell of the sequence";
}

TEST(TreatmentCell, ImpossibleNeedles)
{
  TreatmentCell<3> cell;
  const auto make = [&](const NeedleGeometry &needle)
  { return [&cell, needle] { make_needle_pair(needle, two_layers, TreatmentGrading(), cell); }; };
  NeedleGeometry needle;
  needle.pitch = .25;
  expect_bad_input(make(needle), {"overlap or touch"});
  needle = NeedleGeometry();
  needle.tip_depth = 4.5;
  expect_bad_input(make(needle), {"reach the bottom"});
  needle.tip_depth = .2;
  expect_bad_input(make(needle), {"bare metal would stand out"});
  needle = NeedleGeometry();
  needle.diameter = -1.;
  expect_bad_input(make(needle), {"needle diameter must be positive"});
  needle = NeedleGeometry();
  needle.pitch = 3.9;
  expect_bad_input(make(needle), {"does not fit into a box"});
  needle = NeedleGeometry();
  needle.polarity = "sideways";
  expect_bad_input(make(needle), {"bipolar or monopolar"});
}
