// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/schedule.h"

namespace cutis
{
  namespace
  {
    Course course_of(const State &state, const Intervention &intervention)
    {
      const auto course = state.courses.find(intervention.name());
      return course == state.courses.end() ? Course() : course->second;
    }
  } // namespace

  /** Dates before check-ups on the same day, and interventions in the order in which they are named. */
  Schedule::Due Schedule::next(const State &state) const
  {
    Due first{SessionPlan::no_more, nullptr, false};
    for (const bool check_up : {false, true})
      for (const auto &intervention : interventions_)
      {
        const SessionPlan &plan = intervention->plan();
        const Course course = course_of(state, *intervention);
        const double time =
          check_up ? plan.check_up(course.check_ups, course.sessions) : plan.date(course.dates, state.clock.end);
        if (time < first.time)
          first = {time, intervention.get(), check_up};
      }
    return first;
  }

  double Schedule::next_event(const State &state) const
  {
    return next(state).time;
  }

  std::vector<Schedule::Event> Schedule::apply_due(const Tissue &tissue, State &state, const Observe &observe) const
  {
    std::vector<Event> done;
    for (Due due = next(state); state.clock.reached(due.time); due = next(state))
    {
      Course &course = state.courses[due.intervention->name()];
      ++(due.check_up ? course.check_ups : course.dates);
      const SessionPlan &plan = due.intervention->plan();
      if (due.check_up && !plan.holds(observe(plan.observable(), state)))
        continue;
      const unsigned int session = course.sessions++;
      std::vector<Amount> amounts = due.intervention->apply(session, tissue, state);
      state.sessions.push_back({due.time, due.intervention->name(), session, std::move(amounts)});
      done.push_back({due.time, due.intervention, session});
    }
    return done;
  }
} // namespace cutis
