// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

/** What this rank has asked of MPI since the counts were last set to zero. */
struct MpiCounts
{
  double reductions = 0.;     ///< MPI_Allreduce
  double messages = 0.;       ///< MPI_Isend
  double sent_bytes = 0.;     ///< in these messages
  double gathers = 0.;        ///< MPI_Allgatherv
  double gathered_bytes = 0.; ///< that each of them brings to this rank
};

/**
 * The program's own MPI_Allreduce, MPI_Isend and MPI_Allgatherv count and pass on (the profiling interface of the MPI
 * standard). Those calls are counted that Cutis and deal.II make in a step; mechanics solves with Trilinos, which has
 * other ways to send.
 */
extern MpiCounts mpi_counts;
