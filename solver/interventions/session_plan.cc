// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/session_plan.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cutis
{
  void SessionPlan::declare(Parameters &parameters, const std::string &section)
  {
    parameters.add_dates(
      section + "/Sessions",
      dates,
      {"Times of the sessions after the start of the run; `every 180 d` repeats them from day 0 on."});
    parameters.add(
      section + "/Repeat when",
      condition_,
      {"A further session follows whenever this holds at a check-up: `OBSERVABLE < NUMBER` or `OBSERVABLE > "
       "NUMBER`, with a column of the time series and a number in its unit. Empty: on the dates only."});
    parameters.add(section + "/Check-ups every",
                   check_up_interval_,
                   "d",
                   {1e-3, 1e5},
                   {"Time between check-ups, which are also the shortest between such sessions."});
    parameters.add(section + "/Most sessions",
                   most_,
                   {0., 1e4},
                   {"Sessions after which no check-up leads to another; 0: no limit."});
  }

  /** `NAME < NUMBER` or `NAME > NUMBER`. */
  bool SessionPlan::parse_condition()
  {
    const std::size_t sign = condition_.find_first_of("<>");
    if (sign == std::string::npos)
      return false;
    const std::string number = trim(condition_.substr(sign + 1));
    char *end = nullptr;
    observable_ = trim(condition_.substr(0, sign));
    below_ = condition_[sign] == '<';
    limit_ = std::strtod(number.c_str(), &end);
    return !observable_.empty() && !number.empty() && *end == '\0' && std::isfinite(limit_);
  }

  void SessionPlan::check(Parameters &parameters, const std::string &section, const double end)
  {
    std::sort(dates.listed.begin(), dates.listed.end());
    for (const double date : dates.listed)
      if (!Dates::is_before(date, end) && !(date == 0. && end == 0.))
        parameters.problem(section + "/Sessions",
                           "the session on day " + format_number(date) + " is not before the end of the run on day " +
                             format_number(end) + ".");
    if (!condition_.empty() && !parse_condition())
      parameters.problem(section + "/Repeat when",
                         "'" + condition_ + "' is not of the form `collagen_total < 1.05` or `hydration > 1`.");
  }

  void SessionPlan::check_observable(Parameters &parameters,
                                     const std::string &section,
                                     const std::vector<std::string> &observables) const
  {
    if (!observable_.empty() && std::find(observables.begin(), observables.end(), observable_) == observables.end())
      parameters.problem(section + "/Repeat when",
                         "this run has no observable '" + observable_ + "'" + did_you_mean(observable_, observables));
  }

  double SessionPlan::date(const unsigned int k, const double end) const
  {
    if (dates.every > 0.)
      return dates.has_multiple(k, end) || k == 0 ? k * dates.every : no_more;
    return k < dates.listed.size() ? dates.listed[k] : no_more;
  }

  double SessionPlan::check_up(const unsigned int k, const unsigned int sessions_so_far) const
  {
    const bool may_follow = !observable_.empty() && (most_ == 0 || sessions_so_far < static_cast<unsigned int>(most_));
    return may_follow ? (k + 1) * check_up_interval_ : no_more;
  }

  std::string SessionPlan::in_words(const double end) const
  {
    const std::vector<double> days = dates.before(end);
    constexpr std::size_t most_shown = 8;
    std::vector<std::string> names;
    for (std::size_t k = 0; k < days.size() && k < most_shown; ++k)
      names.push_back(format_number(days[k]));
    if (days.size() > most_shown)
      names.push_back("... (" + std::to_string(days.size()) + " of them)");
    std::string text = days.empty() ? "" : (days.size() == 1 ? "on day " : "on days ") + join(names, ", ");
    if (!condition_.empty())
      text += (text.empty() ? "" : ", and ") + ("whenever " + condition_) + " at a check-up, every " +
              format_number(check_up_interval_) + " d" +
              (most_ > 0 ? ", up to " + std::to_string(most_) + " in all" : "");
    return text.empty() ? "never" : text;
  }

  unsigned int SessionPlan::most_within(const double lifetime) const
  {
    const auto repeated = [&](const double interval) { return static_cast<unsigned int>(lifetime / interval) + 1; };
    unsigned int most = 0;
    if (dates.every > 0.)
      most = repeated(dates.every);
    for (std::size_t first = 0; first < dates.listed.size(); ++first)
    {
      unsigned int n = 0;
      for (std::size_t d = first; d < dates.listed.size() && dates.listed[d] <= dates.listed[first] + lifetime; ++d)
        ++n;
      most = std::max(most, n);
    }
    if (observable_.empty())
      return most;
    most += repeated(check_up_interval_);
    return most_ > 0 ? std::min(most, std::max<unsigned int>(most_, dates.listed.size())) : most;
  }
} // namespace cutis
