// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/module.h"

namespace cutis::test
{
  /** A module on the dermis whose cells work as the host lets them: w' = f (2 - w) - f w, f the factor on MMP. */
  std::unique_ptr<Module> make_host_module();
} // namespace cutis::test
