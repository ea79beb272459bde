// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/command_line.h"

#include "base/errors.h"
#include "base/text.h"

#include <boost/program_options.hpp>

#include <algorithm>
#include <sstream>

namespace cutis
{
  namespace
  {
    namespace options = boost::program_options;
    using Command = CommandLine::Command;
    using Words = std::vector<std::string>;

    /** A command, what it is about, and the options it understands besides those that all do. */
    struct CommandDescription
    {
      Command command;
      std::string name;
      Words topics;
      bool needs_file;
      Words options;
    };

    const std::vector<CommandDescription> commands = {
      {Command::run, "run", {}, true, {"set", "output", "resume", "overwrite", "continue", "quiet", "verbose"}},
      {Command::check, "check", {}, true, {"set", "explain"}},
      {Command::init, "init", {}, false, {}},
      {Command::describe, "describe", {"network", "parameters", "interventions", "observables"}, false, {"format"}},
      {Command::list, "list", {"interventions", "networks", "skins", "observables"}, false, {}},
      {Command::version, "version", {}, false, {}},
      {Command::help, "help", {"run", "check", "init", "describe", "list", "version"}, false, {}}};

    options::options_description visible_options()
    {
      options::options_description known("Options", 100);
      known.add_options() //
        ("set",
         options::value<Words>()->composing()->value_name("Section/Name=VALUE"),
         "run, check: give a parameter another value than the file does; may be repeated")                      //
        ("output", options::value<std::string>()->value_name("DIR"), "run: write the results into this folder") //
        ("resume", "run: go on from the last checkpoint in the output folder")                                  //
        ("overwrite", "run: replace the results of an earlier run")                                             //
        ("continue",
         "run: resume where there is a checkpoint, else begin anew; the same command may be repeated until it is done") //
        ("explain", "check: say what a run will do, how large it is and how long it may take")          //
        ("format", options::value<std::string>()->value_name("text|md|json"), "describe: how to write") //
        ("quiet,q", "run: print warnings only")                                                         //
        ("verbose,v", "run: print every step")                                                          //
        ("help,h", "print this text")                                                                   //
        ("version", "print the versions of Cutis and of the libraries it uses");
      return known;
    }

    /** The long names of all options, as they are typed. */
    Words option_names()
    {
      const options::options_description known = visible_options();
      Words names;
      for (const auto &option : known.options())
        names.push_back("--" + option->long_name());
      return names;
    }

    const char *const see_help = " 'cutis help' shows how the program is called.";

    /** The sentence for what Boost did not understand. */
    std::string explain(const options::error &error)
    {
      if (const auto *unknown = dynamic_cast<const options::unknown_option *>(&error))
        return "There is no option '" + unknown->get_option_name() + "'" +
               did_you_mean(unknown->get_option_name(), option_names()) + see_help;
      if (const auto *syntax = dynamic_cast<const options::invalid_command_line_syntax *>(&error))
      {
        const bool lacks_value = syntax->kind() == options::invalid_syntax::missing_parameter ||
                                 syntax->kind() == options::invalid_syntax::empty_adjacent_parameter;
        return "The option '" + syntax->get_option_name() + "' " +
               (lacks_value ? "needs a value." : "is not written correctly.") + see_help;
      }
      if (const auto *repeated = dynamic_cast<const options::multiple_occurrences *>(&error))
        return "The option '" + repeated->get_option_name() + "' may be given only once.";
      return std::string("The command line cannot be understood: ") + error.what() + '.' + see_help;
    }

    options::variables_map read_options(const int argc, const char *const *argv)
    {
      options::options_description all = visible_options();
      all.add_options()("words", options::value<Words>(), "the command and what it is about");
      options::positional_options_description words;
      words.add("words", -1);
      namespace style = options::command_line_style;
      // Without guessing: an abbreviation that works today may be ambiguous tomorrow.
      const int exact = style::unix_style & ~style::allow_guessing;
      options::variables_map given;
      try
      {
        options::store(options::command_line_parser(argc, argv).options(all).positional(words).style(exact).run(),
                       given);
      }
      catch (const options::error &error)
      {
        throw BadInput(explain(error));
      }
      return given;
    }

    const CommandDescription &find_command(const std::string &name)
    {
      Words names;
      for (const auto &candidate : commands)
        if (candidate.name == name)
          return candidate;
        else
          names.push_back(candidate.name);
      const bool is_file = name.size() > 4 && name.compare(name.size() - 4, 4, ".prm") == 0;
      throw BadInput("There is no command '" + name + "'" +
                     (is_file ? "; did you mean 'cutis run " + name + "'?" : did_you_mean(name, names)) + see_help);
    }

    void check_options(const CommandDescription &command, const options::variables_map &given)
    {
      for (const auto &[name, value] : given)
        if (name != "words" && std::find(command.options.begin(), command.options.end(), name) == command.options.end())
          throw BadInput("The option '--" + name + "' does not belong to 'cutis " + command.name + "'." + see_help);
      const auto exclude = [&](const char *one, const char *other)
      {
        if (given.count(one) && given.count(other))
          throw BadInput("The options '--" + std::string(one) + "' and '--" + other + "' exclude each other.");
      };
      exclude("resume", "overwrite");
      exclude("resume", "continue");
      exclude("overwrite", "continue");
      exclude("quiet", "verbose");
    }

