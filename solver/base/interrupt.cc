// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/interrupt.h"

#include "base/errors.h"

#include <array>
#include <csignal>
#include <initializer_list>

namespace cutis
{
  namespace
  {
    volatile std::sig_atomic_t requested = 0;

    extern "C" void note_interrupt(int)
    {
      requested = 1;
    }

    std::array<bool, NSIG> ignored_by_caller = {};

    void ask_what_the_caller_ignores(int, char **, char **)
    {
      struct sigaction before = {};
      for (int signal = 1; signal < NSIG; ++signal)
        ignored_by_caller[signal] = sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
    }

    // Before the libraries are initialised: UCX, which Open MPI 5 brings, then takes SIGHUP for itself.
    [[gnu::section(".preinit_array"),
      gnu::used]] void (*const ask_first)(int, char **, char **) = ask_what_the_caller_ignores;

    /** Note a signal, unless whoever started this process has it ignored, as nohup does with the end of a terminal. */
    void note(const int signal, const int flags)
    {
      if (ignored_by_caller[signal])
      {
        std::signal(signal, SIG_IGN);
        return;
      }
      struct sigaction action = {};
      action.sa_handler = note_interrupt;
      sigemptyset(&action.sa_mask);
      action.sa_flags = flags;
      sigaction(signal, &action, nullptr);
    }
  } // namespace

  void catch_interrupts()
  {
    // SA_RESTART: a write that is under way is to be completed.
    for (const int signal : {SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU})
      note(signal, SA_RESTART);
    note(SIGINT, SA_RESTART | SA_RESETHAND); // the second Ctrl-C finds the usual handler
    // Their causes come back as errors of the write, which have sentences.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
  }

  bool interrupt_requested() noexcept
  {
    return requested != 0;
  }

  void stop_if_interrupted(MPI_Comm communicator)
  {
    int any = interrupt_requested() ? 1 : 0;
    MPI_Allreduce(MPI_IN_PLACE, &any, 1, MPI_INT, MPI_MAX, communicator);
    if (any)
      throw Interrupted();
  }
} // namespace cutis
