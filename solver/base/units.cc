// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/units.h"

#include "base/errors.h"
#include "base/text.h"
#include "base/unit_readings.h"

#include <udunits2.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <memory>
#include <utility>

namespace cutis
{
  namespace
  {
    struct Free
    {
      void operator()(ut_system *system) const { ut_free_system(system); }
      void operator()(ut_unit *unit) const { ut_free(unit); }
      void operator()(cv_converter *converter) const { cv_free(converter); }
    };
    using System = std::unique_ptr<ut_system, Free>;
    using Unit = std::unique_ptr<ut_unit, Free>;
    using Converter = std::unique_ptr<cv_converter, Free>;

    System read_unit_database()
    {
      ut_set_error_message_handler(ut_ignore);
      System database(ut_read_xml(nullptr));
      if (!database)
        throw RunFailed("The unit database of UDUNITS-2 cannot be read; is libudunits2-data installed?");
      const auto add = [&](const char *symbol, const char *definition)
      {
        const Unit unit(ut_parse(database.get(), definition, UT_UTF8));
        ut_map_symbol_to_unit(symbol, UT_UTF8, unit.get());
      };
      add("deg", "degree");
      add("wk", "week");
      add("mo", "month");
      add("cell", "1");
      add("cells", "1");
      add("Da", "g/mol");
      // UDUNITS means the calorie of steam tables, 4.1868 J; energies of activation are in that of chemistry. In the
      // exponent of Arrhenius' law the difference makes 14 % at 150 kcal/mol.
      ut_unmap_symbol_to_unit(database.get(), "cal", UT_UTF8);
      ut_unmap_name_to_unit(database.get(), "calorie", UT_UTF8);
      add("cal", "4.184 J");
      return database;
    }

    ut_system *database()
    {
      static const System system = read_unit_database();
      return system.get();
    }

    /**
     * UDUNITS multiplies whatever numbers it meets, so that `0.5 0.7` would be 0.35 and `28 d 56 d` an area of time.
     * A digit is therefore only allowed in an exponent and in a leading `1/`.
     */
    bool has_no_numbers(const std::string &unit)
    {
      const auto letter = [&](const std::size_t i)
      { return std::isalpha(static_cast<unsigned char>(unit[i])) || static_cast<unsigned char>(unit[i]) >= 0x80; };
      const auto exponent_follows = [&](const std::size_t i) { return letter(i) || unit[i] == '^'; };
      if (unit.empty() || !(letter(0) || unit[0] == '%' || unit[0] == '(' || unit.compare(0, 2, "1/") == 0))
        return false;
      for (std::size_t i = 1; i < unit.size(); ++i)
        if (std::isdigit(static_cast<unsigned char>(unit[i])))
        {
          const char before = unit[i - 1];
          const bool signed_exponent = (before == '-' || before == '+') && i >= 2 && exponent_follows(i - 2);
          if (!(exponent_follows(i - 1) || std::isdigit(static_cast<unsigned char>(before)) || signed_exponent))
            return false;
        }
      return true;
    }

    /** Null if UDUNITS does not understand the unit. */
    Unit parse_unit(const std::string &unit)
    {
      if (unit.empty() || unit == "1")
        return Unit(ut_get_dimensionless_unit_one(database()));
      if (unit.size() > longest_unit)
        return nullptr;
      const std::string plain = in_plain_letters(unit);
      return has_no_numbers(plain) ? Unit(ut_parse(database(), plain.c_str(), UT_UTF8)) : nullptr;
    }

    Unit known_unit(const std::string &unit)
    {
      Unit parsed = parse_unit(unit);
      if (!parsed)
        throw BadInput("'" + unit + "' is not a known unit");
      return parsed;
    }

    /** UDUNITS would also convert a time to a frequency; here only the same dimension will do. */
    bool same_dimension(const Unit &one, const Unit &other)
    {
      const Unit ratio(ut_divide(one.get(), other.get()));
      return ratio && ut_is_dimensionless(ratio.get()) && ut_are_convertible(one.get(), other.get());
    }

    /** Empty if the dimension has no common name. */
    std::string name_of_dimension(const Unit &unit)
    {
      static const std::pair<const char *, const char *> names[] = {{"1", "a pure number or an angle"},
                                                                    {"m", "a length"},
                                                                    {"m^2", "an area"},
                                                                    {"m^3", "a volume"},
                                                                    {"s", "a time"},
                                                                    {"1/s", "a rate"},
                                                                    {"m/s", "a speed"},
                                                                    {"m^2/s", "a diffusivity"},
                                                                    {"kg", "a mass"},
                                                                    {"kg/m^3", "a mass concentration"},
                                                                    {"mol/m^3", "a molar concentration"},
                                                                    {"kg/mol", "a molar mass"},
                                                                    {"1/m^2", "a number per area"},
                                                                    {"1/m^3", "a number per volume"},
                                                                    {"K", "a temperature"},
                                                                    {"N", "a force"},
                                                                    {"Pa", "a pressure"},
                                                                    {"Pa s", "a viscosity"},
                                                                    {"J", "an energy"},
                                                                    {"J/m^2", "an energy per area"},
                                                                    {"J/mol", "a molar energy"},
                                                                    {"W", "a power"},
                                                                    {"W/m/K", "a heat conductivity"},
                                                                    {"J/kg/K", "a specific heat"},
                                                                    {"S/m", "an electric conductivity"},
                                                                    {"V", "a voltage"},
                                                                    {"A", "a current"},
                                                                    {"ohm", "a resistance"}};
      for (const auto &[symbol, name] : names)
        if (same_dimension(unit, known_unit(symbol)))
          return name;
      return "";
    }

