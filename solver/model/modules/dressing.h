// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis.h"

/** What is put on a wound and stays as it is until it is taken away. Mechanics reads both fields; cells react to
 * neither. */
namespace cutis::dressing
{
  struct Constants : ConstantTable
  {
  };

  // clang-format off
  inline constexpr struct Splint : Field { static constexpr auto key = "splint"; static Row row(const Constants &) { return
    soluble("sp", "splint around a wound").one_is("skin that is held in its plane").foreign(); } } splint{};
  inline constexpr struct Graft : Field { static constexpr auto key = "graft"; static Row row(const Constants &) { return
    soluble("gr", "graft on a wound").one_is("a wound that is covered").foreign(); } } graft{};
  // clang-format on
} // namespace cutis::dressing

namespace cutis
{
  struct WoundDressing : ModuleDefinition
  {
    static constexpr auto name = "dressing";
    static constexpr auto title = "A splint that holds the edges of a wound, and a graft that covers it";
    static constexpr auto section = "Wound";

    using Tissue = Dermis;
    using Constants = dressing::Constants;
    using Own = Fields<dressing::splint, dressing::graft>;
    static constexpr auto reactions = std::make_tuple();
  };
} // namespace cutis
