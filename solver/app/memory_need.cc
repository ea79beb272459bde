// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/memory_need.h"

#include "base/text.h"

#include <deal.II/base/mpi.h>

#include <spdlog/spdlog.h>

#include <fstream>
#include <string>

namespace cutis
{
  namespace
  {
    constexpr double bytes_per_unknown = 215., bytes_per_rank = 194e6;

    /** Of this machine, now [bytes]; 0 if it cannot be known. */
    double available_memory()
    {
      std::ifstream lines("/proc/meminfo");
      std::string name;
      for (double kibibytes; lines >> name >> kibibytes; lines.ignore(80, '\n'))
        if (name == "MemAvailable:")
          return 1024. * kibibytes;
      return 0.;
    }

    unsigned int ranks_on_this_machine(MPI_Comm communicator)
    {
      MPI_Comm here;
      MPI_Comm_split_type(communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
      const unsigned int ranks = dealii::Utilities::MPI::n_mpi_processes(here);
      MPI_Comm_free(&here);
      return ranks;
    }
  } // namespace

  double memory_need(const double n_unknowns, const unsigned int n_ranks)
  {
    return bytes_per_unknown * n_unknowns + bytes_per_rank * n_ranks;
  }

  void warn_of_memory(const double n_unknowns, MPI_Comm communicator)
  {
    const double per_rank =
      bytes_per_unknown * n_unknowns / dealii::Utilities::MPI::n_mpi_processes(communicator) + bytes_per_rank;
    const double needed = ranks_on_this_machine(communicator) * per_rank, available = available_memory();
    const double share = available > 0. ? needed / available : 0.;
    if (dealii::Utilities::MPI::max(share, communicator) > 1.)
      spdlog::warn(
        "{:.3g} million unknowns need about {} GB on this machine, of which {} GB are free: larger cells, or "
        "more machines, would be needed.",
        1e-6 * n_unknowns,
        format_rounded(1e-9 * needed, 2),
        format_rounded(1e-9 * available, 2));
  }
} // namespace cutis
