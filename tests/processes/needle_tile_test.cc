// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// One of many needles that fire at once, in the square between its neighbours.
#include "annulus.h"

#include <deal.II/grid/grid_tools.h>

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;
using Control = RfDrive::Control;

namespace
{
  const std::vector<LayerExtent> uniform_dermis = {{Layer::dermis, 4.}};

  TreatmentGrading coarse()
  {
    TreatmentGrading grading;
    grading.finest = .02, grading.growth = 1.2;
    return grading;
  }

  struct NeedleTile
  {
    TreatmentCell<3> cell;
    std::optional<ElectroThermal<3>> session;

    NeedleTile(const double pitch, const FiringPattern pattern, const TreatmentGrading &grading = coarse())
    {
      NeedleGeometry needle;
      needle.pitch = pitch;
      needle.box_width = 2. * pitch + 1.;
      make_needle_tile(needle, pattern, uniform_dermis, grading, cell);
      session.emplace(cell, reference_tissue());
    }

    /** Of one needle against the planes between it and its opposite neighbours: half of that of a pair. */
    double resistance() { return .5 / session->conductance(); }
  };

  /** Of a single needle whose current returns at this distance from its axis. */
  double resistance_in_a_cylinder(const double radius)
  {
    NeedleGeometry needle;
    needle.polarity = "monopolar";
    needle.box_width = radius;
    TreatmentCell<2> cell;
    make_single_needle(needle, uniform_dermis, coarse(), cell);
    return 1. / ElectroThermal<2>(cell, reference_tissue()).conductance();
  }
} // namespace

TEST(NeedleTile, ResistanceLiesBetweenThoseOfCylinders)
{
  // Rayleigh: more ground around the needle lowers its resistance. The square contains the smaller circle and lies in
  // the larger one; at a wide pitch both tend to the needle by itself.
  for (const double pitch : {2.5, 5.})
  {
    const double resistance = NeedleTile(pitch, FiringPattern::checkerboard).resistance();
    const double inner = resistance_in_a_cylinder(.5 * pitch), outer = resistance_in_a_cylinder(pitch / std::sqrt(2.));
    EXPECT_GT(resistance, inner) << pitch;
    EXPECT_LT(resistance, outer) << pitch;
    EXPECT_TRUE(pitch < 5. || outer / inner < 1.03) << outer / inner;
  }
}

TEST(NeedleTile, EqualNeighboursRaiseTheResistance)
{
  // Rayleigh: there is less ground around it.
  EXPECT_GT(NeedleTile(1.25, FiringPattern::rows).resistance(),
            NeedleTile(1.25, FiringPattern::checkerboard).resistance());
}

TEST(NeedleTile, MirrorImagesAndBalance)
{
  const double half = .625, d = .3, z = -1.35;
  const RfDrive watts = drive(Control::power, .3);
  NeedleTile board(1.25, FiringPattern::checkerboard), rows(1.25, FiringPattern::rows);
  for (NeedleTile *tile : {&board, &rows})
  {
    auto &session = *tile->session;
    session.apply(watts, .2);
    EXPECT_NEAR(session.balance().supplied, .3 * .2, 1e-12);
    EXPECT_LT(std::abs(missing_heat(session)), 1e-9);
    const double right = rise_at(session, {half + d, 0., z});
    EXPECT_NEAR(rise_at(session, {half - d, 0., z}), right, 1e-6 * right);
  }
  const auto across = [&](const NeedleTile &tile) { return rise_at(*tile.session, {half, d, z}); };
  const auto along = [&](const NeedleTile &tile) { return rise_at(*tile.session, {half + d, 0., z}); };
  EXPECT_NEAR(across(board), along(board), 1e-6 * along(board)) << "a quarter of a turn changes nothing";
  EXPECT_GT(across(rows), 1.05 * along(rows)) << "the current flows to the next rows";
}

TEST(NeedleTile, WidePitchIsASingleNeedle)
{
  // At the same current, before the heat has got to the neighbours.
  const double amperes = .01;
  TreatmentGrading grading;
  grading.finest = .012, grading.growth = .6;
  NeedleTile tile(6., FiringPattern::checkerboard, grading);
  tile.session->apply(drive(Control::current, amperes), .2);

  NeedleGeometry needle;
  needle.polarity = "monopolar";
  TreatmentCell<2> cell;
  make_single_needle(needle, uniform_dermis, grading, cell);
  ElectroThermal<2> single(cell, reference_tissue());
  single.apply(drive(Control::current, amperes), .2);
  for (const double distance : {.2, .3})
  {
    const double alone = rise_at(single, {distance, 0., -1.35});
    EXPECT_NEAR(rise_at(*tile.session, {3. + distance, 0., -1.35}), alone, .02 * alone) << distance;
  }
}

TEST(NeedleTile, TwoTilesAreAsOne)
{
  // In a row of equal needles the plane between two of them may be left out. The cells are not curved here.
  NeedleTile one(1.25, FiringPattern::rows);
  one.cell.triangulation.reset_all_manifolds();
  one.session.emplace(one.cell, reference_tissue());

  dealii::Triangulation<3> next;
  next.copy_triangulation(one.cell.triangulation);
  dealii::GridTools::shift(dealii::Tensor<1, 3>({1.25, 0., 0.}), next);
  TreatmentCell<3> two;
  dealii::GridGenerator::merge_triangulations(one.cell.triangulation, next, two.triangulation, 1e-9);
  for (const auto &cell : two.triangulation.active_cell_iterators())
    for (const auto &face : cell->face_iterators())
      if (face->at_boundary())
      {
        const bool ground = std::abs(face->center()[1] - .625) < 1e-9;
        face->set_boundary_id(
          static_cast<dealii::types::boundary_id>(ground ? TreatmentBoundary::ground : TreatmentBoundary::insulated));
      }
  two.copies = 2.;
  two.share = .5;
  ElectroThermal<3> both(two, reference_tissue());
  EXPECT_NEAR(both.conductance(), one.session->conductance(), 1e-7 * both.conductance());
  both.apply(drive(Control::power, .3), .02);
  one.session->apply(drive(Control::power, .3), .02);
  const double rise = rise_at(*one.session, {.9, 0., -1.4});
  EXPECT_NEAR(rise_at(both, {.9, 0., -1.4}), rise, 1e-5 * rise);
  EXPECT_NEAR(rise_at(both, {2.15, 0., -1.4}), rise, 1e-5 * rise);
}
