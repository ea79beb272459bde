// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/hdf5_file.h"

#include "test_folder.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

using namespace cutis;

namespace
{
  constexpr unsigned int n_columns = 3;

  /** Far more than go into one piece on the first rank, fewer on the next, and none on the last of three. */
  std::size_t rows_of(const unsigned int rank)
  {
    return rank == 0 ? 300001 : rank == 1 ? 777 : 0;
  }

  double entry(const std::size_t row, const unsigned int column)
  {
    return 10. * row + column + .1;
  }
} // namespace

TEST(Hdf5File, TablesInPiecesComeBackOnOtherRanks)
{
  const TestFolder folder;
  const unsigned int rank = dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD);
  const unsigned int n_ranks = dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  std::size_t all = 0, before = 0;
  for (unsigned int r = 0; r < n_ranks; ++r)
  {
    before += r < rank ? rows_of(r) : 0;
    all += rows_of(r);
  }
  {
    Hdf5File file(folder.path / "table.h5", MPI_COMM_WORLD);
    file.write_in_pieces("values",
                         rows_of(rank),
                         n_columns,
                         [&](const std::size_t first, const std::size_t count, double *rows)
                         {
                           for (std::size_t i = 0; i < count; ++i)
                             for (unsigned int c = 0; c < n_columns; ++c)
                               rows[i * n_columns + c] = entry(before + first + i, c);
                         });
    file.close();
  }
  // Read with another distribution: the last rank takes what the others leave.
  const std::size_t share = all / n_ranks, begin = rank * share;
  const std::size_t mine = rank + 1 == n_ranks ? all - begin : share;
  std::size_t wrong = 0, seen = 0;
  Hdf5File file(folder.path / "table.h5", MPI_COMM_WORLD, Hdf5File::Mode::read);
  file.read_in_pieces("values",
                      mine,
                      n_columns,
                      [&](const std::size_t first, const std::size_t count, const double *rows)
                      {
                        seen += count;
                        for (std::size_t i = 0; i < count; ++i)
                          for (unsigned int c = 0; c < n_columns; ++c)
                            wrong += rows[i * n_columns + c] != entry(begin + first + i, c);
                      });
  EXPECT_EQ(wrong, 0u);
  EXPECT_EQ(seen, mine);
  EXPECT_THROW(file.read_in_pieces("values", mine, n_columns + 1, [](std::size_t, std::size_t, double *) {}),
               std::runtime_error);
}
