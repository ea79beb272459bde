// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/units.h"

#include <gtest/gtest.h>

#include "input_files.h"

using namespace cutis;
using test::refusal;

TEST(Units, NumberAndUnitAreTakenApart)
{
  const auto expect = [](const char *text, const double value, const char *unit)
  {
    const Quantity quantity = parse_quantity(text);
    EXPECT_EQ(quantity.value, value) << text;
    EXPECT_EQ(quantity.unit, unit) << text;
  };
  expect("150 mg", 150., "mg");
  expect(" 1e-7 cm^2/s ", 1e-7, "cm^2/s");
  expect("+3d", 3., "d");
  expect("-.5", -.5, "");
  expect("1e5/mL", 1e5, "1/mL");
  expect("2 1/d", 2., "1/d");
}

TEST(Units, TextsThatAreNotOneNumberAreRefused)
{
  EXPECT_EQ(refusal([] { parse_quantity("mg"); }), "'mg' is not a number");
  EXPECT_EQ(refusal([] { parse_quantity(""); }), "'' is not a number");
  EXPECT_EQ(refusal([] { parse_quantity("+-3"); }), "'+-3' is not a number");
  EXPECT_EQ(refusal([] { parse_quantity("-inf"); }), "'-inf' is not a finite number");
  EXPECT_EQ(refusal([] { parse_quantity("nan d"); }), "'nan d' is not a finite number");
  EXPECT_EQ(refusal([] { parse_quantity("1e999"); }), "'1e999' is too large or too small for a number");
  EXPECT_EQ(refusal([] { parse_quantity("0,5 mg"); }),
            "'0,5 mg' is not one number, and a decimal point is written as '.'");
}

TEST(Units, WholeFactorsAreExact)
{
  for (int number = 1; number <= 1000; ++number)
  {
    const std::string tenths = std::to_string(number) + "e-1";
    EXPECT_EQ(read_quantity(tenths + " um", "mm"), std::stod(tenths) / 1000.);
    EXPECT_EQ(read_quantity(tenths + " h", "d"), std::stod(tenths) / 24.);
    EXPECT_EQ(read_quantity(tenths + " L", "mL"), std::stod(tenths) * 1000.);
    EXPECT_EQ(read_quantity(tenths + " mg/mm^3", "mg/mL"), std::stod(tenths) * 1000.);
    EXPECT_EQ(read_quantity(tenths + " cm^2/s", "mm^2/d"), std::stod(tenths) * 8640000.);
  }
  EXPECT_EQ(read_quantity("24 h", "d"), 1.);
  EXPECT_EQ(read_quantity("104 weeks", "d"), 728.);
  EXPECT_EQ(read_quantity("2 wk", "d"), 14.);
  EXPECT_EQ(read_quantity("500 um", "mm"), .5);
  EXPECT_EQ(read_quantity("500 \xC2\xB5m", "mm"), .5);
  EXPECT_EQ(read_quantity("150 ug", "mg"), .15);
  EXPECT_EQ(read_quantity("8 mg/mL", "mg/mm^3"), .008);
  EXPECT_EQ(read_quantity("8 g/L", "mg/mL"), 8.);
  EXPECT_EQ(read_quantity("1e-7 cm^2/s", "mm^2/d"), 1e-7 * 8640000.);
  EXPECT_EQ(read_quantity("1e5 cells/mL", "cells/mm^3"), 100.);
  EXPECT_EQ(read_quantity("1e5/mL", "1/mm^3"), 100.);
  EXPECT_EQ(read_quantity("100 kDa", "kg/mol"), 100.);
  EXPECT_EQ(read_quantity("1 m^2", "mm^2"), 1e6);
  EXPECT_EQ(read_quantity("2 mL", "mm^3"), 2000.);
  EXPECT_EQ(read_quantity("0.3", "mm"), .3);
  EXPECT_EQ(read_quantity("0.3 mm", "mm"), .3);
}

TEST(Units, OtherFactors)
{
  const auto expect = [](const char *text, const char *unit, const double value)
  { EXPECT_NEAR(read_quantity(text, unit), value, 1e-11 * value) << text; };
  expect("2 years", "d", 2. * 365.242198781);
  expect("6 mo", "year", .5);
  expect("310.15 K", "degC", 37.);
  expect("98.6 degF", "degC", 37.);
  expect("37 degC", "degC", 37.);
  expect("3.14159265358979 rad", "deg", 180.);
  expect("30 deg", "deg", 30.);
  expect("34 %", "1", .34);
  expect("1 MPa", "kPa", 1000.);
  expect("0.5 1/h", "1/d", 12.);
  expect("150 kcal/mol", "J/mol", 627600.); // the calorie of chemistry
}

