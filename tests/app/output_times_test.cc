// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Rows and fields follow from the time, also where runs are continued and intervals changed.
#include "app/coupled_step.h"
#include "app/time_loop.h"
#include "base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace cutis;

namespace
{
  /** Sessions that do nothing. */
  class Visit : public Intervention
  {
  public:
    explicit Visit(const std::vector<double> &days) { plan_.dates.listed = days; }
    std::string name() const override { return "visit"; }
    std::string title() const override { return ""; }
    std::string section() const override { return "Visit"; }
    void declare(Parameters &) override {}
    void check(const Parameters &, const PatchExtent &, const Module &) const override {}
    std::vector<Amount> apply(unsigned int, const Tissue &, State &) override { return {}; }
  };

  /** A run of nothing, for its times. */
  struct Times
  {
    State state;
    std::vector<double> rows, fields, turns;
    std::function<void()> on_row;

    void run(const OutputTimes &outputs, const double end, const std::vector<double> &sessions = {})
    {
      const NodeGraph graph;
      const FieldLayout layout;
      std::vector<std::unique_ptr<Intervention>> interventions;
      interventions.push_back(std::make_unique<Visit>(sessions));
      const Schedule schedule(interventions);
      TimeLoop::Hooks hooks;
      hooks.row = [&]
      {
        rows.push_back(state.clock.time);
        if (on_row)
          on_row();
      };
      hooks.fields = [&]
      {
        fields.push_back(state.clock.time);
        state.ledger.entries.push_back({state.clock.time, "", "", 0, 0, 2});
      };
      state.clock.end = end;
      state.clock.next_step = .1;
      TimeLoop loop(
        state, schedule, [](State &, double) { return .1; }, outputs, {1000., turns}, hooks);
      loop.run([&] { return Tissue{graph, {}, layout, MPI_COMM_SELF}; });
    }
  };

  using Days = std::vector<double>;
} // namespace

TEST(OutputTimes, ContinuedRunsHaveEveryRowOnce)
{
  Times long_run;
  long_run.run({28.}, 730.);
  ASSERT_EQ(long_run.rows.size(), 28u);
  EXPECT_EQ(long_run.rows.back(), 730.);
  long_run.rows.clear();
  long_run.run({28.}, 1000.);
  EXPECT_EQ(long_run.rows, (Days{756, 784, 812, 840, 868, 896, 924, 952, 980, 1000}));

  Times short_run;
  short_run.run({7.}, 20.);
  short_run.run({7.}, 49.);
  EXPECT_EQ(short_run.rows, (Days{0, 7, 14, 20, 21, 28, 35, 42, 49}));
  EXPECT_EQ(short_run.fields, short_run.rows);
}

TEST(OutputTimes, IntervalsMayChangeInBetween)
{
  Times times;
  times.run({7., 10.}, 25.);
  EXPECT_EQ(times.fields, (Days{0, 10, 20, 25}));
  times.run({6., 16.}, 40.);
  times.run({1., 1.}, 40.); // nothing is left to do
  times.run({5.}, 45.);
  EXPECT_EQ(times.rows, (Days{0, 7, 14, 21, 25, 30, 36, 40, 45}));
  EXPECT_EQ(times.fields, (Days{0, 10, 20, 25, 32, 40, 45}));
}

TEST(OutputTimes, AnEarlierEndAddsNothing)
{
  Times times;
  times.run({7.}, 30.);
  const Days before = times.rows;
  times.run({7.}, 10.);
  EXPECT_EQ(times.rows, before);
  EXPECT_EQ(times.state.clock.time, 30.);
}

/** 3 * .1 is not .3: they are the same moment, and no step is taken from one to the other. */
TEST(OutputTimes, RoundedDaysAreTheSameMoment)
{
  Times times;
  times.run({.1, .3}, 3., {.3, .6, .7, 1.2, 2.4});
  ASSERT_EQ(times.rows.size(), 31u);
  for (unsigned int k = 0; k < times.rows.size(); ++k)
    EXPECT_NEAR(times.rows[k], .1 * k, 1e-12);
  ASSERT_EQ(times.fields.size(), 11u);
  for (unsigned int k = 0; k < times.fields.size(); ++k)
    EXPECT_NEAR(times.fields[k], .3 * k, 1e-12);
  EXPECT_EQ(times.state.sessions.size(), 5u);
}

/** The row of a session's day shows what the session did, also where the multiple is rounded below that day. */
TEST(OutputTimes, SessionsComeBeforeTheRowOfTheirDay)
{
  for (const double every : {.1, .3, .7, 1.2, 2.4})
    for (int k = 1; k < 40; ++k)
    {
      Times times;
      const double day = std::stod(format_number(std::round(10. * every * k) / 10.)); // as it is written in a file
      std::size_t sessions_at_row = 0;
      times.on_row = [&]
      {
        if (std::abs(times.state.clock.time - day) < Clock::resolution)
          sessions_at_row = times.state.sessions.size();
      };
      times.run({every}, day + 1., {day});
      EXPECT_EQ(sessions_at_row, 1u) << k << " times " << every;
    }
}

/** What the last try met is said also where no step could be tried. */
TEST(TimeLoop, AReasonIsGivenWithoutATry)
{
  const NodeGraph graph;
  const FieldLayout layout;
  const std::vector<std::unique_ptr<Intervention>> none;
  const Schedule schedule(none);
  State state;
  state.clock.end = 1.;
  state.clock.next_step = .1;
  TimeLoop loop(state, schedule, [](State &, double) { return .1; }, {1.}, {1e-12, {}}, {});
  try
  {
    loop.run([&] { return Tissue{graph, {}, layout, MPI_COMM_SELF}; });
    ADD_FAILURE() << "no step of 1e-12 d can be taken";
  }
  catch (const RunFailed &failure)
  {
    EXPECT_NE(std::string(failure.what()).find("The last try: there was none, because"), std::string::npos)
      << failure.what();
  }
}

