// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A pair of needles in a quarter of its box, against benchmarks/verification/needle_heat.
#include "annulus.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;
using Control = RfDrive::Control;

namespace
{
  const std::vector<LayerExtent> dermis = {{Layer::dermis, 4.}};

  /** Beside the bare metal, midway between the needles and below the end. */
  const dealii::Point<3> beside(.5074, 0., -1.35), between(0., 0., -1.35), below(.625, 0., -1.6);

  /** Damage at a power for which nothing was solved: at a constant conductivity the rise is proportional to it. */
  struct ScaledDamage
  {
    double factor;
    dealii::Vector<double> collagen, cells;

    template <typename Step>
    void advance(const Step &step)
    {
      collagen.grow_or_shrink(step.after.size());
      cells.grow_or_shrink(step.after.size());
      for (unsigned int i = 0; i < step.after.size(); ++i)
      {
        const double before = 35. + factor * (step.before(i) - 35.), after = 35. + factor * (step.after(i) - 35.);
        collagen(i) = collagen_denaturation.advance(collagen(i), before, after, step.length);
        cells(i) = cell_death.advance(cells(i), before, after, step.length);
      }
    }
  };

  struct NeedlePair
  {
    TreatmentCell<3> cell;
    std::optional<ElectroThermal<3>> session;

    NeedlePair(const TreatmentGrading &grading, const bool as_hole)
    {
      make_needle_pair(NeedleGeometry(), dermis, grading, cell);
      ElectroThermalSetting setting = reference_tissue();
      setting.heat.needle_as_hole = as_hole;
      session.emplace(cell, setting);
    }

    void expect_rises(const double watts, const double a, const double b, const double c, const double tolerance) const
    {
      EXPECT_NEAR(rise_at(*session, beside) / watts, a, tolerance * a) << "beside, " << session->time() << " s";
      EXPECT_NEAR(rise_at(*session, between) / watts, b, tolerance * b) << "between, " << session->time() << " s";
      EXPECT_NEAR(rise_at(*session, below) / watts, c, tolerance * c) << "below, " << session->time() << " s";
    }

    Lesion lesion(const dealii::Vector<double> &damage) const { return measure_lesion(session->space(), damage); }
  };
} // namespace

TEST(NeedlePair, Resistance)
{
  TreatmentGrading grading;
  grading.finest = .001, grading.growth = .5, grading.largest = .5;
  NeedlePair pair(grading, true);
  EXPECT_NEAR(1. / pair.session->conductance(), 3968., 2.);
}

TEST(SlowNeedlePair, HoleReferenceValues)
{
  NeedlePair pair(TreatmentGrading(), true);
  std::vector<ScaledDamage> other_powers = {{.5, {}, {}}, {.6, {}, {}}};
  pair.session->on_step = [&](const auto &step)
  {
    for (ScaledDamage &damage : other_powers)
      damage.advance(step);
  };
  const RfDrive half_a_watt = drive(Control::power, .5);
  pair.session->apply(half_a_watt, .1);
  pair.expect_rises(.5, 101.78, 4.798, 60.65, .01);
  pair.session->apply(half_a_watt, .4);
  pair.expect_rises(.5, 209.10, 36.03, 147.87, .01);
  pair.session->apply(RfDrive(), 1.);
  pair.expect_rises(.5, 26.84, 26.80, 23.49, .01);
  pair.session->apply(RfDrive(), 4.);

  EXPECT_NEAR(pair.lesion(other_powers[0].collagen).volume, .0428, .03 * .0428);
  EXPECT_NEAR(pair.lesion(other_powers[0].cells).volume, .2147, .02 * .2147);
  EXPECT_NEAR(pair.lesion(other_powers[1].collagen).volume, .0873, .02 * .0873);
  EXPECT_NEAR(pair.lesion(other_powers[1].cells).volume, .3041, .02 * .3041);
  EXPECT_NEAR(pair.lesion(pair.session->collagen_damage()).volume, .2830, .02 * .2830);
  EXPECT_NEAR(pair.lesion(pair.session->cell_damage()).volume, .7005, .02 * .7005);
  EXPECT_LT(std::abs(missing_heat(*pair.session)), 1e-9);
}

TEST(SlowNeedlePair, SteelReferenceValues)
{
  NeedlePair pair(TreatmentGrading(), false);
  const RfDrive half_a_watt = drive(Control::power, .5);
  pair.session->apply(half_a_watt, .1);
  pair.expect_rises(.5, 52.5, 4.79, 48.4, .01);
  pair.session->apply(half_a_watt, .4);
  pair.expect_rises(.5, 114.8, 32.4, 111.9, .01);
  pair.session->apply(RfDrive(), 5.);
  EXPECT_NEAR(pair.lesion(pair.session->collagen_damage()).volume, .1748, .03 * .1748);
  EXPECT_NEAR(pair.lesion(pair.session->cell_damage()).volume, .560, .02 * .560);
  EXPECT_LT(std::abs(missing_heat(*pair.session)), 1e-9);
}

TEST(SlowNeedlePair, ASingleNeedleInItsCircuit)
{
  // Where lesions do not touch and tissue conducts better as it warms, which a constant current would not notice.
  TreatmentGrading grading;
  grading.finest = .02, grading.growth = 1.6;
  RfPulse pulse;
  pulse.power = .5, pulse.length = .25, pulse.cooling = 1.;
  TreatmentCell<3> both;
  make_needle_pair(NeedleGeometry(), dermis, grading, both);
  ElectroThermal<3> pair(both, reference_tissue(.02));
  const double cold = 1. / pair.conductance();
  pair.fire(pulse);

  TreatmentCell<2> one;
  grading.finest = .003, grading.growth = .5;
  make_single_needle(NeedleGeometry(), dermis, grading, one);
  ElectroThermal<2> circuit(one, reference_tissue(.02)), first_current(one, reference_tissue(.02));
  const double single = 1. / circuit.conductance();
  RfPulse as_one = pulse;
  as_one.circuit = {2., .5 * cold - single};
  circuit.fire(as_one);
  as_one = pulse;
  as_one.power = pulse.power / cold * single;
  first_current.fire(as_one);

  const auto cells = [](const auto &session) { return measure_lesion(session.space(), session.cell_damage()).volume; };
  const double of_needle = .5 * cells(pair);
  EXPECT_NEAR(cells(circuit), of_needle, .08 * of_needle);
  EXPECT_LT(cells(first_current), .95 * cells(circuit));
}
