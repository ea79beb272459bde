// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace
{
  using dealii::Utilities::MPI::this_mpi_process;

  /** What ranks other than the first have to say: nothing but failures, which the first may not have seen. */
  class FailuresOnly : public testing::EmptyTestEventListener
  {
    void OnTestPartResult(const testing::TestPartResult &result) override
    {
      if (result.failed())
        std::cerr << "Rank " << this_mpi_process(MPI_COMM_WORLD) << ": "
                  << (result.file_name() ? result.file_name() : "unknown file") << ":" << result.line_number() << ": "
                  << result.summary() << std::endl;
    }
  };
} // namespace

/** Starts MPI before the tests; the first rank prints their course, and the result is the worst of all ranks. */
int main(int argc, char **argv)
{
  setenv("OMP_NUM_THREADS", "1", 0);
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  testing::InitGoogleTest(&argc, argv);
  if (this_mpi_process(MPI_COMM_WORLD) != 0)
  {
    testing::TestEventListeners &listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new FailuresOnly);
  }
  const int result = RUN_ALL_TESTS();
  return dealii::Utilities::MPI::max(result, MPI_COMM_WORLD);
}
