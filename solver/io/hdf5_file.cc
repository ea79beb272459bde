// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/hdf5_file.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <stdexcept>

namespace cutis
{
  namespace
  {
    constexpr hsize_t rows_of_a_chunk = 1u << 14;
    constexpr std::size_t numbers_of_a_piece = 1u << 18; // 2 MB
    constexpr unsigned deflate_level = 1;                // higher ones take several times as long for a few per cent

    template <class Number>
    hid_t type_of();
    template <>
    hid_t type_of<float>()
    {
      return H5T_NATIVE_FLOAT;
    }
    template <>
    hid_t type_of<double>()
    {
      return H5T_NATIVE_DOUBLE;
    }
    template <>
    hid_t type_of<unsigned int>()
    {
      return H5T_NATIVE_UINT;
    }

    /** An identifier of HDF5 that is closed at the end of its scope. */
    class Handle
    {
    public:
      Handle(const hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close)
      {
        if (id < 0)
          throw std::runtime_error("HDF5 has failed");
      }
      ~Handle() { close_(id_); }
      Handle(const Handle &) = delete;
      Handle &operator=(const Handle &) = delete;
      operator hid_t() const { return id_; }

    private:
      hid_t id_;
      herr_t (*close_)(hid_t);
    };

    void check(const herr_t status)
    {
      if (status < 0)
        throw std::runtime_error("HDF5 has failed");
    }

    /** Which rows of a table of all ranks are this rank's. */
    class Slab
    {
    public:
      Slab(const std::uint64_t here, const unsigned int n_columns, MPI_Comm communicator)
        : n_columns_(n_columns)
        , size_{dealii::Utilities::MPI::sum(here, communicator), n_columns}
        , in_file_(H5Screate_simple(2, size_, nullptr), H5Sclose)
        , transfer_(H5Pcreate(H5P_DATASET_XFER), H5Pclose)
      {
        MPI_Exscan(&here, &first_, 1, MPI_UINT64_T, MPI_SUM, communicator); // stays 0 on the first rank
        check(H5Pset_dxpl_mpio(transfer_, H5FD_MPIO_COLLECTIVE));
      }

      const hsize_t *size() const { return size_; }
      hid_t space() const { return in_file_; }

      /** Write or read `count` of these rows from the row `from` on, if any. */
      template <class Move>
      void move(const std::uint64_t from, const std::uint64_t count, const Move &move)
      {
        const hsize_t begin[2] = {first_ + from, 0}, rows[2] = {count, n_columns_};
        const Handle in_memory(H5Screate_simple(2, rows, nullptr), H5Sclose);
        check(count > 0 ? H5Sselect_hyperslab(in_file_, H5S_SELECT_SET, begin, nullptr, rows, nullptr)
                        : H5Sselect_none(in_file_));
        if (count == 0)
          check(H5Sselect_none(in_memory));
        check(move(in_memory, in_file_, transfer_));
      }

    private:
      const hsize_t n_columns_;
      const hsize_t size_[2];
      std::uint64_t first_ = 0;
      const Handle in_file_, transfer_;
    };
  } // namespace

