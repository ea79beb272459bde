// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/parameters.h"

#include <deal.II/base/parameter_handler.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "input_files.h"

using namespace cutis;
using test::refusal;

namespace
{
  /** A small program with one parameter of every kind. */
  struct Program
  {
    Program()
    {
      parameters.add("Title", title, {"A name for the run."});
      parameters.add_choice("Network",
                            network,
                            {{Network::dermis, "dermis"}, {Network::tepole2017, "tepole2017"}},
                            {"The set of species and reactions."});
      parameters.add_list("Intervention", interventions, {"plla", "filler", "wound"}, {"What is done to the skin."});
      parameters.add("Time/End", end, "d", Range::positive(), {"Length of the simulation."});
      parameters.add("Network/dermis/Decay",
                     decay,
                     "1/d",
                     Range::non_negative(),
                     {"Loss of the signal.", Provenance::recalled, "Somebody 1999 | table 2"});
      parameters.add("PLLA/Dose", dose, "mg", {0., 500.}, {"Mass per session."});
      parameters.add_list("PLLA/Sessions", sessions, "d", Range::non_negative(), {"Days of the injections."});
      parameters.add("Mesh/Dimension", dimension, {2., 3.}, {"Dimension of space."});
      parameters.add("Mesh/Adaptive", adaptive, {"Whether the mesh follows the solution."});
      parameters.add_list("Output/Fields", fields, {}, {"Names of the fields to write."});
    }

    enum class Network
    {
      dermis,
      tepole2017
    };

    std::string title = "untitled";
    Network network = Network::dermis;
    std::vector<std::string> interventions, fields = {"a"};
    double end = 365., decay = .1, dose = 150.;
    std::vector<double> sessions = {0., 28.};
    int dimension = 2;
    bool adaptive = false;
    Parameters parameters;
  };

  /** The report on a file `x.prm` with this content. */
  std::string report_on(const std::string &content)
  {
    const test::Folder folder;
    folder.write("x.prm", content);
    Program program;
    program.parameters.read("x.prm");
    return refusal([&] { program.parameters.finish(); });
  }

  /** What `finish` says if the line `x.prm:1` of the parameter draws this sentence. */
  std::string one_problem(const std::string &path, const std::string &sentence)
  {
    return "x.prm:1: " + path + ": " + sentence + "\n1 problem in x.prm; nothing was run.";
  }

  std::string description(const Program &program, const Parameters::Format format)
  {
    std::ostringstream out;
    program.parameters.describe(out, format);
    return out.str();
  }

  const char *const example = "set Title = My run\n"
                              "set Network = tepole2017\n"
                              "set Intervention = plla, wound\n"
                              "set Time/End = 2 weeks\n"
                              "subsection PLLA\n  set Dose = 0.1 g\n  set Sessions = 0, 4 weeks, 0.3 d\nend\n"
                              "set Mesh/Dimension = 3\n"
                              "set Mesh/Adaptive = True\n"
                              "set Output/Fields =\n";
} // namespace

TEST(Parameters, EveryKindIsReadInItsUnit)
{
  const test::Folder folder;
  folder.write("x.prm", example);
  Program program;
  program.parameters.read("x.prm");
  EXPECT_NO_THROW(program.parameters.finish());
  EXPECT_EQ(program.title, "My run");
  EXPECT_EQ(program.network, Program::Network::tepole2017);
  EXPECT_EQ(program.interventions, (std::vector<std::string>{"plla", "wound"}));
  EXPECT_EQ(program.end, 14.);
  EXPECT_EQ(program.dose, 100.);
  EXPECT_EQ(program.sessions, (std::vector<double>{0., 28., .3}));
  EXPECT_EQ(program.dimension, 3);
  EXPECT_TRUE(program.adaptive);
  EXPECT_TRUE(program.fields.empty());
  EXPECT_TRUE(program.parameters.was_set("PLLA/Dose"));
  EXPECT_FALSE(program.parameters.was_set("Network/dermis/Decay"));
  EXPECT_EQ(program.parameters.values_below("Mesh/"),
            (std::vector<std::string>{"Mesh/Dimension = 3", "Mesh/Adaptive = true"}));
}

