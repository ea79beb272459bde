// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// When sessions take place: on dates, at intervals, and when a condition holds at a check-up; a resumed run decides the
// same. What sessions bring is kept apart as long as there is some of it, and nothing of it vanishes.
#include "interventions/schedule.h"

#include "../base/input_files.h"
#include "../numerics/test_nodes.h"
#include "plla_course.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** Sessions that only count. */
  class Visit : public Intervention
  {
  public:
    explicit Visit(const std::vector<std::string> &settings,
                   const double end = 1000.,
                   const std::string &name = "visit")
      : name_(name)
    {
      Parameters parameters;
      plan_.declare(parameters, "Visit");
      for (const std::string &setting : settings)
        parameters.set("Visit/" + setting);
      plan_.check(parameters, "Visit", end);
      plan_.check_observable(parameters, "Visit", {"collagen_total", "hydration"});
      parameters.finish();
    }
    std::string name() const override { return name_; }
    std::string title() const override { return ""; }
    std::string section() const override { return "Visit"; }
    void declare(Parameters &) override {}
    void check(const Parameters &, const PatchExtent &, const Module &) const override {}
    std::vector<Amount> apply(unsigned int, const Tissue &, State &) override { return {}; }

  private:
    const std::string name_;
  };

  /** Days of the sessions until `end`, with collagen that falls by 1 % a month and gains 5 % with each session; the
   * state is taken apart and put together again on the way, as a checkpoint does. */
  std::vector<double> days_of_sessions(const std::vector<std::string> &settings, const double end)
  {
    std::vector<std::unique_ptr<Intervention>> interventions;
    interventions.push_back(std::make_unique<Visit>(settings, end));
    const Schedule schedule(interventions);
    const NodeGraph graph;
    const FieldLayout layout;
    State state;
    state.clock.end = end;
    std::vector<double> days;
    const auto collagen = [&](const std::string &name, const State &now)
    {
      EXPECT_EQ(name, "collagen_total");
      return 1. - .01 * now.clock.time / 30. + .05 * now.sessions.size();
    };
    while (schedule.next_event(state) < end)
    {
      state.clock.time = schedule.next_event(state);
      const State resumed = state;
      for (const auto &event : schedule.apply_due({graph, {}, layout, MPI_COMM_SELF}, state, collagen))
        days.push_back(event.time);
      State again = resumed; // decides the same
      schedule.apply_due({graph, {}, layout, MPI_COMM_SELF}, again, collagen);
      EXPECT_EQ(again.sessions.size(), state.sessions.size());
    }
    return days;
  }

  std::string refused(const std::vector<std::string> &settings)
  {
    return refusal([&] { Visit visit(settings); });
  }

  using Days = std::vector<double>;
} // namespace

TEST(Schedule, DatesAreTakenInTheirOrder)
{
  EXPECT_EQ(days_of_sessions({"Sessions=8 weeks, 0 d, 4 weeks"}, 1000.), (Days{0., 28., 56.}));
}

TEST(Schedule, AnIntervalRepeatsFromTheStartToTheEnd)
{
  EXPECT_EQ(days_of_sessions({"Sessions=every 180 d"}, 720.), (Days{0., 180., 360., 540.}));
  EXPECT_EQ(days_of_sessions({"Sessions=every 26 weeks"}, 200.), (Days{0., 182.}));
  EXPECT_EQ(days_of_sessions({"Sessions=every 180 d"}, 721.).size(), 5u);
}

TEST(Schedule, AConditionIsLookedAtInEveryCheckUp)
{
  // Collagen is 1.05 after the first session and falls below 1.02 on day 90; a session lifts it by .05, which lasts for
  // 150 days. Check-ups are every 28 d: the first one at which it is below is that of day 112, then that of day 252.
  EXPECT_EQ(days_of_sessions({"Sessions=0 d", "Repeat when=collagen_total < 1.02", "Check-ups every=28 d"}, 420.),
            (Days{0., 112., 252., 392.}));
  EXPECT_EQ(days_of_sessions(
              {"Sessions=0 d", "Repeat when=collagen_total < 1.02", "Check-ups every=28 d", "Most sessions=2"}, 420.),
            (Days{0., 112.}));
}

