// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/coupled_step.h"

#include "base/errors.h"

#include <algorithm>

namespace cutis
{
  double CoupledStep::advance(State &state, const double h)
  {
    Surroundings surroundings;
    for (const auto &process : processes_)
      process->surround(surroundings);
    if (processes_.size() == 1) // nobody comes after it who could reject what it did: no copy of the state is kept
      return processes_.front()->advance(state.fields(), h, surroundings, state);
    before_ = state.blocks;
    std::size_t turn = 0;
    try
    {
      double error = 0.;
      for (; turn < processes_.size(); ++turn)
        error = std::max(error, processes_[turn]->advance(before_.front().values, h, surroundings, state));
      return error;
    }
    catch (StepRejected &rejection)
    {
      take_back(turn, state);
      if (!(rejection.suggested_step > 0.))
        rejection.suggested_step = .5 * h;
      throw;
    }
    catch (const Interrupted &)
    {
      take_back(turn, state);
      throw;
    }
  }

  /** The state before the step, in which the processes up to this turn had moved on. */
  void CoupledStep::take_back(const std::size_t turn, State &state)
  {
    state.blocks = before_;
    for (std::size_t p = 0; p <= turn; ++p)
      processes_[p]->restore(state);
  }
} // namespace cutis
