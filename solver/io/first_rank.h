// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

#include <functional>
#include <string>

/** Small files are written and checked by the first rank alone, and all ranks agree on how that went. */
namespace cutis
{
  bool is_first_rank(MPI_Comm communicator);

  /** The text of the first rank, on all ranks. */
  std::string broadcast(const std::string &text, MPI_Comm communicator);

  /**
   * Do something on the first rank, and return its text on all ranks. BadInput or RunFailed of the first rank is thrown
   * on all ranks with the same sentence; any other exception becomes RunFailed.
   */
  std::string text_of_first_rank(MPI_Comm communicator, const std::function<std::string()> &task);
  /** The same for a task without a result. */
  void on_first_rank(MPI_Comm communicator, const std::function<void()> &task);

  /**
   * Do something on all ranks. If it fails on one of them, RunFailed with `sentence` and the reason of the lowest rank
   * that failed is thrown on all.
   */
  void on_all_ranks(MPI_Comm communicator, const std::string &sentence, const std::function<void()> &task);
} // namespace cutis