TEST(Schedule, ACheckUpWaitsUntilTheSessionsOfItsDayAreFollowed)
{
  // What a session has changed must first be brought into equilibrium; whoever applied it does that.
  std::vector<std::unique_ptr<Intervention>> interventions;
  interventions.push_back(std::make_unique<Visit>(
    std::vector<std::string>{"Sessions=0 d", "Repeat when=hydration < 1", "Check-ups every=28 d"}, 60., "other"));
  interventions.push_back(std::make_unique<Visit>(std::vector<std::string>{"Sessions=28 d"}, 60.));
  const Schedule schedule(interventions);
  const NodeGraph graph;
  const FieldLayout layout;
  State state;
  state.clock.end = 60.;
  state.clock.time = 28.;
  const auto names_of = [&](const Schedule::Observe &observe)
  {
    std::vector<std::string> names;
    for (const auto &event : schedule.apply_due({graph, {}, layout, MPI_COMM_SELF}, state, observe))
      names.push_back(event.intervention->name());
    return names;
  };
  unsigned int looks = 0;
  const auto dry = [&](const std::string &, const State &)
  {
    ++looks;
    return .5;
  };
  EXPECT_EQ(names_of(dry), (std::vector<std::string>{"other", "visit"}));
  EXPECT_EQ(looks, 0u);
  EXPECT_TRUE(state.clock.reached(schedule.next_event(state)));
  EXPECT_EQ(names_of(dry), (std::vector<std::string>{"other"}));
  EXPECT_EQ(looks, 1u);
  EXPECT_FALSE(state.clock.reached(schedule.next_event(state)));
}

TEST(Schedule, WhatCannotBeReadIsRefusedWithASentence)
{
  EXPECT_NE(refused({"Sessions=every -3 d"}).find("out of range"), std::string::npos);
  EXPECT_NE(refused({"Sessions=every 3 kg"}).find("a time in d"), std::string::npos);
  EXPECT_NE(refused({"Sessions=2000 d"}).find("not before the end of the run"), std::string::npos);
  EXPECT_NE(refused({"Repeat when=collagen_total"}).find("not of the form"), std::string::npos);
  EXPECT_NE(refused({"Repeat when=collagen_totl < 1"}).find("did you mean 'collagen_total'"), std::string::npos);
  EXPECT_EQ(refused({"Repeat when=hydration > 1.5"}), "");
}

TEST(Schedule, AsManyCohortsAsMayLieWithinTheirLifetime)
{
  const auto most = [](const std::vector<std::string> &settings)
  { return Visit(settings, 1e4).plan().most_within(700.); };
  EXPECT_EQ(most({"Sessions=0 d, 28 d, 56 d"}), 3u);
  EXPECT_EQ(most({"Sessions=0 d, 28 d, 900 d, 1800 d"}), 2u);
  EXPECT_EQ(most({"Sessions=every 180 d"}), 4u);
  EXPECT_EQ(most({"Sessions=0 d", "Repeat when=hydration < 1", "Check-ups every=365 d", "Most sessions=2"}), 2u);
}

TEST(Cohorts, TenYearsOfMaintenanceCostAFewFieldsAndNothingVanishes)
{
  std::vector<std::string> settings = plla_in_a_host_of_55("every 180 d");
  settings.insert(settings.end(), {"PLLA/Shape=everywhere", "Time/End=3650 d"});
  NodesCase run(settings, single_node());
  const std::vector<unsigned int> cohorts = run.layout.family("plla_mass");
  EXPECT_LE(cohorts.size(), 6u);
  run.run(3650.);
  double injected = 0., present = run.at({}, "plla_dissolved");
  EXPECT_EQ(run.state.sessions.size(), 21u);
  for (const SessionEntry &session : run.state.sessions)
    injected += session.amounts.front().value;
  for (const unsigned int f : cohorts)
    present += run.value(0, f);
  EXPECT_NEAR(1e-3 * present, injected, 1e-9 * injected); // mg/cm^3 in a volume of 1 mm^3
}

TEST(Cohorts, AnOldOneLeavesItsPlaceToAYoungOneWithoutATrace)
{
  // The last of many sessions acts as if its particles were the only ones: the same mass, of the same age.
  const auto mass_left = [](const std::string &sessions, const double day)
  {
    std::vector<std::string> settings = plla_in_a_host_of_55(sessions);
    settings.insert(settings.end(), {"PLLA/Shape=everywhere", "PLLA/Macrophages=false", "Time/End=3000 d"});
    NodesCase run(settings, single_node());
    run.run(day);
    double mass = 0.;
    for (const unsigned int f : run.layout.family("plla_mass"))
      mass += run.value(0, f);
    return mass;
  };
  EXPECT_NEAR(mass_left("every 1000 d", 2100.), mass_left("0 d", 100.), 1e-4 * 16.7);
}
