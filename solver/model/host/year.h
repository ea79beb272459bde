// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

namespace cutis
{
  constexpr double days_per_year = 365.25;
}
