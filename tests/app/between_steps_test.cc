// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// What is read off between steps, of fields that follow a known function of time.
#include "app/time_loop.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <map>

using namespace cutis;

namespace
{
  /** Sessions that add to the field. */
  class Addition : public Intervention
  {
  public:
    explicit Addition(const std::vector<double> &days) { plan_.dates.listed = days; }
    std::string name() const override { return "addition"; }
    std::string title() const override { return ""; }
    std::string section() const override { return "Addition"; }
    void declare(Parameters &) override {}
    void check(const Parameters &, const PatchExtent &, const Module &) const override {}
    std::vector<Amount> apply(unsigned int, const Tissue &, State &state) override
    {
      state.fields().local_element(0) += 100.;
      return {};
    }
  };

  /** A run of one field at one node, whose values at the steps are given. */
  struct KnownCourse
  {
    State state;
    NodalVector former = NodalVector(1);
    std::function<double(double)> value_at;
    std::vector<double> sessions;
    double error = .1, longest = 1000.;
    unsigned int stops_after = 1000;       ///< steps
    std::map<double, double> rows, fields; ///< values by time
    std::function<void()> after_step;

    explicit KnownCourse(std::function<double(double)> value) : value_at(std::move(value))
    {
      state.put({{fields_block, {"field"}}, NodalVector(1)});
      for (const char *earlier : earlier_fields_blocks)
        state.put({{earlier, {"field"}}, NodalVector(1)});
      state.fields().local_element(0) = value_at(0.);
      state.clock.next_step = .1;
    }

    void run(const OutputTimes &outputs, const double end)
    {
      const NodeGraph graph;
      const CountedFields counted(graph, {nullptr});
      const FieldLayout layout;
      std::vector<std::unique_ptr<Intervention>> interventions;
      interventions.push_back(std::make_unique<Addition>(sessions));
      const Schedule schedule(interventions);
      TimeLoop::Hooks hooks;
      hooks.row = [&] { rows[state.clock.time] = state.fields().local_element(0); };
      hooks.fields = [&]
      {
        fields[state.clock.time] = state.fields().local_element(0);
        state.ledger.entries.push_back({state.clock.time, "", "", 0, 0, 2, {}});
      };
      hooks.after_step = after_step;
      hooks.interrupted = [&] { return state.clock.steps >= stops_after; };
      hooks.between = [&](const double from) { return BetweenSteps(state, former, counted, from); };
      const auto advance = [&](State &now, const double h)
      {
        former.local_element(0) = value_at(now.clock.time + h);
        now.fields().swap(former);
        return error;
      };
      state.clock.end = end;
      TimeLoop loop(state, schedule, advance, outputs, {longest, {}}, hooks);
      loop.run([&] { return Tissue{graph, {}, layout, MPI_COMM_SELF}; });
    }
  };

  double largest_error(const KnownCourse &course, const double from, const double until = 1e9)
  {
    double largest = 0.;
    for (const auto &[time, value] : course.rows)
      if (time > from && time < until)
        largest = std::max(largest, std::abs(value - course.value_at(time)));
    return largest;
  }
} // namespace

TEST(BetweenSteps, PolynomialsInTimeAreExactAndNoStepIsForced)
{
  KnownCourse course([](const double t) { return 5. + t + .25 * t * t; });
  course.run({.7}, 300.);
  EXPECT_EQ(course.rows.size(), 430u);
  EXPECT_LT(largest_error(course, 0.), 1e-9);
  KnownCourse cubic([](const double t) { return 5. + t + .25 * t * t - .001 * t * t * t; });
  cubic.longest = 7.;
  cubic.run({.7}, 100.);
  EXPECT_LT(largest_error(cubic, 7., 93.), 1e-9);
  EXPECT_GT(largest_error(cubic, 93.), 1e-3) << "what follows the last step is not known";
  KnownCourse free(course.value_at);
  free.run({1e5}, 300.);
  EXPECT_EQ(course.state.clock.steps, free.state.clock.steps);
}

TEST(BetweenSteps, TheErrorIsOfFourthOrder)
{
  const auto error_of_steps = [](const double h)
  {
    KnownCourse course([](const double t) { return std::exp(-t / 10.); });
    course.longest = course.state.clock.next_step = h;
    course.run({.1}, 20.);
    return largest_error(course, 2., 18.); // the first and the last step know less
  };
  EXPECT_NEAR(error_of_steps(2.) / error_of_steps(1.), 16., 1.6);
  EXPECT_NEAR(error_of_steps(1.) / error_of_steps(.5), 16., 1.6);
}

TEST(BetweenSteps, TheFirstStepAfterASessionDoesNotReachAcrossIt)
{
  KnownCourse course([](const double t) { return t <= 10. ? 3. * t : 140. - t; }); // the session adds 100
  course.sessions = {10.};
  course.longest = course.state.clock.next_step = 4.;
  course.run({.0005, .0007}, 30.);
  EXPECT_EQ(course.rows.at(10.), 130.) << "the row of the day is written after the session";
  for (const auto &[time, value] : course.rows)
    EXPECT_NEAR(value, time < 10. - 1e-9 ? 3. * time : 140. - time, 1e-9) << time;
  EXPECT_EQ(course.rows.size(), 60001u);
  EXPECT_EQ(course.fields.size(), 42859u);
  EXPECT_LT(course.state.clock.steps, 30u);
}

TEST(BetweenSteps, NothingIsNegative)
{
  KnownCourse course([](const double t) { return std::max(0., 1. - t / 3.2); });
  course.longest = course.state.clock.next_step = 3.;
  course.run({.5}, 30.);
  for (const auto &[time, value] : course.rows)
    EXPECT_GE(value, 0.) << time;
  EXPECT_EQ(course.rows.at(5.), 0.) << "the quadratic through 1, .0625 and 0 is below zero";
  EXPECT_EQ(course.rows.at(8.), 0.);
}

