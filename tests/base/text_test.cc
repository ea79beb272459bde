// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace cutis;

TEST(Text, TrimAndSplit)
{
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \t "), "");
  using Pieces = std::vector<std::string>;
  EXPECT_EQ(split(" a , b c,", ','), (Pieces{"a", "b c", ""}));
  EXPECT_EQ(split("  ", ','), Pieces{});
  EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
  EXPECT_EQ(join({"a", "", "a"}, "/"), "a//a");
}

TEST(Text, WrapKeepsTheWords)
{
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrap("one two  three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("a verylongword b", 4), (Lines{"a", "verylongword", "b"}));
}

TEST(Text, PlainTextIsUtf8WithoutControlCharacters)
{
  EXPECT_TRUE(is_plain_text("150 \xC2\xB5g\t\xE2\x82\xAC \xF0\x9F\x99\x82\r\n"));
  EXPECT_FALSE(is_plain_text(std::string("a\0b", 3)));
  EXPECT_FALSE(is_plain_text("\x1B[0m"));
  EXPECT_FALSE(is_plain_text("\xB5g"));                              // Latin-1
  EXPECT_FALSE(is_plain_text(std::string_view("a\xE2\x82\xAC", 3))); // cut off, though the byte that lacks is behind
}

TEST(Text, NumbersReadBackToTheLastBit)
{
  for (const double value :
       {0.1, 1. / 3., 1e-7, 6.02214076e23, -0.1 - 0.2, std::numeric_limits<double>::min(), std::nextafter(1., 2.)})
    EXPECT_EQ(std::stod(format_number(value)), value) << format_number(value);
  EXPECT_EQ(format_number(150.), "150");
  EXPECT_EQ(format_number(0.1), "0.1");
}

TEST(Text, EditDistanceCountsOneForASwap)
{
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("abc", ""), 3u);
  EXPECT_EQ(edit_distance("plla", "PLLA"), 0u);
  EXPECT_EQ(edit_distance("plal", "plla"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("ca", "abc"), 3u); // restricted: 2 if a letter might be edited after its swap
}

TEST(Text, OnlyNearNamesAreSuggested)
{
  const std::vector<std::string> names = {"Dose", "Diffusivity", "Sessions"};
  EXPECT_EQ(nearest_name("dsoe", names), "Dose");
  EXPECT_EQ(nearest_name("Difusivty", names), "Diffusivity");
  EXPECT_EQ(nearest_name("Voltage", names), "");
  EXPECT_EQ(nearest_name("k", {"l"}), "");
  EXPECT_EQ(did_you_mean("Sesions", names), "; did you mean 'Sessions'?");
  EXPECT_EQ(did_you_mean("Voltage", names), ".");
}
