// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Try: cutis run parameters/plla.prm        (alone or under mpirun)
#include "app/case.h"
#include "app/command_line.h"
#include "app/describe.h"
#include "app/recorded_run.h"
#include "base/interrupt.h"
#include "io/provenance.h"

#include <deal.II/base/mpi.h>

#include <spdlog/spdlog.h>

#include <cstdlib>
#include <iostream>

namespace
{
  using namespace cutis;

  int code(const ExitCode exit)
  {
    return static_cast<int>(exit);
  }

  ExitCode run(const CommandLine &command, const bool speaks)
  {
    Case problem;
    problem.read(command.file, command.overrides);
    RunOptions options;
    options.folder = command.output.empty() ? problem.output.directory : command.output;
    options.mode = command.resume ? OutputMode::resume : command.overwrite ? OutputMode::overwrite : OutputMode::fresh;
    options.speaks = speaks && command.verbosity != Verbosity::quiet;
    catch_interrupts();
    return problem.skin.dimension == 2 ? run_in_folder<2>(problem, options, MPI_COMM_WORLD)
                                       : run_in_folder<3>(problem, options, MPI_COMM_WORLD);
  }

  ExitCode obey(const CommandLine &command, const bool speaks)
  {
    if (command.command == CommandLine::Command::run)
      return run(command, speaks);
    if (!speaks) // everything else is said once
      return ExitCode::done;
    switch (command.command)
    {
      case CommandLine::Command::check:
        Case().read(command.file, command.overrides);
        std::cout << command.file << " is good to run.\n";
        break;
      case CommandLine::Command::describe:
        describe(std::cout, command.topic, command.format);
        break;
      case CommandLine::Command::list:
        cutis::list(std::cout, command.topic); // a header of ADOL-C brings in std::list
        break;
      case CommandLine::Command::version:
        std::cout << version_text();
        break;
      default:
        std::cout << help_text();
    }
    return ExitCode::done;
  }
} // namespace

int main(int argc, char **argv)
{
  setenv("OMP_NUM_THREADS", "1", 0);
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  const bool speaks = dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  try
  {
    const CommandLine command = parse_command_line(argc, argv);
    start_log(speaks, command.verbosity);
    return code(obey(command, speaks));
  }
  catch (const BadInput &error)
  {
    if (speaks)
      std::cerr << error.what() << std::endl;
    return code(ExitCode::bad_input);
  }
  catch (const RunFailed &error)
  {
    if (speaks)
      std::cerr << "The run failed: " << error.what() << std::endl;
    return code(ExitCode::run_failed);
  }
  catch (const std::exception &error)
  {
    // Not foreseen, and perhaps on one rank only: the others must not wait for it.
    std::cerr << "The run failed unexpectedly: " << error.what() << std::endl;
    if (dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD) > 1)
      MPI_Abort(MPI_COMM_WORLD, code(ExitCode::run_failed));
    return code(ExitCode::run_failed);
  }
}