TEST(ParameterProblems, Numbers)
{
  EXPECT_EQ(report_on("set PLLA/Dose = much"),
            one_problem("PLLA/Dose", "'much' is not a number; expected a mass in mg."));
  EXPECT_EQ(report_on("set PLLA/Dose = "), one_problem("PLLA/Dose", "'' is not a number; expected a mass in mg."));
  EXPECT_EQ(report_on("set PLLA/Dose = 5 mm"), one_problem("PLLA/Dose", "'5 mm' is a length; expected a mass in mg."));
  EXPECT_EQ(report_on("set PLLA/Dose = nan"),
            one_problem("PLLA/Dose", "'nan' is not a finite number; expected a mass in mg."));
  EXPECT_EQ(report_on("set PLLA/Dose = -1"), one_problem("PLLA/Dose", "'-1' is out of range; expected 0 to 500 mg."));
  EXPECT_EQ(report_on("set PLLA/Dose = 1 g"),
            one_problem("PLLA/Dose", "'1 g', which is 1000 mg, is out of range; expected 0 to 500 mg."));
  EXPECT_EQ(report_on("set Time/End = 0 d"), one_problem("Time/End", "'0 d' is out of range; expected > 0 d."));
  EXPECT_EQ(report_on("set Network/dermis/Decay = -1"),
            one_problem("Network/dermis/Decay", "'-1' is out of range; expected >= 0 1/d."));
}

TEST(ParameterProblems, ListsOfNumbers)
{
  const std::string path = "PLLA/Sessions";
  EXPECT_EQ(report_on("set PLLA/Sessions = 0, 3 kg"), one_problem(path, "'3 kg' is a mass; expected a time in d."));
  EXPECT_EQ(report_on("set PLLA/Sessions = 0, , 3"),
            one_problem(path, "the list '0, , 3' has an empty place between its commas."));
  EXPECT_EQ(report_on("set PLLA/Sessions = 0, -3"), one_problem(path, "'-3' is out of range; expected >= 0 d."));
  EXPECT_EQ(report_on("set PLLA/Sessions = 0, 4, 8 weeks"),
            one_problem(path,
                        "in the list '0, 4, 8 weeks' it is not clear whether '4' is in weeks or in d; give every "
                        "number its unit."));
  EXPECT_EQ(report_on("set PLLA/Sessions = 0, 4, 8 d"), "");
}

TEST(ParameterProblems, DecimalCommasInLists)
{
  const auto refused = [](const std::string &text, const std::string &as_one, const std::string &as_two)
  {
    EXPECT_EQ(report_on("set PLLA/Sessions = " + text),
              one_problem("PLLA/Sessions",
                          "'" + text + "' can be read as '" + as_one + "' and as '" + as_two +
                            "'; write the one that is meant: with a decimal point, or with a blank after the comma."));
  };
  refused("0,5 d", "0.5 d", "0, 5 d");
  refused("0,28", "0.28", "0, 28");
  refused("0,5 d, 1,5 d", "0.5 d, 1.5 d", "0, 5 d, 1, 5 d");
  refused("3 d,1,5 d", "3 d,1.5 d", "3 d,1, 5 d");
  refused("1,5e1 d", "1.5e1 d", "1, 5e1 d");
  refused("1,500 d", "1.500 d", "1, 500 d");
  for (const char *text : {"0, 5 d", "0,28,56", "0 d,5 d", "0.5,5 d", "1e1,5", "0 d", "3 d^1,5 d", "0, 2 d,5 d"})
    EXPECT_EQ(report_on(std::string("set PLLA/Sessions = ") + text), "") << text;
}

