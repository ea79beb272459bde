// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/electro_thermal/electro_thermal.h"

#include "base/errors.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "numerics/integrator/tr_bdf2.h"
#include "processes/electro_thermal/temperature_control.h"

#include <algorithm>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr double smallest_step = 1e-9; ///< s

    /** Smaller rises harm nothing, so that errors are not measured against them [K]. */
    constexpr double significant_rise = 10.;

    /** Factor for the next step after an error measured against the tolerance, for a method of order two. */
    double step_factor(const double error)
    {
      return std::clamp(.9 / std::cbrt(std::max(error, 1e-6)), .2, 3.);
    }
  } // namespace

  template <int dim>
  ElectroThermal<dim>::ElectroThermal(const TreatmentCell<dim> &cell, const ElectroThermalSetting &setting)
    : setting_(setting)
    , space_(cell, setting.degree)
    , potential_(space_, setting_.tissues, setting_.conductivity)
    , heat_(space_, setting_.tissues, setting_.heat)
    , peak_(setting.heat.start_temperature)
    , rise_(space_.n_nodes())
    , latent_(space_.n_nodes())
    , highest_(temperature())
    , collagen_(space_.n_nodes())
    , cells_(space_.n_nodes())
    , has_boiled_(space_.n_nodes(), false)
  {
  }

  template <int dim>
  typename ElectroThermal<dim>::Nodal ElectroThermal<dim>::temperature() const
  {
    Nodal temperature = rise_;
    temperature.add(setting_.heat.start_temperature);
    return temperature;
  }

  template <int dim>
  double ElectroThermal<dim>::sensor_of(const Nodal &rise) const
  {
    const double area = space_.electrode_area.mean_value() * space_.n_nodes();
    return area > 0. ? space_.electrode_area * rise / area : 0.;
  }

  template <int dim>
  double ElectroThermal<dim>::boiled_volume() const
  {
    double volume = 0.;
    for (unsigned int i = 0; i < space_.n_nodes(); ++i)
      if (has_boiled_[i])
        volume += space_.tissue_volume(i);
    return space_.cell.copies * volume;
  }

  template <int dim>
  HeatBalance ElectroThermal<dim>::balance() const
  {
    Nodal heat(space_.n_nodes());
    heat_.apply_mass(heat, rise_);
    heat += latent_;
    return {supplied_, space_.cell.copies * heat_.total(heat), lost_, drawn_};
  }

  template <int dim>
  void ElectroThermal<dim>::fire(const RfPulse &pulse)
  {
    if (pulse.regulated())
      hold_with_controller(*this, pulse);
    else
      apply(pulse.drive(), pulse.length);
    apply(RfDrive(), pulse.cooling);
  }

  template <int dim>
  void ElectroThermal<dim>::apply(const RfDrive &drive, const double duration, const double first_step)
  {
    const double end = time_ + duration;
    double step = fixed_step.value_or(std::min(first_step, duration));
    Trial trial;
    last_power_ = 0.;
    while (time_ < end * (1. - 1e-12))
    {
      if (interrupt_requested()) // each rank fires by itself
        throw Interrupted();
      begin_step(drive, trial);
      while (true)
      {
        // Two equal steps to the end are better than a whole one and a tiny rest.
        const double left = end - time_;
        const double length = left <= step * (1. + 1e-9) ? left : left < 2. * step && !fixed_step ? .5 * left : step;
        compute(drive, length, trial);
        if (fixed_step || trial.error <= 1.)
        {
          accept(drive, length, trial);
          if (!fixed_step)
            step = std::max(step, length) * step_factor(trial.error);
          break;
        }
        ++rejected_;
        step = length * std::min(step_factor(trial.error), .7);
        if (!(step > smallest_step))
          throw RunFailed("The heat around the needles changes too fast to be followed at " + format_number(time_) +
                          " s; is the power far too high?");
      }
    }
  }

  template <int dim>
  void ElectroThermal<dim>::begin_step(const RfDrive &drive, Trial &trial)
  {
    trial.stage[0] = rise_;
    if (drive.control == RfDrive::Control::off)
    {
      trial.power.fill(0.);
      trial.conductance.fill(0.);
      for (Nodal &load : trial.load)
        load.reinit(space_.n_nodes());
      return;
    }
    const JouleHeat &heat = potential_.solve(temperature());
    trial.load[0] = heat.load;
    trial.conductance[0] = heat.conductance;
    trial.power[0] = drive.power(heat.conductance);
    if (drive.control == RfDrive::Control::temperature && last_power_ > 0.)
      trial.power[0] = last_power_;
  }

  template <int dim>
  typename ElectroThermal<dim>::Nodal ElectroThermal<dim>::source(const Trial &trial, const unsigned int stage) const
  {
    Nodal heat = trial.load[stage];
    heat *= trial.power[stage];
    return heat;
  }

  /** (M + d h K)(u1 - u0) = d h (2 (g - K u0) + q0 + q1), with q1 = q0: what the potential changes comes afterwards. */
  template <int dim>
  void ElectroThermal<dim>::inner_stage(const double step,
                                        const Nodal &start,
                                        const Nodal &load,
                                        const bool external,
                                        Nodal &inner)
  {
    Nodal right_side(space_.n_nodes());
    heat_.net_flow(right_side, start, external);
    right_side += load;
    heat_.clear_inactive(right_side);
    right_side *= 2. * TrBdf2::diagonal * step;
    inner.reinit(space_.n_nodes());
    heat_.solve(TrBdf2::diagonal * step, inner, right_side);
    inner += start;
  }

  /** (M + d h K)(u2 - u0) = h (w (F0 + F1) + d (g - K u0 + q2)) with the slopes Fi = g - K ui + qi. */
  template <int dim>
  void ElectroThermal<dim>::end_stage(const double step,
                                      const std::array<Nodal, 3> &stage,
                                      const std::array<Nodal, 3> &load,
                                      const bool external,
                                      Nodal &end)
  {
    Nodal right_side(space_.n_nodes()), flow(space_.n_nodes());
    heat_.net_flow(flow, stage[0], external);
    right_side.add(TrBdf2::outer + TrBdf2::diagonal, flow, TrBdf2::outer, load[0]);
    heat_.net_flow(flow, stage[1], external);
    right_side.add(TrBdf2::outer, flow, TrBdf2::outer, load[1]);
    right_side.add(TrBdf2::diagonal, load[2]);
    heat_.clear_inactive(right_side);
    right_side *= step;
    // The change so far, continued, is a good guess.
    end = stage[1];
    end -= stage[0];
    end /= TrBdf2::gamma;
    heat_.solve(TrBdf2::diagonal * step, end, right_side);
    end += stage[0];
  }

  template <int dim>
  void ElectroThermal<dim>::compute(const RfDrive &drive, const double step, Trial &trial)
  {
    inner_stage(step, trial.stage[0], source(trial, 0), true, trial.stage[1]);
    if (drive.control != RfDrive::Control::off)
    {
      Nodal temperature = trial.stage[1];
      temperature.add(setting_.heat.start_temperature);
      const JouleHeat &heat = potential_.solve(temperature);
      const double on = 1. / TrBdf2::gamma;
      trial.load[1] = heat.load;
      trial.load[2] = heat.load;
      trial.load[2].sadd(on, 1. - on, trial.load[0]);
      trial.conductance[1] = heat.conductance;
      trial.conductance[2] = on * heat.conductance + (1. - on) * trial.conductance[0];
      for (const unsigned int i : {1, 2})
        trial.power[i] = drive.power(trial.conductance[i]);
    }
    if (drive.control == RfDrive::Control::temperature)
      hold(drive, step, trial);
    else
      end_stage(step, trial.stage, {{source(trial, 0), source(trial, 1), source(trial, 2)}}, true, trial.stage[2]);
    trial.error = fixed_step ? 0. : estimate_error(step, trial);
  }

  /** The end of the step is A + P B: A without a source, B from rest at a power of one. */
  template <int dim>
  void ElectroThermal<dim>::hold(const RfDrive &drive, const double step, Trial &trial)
  {
    const Nodal nothing(space_.n_nodes());
    std::array<Nodal, 3> cooling, heating;
    cooling[0] = trial.stage[0];
    inner_stage(step, cooling[0], nothing, true, cooling[1]);
    end_stage(step, cooling, {{nothing, nothing, nothing}}, true, cooling[2]);
    heating[0] = nothing;
    inner_stage(step, nothing, trial.load[0], false, heating[1]);
    end_stage(step, heating, trial.load, false, heating[2]);

    const double missing = drive.target - setting_.heat.start_temperature - sensor_of(cooling[2]);
    const double largest = *std::min_element(trial.power.begin() + 1, trial.power.end());
    const double power = std::clamp(missing / sensor_of(heating[2]), 0., largest);
    trial.power.fill(power);
    for (const unsigned int i : {1, 2})
    {
      trial.stage[i] = cooling[i];
      trial.stage[i].add(power, heating[i]);
    }
  }

  template <int dim>
  double ElectroThermal<dim>::estimate_error(const double step, const Trial &trial)
  {
    Nodal right_side(space_.n_nodes()), flow(space_.n_nodes()), error(space_.n_nodes());
    for (unsigned int i = 0; i < 3; ++i)
    {
      heat_.net_flow(flow, trial.stage[i]);
      right_side.add(TrBdf2::error_weights()[i], flow, TrBdf2::error_weights()[i] * trial.power[i], trial.load[i]);
    }
    heat_.clear_inactive(right_side);
    right_side *= step;
    heat_.solve(TrBdf2::diagonal * step, error, right_side, 1e-3);
    for (unsigned int i = 0; i < space_.n_nodes(); ++i)
      if (latent_(i) > 0.) // its water boils: whatever the step says of its temperature, it is known
        error(i) = 0.;
    return error.linfty_norm() / (setting_.tolerance * std::max(significant_rise, trial.stage[2].linfty_norm()));
  }

  template <int dim>
  void ElectroThermal<dim>::accept(const RfDrive &drive, const double step, const Trial &trial)
  {
    Nodal flow(space_.n_nodes());
    for (unsigned int i = 0; i < 3; ++i)
    {
      heat_.net_flow(flow, trial.stage[i]);
      lost_ -= space_.cell.copies * step * TrBdf2::weights()[i] * heat_.total(flow);
      supplied_ += step * TrBdf2::weights()[i] * trial.power[i];
      drawn_ += step * TrBdf2::weights()[i] * drive.drawn(trial.power[i], trial.conductance[i]);
    }
    const Nodal before = temperature();
    rise_ = trial.stage[2];
    boil();
    const Nodal after = temperature();
    time_ += step;
    last_power_ = trial.power[2];

    double hottest = setting_.heat.start_temperature;
    for (unsigned int i = 0; i < space_.n_nodes(); ++i)
    {
      collagen_(i) = setting_.collagen.advance(collagen_(i), before(i), after(i), step);
      cells_(i) = setting_.cells.advance(cells_(i), before(i), after(i), step);
      highest_(i) = std::max(highest_(i), after(i));
      if (space_.in_tissue[i])
        hottest = std::max(hottest, after(i));
      if (!std::isfinite(after(i)))
        throw RunFailed("The temperature around the needles is not a number any more.");
    }
    peak_ = std::max(peak_, hottest);
    history_.push_back({time_, trial.power[2], trial.conductance[2], sensor(), hottest});
    if (on_step)
      on_step({step, before, after});
  }

  /** Heat above the boiling point goes into steam as long as there is water, and comes back below it. */
  template <int dim>
  void ElectroThermal<dim>::boil()
  {
    const double highest = setting_.water.temperature - setting_.heat.start_temperature;
    // Vertices on an axis of symmetry stand for no volume: r times their quadratic function integrates to zero.
    const double least_volume = 1e-9 * space_.tissue_volume.linfty_norm();
    for (unsigned int i = 0; i < space_.n_nodes(); ++i)
    {
      if (!heat_.is_active(i) || !(space_.tissue_volume(i) > least_volume) || (rise_(i) <= highest && latent_(i) == 0.))
        continue;
      has_boiled_[i] = true;
      const double capacity = heat_.capacity()(i);
      const double most = setting_.water.latent_heat * cubic_metre * space_.tissue_volume(i);
      const double surplus = capacity * (rise_(i) - highest);
      const double moved = std::clamp(surplus, -latent_(i), most - latent_(i));
      latent_(i) += moved;
      rise_(i) -= moved / capacity;
    }
  }

  template class ElectroThermal<2>;
  template class ElectroThermal<3>;
} // namespace cutis
