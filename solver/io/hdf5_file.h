// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * An HDF5 file that all ranks write or read together, each its own rows of every table. Every call is collective,
   * also for ranks without rows; a call that fails throws std::runtime_error on the ranks that notice it.
   *
   * Not deal.II's DataOut: of 9.4.1 write_hdf5_parallel ends with signal 11 when a rank owns no cells (one cell, two
   * ranks), and it writes double precision without compression.
   */
  class Hdf5File
  {
  public:
    enum class Mode
    {
      create,
      read
    };

    Hdf5File(const std::filesystem::path &file, MPI_Comm communicator, Mode mode = Mode::create);
    ~Hdf5File();
    Hdf5File(const Hdf5File &) = delete;
    Hdf5File &operator=(const Hdf5File &) = delete;

    /** The rows of this rank, one after the other, in a table of float, double or unsigned int. It is compressed
     * (shuffle and deflate, which every HDF5 reader undoes). */
    template <class Number>
    void write(const std::string &name, const std::vector<Number> &rows, unsigned int n_columns);

    /** `count` rows of this rank from its row `first` on, one after the other. */
    using Rows = std::function<void(std::size_t first, std::size_t count, double *rows)>;
    /** A table of which this rank has `n_rows`, without compression and through a buffer of some MB: `fill` gives them.
     */
    void write_in_pieces(const std::string &name, std::size_t n_rows, unsigned int n_columns, const Rows &fill);
    /** The reverse: `take` gets the rows. std::runtime_error if the table has another size. */
    void read_in_pieces(const std::string &name, std::size_t n_rows, unsigned int n_columns, const Rows &take);

    /** Everything is on the disk when this returns. */
    void close();

  private:
    MPI_Comm communicator_;
    hid_t file_;
  };
} // namespace cutis
