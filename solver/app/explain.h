// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <iosfwd>

namespace cutis
{
  class Case;

  /** What a run of this case will do, how large it is, and how long it may take by the runs that lie beside it. */
  void explain(std::ostream &out, const Case &problem);
} // namespace cutis
