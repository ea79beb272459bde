// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Try: cutis run parameters/plla.prm        (alone or under mpirun)
#include "app/case.h"
#include "app/command_line.h"
#include "app/describe.h"
#include "app/explain.h"
#include "app/mpi_session.h"
#include "app/recorded_run.h"
#include "app/run_setup.h"
#include "app/starting_file.h"
#include "base/interrupt.h"
#include "io/files.h"
#include "io/provenance.h"

#include <deal.II/base/mpi.h>

#include <spdlog/spdlog.h>

#include <filesystem>
#include <iostream>
#include <new>
#include <sstream>

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
    options.folder = problem.output.directory;
    options.mode = command.mode;
    options.speaks = speaks && command.verbosity != Verbosity::quiet;
    return problem.skin.dimension == 2 ? run_in_folder<2>(problem, options, MPI_COMM_WORLD)
                                       : run_in_folder<3>(problem, options, MPI_COMM_WORLD);
  }

  /** Write the file to start from, or show it. What is there stays. */
  void init(const CommandLine &command)
  {
    std::ostringstream text;
    write_starting_file(text, command.topic);
    if (command.file.empty())
    {
      std::cout << text.str();
      return;
    }
    if (std::filesystem::exists(command.file))
      throw BadInput(command.file + " is there already; nothing was overwritten.");
    write_whole_file(command.file, text.str());
    std::cout << command.file << " is there; look at what it will do with `cutis check --explain " << command.file
              << "`.\n";
  }

  /** All that can be known without running. */
  void check(const CommandLine &command)
  {
    Case problem;
    problem.read(command.file, command.overrides);
    problem.model(); // there must be healthy skin of the age of the host
    check_writable(problem.output.directory);
    if (!problem.skin.mesh_file.empty()) // of a flat patch everything is known without it
      problem.skin.dimension == 2 ? check_mesh<2>(problem) : check_mesh<3>(problem);
    std::cout << command.file << " is good to run.\n";
    if (command.explain)
      explain(std::cout, problem);
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
        check(command);
        break;
      case CommandLine::Command::init:
        init(command);
        break;
      case CommandLine::Command::describe:
        command.words.empty() ? describe(std::cout, command.topic, command.format)
                              : describe_found(std::cout, command.words, command.format);
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
    if (!std::cout.flush())
      throw RunFailed("The text cannot be written: " + system_reason());
    return ExitCode::done;
  }
} // namespace

int main(int argc, char **argv)
{
  if (argc > 1 && std::string(argv[1]) == "run") // before MPI starts, which takes as long as a short run
    catch_interrupts();
  const MpiSession mpi(argc, argv);
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
  catch (const Interrupted &)
  {
    if (speaks)
      std::cerr << "Interrupted before the first step: nothing has changed." << std::endl;
    return code(ExitCode::interrupted);
  }
  catch (const RunFailed &error)
  {
    if (speaks)
      std::cerr << "The run failed: " << error.what() << std::endl;
    return code(ExitCode::run_failed);
  }
  catch (const std::bad_alloc &)
  {
    std::cerr << "The memory of this machine does not suffice for so many cells and fields: take larger cells, or more "
                 "machines. What has been written so far stays good."
              << std::endl;
    if (dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD) > 1)
      MPI_Abort(MPI_COMM_WORLD, code(ExitCode::run_failed));
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
