// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/mpi_session.h"

#include <deal.II/base/multithread_info.h>
#include <deal.II/lac/la_parallel_vector.h>
#include <deal.II/lac/trilinos_vector.h>
#include <deal.II/lac/vector_memory.h>

#include <p4est_base.h>

#include <cstdlib>

namespace cutis
{
  MpiSession::MpiSession(int &argc, char **&argv)
  {
    setenv("OMP_NUM_THREADS", "1", 0);
    // Without mpirun Open MPI starts a helper daemon, which batch systems signal too: it then ends the run at once and
    // without a checkpoint. Alone, none is needed.
    setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
    // Without the helper there is no folder for file pointers that ranks share, and each file that is opened would be
    // reported as an error of them. Nobody here shares file pointers.
    setenv("OMPI_MCA_sharedfp", "^sm", 0);
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
