// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/command_line.h"

#include "base/errors.h"

#include <gtest/gtest.h>

using namespace cutis;
using Command = CommandLine::Command;

namespace
{
  CommandLine parse(std::vector<const char *> arguments)
  {
    arguments.insert(arguments.begin(), "cutis");
    return parse_command_line(arguments.size(), arguments.data());
  }

  /** The sentence with which the arguments are refused; empty if they are not. */
  std::string refusal(const std::vector<const char *> &arguments)
  {
    try
    {
      parse(arguments);
    }
    catch (const BadInput &problem)
    {
      return problem.what();
    }
    return "";
  }

  const std::string see_help = " 'cutis help' shows how the program is called.";
} // namespace

TEST(CommandLine, Run)
{
  const CommandLine line =
    parse({"run", "x.prm", "--set", "PLLA/Dose=-5 mg", "--output", "out", "--set=A/B c=d=e", "-v", "--overwrite"});
  EXPECT_EQ(line.command, Command::run);
  EXPECT_EQ(line.file, "x.prm");
  EXPECT_EQ(line.overrides, (std::vector<std::string>{"PLLA/Dose=-5 mg", "A/B c=d=e", "Output/Directory = out"}));
  EXPECT_EQ(line.mode, OutputMode::overwrite);
  EXPECT_EQ(line.verbosity, Verbosity::detailed);
  EXPECT_EQ(parse({"run", "x.prm"}).mode, OutputMode::fresh);
  EXPECT_EQ(parse({"run", "--resume", "x.prm"}).mode, OutputMode::resume);
  EXPECT_EQ(parse({"run", "--continue", "x.prm"}).mode, OutputMode::go_on);
  EXPECT_EQ(parse({"--quiet", "run", "x.prm"}).verbosity, Verbosity::quiet);
}

TEST(CommandLine, OtherCommands)
{
  const CommandLine check = parse({"check", "x.prm", "--set", "A=1"});
  EXPECT_EQ(check.command, Command::check);
  EXPECT_EQ(check.file, "x.prm");
  EXPECT_EQ(check.overrides, std::vector<std::string>{"A=1"});
  EXPECT_EQ(check.verbosity, Verbosity::normal);

  const CommandLine describe = parse({"describe", "parameters", "--format", "json"});
  EXPECT_EQ(describe.command, Command::describe);
  EXPECT_EQ(describe.topic, "parameters");
  EXPECT_EQ(describe.format, Parameters::Format::json);
  EXPECT_EQ(parse({"describe", "--format=md"}).format, Parameters::Format::markdown);
  EXPECT_EQ(parse({"describe"}).topic, "");

  EXPECT_EQ(parse({"list", "skins"}).command, Command::list);
  EXPECT_EQ(parse({"list", "skins"}).topic, "skins");
  EXPECT_EQ(parse({"version"}).command, Command::version);
  EXPECT_EQ(parse({"--version"}).command, Command::version);
  for (const char *word : {"help", "--help", "-h"})
    EXPECT_EQ(parse({word}).command, Command::help);
  EXPECT_EQ(parse({}).command, Command::help);
  EXPECT_EQ(parse({"run", "--help"}).command, Command::help);
  EXPECT_EQ(parse({"help", "run"}).command, Command::help);
}

TEST(CommandLine, MisuseIsExplained)
{
  EXPECT_EQ(refusal({"rnu", "x.prm"}), "There is no command 'rnu'; did you mean 'run'?" + see_help);
  EXPECT_EQ(refusal({"x.prm"}), "There is no command 'x.prm'; did you mean 'cutis run x.prm'?" + see_help);
  EXPECT_EQ(refusal({"run"}), "'cutis run' needs a parameter file, as in 'cutis run parameters/plla.prm'.");
  EXPECT_EQ(refusal({"run", "x.prm", "y.prm"}), "'cutis run' does not know what to do with 'y.prm'." + see_help);
  EXPECT_EQ(refusal({"version", "now"}), "'cutis version' does not know what to do with 'now'." + see_help);
  EXPECT_EQ(refusal({"describe", "netwrok"}),
            "'cutis describe' knows network, parameters, interventions, observables, but not 'netwrok'; did you mean "
            "'network'?");
  EXPECT_EQ(refusal({"list"}), "'cutis list' needs to know what: interventions, networks, skins, observables.");
  EXPECT_EQ(refusal({"--quiet"}), "The command is missing." + see_help);
  EXPECT_EQ(refusal({"run", "x.prm", "--overwrit"}),
            "There is no option '--overwrit'; did you mean '--overwrite'?" + see_help);
  EXPECT_EQ(refusal({"run", "x.prm", "-x"}), "There is no option '-x'." + see_help);
  EXPECT_EQ(refusal({"run", "x.prm", "--set"}), "The option '--set' needs a value." + see_help);
  EXPECT_EQ(refusal({"run", "x.prm", "--output", "a", "--output", "b"}),
            "The option '--output' may be given only once.");
  EXPECT_EQ(refusal({"run", "x.prm", "--resume", "--overwrite"}),
            "The options '--resume' and '--overwrite' exclude each other.");
  EXPECT_EQ(refusal({"run", "x.prm", "--continue", "--overwrite"}),
            "The options '--overwrite' and '--continue' exclude each other.");
  EXPECT_EQ(refusal({"check", "x.prm", "--resume"}),
            "The option '--resume' does not belong to 'cutis check'." + see_help);
  EXPECT_EQ(refusal({"describe", "--format", "xml"}), "The format 'xml' is not one of text, md, json.");
}

TEST(CommandLine, HelpNamesEveryCommandAndOption)
{
  const std::string help = help_text();
  for (const char *word : {"cutis run",
                           "cutis check",
                           "cutis describe",
                           "cutis list",
                           "cutis version",
                           "--set",
                           "--output",
                           "--resume",
                           "--overwrite",
                           "--format",
                           "--quiet",
                           "--verbose",
                           "--help"})
    EXPECT_NE(help.find(word), std::string::npos) << word;
}
