// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

namespace cutis
{
  /**
   * MPI and p4est from here to the end of the scope, one thread a rank.
   *
   * Not deal.II's MPI_InitFinalize: it starts PETSc and SLEPc as well, where deal.II was built with them. They take
   * options of the command line for theirs (`-help`, `-version`, `-log_view`), print pages and end the program.
   */
  class MpiSession
  {
  public:
    MpiSession(int &argc, char **&argv);
    ~MpiSession();
    MpiSession(const MpiSession &) = delete;
    MpiSession &operator=(const MpiSession &) = delete;
  };
} // namespace cutis