TEST(Units, WrongUnitsAreNamedWithWhatIsExpected)
{
  EXPECT_EQ(refusal([] { read_quantity("5 mm", "d"); }), "'5 mm' is a length; expected a time in d.");
  EXPECT_EQ(refusal([] { read_quantity("5 %", "mg"); }), "'5 %' is a pure number or an angle; expected a mass in mg.");
  EXPECT_EQ(refusal([] { read_quantity("3 kg^3/s", "1"); }), "'3 kg^3/s' cannot be converted; expected a pure number.");
  EXPECT_EQ(refusal([] { read_quantity("5 furlnog", "mm"); }),
            "'furlnog' in '5 furlnog' is not a known unit; expected a length in mm.");
  EXPECT_EQ(refusal([] { read_quantity("5 M", "d"); }), "'M' in '5 M' is not a known unit; expected a time in d.");
  EXPECT_EQ(refusal([] { read_quantity("1 a", "d"); }), "'1 a' is an area; expected a time in d; did you mean 'year'?");
}

// UDUNITS reads raised 1, 2 and 3, but neither the raised minus, which it writes itself, nor 4 to 9.
TEST(Units, AsPapersPrintThem)
{
  EXPECT_EQ(read_quantity("0.4 W·m⁻¹·K⁻¹", "W/(m K)"), .4);
  EXPECT_EQ(read_quantity("3450 J kg⁻¹ K⁻¹", "J/(kg K)"), 3450.);
  EXPECT_EQ(read_quantity("5 kJ mol⁻¹", "J/mol"), 5000.);
  EXPECT_EQ(read_quantity("2 m⁴", "m^4"), 2.);
  EXPECT_EQ(read_quantity("3 W m−2", "W/m^2"), 3.) << "with the true minus sign";
  EXPECT_EQ(read_quantity("3 s⁻¹⁰", "s^-10"), 3.);
  EXPECT_EQ(read_quantity("2 mm² d⁻¹", "mm^2/d"), 2.) << "with a narrow blank that does not break";
}

TEST(Units, WhatMayHaveBeenMeantIsSaid)
{
  const auto advice = [](const char *text, const char *unit, const char *meant)
  {
    const std::string said = refusal([&] { read_quantity(text, unit); });
    EXPECT_NE(said.find(std::string("did you mean '") + meant + "'?"), std::string::npos) << text << ": " << said;
  };
  advice("0.4 W/mK", "W/(m K)", "W/(m K)");
  advice("40 W/m2K", "W/(m^2 K)", "W/(m2 K)");
  advice("3450 J/kg K", "J/(kg K)", "J/(kg K)");
  advice("3450 J/kgK", "J/(kg K)", "J/(kg K)");
  advice("72 C", "degC", "celsius");
  advice("17520 H", "d", "h");
  advice("4 dyn/cm^2", "kPa", "dyne/cm^2");
  advice("3 hrs", "d", "h");
  advice("3 mins", "d", "min");
  advice("3 yrs", "d", "year");
  advice("1 a", "d", "year");
  advice("5 mcg", "mg", "ug");
  EXPECT_NE(refusal([] { read_quantity("5 IU", "mg"); }).find("which depends on the substance"), std::string::npos);
  EXPECT_EQ(refusal([] { read_quantity("3/20 g", "mg"); }).find("1/20"), std::string::npos);
  EXPECT_NE(refusal([] { read_quantity("3/20 g", "mg"); }).find("'3/20 g'"), std::string::npos);
  EXPECT_EQ(read_quantity("1e5 cells/mL", "1/mm^3"), 100.);
}

// UDUNITS converts 5 d to 0.2 1/d.
TEST(Units, ATimeIsNoRate)
{
  EXPECT_EQ(refusal([] { read_quantity("5 d", "1/d"); }), "'5 d' is a time; expected a rate in 1/d.");
}

// UDUNITS multiplies all numbers it finds in a unit.
TEST(Units, ASecondNumberIsNotAUnit)
{
  for (const char *text : {"0.5 0.7", "28 d 56 d", "5 2 mg", "5 mg 2", "5-3", "5 mm -2", "3 d @ 4", "1 d since 2000"})
    EXPECT_NE(refusal([&] { read_quantity(text, "1"); }).find("is not a known unit"), std::string::npos) << text;
  EXPECT_TRUE(is_unit("mm^-3"));
  EXPECT_TRUE(is_unit("mm2 s-1"));
  EXPECT_TRUE(is_unit("W/(m K)"));
}

TEST(Units, AllDocumentedUnitsAreKnown)
{
  for (const char *unit :
       {"1",    "mm",  "mm^2/d", "1/d",  "d",      "mg",         "mL", "mg/mL", "mg/mm^3", "um",  "kPa",
        "degC", "deg", "kg/mol", "mm^2", "1/mm^3", "cells/mm^3", "mN", "W",     "V",       "ohm", "S/m"})
    EXPECT_TRUE(is_unit(unit)) << unit;
  EXPECT_EQ(kind_of_quantity("deg"), "an angle in deg");
  EXPECT_EQ(kind_of_quantity("kPa"), "a pressure in kPa");
  EXPECT_EQ(kind_of_quantity("mm^2/mg"), "a value in mm^2/mg");
}
