// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

/** The polite way to end a run: a signal is noted, and the time loop writes a checkpoint at the next step. */
namespace cutis
{
  /**
   * From now on SIGTERM and SIGINT (Ctrl-C) are noted instead of ending the process. A second SIGINT ends it at once,
   * as usual; so does SIGKILL.
   */
  void catch_interrupts();

  /**
   * True once this process was asked to stop. Ranks may learn of it in different steps: who needs all of them to agree
   * reduces this over the ranks.
   */
  bool interrupt_requested() noexcept;
} // namespace cutis