    /** A topic by its name, or words to look for. Of one word that is nearly a topic, that is what was meant. */
    void take_search(CommandLine &result, const CommandDescription &command, const Words &words)
    {
      if (words.size() == 2 && !nearest_name(words[1], command.topics).empty())
        throw BadInput("'cutis describe' knows " + join(command.topics, ", ") + ", but not '" + words[1] + "'" +
                       did_you_mean(words[1], command.topics));
      result.words.assign(words.begin() + 1, words.end());
    }

    /** The intervention to begin with, and the file to write. */
    void take_start(CommandLine &result, const Words &words)
    {
      if (words.size() < 2)
        throw BadInput("'cutis init' needs an intervention to start from, as in 'cutis init plla my.prm'; 'cutis list "
                       "interventions' names them.");
      if (words.size() > 3)
        throw BadInput("'cutis init' does not know what to do with '" + words[3] + "'." + see_help);
      result.topic = words[1];
      if (words.size() > 2)
        result.file = words[2];
    }

    /** The file or the topic that follows the command; anything more is a mistake. */
    void take_words(CommandLine &result, const CommandDescription &command, const Words &words)
    {
      if (command.command == Command::init)
        return take_start(result, words);
      const auto is_topic = [&](const std::string &word)
      { return std::find(command.topics.begin(), command.topics.end(), word) != command.topics.end(); };
      if (command.command == Command::describe && words.size() > 1 && !(words.size() == 2 && is_topic(words[1])))
        return take_search(result, command, words);
      if (command.needs_file && words.size() < 2)
        throw BadInput("'cutis " + command.name + "' needs a parameter file, as in 'cutis " + command.name +
                       " parameters/plla.prm'.");
      const std::size_t most = command.needs_file || !command.topics.empty() ? 2 : 1;
      if (words.size() > most)
        throw BadInput("'cutis " + command.name + "' does not know what to do with '" + words[most] + "'." + see_help);
      if (words.size() < 2)
        return;
      (command.needs_file ? result.file : result.topic) = words[1];
      if (!command.needs_file && !is_topic(words[1]))
        throw BadInput("'cutis " + command.name + "' knows " + join(command.topics, ", ") + ", but not '" + words[1] +
                       "'" + did_you_mean(words[1], command.topics));
    }

    Parameters::Format format_named(const std::string &name)
    {
      if (name == "text")
        return Parameters::Format::text;
      if (name == "md")
        return Parameters::Format::markdown;
      if (name == "json")
        return Parameters::Format::json;
      throw BadInput("The format '" + name + "' is not one of text, md, json.");
    }
  } // namespace


  CommandLine parse_command_line(const int argc, const char *const *argv)
  {
    const options::variables_map given = read_options(argc, argv);
    CommandLine result;
    if (given.count("help") || (!given.count("words") && !given.count("version") && argc <= 1))
      return result;
    if (given.count("version"))
    {
      result.command = Command::version;
      return result;
    }
    if (!given.count("words"))
      throw BadInput(std::string("The command is missing.") + see_help);

    const Words &words = given["words"].as<Words>();
    const CommandDescription &command = find_command(words.front());
    result.command = command.command;
    check_options(command, given);
    take_words(result, command, words);
    if (command.command == Command::list && result.topic.empty())
      throw BadInput("'cutis list' needs to know what: " + join(command.topics, ", ") + ".");

    if (given.count("set"))
      result.overrides = given["set"].as<Words>();
    if (given.count("output")) // like any other parameter, so that parameters.prm names the folder it lies in
      result.overrides.push_back("Output/Directory = " + given["output"].as<std::string>());
    result.mode = given.count("resume")      ? OutputMode::resume
                  : given.count("overwrite") ? OutputMode::overwrite
                  : given.count("continue")  ? OutputMode::go_on
                                             : OutputMode::fresh;
    result.explain = given.count("explain") > 0;
    if (given.count("format"))
      result.format = format_named(given["format"].as<std::string>());
    if (given.count("quiet"))
      result.verbosity = Verbosity::quiet;
    if (given.count("verbose"))
      result.verbosity = Verbosity::detailed;
    return result;
  }


  std::string help_text()
  {
    std::ostringstream text;
    text
      << "Cutis simulates how skin remodels itself: signals, cells, collagen and tissue mechanics.\n\n"
         "  cutis run FILE        run the simulation that the parameter file describes\n"
         "  cutis check FILE      report every problem of a parameter file and run nothing\n"
         "  cutis init NAME FILE  write a parameter file to start from, for an intervention or none\n"
         "  cutis describe TOPIC  explain network, parameters, interventions or observables, or all in which some "
         "WORDS occur\n"
         "  cutis list WHAT       name the interventions, networks, skins or observables there are\n"
         "  cutis version         print the versions of Cutis and of the libraries it uses\n"
         "  cutis help            print this text\n\n"
      << visible_options()
      << "\nExit codes: 0 done, 1 the run failed, 2 the input cannot be run, 3 interrupted with a checkpoint written.\n"
         "In parallel: mpirun -n RANKS cutis run FILE\n";
    return text.str();
  }
} // namespace cutis
