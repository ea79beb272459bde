// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/mpi_session.h"

#include <deal.II/base/multithread_info.h>
#include <deal.II/lac/la_parallel_vector.h>
#include <deal.II/lac/trilinos_vector.h>
#include <deal.II/lac/vector_memory.h>

#include <mpi.h>
#include <p4est_base.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cutis
{
  namespace
  {
#if defined(OMPI_MAJOR_VERSION) && OMPI_MAJOR_VERSION >= 5
    constexpr bool is_open_mpi_5 = true;
    constexpr const char *place_of_session_folders = "TMPDIR";
#else
    constexpr bool is_open_mpi_5 = false;
    constexpr const char *place_of_session_folders = "OMPI_MCA_orte_tmpdir_base";
#endif

    /** Whether mpirun or a batch system has started this process as one of its ranks. */
    bool has_launcher()
    {
      const auto names = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"};
      return std::any_of(names.begin(), names.end(), [](const char *name) { return std::getenv(name) != nullptr; });
    }

    /**
     * A place of its own in which Open MPI makes its folder of this process, from here to the end of the scope.
     *
     * All programs of a user that were started without mpirun share one otherwise. With Open MPI 4 each makes it when
     * it begins and removes it when it ends: one that ends just when another begins makes MPI_Init of the other fail.
     * With 5 each leaves an empty folder in it. Nothing is put into it as long as there is no helper daemon, and
     * MPI_Finalize does not miss it, so it need not outlive MPI_Init, and a run that is killed leaves nothing. Ranks of
     * mpirun meet in the folder of their job, and who names a place for Open MPI wants that one.
     */
    class SessionFolder
    {
    public:
      SessionFolder()
      {
        const bool is_named = !is_open_mpi_5 && std::getenv(place_of_session_folders);
        if (has_launcher() || is_named || std::string_view(std::getenv("OMPI_MCA_ess_singleton_isolated")) != "1")
          return;
        std::error_code nowhere;
        std::string name = (std::filesystem::temp_directory_path(nowhere) / "cutis-XXXXXX").string();
        if (nowhere || !mkdtemp(name.data())) // then it is for Open MPI to complain, if it minds
          return;
        folder = name;
        if (const char *value = std::getenv(place_of_session_folders))
          before = value;
        setenv(place_of_session_folders, name.c_str(), 1);
      }

      ~SessionFolder()
      {
        if (folder.empty())
          return;
        before ? setenv(place_of_session_folders, before->c_str(), 1) : unsetenv(place_of_session_folders);
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
      }

      SessionFolder(const SessionFolder &) = delete;
      SessionFolder &operator=(const SessionFolder &) = delete;

    private:
      std::filesystem::path folder;
      std::optional<std::string> before;
    };
  } // namespace

  MpiSession::MpiSession(int &argc, char **&argv)
  {
    setenv("OMP_NUM_THREADS", "1", 0);
    // Without mpirun Open MPI starts a helper daemon, which batch systems signal too: it then ends the run at once and
    // without a checkpoint. Alone, none is needed.
    setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
    // Without the helper there is no folder for file pointers that ranks share, and each file that is opened would be
    // reported as an error of them. Nobody here shares file pointers.
    setenv("OMPI_MCA_sharedfp", "^sm", 0);
    // A rank by itself sends to nobody; Open MPI 5.0.7 leaves the memory that it would share in /dev/shm for ever.
    if (is_open_mpi_5 && !has_launcher())
      setenv("OMPI_MCA_btl", "self", 0);
    const SessionFolder folder;
    int provided;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &provided);
    sc_init(MPI_COMM_WORLD, 0, 0, nullptr, SC_LP_SILENT);
    p4est_init(nullptr, SC_LP_SILENT);
    dealii::MultithreadInfo::set_thread_limit(1);
  }

  MpiSession::~MpiSession()
  {
    // Vectors that deal.II keeps for later use hold communicators.
    dealii::GrowingVectorMemory<dealii::LinearAlgebra::distributed::Vector<double>>::release_unused_memory();
    dealii::GrowingVectorMemory<dealii::LinearAlgebra::distributed::Vector<float>>::release_unused_memory();
    dealii::GrowingVectorMemory<dealii::TrilinosWrappers::MPI::Vector>::release_unused_memory();
    sc_finalize();
    MPI_Finalize();
  }
} // namespace cutis