TEST(ParameterProblems, AFileOfNonsenseIsReportedInTimeProportionalToItsSize)
{
  const test::Folder folder;
  std::string lines;
  for (int line = 0; line < 100000; ++line)
    lines += "set Dosis" + std::to_string(line) + "=1\n";
  folder.write("x.prm", lines);
  Program program;
  program.parameters.read("x.prm");
  const std::string report = refusal([&] { program.parameters.finish(); });
  EXPECT_EQ(std::count(report.begin(), report.end(), '\n'), 200);
  EXPECT_NE(report.find("\n100000 problems in x.prm, of which the first are shown; nothing was run."),
            std::string::npos);
  const std::string long_name(1000000, 'a');
  EXPECT_NE(report_on("set " + long_name + " = 1").find("no such parameter"), std::string::npos);
  EXPECT_NE(report_on("set PLLA/Dose = 1 m/" + long_name).find("is not a known unit"), std::string::npos);
}

TEST(Parameters, PathsAreReadAsAShellReadsThem)
{
  const test::Folder folder;
  folder.write("x.prm", "set A = \"~/my results\"\nset B = $CUTIS_TEST_PLACE/b\n");
  setenv("HOME", "/home/somebody", 1);
  setenv("CUTIS_TEST_PLACE", "/scratch", 1);
  std::string a, b;
  Parameters parameters;
  parameters.add_path("A", a, {"A folder."});
  parameters.add_path("B", b, {"A folder."});
  parameters.read("x.prm");
  parameters.finish();
  EXPECT_EQ(a, "/home/somebody/my results");
  EXPECT_EQ(b, "/scratch/b");
  EXPECT_EQ(parameters.files(), (std::vector<std::string>{"x.prm"}));
  parameters.set("A = ~other/x");
  EXPECT_NE(refusal([&] { parameters.finish(); }).find("write the folder of that user in full"), std::string::npos);
}

TEST(ParameterProblems, OtherKinds)
{
  EXPECT_EQ(report_on("set Mesh/Dimension = 2.5"), one_problem("Mesh/Dimension", "'2.5' is not a whole number."));
  EXPECT_EQ(report_on("set Mesh/Dimension = 4"),
            one_problem("Mesh/Dimension", "'4' is out of range; expected 2 to 3."));
  EXPECT_EQ(report_on("set Mesh/Dimension = 99999999999"),
            one_problem("Mesh/Dimension", "'99999999999' is too large for a whole number."));
  EXPECT_EQ(report_on("set Mesh/Adaptive = maybe"),
            one_problem("Mesh/Adaptive", "'maybe' is neither 'true' nor 'false'."));
  EXPECT_EQ(report_on("set Network = dermiss"),
            one_problem("Network", "'dermiss' is not one of the choices dermis, tepole2017; did you mean 'dermis'?"));
  EXPECT_EQ(report_on("set Intervention = plla, laser"),
            one_problem("Intervention", "'laser' is not one of the choices plla, filler, wound."));
  EXPECT_EQ(report_on("set Intervention = plla, plla"),
            one_problem("Intervention", "the list 'plla, plla' names 'plla' twice."));
}

TEST(ParameterProblems, UnknownNamesAreAnsweredWithTheNearest)
{
  EXPECT_EQ(report_on("set PLLA/Doze = 1"),
            one_problem("PLLA/Doze", "there is no such parameter; did you mean 'PLLA/Dose'?"));
  EXPECT_EQ(report_on("set PLAL/Dose = 1"),
            one_problem("PLAL/Dose", "there is no such parameter; did you mean 'PLLA/Dose'?"));
  EXPECT_EQ(report_on("set Completely other/Sessions = 1"),
            one_problem("Completely other/Sessions", "there is no such parameter; did you mean 'PLLA/Sessions'?"));
  EXPECT_EQ(report_on("set PLLA/Wavelength = 1"), one_problem("PLLA/Wavelength", "there is no such parameter."));
  EXPECT_EQ(report_on("set Laser/Wavelength = 1"),
            one_problem("Laser/Wavelength", "there is no such parameter, nor a section 'Laser'."));
  EXPECT_EQ(report_on("set PLLA = 1"), one_problem("PLLA", "this is a subsection, not a parameter."));
}

