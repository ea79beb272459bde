// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

namespace cutis
{
  /** Memory of a run on the machines that it runs on [bytes]. */
  struct MemoryNeed
  {
    double here = 0.;      ///< of the ranks on this machine, without mechanics
    double available = 0.; ///< on this machine, now; 0 if it cannot be known
  };

  /**
   * An estimate from the number of unknowns: 166 bytes each and 150 MB a rank, as measured on a block of 2.6 million
   * unknowns (20 fields) in trilinear elements, where it is good to a fifth. Collective.
   */
  MemoryNeed memory_need(double n_unknowns, MPI_Comm communicator);

  /** Warn if the machine with the least to spare has too little for so many unknowns. Collective. */
  void warn_of_memory(double n_unknowns, MPI_Comm communicator);
} // namespace cutis
