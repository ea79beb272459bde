// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/parameter_file.h"

#include <gtest/gtest.h>

#include "input_files.h"

#include <sys/stat.h>

#include <cstdlib>

using namespace cutis;

namespace
{
  /** All entries as `FILE:LINE: path = value`, one per line. */
  std::string entries(const ParameterFile &file)
  {
    std::string text;
    for (const auto &entry : file.entries)
      text += entry.file + ':' + std::to_string(entry.line) + ": " + entry.path + " = " + entry.value + '\n';
    return text;
  }

  /** All problems as `FILE:LINE: sentence`, one per line. */
  std::string problems(const ParameterFile &file)
  {
    std::string text;
    for (const auto &problem : file.problems)
      text += problem.file + ':' + std::to_string(problem.line) + ": " + problem.sentence + '\n';
    return text;
  }

  /** The problems of a file `x.prm` with this content. */
  std::string problems_of(const std::string &content)
  {
    const test::Folder folder;
    folder.write("x.prm", content);
    return problems(read_parameter_file("x.prm"));
  }
} // namespace

TEST(ParameterFile, StatementsOfDealII)
{
  const test::Folder folder;
  folder.write("x.prm",
               "\xEF\xBB\xBF# comment\r\n"
               "set Title = a = b # more\r\n"
               "  Subsection  RF microneedling\n"
               "    SET Depths = 1 mm, \\\n"
               "      2 mm, \\ # why\n"
               "      3 mm\n"
               "    subsection Pulse\n"
               "      set Power=\n"
               "    end\n"
               "    set Number = 7\n"
               "  end # of it\n"
               "set Last = 1");
  const ParameterFile file = read_parameter_file("x.prm");
  EXPECT_EQ(problems(file), "");
  EXPECT_EQ(entries(file),
            "x.prm:2: Title = a = b\n"
            "x.prm:4: RF microneedling/Depths = 1 mm, 2 mm, 3 mm\n"
            "x.prm:8: RF microneedling/Pulse/Power = \n"
            "x.prm:10: RF microneedling/Number = 7\n"
            "x.prm:12: Last = 1\n");
}

TEST(ParameterFile, EverySyntaxErrorHasItsLine)
{
  EXPECT_EQ(problems_of("set A\n"
                        "set = 3\n"
                        "subsection\n"
                        "end\n"
                        "end\n"
                        "sett B = 4\n"
                        "C = 5\n"
                        "end of it\n"
                        "nonsense\n"
                        "include\n"
                        "subsection Open\n"
                        "set D = 1 \\"),
            "x.prm:12: the last line ends with a backslash, but no line follows.\n"
            "x.prm:1: 'set A' must read 'set NAME = VALUE'.\n"
            "x.prm:2: 'set = 3' must read 'set NAME = VALUE'.\n"
            "x.prm:3: 'subsection' needs a name, as in 'subsection Time'.\n"
            "x.prm:5: there is no subsection open that this 'end' could close.\n"
            "x.prm:6: 'sett B = 4' is not a statement; did you mean 'set'?\n"
            "x.prm:7: 'C = 5' is not a statement; did you mean 'set C = 5'?\n"
            "x.prm:8: 'end of it' is not a statement; expected 'set NAME = VALUE', 'subsection NAME', 'end' or "
            "'include FILE'.\n"
            "x.prm:9: 'nonsense' is not a statement; expected 'set NAME = VALUE', 'subsection NAME', 'end' or "
            "'include FILE'.\n"
            "x.prm:10: 'include' needs the name of a file.\n"
            "x.prm:11: 'subsection Open' is never closed with 'end'.\n");
}

TEST(ParameterFile, FilesThatAreNone)
{
  const std::string nothing = ":0: the file sets no parameter; at least one 'set NAME = VALUE' is needed.\n";
  EXPECT_EQ(problems_of(""), "x.prm" + nothing);
  EXPECT_EQ(problems_of("# only a comment\nsubsection A\nend\n"), "x.prm" + nothing);
  EXPECT_EQ(problems_of(std::string("set A = 1\n\0\0\x01", 13)),
            "x.prm:2: this line holds bytes that are not text (UTF-8); is this a parameter file?\n");

  const test::Folder folder;
  folder.write("plla.prm", "set A = 1");
  EXPECT_EQ(problems(read_parameter_file("pla.prm")), "pla.prm:0: there is no such file; did you mean 'plla.prm'?\n");
  EXPECT_EQ(problems(read_parameter_file("sub/a.prm")), "sub/a.prm:0: there is no such file.\n");
  EXPECT_EQ(problems(read_parameter_file(".")), ".:0: this is a folder, not a file.\n");
}

TEST(ParameterFile, ADuplicateNamesBothLines)
{
  EXPECT_EQ(problems_of("subsection A\nset B = 1\nend\nset B = 1\nsubsection A\nset B = 2\nend\n"),
            "x.prm:6: this is already set in line 2; one of the two lines has to go.\n");
}

TEST(ParameterFile, IncludesAreRelativeToTheirFileAndBelongToTheSubsection)
{
  const test::Folder folder;
  folder.write("studies/x.prm", "subsection Skin\n  include ../skin/old.prm\nend\ninclude \"last one.prm\"\n");
  folder.write("skin/old.prm", "include common.prm\nset Thickness = 1\n");
  folder.write("skin/common.prm", "set Age = 60\n");
  folder.write("studies/last one.prm", "set Title = t\n");
  const ParameterFile file = read_parameter_file("studies/x.prm");
  EXPECT_EQ(problems(file), "");
  EXPECT_EQ(entries(file),
            "skin/common.prm:1: Skin/Age = 60\n"
            "skin/old.prm:2: Skin/Thickness = 1\n"
            "studies/last one.prm:1: Title = t\n");
  EXPECT_EQ(file.files,
            (std::vector<std::string>{"studies/x.prm", "skin/old.prm", "skin/common.prm", "studies/last one.prm"}));
}

