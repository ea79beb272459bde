// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/provenance.h"

#include "base/errors.h"
#include "io/files.h"
#include "io/first_rank.h"

#include <deal.II/base/config.h>
#include <deal.II/base/mpi.h>
#include <deal.II/base/utilities.h>

#include <Trilinos_version.h>
#include <boost/version.hpp>
#include <hdf5.h>
#include <nlohmann/json.hpp>

#include <ctime>
#include <iomanip>
#include <sstream>
#include <utility>

namespace cutis
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    std::string dotted(const int major, const int minor, const int subminor)
    {
      return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(subminor);
    }

    std::string compiler()
    {
#ifdef __clang__
      return "Clang " __clang_version__;
#else
      return "GCC " __VERSION__;
#endif
    }

    /** The first line of what the MPI library says about itself; the rest is its build. */
    std::string mpi_library()
    {
      char text[MPI_MAX_LIBRARY_VERSION_STRING];
      int length = 0;
      MPI_Get_library_version(text, &length);
      const std::string all(text, length);
      return all.substr(0, all.find_first_of(",\n"));
    }

    std::vector<std::pair<std::string, std::string>> versions()
    {
      unsigned int major = 0, minor = 0, release = 0;
      H5get_libversion(&major, &minor, &release);
      return {
        {"Cutis", CUTIS_VERSION},
        {"revision", *CUTIS_REVISION ? CUTIS_REVISION : "unknown"},
        {"compiler", compiler()},
        {"deal.II", DEAL_II_PACKAGE_VERSION},
        {"Trilinos", TRILINOS_VERSION_STRING},
        {"p4est", dotted(DEAL_II_P4EST_VERSION_MAJOR, DEAL_II_P4EST_VERSION_MINOR, DEAL_II_P4EST_VERSION_SUBMINOR)},
        {"HDF5", dotted(major, minor, release)},
        {"MPI", mpi_library()},
        {"Boost", dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)}};
    }

    /** Coordinated universal time in the form 2026-01-31T12:00:00Z. */
    std::string now()
    {
      const std::time_t time = std::time(nullptr);
      std::tm calendar;
      gmtime_r(&time, &calendar);
      char text[32];
      std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &calendar);
      return text;
    }

    /** Where each file lies and a checksum of its content, so that whoever wants to use the results again can see
     * whether they still follow from the same files. */
    Json with_checksums(const std::vector<std::string> &files)
    {
      Json list = Json::array();
      for (const std::string &file : files)
      {
        Json entry = {{"file", std::filesystem::absolute(file).lexically_normal().string()}, {"fnv1a", nullptr}};
        if (std::filesystem::is_regular_file(file)) // and has not been taken away since it was read
        {
          std::ostringstream hash;
          hash << std::hex << std::setw(16) << std::setfill('0') << checksum(file);
          entry["fnv1a"] = hash.str();
        }
        list.push_back(entry);
      }
      return list;
    }

    /** The entries of the runs before; none if the file is missing or was damaged, which is no reason not to go on. */
    Json earlier_runs(const std::filesystem::path &file)
    {
      if (!std::filesystem::exists(file))
        return Json::array();
      const Json json = Json::parse(read_file(file), nullptr, false);
      return json.is_object() && json.contains("runs") && json["runs"].is_array() ? json["runs"] : Json::array();
    }
  } // namespace

  std::string version_text()
  {
    std::string text;
    for (const auto &[name, version] : versions())
      text += name + std::string(10 - name.size(), ' ') + version + '\n';
    return text;
  }

  ProvenanceFile::ProvenanceFile(std::filesystem::path file,
                                 const std::vector<std::string> &inputs,
                                 const bool resumed,
                                 MPI_Comm communicator)
    : file_(std::move(file))
    , communicator_(communicator)
  {
    on_first_rank(communicator_,
                  [&]
                  {
                    Json run = Json::object();
                    for (const auto &[name, version] : versions())
                      run[name] = version;
                    run["ranks"] = dealii::Utilities::MPI::n_mpi_processes(communicator_);
                    run["host"] = dealii::Utilities::System::get_hostname();
                    run["inputs"] = with_checksums(inputs);
                    run["resumed"] = resumed;
                    run["start"] = now();
                    Json json = {{"runs", resumed ? earlier_runs(file_) : Json::array()}};
                    json["runs"].push_back(run);
                    write_whole_file(file_, json.dump(2) + '\n');
                  });
  }

  void ProvenanceFile::finish(const std::string &exit)
  {
    on_first_rank(communicator_,
                  [&]
                  {
                    Json runs = earlier_runs(file_);
                    if (runs.empty())
                      throw RunFailed("'" + file_.string() + "' was removed or changed during the run.");
                    runs.back()["end"] = now();
                    runs.back()["exit"] = exit;
                    write_whole_file(file_, Json{{"runs", runs}}.dump(2) + '\n');
                  });
  }
} // namespace cutis
