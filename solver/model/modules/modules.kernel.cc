// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// All modules are compiled here, with the instruction set of this machine. A new one adds its header and its line.
#include "model/modules/dressing.h"
#include "model/modules/filler.h"
#include "model/modules/msc.h"
#include "model/modules/needles.h"
#include "model/modules/plla.h"
#include "model/modules/published/koppenol2017.h"
#include "model/modules/published/tepole2017.h"
#include "model/modules/repair.h"
#include "model/modules/topical.h"
#include "model/reactions/module_of.h"

namespace cutis
{
  namespace
  {
    template <class... Definitions>
    std::unique_ptr<Module> make_one_of(const std::string &name)
    {
      std::unique_ptr<Module> module;
      ((name == Definitions::name ? static_cast<void>(module = std::make_unique<ModuleOf<Definitions>>()) : void()),
       ...);
      return module;
    }
  } // namespace

  const std::vector<std::string> &network_names()
  {
    static const std::vector<std::string> names = {Dermis::name, Tepole2017::name, Koppenol2017::name};
    return names;
  }

  std::unique_ptr<Module> make_module(const std::string &name)
  {
    auto module = make_one_of<Dermis,
                              Tepole2017,
                              Koppenol2017,
                              Repair,
                              PllaParticles,
                              NeedleTraces,
                              StromalCells,
                              Topical,
                              FillerGel,
                              WoundDressing>(name);
    if (!module)
      throw BadInput("There is no network or module '" + name + "'; networks are " + join(network_names(), ", ") + ".");
    return module;
  }
} // namespace cutis
