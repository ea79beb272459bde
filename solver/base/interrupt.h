// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

/** The polite way to end a run: a signal is noted, and the time loop writes a checkpoint at the next step. */
namespace cutis
{
  /**
   * From now on SIGTERM, SIGINT (Ctrl-C), SIGHUP (the terminal has gone), SIGXCPU, SIGUSR1 and SIGUSR2 (batch systems,
   * before the end of a job) are noted instead of ending the process, except those that the parent has it ignore. A
   * second SIGINT ends it at once, as usual; so does SIGKILL. Pipes without a reader and files beyond the limit of
   * their size do not end the process either: the write fails.
   */
  void catch_interrupts();

  /**
   * True once this process was asked to stop. Ranks may learn of it in different steps: who needs all of them to agree
   * reduces this over the ranks.
   */
  bool interrupt_requested() noexcept;

  /** Throws Interrupted on all ranks if one of them was asked to stop. Collective; costs a reduction. */
  void stop_if_interrupted(MPI_Comm communicator);
} // namespace cutis