  Hdf5File::Hdf5File(const std::filesystem::path &file, MPI_Comm communicator, const Mode mode)
    : communicator_(communicator)
  {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    check(H5Pset_fapl_mpio(access, communicator, MPI_INFO_NULL));
    file_ = mode == Mode::create ? H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access)
                                 : H5Fopen(file.c_str(), H5F_ACC_RDONLY, access);
    if (file_ < 0)
      throw std::runtime_error(mode == Mode::create ? "HDF5 cannot create the file" : "HDF5 cannot open the file");
  }

  Hdf5File::~Hdf5File()
  {
    if (file_ >= 0)
      H5Fclose(file_);
  }

  template <class Number>
  void Hdf5File::write(const std::string &name, const std::vector<Number> &rows, const unsigned int n_columns)
  {
    Slab slab(rows.size() / n_columns, n_columns, communicator_);
    const hsize_t chunk[2] = {std::max<hsize_t>(1, std::min<hsize_t>(slab.size()[0], rows_of_a_chunk)), n_columns};
    const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    check(H5Pset_chunk(creation, 2, chunk));
    check(H5Pset_shuffle(creation));
    check(H5Pset_deflate(creation, deflate_level));
    check(H5Pset_obj_track_times(creation, false)); // equal runs write equal bytes
    const Handle table(
      H5Dcreate2(file_, name.c_str(), type_of<Number>(), slab.space(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose);
    const hid_t id = table;
    slab.move(0,
              rows.size() / n_columns,
              [&](const hid_t memory, const hid_t file, const hid_t transfer)
              { return H5Dwrite(id, type_of<Number>(), memory, file, transfer, rows.data()); });
  }

  namespace
  {
    /** Call `move(first, count)` for pieces that together are `n_rows`; as often on all ranks. */
    template <class Move>
    void in_pieces(const std::size_t n_rows, const unsigned int n_columns, MPI_Comm communicator, const Move &move)
    {
      const std::size_t piece = std::max<std::size_t>(1, numbers_of_a_piece / n_columns);
      const std::size_t most = dealii::Utilities::MPI::max<unsigned long>(n_rows, communicator);
      std::vector<double> buffer(std::min(piece, n_rows) * n_columns);
      for (std::size_t first = 0; first < most; first += piece)
        move(std::min(first, n_rows), std::min(piece, n_rows - std::min(first, n_rows)), buffer.data());
    }
  } // namespace

  void Hdf5File::write_in_pieces(const std::string &name,
                                 const std::size_t n_rows,
                                 const unsigned int n_columns,
                                 const Rows &fill)
  {
    Slab slab(n_rows, n_columns, communicator_);
    const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    check(H5Pset_obj_track_times(creation, false));
    const Handle table(
      H5Dcreate2(file_, name.c_str(), H5T_NATIVE_DOUBLE, slab.space(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose);
    in_pieces(n_rows,
              n_columns,
              communicator_,
              [&](const std::size_t first, const std::size_t count, double *rows)
              {
                fill(first, count, rows);
                slab.move(first,
                          count,
                          [&](const hid_t memory, const hid_t file, const hid_t transfer)
                          { return H5Dwrite(table, H5T_NATIVE_DOUBLE, memory, file, transfer, rows); });
              });
  }

  void Hdf5File::read_in_pieces(const std::string &name,
                                const std::size_t n_rows,
                                const unsigned int n_columns,
                                const Rows &take)
  {
    Slab slab(n_rows, n_columns, communicator_);
    const Handle table(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    const Handle space(H5Dget_space(table), H5Sclose);
    hsize_t size[2] = {0, 0};
    if (H5Sget_simple_extent_ndims(space) != 2 || H5Sget_simple_extent_dims(space, size, nullptr) != 2 ||
        size[0] != slab.size()[0] || size[1] != slab.size()[1])
      throw std::runtime_error("the table '" + name + "' has another size than expected");
    in_pieces(n_rows,
              n_columns,
              communicator_,
              [&](const std::size_t first, const std::size_t count, double *rows)
              {
                slab.move(first,
                          count,
                          [&](const hid_t memory, const hid_t file, const hid_t transfer)
                          { return H5Dread(table, H5T_NATIVE_DOUBLE, memory, file, transfer, rows); });
                take(first, count, rows);
              });
  }

  void Hdf5File::close()
  {
    const hid_t file = file_;
    file_ = -1;
    check(H5Fclose(file));
  }

  template void Hdf5File::write(const std::string &, const std::vector<float> &, unsigned int);
  template void Hdf5File::write(const std::string &, const std::vector<double> &, unsigned int);
  template void Hdf5File::write(const std::string &, const std::vector<unsigned int> &, unsigned int);
} // namespace cutis
