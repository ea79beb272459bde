// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"
#include "processes/mechanics/mechanics.h"
#include "processes/transport/transport_kinetics.h"

namespace cutis
{
  /**
   * A time step of everything: the fields with the tension that cells felt at its beginning, then fibres and
   * displacement. Without mechanics it is the step of the fields alone.
   */
  template <int dim>
  class CoupledStep
  {
  public:
    CoupledStep(TransportKinetics &fields, Mechanics<dim> *mechanics) : fields_(fields), mechanics_(mechanics) {}

    /** Error over the tolerance. StepRejected if the step must be repeated smaller; `state` is then as before. */
    double advance(State &state, const double h)
    {
      if (!mechanics_)
        return fields_.advance(state, h);
      const NodalVector before = copy_of(state.fields), displacement = copy_of(state.displacement),
                        fibres = copy_of(state.fibres);
      const double error = fields_.advance(state, h, {&mechanics_->stretch(), mechanics_->guided_edges()});
      try
      {
        mechanics_->advance(before, h, state);
        return error;
      }
      catch (const StepRejected &rejection)
      {
        state.fields = copy_of(before);
        state.displacement = copy_of(displacement);
        state.fibres = copy_of(fibres);
        mechanics_->look(state);
        throw StepRejected(rejection.reason, rejection.what(), .5 * h);
      }
    }

  private:
    TransportKinetics &fields_;
    Mechanics<dim> *mechanics_;
  };
} // namespace cutis
