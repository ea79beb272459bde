// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

namespace cutis
{
  /** Memory of a run with so many unknowns [bytes], counted as below. */
  double memory_need(double n_unknowns, unsigned int n_ranks);

  /**
   * Warn if the machine with the least to spare has too little for so many unknowns. Collective.
   *
   * They are counted with 215 bytes each and 194 MB a rank: the straight line through `parameters/plla_3d.prm` with one
   * session and cells of .5 and .25 mm, 302 and 842 MB for 501 thousand and 3.01 million unknowns; with cells of .2 mm
   * and 4.98 million it is 1273 MB. With rows on steps it is 16 bytes less. Checkpoints add nothing to the peak.
   * Mechanics is not counted.
   */
  void warn_of_memory(double n_unknowns, MPI_Comm communicator);
} // namespace cutis
