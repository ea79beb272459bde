// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A module on the dermis is compiled as the dermis is, with the instruction set of this machine: it shares its
// templates.
#include "model/modules/pigment.h"

#include "model/reactions/module_of.h"
#include "pigment_module.h"

std::unique_ptr<cutis::Module> cutis::test::make_pigment()
{
  return std::make_unique<ModuleOf<PigmentKinetics>>();
}