namespace
{
  /** Two counted fields and another one at two nodes of volumes 1 and 3, each a state before the step, its beginning
   * and its end, one day apart; halfway through the step. */
  std::vector<double> halfway(const std::array<std::vector<double>, 3> &states)
  {
    const auto vector = [](const std::vector<double> &values)
    {
      NodalVector all(values.size());
      std::copy(values.begin(), values.end(), all.begin());
      return all;
    };
    NodeGraph graph;
    graph.n_owned = 2;
    graph.volume = {1., 3.};
    const CountedFields counted(graph, {&graph.volume, &graph.volume, nullptr});
    const std::vector<std::string> fields = {"whole", "dissolved", "signal"};
    State state;
    state.put({{fields_block, fields}, vector(states[2])});
    for (const char *earlier : earlier_fields_blocks)
      state.put({{earlier, fields}, vector(states[0])});
    state.clock.time = 2.;
    state.clock.earlier = {{0., Clock::never}};
    NodalVector former = vector(states[1]);
    std::vector<double> seen;
    BetweenSteps(state, former, counted, 1.)
      .look_at(1.5, [&] { seen.assign(state.fields().begin(), state.fields().end()); });
    return seen;
  }
} // namespace

TEST(BetweenSteps, WhatIsCountedHasTheTotalOfTheQuadratic)
{
  const auto seen = halfway({{{9, 1, 9, 8, 0, 4}, {1, 9, 1, 8, 0, 4}, {0, 10, 0, 8, 0, 4}}});
  const double dip = -.375, total = dip + 3. * 8.;
  EXPECT_EQ(seen[0], 0.);
  EXPECT_NEAR(seen[3], 8. * total / 24., 1e-12) << "the second node has less than the quadratic";
  EXPECT_NEAR(seen[1], 10. - dip, 1e-12);
  EXPECT_EQ(seen[2], 0.);
  EXPECT_EQ(seen[5], 4.) << "of signals no account is kept";
}

/** A total cannot be negative: all that is counted then goes along a straight line, so that sums remain. */
TEST(BetweenSteps, WhereATotalWouldBeNegativeAccountsAreBalanced)
{
  const auto seen = halfway({{{9, 1, 9, 9, 1, 4}, {1, 9, 1, 1, 9, 3}, {0, 10, 0, 0, 10, 1}}});
  EXPECT_EQ(seen, (std::vector<double>{.5, 9.5, 0., .5, 9.5, 2.125}));
}

TEST(BetweenSteps, TimesOfFieldsNeedNotBeThoseOfRows)
{
  KnownCourse course([](const double t) { return 1. + t * t; });
  course.run({7., 10.}, 25.);
  std::vector<double> rows, fields;
  for (const auto &[time, value] : course.rows)
    rows.push_back(time);
  for (const auto &[time, value] : course.fields)
    fields.push_back(time);
  EXPECT_EQ(rows, (std::vector<double>{0, 7, 14, 21, 25}));
  EXPECT_EQ(fields, (std::vector<double>{0, 10, 20, 25}));
}

/** The last step before the end may be tiny: what its ends differ by must not be scaled up by the next. */
TEST(BetweenSteps, ATinyStepDoesNotServe)
{
  unsigned int call = 0;
  KnownCourse course([](const double) { return 1.; });
  course.value_at = [&](const double) { return 1. + (++call % 2 ? 1e-6 : -1e-6); };
  course.longest = course.state.clock.next_step = 5.;
  course.run({.1}, 20.);
  course.run({.1}, 20.001);
  course.run({.1}, 40.);
  for (const auto &[time, value] : course.rows)
    EXPECT_NEAR(value, 1., 5e-6) << time;
}

/** The run may be stopped after any step, and then goes on with what was not yet written. */
TEST(BetweenSteps, RowsLagByOneStepAndNoneIsLostWhereARunIsResumed)
{
  KnownCourse course([](const double t) { return 1. + t * t; });
  double begin = 0.;
  course.after_step = [&]
  {
    const double time = course.state.clock.time, written = course.state.ledger.last_row;
    EXPECT_NEAR(written, time < 50. ? .1 * std::floor(10. * begin + 1e-6) : 49.9, 1e-6) << time;
    EXPECT_EQ(course.state.fields().local_element(0), course.value_at(time)) << "the state is again that of the step";
    begin = time;
  };
  course.stops_after = 3;
  course.run({.1}, 50.);
  ASSERT_LT(course.state.clock.time, 10.);
  course.stops_after = 1000;
  course.run({.1}, 50.);
  EXPECT_EQ(course.rows.size(), 501u);
  EXPECT_LT(largest_error(course, 0.), 1e-9);
}

TEST(BetweenSteps, AStateIsGivenBackWhateverItsReaderDoes)
{
  KnownCourse course([](const double t) { return t; });
  State &state = course.state;
  state.fields().local_element(0) = 6.;
  course.former.local_element(0) = 4.;
  state.clock.time = 6.;
  const NodeGraph graph;
  const CountedFields counted(graph, {nullptr});
  BetweenSteps step(state, course.former, counted, 4.);
  EXPECT_THROW(step.look_at(5.,
                            [&]
                            {
                              EXPECT_EQ(state.fields().local_element(0), 5.);
                              EXPECT_EQ(state.clock.time, 5.);
                              throw RunFailed("The disk is full.");
                            }),
               RunFailed);
  EXPECT_EQ(state.fields().local_element(0), 6.);
  EXPECT_EQ(state.clock.time, 6.);
}
