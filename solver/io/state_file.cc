// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/state_file.h"

#include "base/errors.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>

namespace cutis
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    /** Hexadecimal: exact, and unlike JSON's own numbers it also has the infinities. */
    std::string exact(const double value)
    {
      char text[40];
      std::snprintf(text, sizeof text, "%a", value);
      return text;
    }

    void read(const Json &json, double &value)
    {
      value = std::strtod(json.get_ref<const std::string &>().c_str(), nullptr);
    }

    template <typename T>
    void read(const Json &json, T &value)
    {
      value = json.get<T>();
    }

    Json ledger_as_json(const OutputLedger &ledger)
    {
      Json entries = Json::array();
      for (const OutputEntry &e : ledger.entries)
        entries.push_back({{"time", exact(e.time)},
                           {"fields_file", e.fields_file},
                           {"mesh_file", e.mesh_file},
                           {"nodes", e.nodes},
                           {"cells", e.cells},
                           {"dimension", e.dimension}});
      return {{"outputs", ledger.outputs},
              {"next_output", exact(ledger.next_output)},
              {"meshes", ledger.meshes},
              {"entries", entries}};
    }

    void read_ledger(const Json &json, OutputLedger &ledger)
    {
      read(json.at("outputs"), ledger.outputs);
      read(json.at("next_output"), ledger.next_output);
      read(json.at("meshes"), ledger.meshes);
      ledger.entries.clear();
      for (const Json &entry : json.at("entries"))
      {
        OutputEntry e;
        read(entry.at("time"), e.time);
        read(entry.at("fields_file"), e.fields_file);
        read(entry.at("mesh_file"), e.mesh_file);
        read(entry.at("nodes"), e.nodes);
        read(entry.at("cells"), e.cells);
        read(entry.at("dimension"), e.dimension);
        ledger.entries.push_back(e);
      }
    }

    Json sessions_as_json(const std::vector<SessionEntry> &sessions)
    {
      Json list = Json::array();
      for (const SessionEntry &s : sessions)
      {
        Json amounts = Json::object();
        for (const Amount &amount : s.amounts)
          amounts[amount.name] = exact(amount.value);
        list.push_back(
          {{"time", exact(s.time)}, {"intervention", s.intervention}, {"session", s.session}, {"amounts", amounts}});
      }
      return list;
    }

    void read_sessions(const Json &json, std::vector<SessionEntry> &sessions)
    {
      sessions.clear();
      for (const Json &entry : json)
      {
        SessionEntry s;
        read(entry.at("time"), s.time);
        read(entry.at("intervention"), s.intervention);
        read(entry.at("session"), s.session);
        for (const auto &[name, text] : entry.at("amounts").items())
        {
          s.amounts.push_back({name, 0.});
          read(text, s.amounts.back().value);
        }
        sessions.push_back(s);
      }
    }

    void read_clock(const Json &json, Clock &clock)
    {
      read(json.at("time"), clock.time);
      read(json.at("end"), clock.end);
      read(json.at("last_step"), clock.last_step);
      read(json.at("next_step"), clock.next_step);
      read(json.at("steps"), clock.steps);
      read(json.at("rejected"), clock.rejected);
    }

    StateFile read_all(const Json &json, State &state)
    {
      StateFile about;
      read(json.at("format"), about.format);
      read(json.at("library"), about.library);
      read(json.at("dimension"), about.dimension);
      read(json.at("coarse_cells"), about.coarse_cells);
      read(json.at("fields"), about.fields);
      read(json.at("doses"), about.doses);
      read(json.at("physics"), about.physics);
      read_clock(json.at("clock"), state.clock);
      read_sessions(json.at("sessions"), state.sessions);
      read(json.at("mesh_changed"), state.mesh_changed);
      read_ledger(json.at("ledger"), state.ledger);
      return about;
    }
  } // namespace

  std::string state_as_json(const State &state, const StateFile &about)
  {
    const Clock &clock = state.clock;
    const Json json = {{"format", about.format},
                       {"library", about.library},
                       {"dimension", about.dimension},
                       {"coarse_cells", about.coarse_cells},
                       {"fields", about.fields},
                       {"doses", about.doses},
                       {"clock",
                        {{"time", exact(clock.time)},
                         {"end", exact(clock.end)},
                         {"last_step", exact(clock.last_step)},
                         {"next_step", exact(clock.next_step)},
                         {"steps", clock.steps},
                         {"rejected", clock.rejected}}},
                       {"sessions", sessions_as_json(state.sessions)},
                       {"mesh_changed", state.mesh_changed},
                       {"ledger", ledger_as_json(state.ledger)},
                       {"physics", about.physics}};
    return json.dump(2) + '\n';
  }

  StateFile state_from_json(const std::string &text, State &state)
  {
    try
    {
      return read_all(Json::parse(text), state);
    }
    catch (const Json::exception &error)
    {
      throw RunFailed(std::string("The state in the checkpoint cannot be understood: ") + error.what() + ".");
    }
  }
} // namespace cutis
