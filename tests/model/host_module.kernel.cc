// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "host_module.h"

#include "model/modules/dermis.h"
#include "model/reactions/module_of.h"

namespace cutis
{
  namespace host_work
  {
    struct Constants : ConstantTable
    {
    };

    inline constexpr struct Work : Field
    {
      static constexpr auto key = "work";
      static Row row(const Constants &) { return tissue("w", "what cells have made").rests_at(1.); }
    } w{};

    inline constexpr auto making = reaction<Fields<w>, Stoichiometry<Change<w, 1>>, ByCells>(
      "making",
      [](const auto &u, const Constants &, const auto &at) { return at.host.mmp_production * (2. - u[w]); });
    inline constexpr auto loss = reaction<Fields<w>, Stoichiometry<Change<w, -1>>>(
      "loss",
      [](const auto &u, const Constants &, const auto &at) { return at.host.mmp_production * u[w]; });
  } // namespace host_work

  struct HostWork : ModuleDefinition
  {
    static constexpr auto name = "host_work";
    static constexpr auto title = "Work of cells";
    static constexpr auto section = "Host work";
    using Tissue = Dermis;
    using Constants = host_work::Constants;
    using Own = Fields<host_work::w>;
    static constexpr auto reactions = std::make_tuple(host_work::making, host_work::loss);
  };
} // namespace cutis

std::unique_ptr<cutis::Module> cutis::test::make_host_module()
{
  return std::make_unique<ModuleOf<HostWork>>();
}
