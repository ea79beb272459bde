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
   * They are counted with 200 bytes each and 180 MB a rank: the straight line through `parameters/plla_3d.prm` with one
   * session and cells of .5 and .25 mm, 269 and 708 MB for 436 thousand and 2.62 million unknowns; with cells of .2 mm
   * and 4.33 million it is 944 MB. Checkpoints add nothing to the peak. Mechanics is not counted.
   */
  void warn_of_memory(double n_unknowns, MPI_Comm communicator);
} // namespace cutis