TEST(ParameterFile, WhatAnIncludeSetsMaySetAnewBelowButNotAbove)
{
  const test::Folder folder;
  folder.write("one.prm", "set A = 1\n");
  folder.write("two.prm", "include one.prm\nset A = 2\n");
  folder.write("below.prm", "include two.prm\ninclude one.prm\nset A = 3\n");
  EXPECT_EQ(problems(read_parameter_file("below.prm")), "");
  EXPECT_EQ(entries(read_parameter_file("below.prm")),
            "one.prm:1: A = 1\ntwo.prm:2: A = 2\none.prm:1: A = 1\nbelow.prm:3: A = 3\n");

  folder.write("above.prm", "set A = 3\ninclude one.prm\n");
  EXPECT_EQ(problems(read_parameter_file("above.prm")),
            "above.prm:1: the file included below, in line 2, sets it again (one.prm:1); include first, then set what "
            "differs.\n");
}

TEST(ParameterFile, OnlyRegularFilesOfModestSizeAreRead)
{
  const test::Folder folder;
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  EXPECT_EQ(problems(read_parameter_file("pipe")), "pipe:0: this is a pipe or a device, not a file.\n");
  EXPECT_EQ(problems(read_parameter_file("/dev/zero")), "/dev/zero:0: this is a pipe or a device, not a file.\n");
  folder.write("x.prm", "include pipe\ninclude /dev/zero\ninclude large.prm\n");
  folder.write("large.prm", std::string(2500000, ' '));
  EXPECT_EQ(problems(read_parameter_file("x.prm")),
            "x.prm:1: the included file 'pipe' cannot be read: this is a pipe or a device, not a file.\n"
            "x.prm:2: the included file '/dev/zero' cannot be read: this is a pipe or a device, not a file.\n"
            "x.prm:3: the included file 'large.prm' cannot be read: it has 2.5 MB, and more than 2 MB are not read.\n");
}

TEST(ParameterFile, IncludesHaveAnEnd)
{
  const test::Folder folder;
  for (int file = 0; file < 20; ++file) // a million times the last one
  {
    const std::string next = "include " + std::to_string(file + 1) + ".prm\n";
    folder.write(std::to_string(file) + ".prm", next + next);
  }
  folder.write("20.prm", "# nothing\n");
  const ParameterFile twice = read_parameter_file("0.prm");
  EXPECT_EQ(twice.files.size(), 300u);
  ASSERT_EQ(twice.problems.size(), 1u);
  EXPECT_NE(twice.problems[0].sentence.find("more than 300 files"), std::string::npos);

  for (int file = 0; file < 1000; ++file)
    folder.write("c" + std::to_string(file) + ".prm", "include c" + std::to_string(file + 1) + ".prm\n");
  const ParameterFile chain = read_parameter_file("c0.prm");
  EXPECT_EQ(chain.files.size(), 31u);
  ASSERT_EQ(chain.problems.size(), 1u);
  EXPECT_NE(chain.problems[0].sentence.find("more than 30 in each other"), std::string::npos);

  std::string deep;
  for (int section = 0; section < 100000; ++section)
    deep += "subsection A\n";
  EXPECT_NE(problems_of(deep + "set B = 1\n").find("no parameter is in more than 30 subsections"), std::string::npos);
}

TEST(ParameterFile, NamesOfIncludesAreReadAsAShellReadsThem)
{
  const test::Folder folder;
  folder.write("home/my lab/a.prm", "set A = 1\n");
  setenv("CUTIS_TEST_PLACE", (std::filesystem::current_path() / "home").c_str(), 1);
  folder.write("x.prm", "include \"$CUTIS_TEST_PLACE/my lab/a.prm\"\ninclude 'home/my lab/a.prm'\n");
  EXPECT_EQ(problems(read_parameter_file("x.prm")), "");
  EXPECT_EQ(problems_of("include \"a.prm\n"),
            "x.prm:1: '\"a.prm' has a quote that does not go around the whole name.\n");
  EXPECT_EQ(problems_of("include $CUTIS_TEST_NOWHERE/a.prm\n"),
            "x.prm:1: '$CUTIS_TEST_NOWHERE/a.prm' names the variable 'CUTIS_TEST_NOWHERE', which is not set in this "
            "environment.\n");
}

TEST(ParameterFile, IncludesThatFail)
{
  const test::Folder folder;
  folder.write("x.prm", "set A = 1\ninclude missing.prm\ninclude sub/y.prm\n");
  folder.write("sub/y.prm", "set B = 1\ninclude ../x.prm\n");
  folder.write("self.prm", "set A = 1\ninclude ./self.prm\n");
  EXPECT_EQ(problems(read_parameter_file("x.prm")),
            "x.prm:2: the included file 'missing.prm' cannot be read: there is no such file.\n"
            "sub/y.prm:2: these files include each other in a circle: x.prm -> sub/y.prm -> x.prm.\n");
  EXPECT_EQ(problems(read_parameter_file("self.prm")),
            "self.prm:2: these files include each other in a circle: self.prm -> self.prm.\n");
}
