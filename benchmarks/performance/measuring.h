// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/base/mpi.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <vector>

/** What the benchmarks measure with; all functions are collective. */
namespace measuring
{
  inline double on_all_ranks(const double value)
  {
    return dealii::Utilities::MPI::sum(value, MPI_COMM_WORLD);
  }

  /** Median wall time of a task that all ranks do together [s]. */
  template <class Task>
  double seconds(const unsigned int repetitions, const Task &task)
  {
    std::vector<double> times;
    for (unsigned int i = 0; i < repetitions; ++i)
    {
      MPI_Barrier(MPI_COMM_WORLD);
      const double begin = MPI_Wtime();
      task();
      MPI_Barrier(MPI_COMM_WORLD);
      times.push_back(MPI_Wtime() - begin);
    }
    std::sort(times.begin(), times.end());
    return dealii::Utilities::MPI::max(times[times.size() / 2], MPI_COMM_WORLD);
  }

  /** The largest memory that each rank has held so far, summed [bytes]. */
  inline double peak_memory()
  {
    dealii::Utilities::System::MemoryStats memory;
    dealii::Utilities::System::get_memory_stats(memory);
    return on_all_ranks(1024. * static_cast<double>(memory.VmHWM));
  }
} // namespace measuring
