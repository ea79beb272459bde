// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/schedule.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    Course course_of(const State &state, const Intervention &intervention)
    {
      const auto course = state.courses.find(intervention.name());
      return course == state.courses.end() ? Course() : course->second;
    }

    /** When the latest session ends, if it goes on. */
    double end_of_session(const State &state, const Intervention &intervention)
    {
      const Course course = course_of(state, intervention);
      if (!(intervention.lasts() > 0.) || course.ended == course.sessions)
        return SessionPlan::no_more;
      const auto latest = std::find_if(state.sessions.rbegin(),
                                       state.sessions.rend(),
                                       [&](const SessionEntry &s) { return s.intervention == intervention.name(); });
      return latest->time + intervention.lasts();
    }
  } // namespace

  /** Dates before check-ups on the same day, and interventions in the order in which they are named. */
  Schedule::Due Schedule::next(const State &state) const
  {
    Due first{SessionPlan::no_more, nullptr, Kind::date};
    for (const Kind kind : {Kind::end, Kind::date, Kind::check_up})
      for (const auto &intervention : interventions_)
      {
        const SessionPlan &plan = intervention->plan();
        const Course course = course_of(state, *intervention);
        const double time = kind == Kind::end    ? end_of_session(state, *intervention)
                            : kind == Kind::date ? plan.date(course.dates, state.clock.end)
                                                 : plan.check_up(course.check_ups, course.sessions);
        if (time < first.time)
          first = {time, intervention.get(), kind};
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
      if (due.kind == Kind::check_up && !done.empty())
        return done;
      Course &course = state.courses[due.intervention->name()];
      if (due.kind == Kind::end)
      {
        due.intervention->end(tissue, state);
        course.ended = course.sessions;
        done.push_back({due.time, due.intervention, course.sessions - 1, true});
        continue;
      }
      ++(due.kind == Kind::check_up ? course.check_ups : course.dates);
      const SessionPlan &plan = due.intervention->plan();
      if (due.kind == Kind::check_up && !plan.holds(observe(plan.observable(), state)))
        continue;
      const unsigned int session = course.sessions++;
      std::vector<Amount> amounts = due.intervention->apply(session, tissue, state);
      state.sessions.push_back({due.time, due.intervention->name(), session, std::move(amounts)});
      done.push_back({due.time, due.intervention, session});
    }
    return done;
  }
} // namespace cutis