TEST(ParameterProblems, AllAreReportedInTheOrderOfFileAndLine)
{
  const test::Folder folder;
  folder.write("x.prm",
               "set Mesh/Dimension = 2\ninclude a.prm\ninclude a.prm\nset Time/End = 5 mm\nset Titel = x\noops\n");
  folder.write("a.prm", "set PLLA/Dose = 5 d\n");
  Program program;
  program.parameters.read("x.prm");
  program.parameters.set("Mesh/Adaptive=1");
  program.parameters.set("Mesh/Adaptiv=true");
  program.parameters.set("Mesh/Adaptive");
  program.parameters.problem("Mesh/Dimension", "this network is three-dimensional.");
  program.parameters.problem("PLLA/Sessions", "the session is after the end.");
  EXPECT_EQ(refusal([&] { program.parameters.finish(); }),
            "x.prm: PLLA/Sessions: the session is after the end. (It is not set; the default is 0, 28 d.)\n"
            "x.prm:1: Mesh/Dimension: this network is three-dimensional.\n"
            "x.prm:4: Time/End: '5 mm' is a length; expected a time in d.\n"
            "x.prm:5: Titel: there is no such parameter; did you mean 'Title'?\n"
            "x.prm:6: 'oops' is not a statement; expected 'set NAME = VALUE', 'subsection NAME', 'end' or 'include "
            "FILE'.\n"
            "a.prm:1: PLLA/Dose: '5 d' is a time; expected a mass in mg.\n"
            "--set Mesh/Adaptive=1: '1' is neither 'true' nor 'false'.\n"
            "--set Mesh/Adaptiv=true: there is no such parameter; did you mean 'Mesh/Adaptive'?\n"
            "--set Mesh/Adaptive: this must read '--set Section/Name=VALUE'.\n"
            "9 problems in x.prm and on the command line; nothing was run.");
  EXPECT_EQ(program.end, 365.) << "a refused value must not be used";
}

TEST(ParameterProblems, AMissingFile)
{
  const test::Folder folder;
  Program program;
  program.parameters.read("x.prm");
  EXPECT_EQ(refusal([&] { program.parameters.finish(); }),
            "x.prm: there is no such file.\n1 problem in x.prm; nothing was run.");
}

TEST(ParameterProblems, TextThatAFileCannotHold)
{
  Program program;
  program.parameters.set("Title=a # b");
  EXPECT_EQ(refusal([&] { program.parameters.finish(); }),
            "--set Title=a # b: 'a # b' cannot be written in a parameter file, because of a '#', a line break or a "
            "backslash at the end.\n1 problem on the command line; nothing was run.");
}

TEST(Parameters, TheCommandLineOverridesTheFileAndTheLastOneWins)
{
  const test::Folder folder;
  folder.write("x.prm", example);
  Program program;
  program.parameters.read("x.prm");
  program.parameters.set("PLLA/Dose=1 mg");
  program.parameters.set(" PLLA / Dose = 20 mg");
  program.parameters.set("Title=a=b");
  EXPECT_NO_THROW(program.parameters.finish());
  EXPECT_EQ(program.dose, 20.);
  EXPECT_EQ(program.title, "a=b");
}

TEST(Parameters, WhatIsWrittenReadsBackIdentically)
{
  Program program;
  program.end = 1. / 3.;
  program.decay = 1e-7 * 86400.;
  program.sessions = {.1, .2 + .1, 1e300};
  program.title = "50 \xC2\xB5m, k = 3 / 4";
  program.fields.clear();
  const test::Folder folder;
  folder.write("x.prm", program.parameters.as_parameter_file());
  Program again;
  again.parameters.read("x.prm");
  EXPECT_NO_THROW(again.parameters.finish());
  EXPECT_EQ(again.parameters.values_below(""), program.parameters.values_below(""));
  EXPECT_EQ(again.end, 1. / 3.);
  EXPECT_EQ(again.sessions, program.sessions);
}

