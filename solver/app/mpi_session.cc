// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/mpi_session.h"

#include <deal.II/base/multithread_info.h>
#include <deal.II/lac/la_parallel_vector.h>
#include <deal.II/lac/trilinos_vector.h>
#include <deal.II/lac/vector_memory.h>

#include <p4est_base.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

namespace cutis
{
  namespace
  {
    /**
     * A folder of its own in which Open MPI makes the one of this process, from here to the end of the scope.
     *
     * Otherwise all programs of a user that were started without mpirun share one, which each makes when it begins and
     * removes when it ends: one that ends just when another begins makes MPI_Init of the other fail. Nothing is put
     * into it without the helper daemon, and MPI_Finalize does not miss it, so it need not outlive MPI_Init, and a run
     * that is killed leaves nothing. Ranks of mpirun meet in the folder of their job, and who names a folder wants that
     * one.
     */
    class SessionFolder
    {
    public:
      SessionFolder()
      {
        const auto is_set = [](const char *name) { return std::getenv(name) != nullptr; };
        const auto of_launchers = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"};
        if (std::any_of(of_launchers.begin(), of_launchers.end(), is_set) || is_set("OMPI_MCA_orte_tmpdir_base") ||
            std::string_view(std::getenv("OMPI_MCA_ess_singleton_isolated")) != "1")
          return;
        std::error_code nowhere;
        std::string name = (std::filesystem::temp_directory_path(nowhere) / "cutis-XXXXXX").string();
        if (nowhere || !mkdtemp(name.data())) // then it is for Open MPI to complain, if it minds
          return;
        path = name;
        setenv("OMPI_MCA_orte_tmpdir_base", name.c_str(), 1);
      }

      ~SessionFolder()
      {
        std::error_code ignored;
        if (!path.empty())
          std::filesystem::remove_all(path, ignored);
      }

      SessionFolder(const SessionFolder &) = delete;
      SessionFolder &operator=(const SessionFolder &) = delete;

    private:
      std::filesystem::path path;
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
