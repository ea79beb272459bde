// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mpi_counts.h"

#include <mpi.h>

MpiCounts mpi_counts;

namespace
{
  double bytes_of(const double count, const MPI_Datatype type)
  {
    int size = 0;
    MPI_Type_size(type, &size);
    return count * size;
  }
} // namespace

extern "C"
{
  int MPI_Allreduce(const void *sent,
                    void *received,
                    const int count,
                    const MPI_Datatype type,
                    const MPI_Op operation,
                    const MPI_Comm communicator)
  {
    ++mpi_counts.reductions;
    return PMPI_Allreduce(sent, received, count, type, operation, communicator);
  }

  int MPI_Isend(const void *sent,
                const int count,
                const MPI_Datatype type,
                const int to,
                const int tag,
                const MPI_Comm communicator,
                MPI_Request *request)
  {
    ++mpi_counts.messages;
    mpi_counts.sent_bytes += bytes_of(count, type);
    return PMPI_Isend(sent, count, type, to, tag, communicator, request);
  }

  int MPI_Allgatherv(const void *sent,
                     const int sent_count,
                     const MPI_Datatype sent_type,
                     void *received,
                     const int *counts,
                     const int *offsets,
                     const MPI_Datatype type,
                     const MPI_Comm communicator)
  {
    int n_ranks = 0;
    MPI_Comm_size(communicator, &n_ranks);
    ++mpi_counts.gathers;
    for (int rank = 0; rank < n_ranks; ++rank)
      mpi_counts.gathered_bytes += bytes_of(counts[rank], type);
    return PMPI_Allgatherv(sent, sent_count, sent_type, received, counts, offsets, type, communicator);
  }
}
