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
    constexpr unsigned deflate_level = 1; // higher ones take several times as long for a few per cent

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
          throw std::runtime_error("HDF5 cannot write");
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
        throw std::runtime_error("HDF5 cannot write");
    }
  } // namespace

  Hdf5File::Hdf5File(const std::filesystem::path &file, MPI_Comm communicator) : communicator_(communicator)
  {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    check(H5Pset_fapl_mpio(access, communicator, MPI_INFO_NULL));
    file_ = H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
    if (file_ < 0)
      throw std::runtime_error("HDF5 cannot create the file");
  }

  Hdf5File::~Hdf5File()
  {
    if (file_ >= 0)
      H5Fclose(file_);
  }

  template <class Number>
  void Hdf5File::write(const std::string &name, const std::vector<Number> &rows, const unsigned int n_columns)
  {
    const std::uint64_t here = rows.size() / n_columns;
    const std::uint64_t all = dealii::Utilities::MPI::sum(here, communicator_);
    std::uint64_t first = 0; // stays 0 on the first rank
    MPI_Exscan(&here, &first, 1, MPI_UINT64_T, MPI_SUM, communicator_);
    const hsize_t size[2] = {all, n_columns}, begin[2] = {first, 0}, count[2] = {here, n_columns};
    const hsize_t chunk[2] = {std::max<hsize_t>(1, std::min<hsize_t>(all, rows_of_a_chunk)), n_columns};

    const Handle in_file(H5Screate_simple(2, size, nullptr), H5Sclose);
    const Handle in_memory(H5Screate_simple(2, count, nullptr), H5Sclose);
    const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    check(H5Pset_chunk(creation, 2, chunk));
    check(H5Pset_shuffle(creation));
    check(H5Pset_deflate(creation, deflate_level));
    check(H5Pset_obj_track_times(creation, false)); // equal runs write equal bytes
    const Handle table(H5Dcreate2(file_, name.c_str(), type_of<Number>(), in_file, H5P_DEFAULT, creation, H5P_DEFAULT),
                       H5Dclose);
    const Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
    check(H5Pset_dxpl_mpio(transfer, H5FD_MPIO_COLLECTIVE));
    check(here > 0 ? H5Sselect_hyperslab(in_file, H5S_SELECT_SET, begin, nullptr, count, nullptr)
                   : H5Sselect_none(in_file));
    if (here == 0)
      check(H5Sselect_none(in_memory));
    check(H5Dwrite(table, type_of<Number>(), in_memory, in_file, transfer, rows.data()));
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
