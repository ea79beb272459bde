// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * A new HDF5 file that all ranks write together, each its own rows of every table. Tables are compressed (shuffle and
   * deflate, which every HDF5 reader undoes). Every call is collective, also for ranks without rows; a call that fails
   * throws std::runtime_error on the ranks that notice it.
   *
   * Not deal.II's DataOut: of 9.4.1 write_hdf5_parallel ends with signal 11 when a rank owns no cells (one cell, two
   * ranks), and it writes double precision without compression.
   */
  class Hdf5File
  {
  public:
    Hdf5File(const std::filesystem::path &file, MPI_Comm communicator);
    ~Hdf5File();
    Hdf5File(const Hdf5File &) = delete;
    Hdf5File &operator=(const Hdf5File &) = delete;

    /** The rows of this rank, one after the other, in a table of float, double or unsigned int. */
    template <class Number>
    void write(const std::string &name, const std::vector<Number> &rows, unsigned int n_columns);

    /** Everything is on the disk when this returns. */
    void close();

  private:
    MPI_Comm communicator_;
    hid_t file_;
  };
} // namespace cutis
