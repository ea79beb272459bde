// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/first_rank.h"

#include "base/errors.h"

#include <deal.II/base/exceptions.h>
#include <deal.II/base/mpi.h>

#include <utility>

namespace cutis
{
  namespace
  {
    enum class Verdict : char
    {
      done,
      bad_input,
      run_failed
    };

    using Outcome = std::pair<Verdict, std::string>;

    Outcome attempt(const std::function<std::string()> &task)
    {
      try
      {
        return {Verdict::done, task()};
      }
      catch (const BadInput &error)
      {
        return {Verdict::bad_input, error.what()};
      }
      catch (const std::exception &error)
      {
        return {Verdict::run_failed, error.what()};
      }
    }

    /** The first line of what went wrong; deal.II adds pages about the place in its source. */
    std::string reason(const std::exception &error)
    {
      if (const auto *of_library = dynamic_cast<const dealii::ExceptionBase *>(&error))
        return std::string("deal.II reports ") + of_library->get_exc_name();
      return error.what();
    }
  } // namespace

  bool is_first_rank(MPI_Comm communicator)
  {
    return dealii::Utilities::MPI::this_mpi_process(communicator) == 0;
  }

  std::string broadcast(const std::string &text, MPI_Comm communicator)
  {
    return dealii::Utilities::MPI::broadcast(communicator, text, 0);
  }

  std::string text_of_first_rank(MPI_Comm communicator, const std::function<std::string()> &task)
  {
    Outcome outcome{Verdict::done, ""};
    if (is_first_rank(communicator))
      outcome = attempt(task);
    const std::string message =
      broadcast(static_cast<char>('0' + static_cast<int>(outcome.first)) + outcome.second, communicator);
    const Verdict verdict = static_cast<Verdict>(message.front() - '0');
    const std::string text = message.substr(1);
    if (verdict == Verdict::bad_input)
      throw BadInput(text);
    if (verdict == Verdict::run_failed)
      throw RunFailed(text);
    return text;
  }

  void on_first_rank(MPI_Comm communicator, const std::function<void()> &task)
  {
    text_of_first_rank(communicator,
                       [&]
                       {
                         task();
                         return std::string();
                       });
  }

  void on_all_ranks(MPI_Comm communicator, const std::string &sentence, const std::function<void()> &task)
  {
    const unsigned int ranks = dealii::Utilities::MPI::n_mpi_processes(communicator);
    const unsigned int rank = dealii::Utilities::MPI::this_mpi_process(communicator);
    std::string what;
    bool failed = false;
    try
    {
      task();
    }
    catch (const std::exception &error)
    {
      failed = true;
      what = reason(error);
    }
    const unsigned int first_failed = dealii::Utilities::MPI::min(failed ? rank : ranks, communicator);
    if (first_failed < ranks)
      throw RunFailed(sentence + " (" + dealii::Utilities::MPI::broadcast(communicator, what, first_failed) + ").");
  }
} // namespace cutis
