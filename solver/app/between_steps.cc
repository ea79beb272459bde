// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/between_steps.h"

#include <vector>

namespace cutis
{
  namespace
  {
    /**
     * A step that is shorter than the next one, or the one before, by more than this does not serve: the difference of
     * its ends, round-off and kinks, would be scaled up by the square of the ratio. Steps grow by factors of four at
     * most, but one that lands on the end, or lets a new mesh settle, may be tiny.
     */
    constexpr double most_growth = 10.;

    constexpr double round_off = 1e-13; // of sums over all nodes

    /** The fields at a moment [d]. */
    struct Known
    {
      double time;
      const double *values;
    };

    /** Weights of the values at these moments in the polynomial through them. */
    std::vector<double> weights_at(const double time, const std::vector<Known> &known)
    {
      std::vector<double> weights(known.size(), 1.);
      for (std::size_t i = 0; i < known.size(); ++i)
        for (std::size_t j = 0; j < known.size(); ++j)
          if (j != i)
            weights[i] *= (time - known[j].time) / (known[i].time - known[j].time);
      return weights;
    }

    /** In differences from `base`, so that what does not change keeps its bits. */
    double value_of(const std::vector<Known> &known,
                    const std::vector<double> &weights,
                    const double base,
                    const unsigned int k)
    {
      double value = base;
      for (std::size_t i = 0; i < known.size(); ++i)
        value += weights[i] * (known[i].values[k] - base);
      return value;
    }

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
    const Known begin{from_, former_.begin()}, end{clock.time, state_.fields().begin()};
    std::vector<Known> earlier;
    for (std::size_t k = 0; k < clock.earlier.size() && clock.earlier[k] != Clock::never; ++k)
      earlier.push_back({clock.earlier[k], state_[earlier_fields_blocks[k]].begin()});
    // Around the moment: the step that has just been made, or the one before it.
    const bool in_last = time > from_ + Clock::resolution;
    const std::vector<Known> around = in_last ? std::vector<Known>{begin, end} : std::vector<Known>{earlier[0], begin};
    std::vector<Known> known = around;
    if (in_last && !earlier.empty())
      known.push_back(earlier[0]);
    if (!in_last && earlier.size() > 1)
      known.push_back(earlier[1]);
    if (!in_last && most_growth * (end.time - begin.time) > begin.time - earlier[0].time)
      known.push_back(end);

    const unsigned int n_fields = state_.blocks.front().n_components();
    const std::vector<double> weights = weights_at(time, known), of_line = weights_at(time, around);
    if (shown_.size() == 0)
      shown_.reinit(former_, true);
    for (unsigned int k = 0; k < former_.locally_owned_size(); ++k)
      shown_.local_element(k) = value_of(known, weights, begin.values[k], k);
    // The totals of a straight line are not negative, and accounts are balanced if all have the same bend.
    if (counted_.any_total_is_negative(shown_, round_off))
      for (unsigned int k = 0; k < former_.locally_owned_size(); ++k)
        if (counted_.volume(k % n_fields))
          shown_.local_element(k) = value_of(around, of_line, begin.values[k], k);
    counted_.clip(shown_);
  }

  void BetweenSteps::remember()
  {
    Clock &clock = state_.clock;
    if (clock.next_step > most_growth * (clock.time - from_))
      return;
    state_[earlier_fields_blocks[1]].swap(state_[earlier_fields_blocks[0]]);
    state_[earlier_fields_blocks[0]].swap(former_);
    clock.earlier = {{from_, clock.earlier[0]}};
  }
} // namespace cutis