// While an answer dies away as a power of time, each step has to be longer than the one before in the same proportion.
// A rule that looks at the last error alone is always late, and ends at errors of .37 of the tolerance.
TEST(TimeLoop, StepsGrowAsAnAnswerDiesAway)
{
  const NodeGraph graph;
  const FieldLayout layout;
  const std::vector<std::unique_ptr<Intervention>> none;
  const Schedule schedule(none);
  State state;
  state.clock.time = 1e-3;
  state.clock.end = 1e6;
  state.clock.next_step = 1e-4;
  std::vector<double> errors;
  const auto advance = [&](State &now, const double h)
  {
    errors.push_back(std::pow(3. * h / (now.clock.time + h), 3.));
    return errors.back();
  };
  TimeLoop loop(state, schedule, advance, {1e7}, {1e7, {}}, {});
  loop.run([&] { return Tissue{graph, {}, layout, MPI_COMM_SELF}; });
  ASSERT_GT(errors.size(), 30u);
  double sum = 0.; // numbers of days are rounded to two digits, so single steps scatter
  for (std::size_t i = 10; i < 30; ++i)
    sum += errors[i] / 20.;
  EXPECT_NEAR(sum, .73, .07);
}

// Where a habit of the host begins, rates have a kink: a step ends there, and the next one is as short as after a
// session.
TEST(TimeLoop, StepsLandOnTurnsAndBeginAfresh)
{
  const NodeGraph graph;
  const FieldLayout layout;
  const std::vector<std::unique_ptr<Intervention>> none;
  const Schedule schedule(none);
  State state;
  state.clock.end = 100.;
  state.clock.next_step = 5.;
  std::vector<std::pair<double, double>> steps; // begin, size
  const auto advance = [&](State &now, const double h)
  {
    steps.emplace_back(now.clock.time, h);
    return .1;
  };
  TimeLoop loop(state, schedule, advance, {1e3}, {5., {200., 42., 0.}}, {});
  loop.run([&] { return Tissue{graph, {}, layout, MPI_COMM_SELF}; });
  const auto after = std::find_if(steps.begin(), steps.end(), [](const auto &step) { return step.first > 42. - 1e-9; });
  ASSERT_NE(after, steps.end());
  EXPECT_EQ(after->first, 42.);
  EXPECT_EQ(after->second, TransportKinetics::first_step);
  EXPECT_TRUE(std::all_of(steps.begin(), after, [](const auto &step) { return step.second > .1; }));
}

TEST(OutputTimes, AMultipleThatIsTheEndIsNotBeforeIt)
{
  Dates dates;
  dates.every = 1.2;
  EXPECT_EQ(dates.before(3.6).size(), 3u) << "3 times 1.2 is rounded below 3.6";
  SessionPlan plan;
  plan.dates = dates;
  EXPECT_EQ(plan.date(3, 3.6), SessionPlan::no_more);
  EXPECT_EQ(plan.date(3, 4.), 3 * 1.2);
}

namespace
{
  /** Adds h to its block, tells what cells feel, and refuses steps of more than `longest`. */
  class Counter : public Process
  {
  public:
    Counter(const std::string &name, const double longest, std::vector<std::string> &calls)
      : name_(name)
      , longest_(longest)
      , calls_(calls)
    {
    }

    std::vector<BlockShape> blocks() const override { return {{name_, {"sum"}, NodesOf::fields, Rule::any_sign}}; }
    void rebuild() override {}
    void start(State &state) const override { state.put({blocks().front(), NodalVector(1)}); }
    double advance(const NodalVector &, const double h, const Surroundings &, State &state) override
    {
      state[name_].local_element(0) += h;
      if (h > longest_)
        throw StepRejected(StepRejected::Reason::no_equilibrium, "Too long.", 0.);
      return .1 * h;
    }
    void restore(const State &state) override
    {
      calls_.push_back(name_ + " " + std::to_string(static_cast<int>(state[name_].local_element(0))));
    }

  private:
    const std::string name_;
    const double longest_;
    std::vector<std::string> &calls_;
  };
} // namespace

TEST(CoupledStep, ARejectedStepTakesAllBlocksBack)
{
  std::vector<std::string> calls;
  std::vector<std::unique_ptr<Process>> processes;
  processes.push_back(std::make_unique<Counter>("first", 10., calls));
  processes.push_back(std::make_unique<Counter>("second", 2., calls));
  processes.push_back(std::make_unique<Counter>("third", 10., calls));
  State state;
  for (const auto &process : processes)
    process->start(state);
  CoupledStep step(processes);
  EXPECT_NEAR(step.advance(state, 1.), .1, 1e-15);
  try
  {
    step.advance(state, 4.);
    ADD_FAILURE() << "the second process refuses this step";
  }
  catch (const StepRejected &rejection)
  {
    EXPECT_EQ(rejection.suggested_step, 2.);
  }
  for (const char *name : {"first", "second", "third"})
    EXPECT_EQ(state[name].local_element(0), 1.) << name;
  EXPECT_EQ(calls, (std::vector<std::string>{"first 1", "second 1"})) << "the third had not moved";
}