    /** What may have been meant instead of a unit where `expected` is due: the end of a sentence. */
    std::string in_other_words(const std::string &unit, const std::string &expected)
    {
      const Unit want = known_unit(expected);
      for (const std::string &reading : other_readings(in_plain_letters(unit)))
        if (const Unit parsed = parse_unit(reading); parsed && same_dimension(parsed, want))
          return "; did you mean '" + reading + "'?";
      if (unit == "IU" || unit == "U")
        return "; units of activity have no mass, which depends on the substance.";
      return ".";
    }

    bool nearly_whole(const double factor)
    {
      return factor < 1e15 && std::abs(factor - std::round(factor)) < 1e-13 * factor;
    }
  } // namespace


  Quantity parse_quantity(const std::string &text)
  {
    const std::string trimmed = trim(text);
    const char *begin = trimmed.data() + (trimmed.size() > 1 && trimmed[0] == '+' && trimmed[1] != '-');
    const char *end = trimmed.data() + trimmed.size();
    Quantity quantity{0., ""};

    const auto [rest, problem] = std::from_chars(begin, end, quantity.value);
    if (problem == std::errc::result_out_of_range)
      throw BadInput("'" + trimmed + "' is too large or too small for a number");
    if (problem != std::errc())
      throw BadInput("'" + trimmed + "' is not a number");
    if (!std::isfinite(quantity.value))
      throw BadInput("'" + trimmed + "' is not a finite number");
    quantity.unit = trim(std::string_view(rest, end - rest));
    if (!quantity.unit.empty() && quantity.unit[0] == ',')
      throw BadInput("'" + trimmed + "' is not one number, and a decimal point is written as '.'");
    if (quantity.unit.size() > 1 && quantity.unit[0] == '/' &&
        !std::isdigit(static_cast<unsigned char>(quantity.unit[1])))
      quantity.unit.insert(0, "1");
    return quantity;
  }


  bool is_unit(const std::string &unit)
  {
    return parse_unit(unit) != nullptr;
  }


  std::string kind_of_quantity(const std::string &unit)
  {
    if (unit.empty() || unit == "1")
      return "a pure number";
    if (unit == "deg" || unit == "rad")
      return "an angle in " + unit;
    const std::string name = name_of_dimension(known_unit(unit));
    return (name.empty() ? "a value" : name) + " in " + unit;
  }


  double convert(const double value, const std::string &from, const std::string &to)
  {
    const Unit have = known_unit(from), want = known_unit(to);
    if (!same_dimension(have, want))
    {
      const std::string name = name_of_dimension(have);
      throw BadInput("'" + format_number(value) + (from.empty() ? "" : " ") + from + "' " +
                     (name.empty() ? "cannot be converted" : "is " + name));
    }
    if (ut_compare(have.get(), want.get()) == 0)
      return value;

    const Converter there(ut_get_converter(have.get(), want.get())), back(ut_get_converter(want.get(), have.get()));
    if (cv_convert_double(there.get(), 0.) != 0.) // a scale with another zero, as kelvin and degree Celsius
      return cv_convert_double(there.get(), value);
    // Whole factors are applied without rounding: 24 h are 1 d, and 500 um are 0.5 mm, to the last bit.
    const double multiplier = cv_convert_double(there.get(), 1.), divisor = cv_convert_double(back.get(), 1.);
    if (multiplier >= 1. && nearly_whole(multiplier))
      return value * std::round(multiplier);
    if (divisor >= 1. && nearly_whole(divisor))
      return value / std::round(divisor);
    return cv_convert_double(there.get(), value);
  }


  double read_quantity(const std::string &text, const std::string &unit)
  {
    std::string advice = ".";
    try
    {
      const Quantity quantity = parse_quantity(text);
      if (quantity.unit.empty())
        return quantity.value;
      advice = in_other_words(quantity.unit, unit);
      if (!is_unit(quantity.unit))
        throw BadInput("'" + quantity.unit + "' in '" + trim(text) + "' is not a known unit");
      return convert(quantity.value, quantity.unit, unit);
    }
    catch (const BadInput &problem)
    {
      throw BadInput(std::string(problem.what()) + "; expected " + kind_of_quantity(unit) + advice);
    }
  }
} // namespace cutis
