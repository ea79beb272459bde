// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/state_file.h"

#include "base/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

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

    Json tables_as_json(const std::vector<OutputEntry::Table> &tables)
    {
      Json list = Json::array();
      for (const OutputEntry::Table &table : tables)
        list.push_back({{"name", table.name}, {"columns", table.n_columns}});
      return list;
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
                           {"dimension", e.dimension},
                           {"tables", tables_as_json(e.tables)}});
      return {
        {"last_row", exact(ledger.last_row)}, {"rows", ledger.rows}, {"meshes", ledger.meshes}, {"entries", entries}};
    }

    void read_ledger(const Json &json, OutputLedger &ledger)
    {
      read(json.at("last_row"), ledger.last_row);
      read(json.at("rows"), ledger.rows);
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
        for (const Json &table : entry.at("tables"))
          e.tables.push_back({table.at("name").get<std::string>(), table.at("columns").get<unsigned int>()});
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

    Json courses_as_json(const std::map<std::string, Course> &courses)
    {
      Json json = Json::object();
      for (const auto &[intervention, course] : courses)
        json[intervention] = {{"dates", course.dates},
                              {"check_ups", course.check_ups},
                              {"sessions", course.sessions},
                              {"ended", course.ended}};
      return json;
    }

    void read_courses(const Json &json, std::map<std::string, Course> &courses)
    {
      courses.clear();
      for (const auto &[intervention, entry] : json.items())
      {
        Course &course = courses[intervention];
        read(entry.at("dates"), course.dates);
        read(entry.at("check_ups"), course.check_ups);
        read(entry.at("sessions"), course.sessions);
        if (entry.contains("ended")) // since there are sessions that last
          read(entry.at("ended"), course.ended);
      }
    }

    Json cohorts_as_json(const std::map<std::string, std::vector<double>> &cohorts)
    {
      Json json = Json::object();
      for (const auto &[module, starts] : cohorts)
      {
        json[module] = Json::array();
        for (const double start : starts)
          json[module].push_back(exact(start));
      }
      return json;
    }

    void read_cohorts(const Json &json, std::map<std::string, std::vector<double>> &cohorts)
    {
      cohorts.clear();
      for (const auto &[module, starts] : json.items())
        for (const Json &start : starts)
        {
          cohorts[module].push_back(0.);
          read(start, cohorts[module].back());
        }
    }

    const std::map<std::string, NodesOf> nodes_by_name = {{"fields", NodesOf::fields},
                                                          {"displacement", NodesOf::displacement}};
    const std::map<std::string, Rule> rules_by_name = {{"positive", Rule::positive},
                                                       {"any sign", Rule::any_sign},
                                                       {"symmetric tensors", Rule::symmetric_tensors}};

    template <class Choice>
    std::string name_of(const std::map<std::string, Choice> &by_name, const Choice choice)
    {
      return std::find_if(by_name.begin(), by_name.end(), [&](const auto &entry) { return entry.second == choice; })
        ->first;
    }

    template <class Choice>
    void read_choice(const Json &json, const std::map<std::string, Choice> &by_name, Choice &choice)
    {
      const auto found = by_name.find(json.get<std::string>());
      if (found == by_name.end())
        throw RunFailed("The state in the checkpoint cannot be understood: '" + json.get<std::string>() +
                        "' is no kind of block.");
      choice = found->second;
    }

    Json blocks_as_json(const std::vector<BlockShape> &blocks)
    {
      Json list = Json::array();
      for (const BlockShape &block : blocks)
        list.push_back({{"name", block.name},
                        {"nodes", name_of(nodes_by_name, block.nodes)},
                        {"rule", name_of(rules_by_name, block.rule)},
                        {"components", block.components}});
      return list;
    }

    void read_blocks(const Json &json, std::vector<BlockShape> &blocks)
    {
      for (const Json &entry : json)
      {
        BlockShape block;
        read(entry.at("name"), block.name);
        read_choice(entry.at("nodes"), nodes_by_name, block.nodes);
        read_choice(entry.at("rule"), rules_by_name, block.rule);
        read(entry.at("components"), block.components);
        blocks.push_back(block);
      }
    }

    void read_clock(const Json &json, Clock &clock)
    {
      read(json.at("time"), clock.time);
      read(json.at("end"), clock.end);
      read(json.at("last_step"), clock.last_step);
      read(json.at("next_step"), clock.next_step);
      for (std::size_t k = 0; k < clock.earlier.size(); ++k)
        read(json.at("earlier").at(k), clock.earlier[k]);
      read(json.at("last_error"), clock.last_error);
      read(json.at("settling"), clock.settling);
      read(json.at("steps"), clock.steps);
      read(json.at("rejected"), clock.rejected);
    }

    StateFile read_all(const Json &json, State &state)
    {
      StateFile about;
      read(json.at("format"), about.format);
      if (about.format != checkpoint_format)
        return about;
      read(json.at("library"), about.library);
      read(json.at("dimension"), about.dimension);
      read(json.at("coarse_cells"), about.coarse_cells);
      read(json.at("mesh"), about.mesh);
      read_blocks(json.at("blocks"), about.blocks);
      read(json.at("physics"), about.physics);
      read_clock(json.at("clock"), state.clock);
      read_sessions(json.at("sessions"), state.sessions);
      read_courses(json.at("courses"), state.courses);
      read_cohorts(json.at("cohorts"), state.cohorts);
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
                       {"mesh", about.mesh},
                       {"blocks", blocks_as_json(about.blocks)},
                       {"clock",
                        {{"time", exact(clock.time)},
                         {"end", exact(clock.end)},
                         {"last_step", exact(clock.last_step)},
                         {"next_step", exact(clock.next_step)},
                         {"earlier", {exact(clock.earlier[0]), exact(clock.earlier[1])}},
                         {"last_error", exact(clock.last_error)},
                         {"settling", clock.settling},
                         {"steps", clock.steps},
                         {"rejected", clock.rejected}}},
                       {"sessions", sessions_as_json(state.sessions)},
                       {"courses", courses_as_json(state.courses)},
                       {"cohorts", cohorts_as_json(state.cohorts)},
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
