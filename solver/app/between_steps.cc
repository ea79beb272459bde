// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/between_steps.h"

namespace cutis
{
  namespace
  {
    /**
     * How much longer than a step the next one may be, so that the beginning of the step still serves. Steps grow by
     * factors of four at most, but one that lands on the end, or lets a new mesh settle, may be much shorter than the
     * next. What its ends differ by, round-off and kinks, would be scaled up by the square of the ratio.
     */
    constexpr double most_growth = 10.;

    /** The state with other fields and another time. */
    class Shown
    {
    public:
      Shown(State &state, NodalVector &fields, const double time)
        : state_(state)
        , fields_(fields)
        , now_(state.clock.time)
      {
        state_.fields().swap(fields_);
        state_.clock.time = time;
      }
      ~Shown()
      {
        state_.fields().swap(fields_);
        state_.clock.time = now_;
      }
      Shown(const Shown &) = delete;
      Shown &operator=(const Shown &) = delete;

    private:
      State &state_;
      NodalVector &fields_;
      const double now_;
    };
  } // namespace

  void BetweenSteps::look_at(const double time, const std::function<void()> &look)
  {
    interpolate(time);
    counted_.graph().complete(shown_, state_.blocks.front().n_components());
    const Shown shown(state_, shown_, time);
    look();
  }

  void BetweenSteps::interpolate(const double time)
  {
    const Clock &clock = state_.clock;
    const double h = clock.time - from_, share = (time - from_) / h;
    const bool bends = clock.earlier > Clock::never;
    const double back = bends ? (from_ - clock.earlier) / h : 1.; // in steps
    const double weight = bends ? share * (share - 1.) / (back * (back + 1.)) : 0.;

    const unsigned int n_fields = state_.blocks.front().n_components();
    if (shown_.size() == 0)
      shown_.reinit(former_, true);
    const double *earlier = state_[earlier_fields_block].begin(), *begin = former_.begin();
    const double *end = state_.fields().begin();
    const auto value = [&](const unsigned int k, const double bend)
    {
      // In differences, so that what does not change keeps its bits.
      const double change = end[k] - begin[k];
      return begin[k] + share * change + bend * (earlier[k] - (begin[k] - back * change));
    };
    for (unsigned int k = 0; k < former_.locally_owned_size(); ++k)
      shown_.local_element(k) = value(k, weight);
    // The totals of a straight line are not negative, and accounts are balanced if all have the same bend.
    if (bends && counted_.any_total_is_negative(shown_))
      for (unsigned int k = 0; k < former_.locally_owned_size(); ++k)
        if (counted_.volume(k % n_fields))
          shown_.local_element(k) = value(k, 0.);
    counted_.clip(shown_);
  }

  void BetweenSteps::remember()
  {
    Clock &clock = state_.clock;
    if (clock.next_step > most_growth * (clock.time - from_))
      return;
    state_[earlier_fields_block].swap(former_);
    clock.earlier = from_;
  }
} // namespace cutis
