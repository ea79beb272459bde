// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/interrupt.h"

#include <csignal>

namespace cutis
{
  namespace
  {
    volatile std::sig_atomic_t requested = 0;

    extern "C" void note_interrupt(int)
    {
      requested = 1;
    }
  } // namespace


  void catch_interrupts()
  {
    struct sigaction action = {};
    action.sa_handler = note_interrupt;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART; // a write that is under way is to be completed
    sigaction(SIGTERM, &action, nullptr);
    action.sa_flags = SA_RESTART | SA_RESETHAND; // the second Ctrl-C finds the usual handler
    sigaction(SIGINT, &action, nullptr);
  }


  bool interrupt_requested() noexcept
  {
    return requested != 0;
  }
} // namespace cutis
