// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A single needle with a distant return electrode, in the half-plane of distance and depth. The reference values are
// those of benchmarks/verification/needle_heat.
#include "annulus.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;
using Control = RfDrive::Control;

namespace
{
  struct SingleNeedle
  {
    TreatmentCell<2> cell;
    std::optional<ElectroThermal<2>> session;

    SingleNeedle(const TreatmentGrading &grading, const ElectroThermalSetting &setting)
    {
      NeedleGeometry needle;
      needle.polarity = "monopolar";
      make_single_needle(needle, {{Layer::dermis, 4.}}, grading, cell);
      session.emplace(cell, setting);
    }
  };

  TreatmentGrading fine_mesh()
  {
    TreatmentGrading grading;
    grading.finest = .001, grading.growth = .5;
    return grading;
  }

  ElectroThermalSetting hole(ElectroThermalSetting setting)
  {
    setting.heat.needle_as_hole = true;
    return setting;
  }
} // namespace

TEST(SingleNeedle, ReferenceValues)
{
  SingleNeedle needle(fine_mesh(), hole(reference_tissue()));
  EXPECT_NEAR(1. / needle.session->conductance(), 2187.4, .001 * 2187.4);
  needle.session->apply(drive(Control::power, .1), .5);
  EXPECT_NEAR(rise_at(*needle.session, {.1176, 0., -1.35}) / .1, 350.44, .002 * 350.44);
  EXPECT_NEAR(rise_at(*needle.session, {.3, 0., -1.35}) / .1, 173.40, .002 * 173.40);
  EXPECT_LT(std::abs(missing_heat(*needle.session)), 1e-9);
}

TEST(SingleNeedle, SteelKeepsTheTipCooler)
{
  TreatmentGrading grading;
  SingleNeedle with_steel(grading, reference_tissue()), as_hole(grading, hole(reference_tissue()));
  for (SingleNeedle *needle : {&with_steel, &as_hole})
    needle->session->apply(drive(Control::power, .1), .5);
  const double steel = rise_at(*with_steel.session, {.1176, 0., -1.35});
  const double open = rise_at(*as_hole.session, {.1176, 0., -1.35});
  EXPECT_GT(open / steel, 1.6);
  EXPECT_LT(open / steel, 1.9);
}

TEST(SingleNeedle, KohlrauschRelation)
{
  // Electrodes held, all else insulated: the integral of k/sigma over the rise is an eighth of the square of the
  // voltage, whatever the shape. The hottest place lies in the middle of the potential.
  const double slope = .015, volts = 30.;
  ElectroThermalSetting setting = hole(reference_tissue(slope));
  setting.heat.walls_held = true;
  TreatmentGrading grading;
  grading.finest = .002, grading.growth = .5;
  SingleNeedle needle(grading, setting);
  needle.session->apply(drive(Control::voltage, volts), 400.);
  const double rise = needle.session->history().back().peak - 35.;
  const double integral = .40 / (.25 * slope) * std::log1p(slope * rise);
  EXPECT_NEAR(integral, volts * volts / 8., 2e-3 * volts * volts / 8.);
}

TEST(SingleNeedle, LesionConvergesWithTheMesh)
{
  const auto volume = [](const int refinement)
  {
    TreatmentGrading grading;
    grading.finest = .04, grading.growth = 1., grading.refinement = refinement;
    SingleNeedle needle(grading, reference_tissue());
    needle.session->fixed_step = .02;
    needle.session->apply(drive(Control::power, .2), .5);
    const unsigned int samples = 32 >> refinement;
    return measure_lesion(needle.session->space(), needle.session->cell_damage(), 2 * samples).volume;
  };
  const double v0 = volume(0), v1 = volume(1), v2 = volume(2), v3 = volume(3);
  EXPECT_LT(std::abs(v0 - v3), .02 * v3) << "cells of some 40 um give 2 % of the volume";
  EXPECT_GT(std::log2((v1 - v0) / (v2 - v1)), 2.);
  EXPECT_GT(std::log2((v2 - v1) / (v3 - v2)), 2.);
}

TEST(SingleNeedle, LesionHasAShape)
{
  SingleNeedle needle(TreatmentGrading(), reference_tissue());
  RfPulse pulse;
  pulse.power = .2, pulse.length = .5, pulse.cooling = 2.;
  needle.session->fire(pulse);
  const auto &session = *needle.session;
  const Lesion collagen = measure_lesion(session.space(), session.collagen_damage());
  const Lesion cells = measure_lesion(session.space(), session.cell_damage());
  EXPECT_GT(collagen.volume, 0.);
  EXPECT_GT(cells.volume, collagen.volume) << "cells die at lower temperatures";
  EXPECT_GT(cells.width, collagen.width);
  EXPECT_GT(cells.width, .235);
  EXPECT_LT(cells.top, 1.2);
  EXPECT_GT(cells.bottom, 1.5);
  EXPECT_NEAR(cells.outer, .5 * cells.width, 1e-12);

  // The rim that the sampler sees is the one that was measured.
  TreatmentSampler<2> sampler(session.space());
  ASSERT_TRUE(sampler.go_to({0., .5 * cells.width - .02, -1.35}));
  EXPECT_GT(sampler.damage(session.cell_damage()), half_damage);
  ASSERT_TRUE(sampler.go_to({.5 * cells.width + .02, 0., -1.35}));
  EXPECT_LT(sampler.damage(session.cell_damage()), half_damage);
  EXPECT_FALSE(sampler.go_to({5., 0., -1.}));
  EXPECT_EQ(measure_lesion(session.space(), dealii::Vector<double>(session.space().n_nodes())).volume, 0.);
}

TEST(SingleNeedle, ImpossibleSettings)
{
  EXPECT_TRUE(problems_of(ElectroThermalSetting()).empty());
  ElectroThermalSetting setting;
  setting.collagen.activation_energy = 1e5; // and ln A as of collagen
  auto problems = problems_of(setting);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].sentence.find("would be destroyed within minutes"), std::string::npos);
  setting = ElectroThermalSetting();
  setting.cells = {900., 5.064e5};
  problems = problems_of(setting);
  ASSERT_GE(problems.size(), 1u);
  EXPECT_NE(problems[0].sentence.find("overflows"), std::string::npos);
  setting = ElectroThermalSetting();
  setting.tissues.fat.density = 0.;
  problems = problems_of(setting);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].sentence.find("the fat"), std::string::npos);
}
