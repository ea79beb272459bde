// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/summary.h"

#include "io/files.h"
#include "io/first_rank.h"

#include <deal.II/base/mpi.h>

#include <nlohmann/json.hpp>

#include <sys/resource.h>


namespace cutis
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    /** Matter that may be lost to rounding. What diffuses may lose what the iterative solves leave, 6e-7 at most as far
     * as was seen. */
    constexpr double tolerated_defect = 1e-6, tolerated_defect_of_moving = 1e-5;
    /** Fields may undershoot zero by as much, relative to their scale, before something is wrong. */
    constexpr double tolerated_undershoot = 1e-6;

    std::string name_of_header(const std::string &header)
    {
      return header.substr(0, header.find(" ["));
    }

    bool is_balance(const std::string &name)
    {
      static const std::string ending = "balance_defect";
      return name.size() >= ending.size() && name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
    }

    std::string exit_name(const ExitCode exit)
    {
      switch (exit)
      {
        case ExitCode::done:
          return "done";
        case ExitCode::run_failed:
          return "failed";
        case ExitCode::bad_input:
          return "bad input";
        case ExitCode::interrupted:
          return "interrupted";
      }
      return "unknown";
    }

    /** Largest memory that this rank has held so far [MB]. */
    double peak_memory()
    {
      rusage usage;
      getrusage(RUSAGE_SELF, &usage);
      return usage.ru_maxrss / 1024.;
    }

    void add_observables(Json &json, const TimeSeries &series)
    {
      json["final"] = Json::object();
      json["peak"] = Json::object();
      for (std::size_t c = 0; c < series.headers().size(); ++c)
      {
        const ColumnExtremes &e = series.extremes()[c];
        const std::string name = name_of_header(series.headers()[c]);
        json["final"][name] = e.last;
        json["peak"][name] = {{"value", e.largest}, {"time", e.time_of_largest}};
      }
    }

    /** Every number of the time series is one; else which columns hold others. */
    void add_finite(Json &checks, const TimeSeries &series)
    {
      Json columns = Json::array();
      for (std::size_t c = 0; c < series.headers().size(); ++c)
        if (!series.extremes()[c].all_finite)
          columns.push_back(name_of_header(series.headers()[c]));
      checks["finite"] = columns.empty();
      if (!columns.empty())
        checks["not_finite"] = columns;
    }

    void add_checks(Json &json, const TimeSeries &series)
    {
      Json &checks = json["checks"];
      double lowest = 0.;
      bool balanced = true;
      checks = {{"lowest_value", nullptr}, {"not_negative", true}};
      add_finite(checks, series);
      for (std::size_t c = 0; c < series.headers().size(); ++c)
      {
        const ColumnExtremes &e = series.extremes()[c];
        const std::string name = name_of_header(series.headers()[c]);
        if (is_balance(name))
        {
          checks[name] = e.largest;
          balanced =
            balanced && e.largest <= (name == "mass_balance_defect" ? tolerated_defect : tolerated_defect_of_moving);
          checks["mass_is_balanced"] = balanced;
        }
        if (name.rfind("min_", 0) == 0 && (checks["lowest_value"].is_null() || e.smallest < lowest))
        {
          lowest = e.smallest;
          checks["lowest_value"] = lowest;
          checks["lowest_field"] = name.substr(4);
          checks["lowest_time"] = e.time_of_smallest;
          checks["not_negative"] = lowest >= -tolerated_undershoot;
        }
      }
    }

    void add_amounts(Json &json, const std::vector<Amount> &amounts)
    {
      for (const Amount &amount : amounts)
        json[amount.name] = amount.value;
    }

    void add_interventions(Json &json, const std::vector<Account> &accounts)
    {
      json["interventions"] = Json::object();
      for (const Account &account : accounts)
      {
        Json &entry = json["interventions"][account.intervention] = Json::object();
        add_amounts(entry, account.amounts);
        entry["notes"] = account.notes;
        entry["limits"] = account.limits;
      }
    }

    void add_sessions(Json &json, const std::vector<SessionEntry> &sessions)
    {
      json["sessions"] = Json::array();
      for (const SessionEntry &session : sessions)
      {
        Json entry = {{"time", session.time}, {"intervention", session.intervention}, {"session", session.session + 1}};
        add_amounts(entry, session.amounts);
        json["sessions"].push_back(entry);
      }
    }
  } // namespace

  void write_summary(const std::filesystem::path &file,
                     const TimeSeries &series,
                     const State &state,
                     const RunCost &cost,
                     const std::vector<Account> &accounts,
                     MPI_Comm communicator)
  {
    const auto memory = dealii::Utilities::MPI::min_max_avg(peak_memory(), communicator);
    const unsigned int steps = state.clock.steps - cost.first_step;
    on_first_rank(communicator,
                  [&]
                  {
                    Json json = {{"exit", exit_name(cost.exit)},
                                 {"time", state.clock.time},
                                 {"steps", state.clock.steps},
                                 {"rejected_steps", state.clock.rejected},
                                 {"wall_seconds", cost.wall_seconds},
                                 {"seconds_per_step", steps > 0 ? cost.wall_seconds / steps : 0.},
                                 {"ranks", dealii::Utilities::MPI::n_mpi_processes(communicator)},
                                 {"peak_memory_per_rank_MB", memory.max},
                                 {"peak_memory_total_MB", memory.sum},
                                 {"cells", cost.cells},
                                 {"dofs", cost.dofs}};
                    add_checks(json, series);
                    add_interventions(json, accounts);
                    add_sessions(json, state.sessions);
                    add_observables(json, series);
                    write_whole_file(file, json.dump(2) + '\n');
                  });
  }
} // namespace cutis
