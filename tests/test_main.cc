// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <cstdlib>

/** Starts MPI before the tests; only the first rank prints, and the result is the worst of all ranks. */
int main(int argc, char **argv)
{
  setenv("OMP_NUM_THREADS", "1", 0);
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  testing::InitGoogleTest(&argc, argv);
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) != 0)
    delete testing::UnitTest::GetInstance()->listeners().Release(
      testing::UnitTest::GetInstance()->listeners().default_result_printer());
  const int result = RUN_ALL_TESTS();
  return dealii::Utilities::MPI::max(result, MPI_COMM_WORLD);
}
