// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

namespace cutis
{
  /**
   * Warn if the machine with the least to spare has too little for so many unknowns. Collective.
   *
   * They are counted with 320 bytes each and 180 MB a rank, the peak with a checkpoint being written: the straight line
   * through `parameters/plla_3d.prm` with one session and cells of .5 and .25 mm, 317 and 1015 MB for 436 thousand and
   * 2.62 million unknowns. The section of `parameters/plla.prm` takes 296 instead of 349 MB. Mechanics is not counted.
   */
  void warn_of_memory(double n_unknowns, MPI_Comm communicator);
} // namespace cutis
