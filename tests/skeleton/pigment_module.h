// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/module.h"

namespace cutis::test
{
  /** The module of docs/skeleton, as `make_module` would make it if it knew the name. */
  std::unique_ptr<Module> make_pigment();
} // namespace cutis::test