TEST(Parameters, TheWrittenFileExplainsItself)
{
  Program program;
  program.dose = 20.;
  EXPECT_NE(program.parameters.as_parameter_file().find("subsection PLLA\n"
                                                        "  # Mass per session.\n"
                                                        "  set Dose = 20 # mg, default: 150\n"
                                                        "  # Days of the injections.\n"
                                                        "  set Sessions = 0, 28 # d\n"
                                                        "end\n"),
            std::string::npos)
    << program.parameters.as_parameter_file();
  EXPECT_NE(program.parameters.as_parameter_file().find("end\n\n"
                                                        "subsection Network\n"
                                                        "  subsection dermis\n"
                                                        "    # Loss of the signal.\n"),
            std::string::npos)
    << program.parameters.as_parameter_file();
}

// The syntax is deal.II's, so its own reader is a second opinion on what we write.
TEST(Parameters, DealIIReadsWhatIsWritten)
{
  Parameters parameters;
  double dose = 1. / 3.;
  std::string title = "a run";
  parameters.add("Title", title, {"A name."});
  parameters.add("PLLA/First session/Dose", dose, "mg", Range::positive(), {"Mass per session."});

  dealii::ParameterHandler handler;
  handler.declare_entry("Title", "");
  handler.enter_subsection("PLLA");
  handler.enter_subsection("First session");
  handler.declare_entry("Dose", "0", dealii::Patterns::Double());
  handler.leave_subsection();
  handler.leave_subsection();
  handler.parse_input_from_string(parameters.as_parameter_file());
  EXPECT_EQ(handler.get("Title"), title);
  EXPECT_EQ(handler.get_double({"PLLA", "First session"}, "Dose"), dose);
}

TEST(Parameters, DescribedInJson)
{
  Program program;
  program.parameters.set("PLLA/Dose=7");
  const auto list = nlohmann::json::parse(description(program, Parameters::Format::json));
  ASSERT_EQ(list.size(), 10u);
  EXPECT_EQ(list[0]["path"], "Title");
  EXPECT_EQ(list[1]["choices"], (std::vector<std::string>{"dermis", "tepole2017"}));
  const auto decay = list[4];
  EXPECT_EQ(decay["path"], "Network/dermis/Decay");
  EXPECT_EQ(decay["unit"], "1/d");
  EXPECT_EQ(decay["range"]["low"], 0.);
  EXPECT_EQ(decay["range"]["low_included"], true);
  EXPECT_TRUE(decay["range"]["high"].is_null());
  EXPECT_EQ(decay["provenance"], "recalled");
  EXPECT_EQ(decay["source"], "Somebody 1999 | table 2");
  EXPECT_EQ(list[3]["range"]["low_included"], false);
  EXPECT_EQ(list[5]["default"], "150") << "not the value in force";
  EXPECT_EQ(list[5]["text"], "Mass per session.");
}

TEST(Parameters, DescribedInTextAndMarkdown)
{
  const Program program;
  const std::string text = description(program, Parameters::Format::text);
  const std::string markdown = description(program, Parameters::Format::markdown);
  EXPECT_NE(text.find("Network/dermis/Decay: number in 1/d, >= 0 1/d; default 0.1\n"
                      "    Loss of the signal.\n"
                      "    Source: recalled (Somebody 1999 | table 2)\n"),
            std::string::npos)
    << text;
  EXPECT_NE(markdown.find("## PLLA\n"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("| Decay | number | 1/d | >= 0 1/d | 0.1 | Loss of the signal. | recalled (Somebody 1999 \\| "
                          "table 2) |\n"),
            std::string::npos)
    << markdown;
}

TEST(Parameters, WrongDeclarationsAreRefused)
{
  Program program;
  double value = 5.;
  EXPECT_THROW(program.parameters.add("PLLA/Dose", value, "mg", {}, {}), std::logic_error);
  EXPECT_THROW(program.parameters.add("A/Unit", value, "parsec squared", {}, {}), std::logic_error);
  EXPECT_THROW(program.parameters.add("A/Range", value, "mg", {0., 1.}, {}), std::logic_error);
  EXPECT_THROW(program.parameters.add("A/ Path ", value, "mg", {}, {}), std::logic_error);
  EXPECT_THROW(program.parameters.was_set("PLLA/Doze"), std::logic_error);
  EXPECT_THROW(program.parameters.problem("PLLA/Doze", "no."), std::logic_error);
}
