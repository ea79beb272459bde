// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/heat/rf_pulse.h"
#include "model/heat/thermal_damage.h"
#include "processes/electro_thermal/electric_potential.h"
#include "processes/electro_thermal/heat_conduction.h"

#include <functional>
#include <optional>

namespace cutis
{
  /** The generator and the hottest place at the end of a step. */
  struct SessionRecord
  {
    double time;        ///< s
    double power;       ///< W
    double conductance; ///< S; without a drive zero
    double sensor;      ///< mean of the bare metal [degrees Celsius]
    double peak;        ///< of the tissue [degrees Celsius]

    double resistance() const { return 1. / conductance; }
    double voltage() const { return power > 0. ? std::sqrt(power / conductance) : 0.; }
    double current() const { return std::sqrt(power * conductance); }
  };

  /** Heat of the whole treatment cell since the start [J]; `supplied` equals `stored` and `lost` together. */
  struct HeatBalance
  {
    double supplied = 0., stored = 0., lost = 0.;
    double drawn = 0.; ///< from the generator; differs from `supplied` by what lies besides in its circuit
  };

  /**
   * Current, heat and damage around radio-frequency needles.
   *
   * Heat is stepped with TR-BDF2 and error control. The potential is solved for twice a step, at its start and at its
   * inner stage; the source at the end is extrapolated, which leaves the method of second order. The source is the
   * assembled load of the potential, scaled to the power of the drive, so that the balance of heat closes to round-off.
   * A held temperature is met exactly at the end of every step: the result is A + P B with the response B to a power of
   * one, and P follows within its limits. Water is a plateau of the enthalpy of each node at the boiling point.
   */
  template <int dim>
  class ElectroThermal
  {
  public:
    using Nodal = dealii::Vector<double>;

    /** The state after a step and what the step has changed. */
    struct Step
    {
      double length;               ///< s
      const Nodal &before, &after; ///< temperature [degrees Celsius]
    };

    ElectroThermal(const TreatmentCell<dim> &cell, const ElectroThermalSetting &setting);

    /**
     * Drive, or let cool with `RfDrive()`, for this time [s]. The steps begin anew with the first one: tiny after the
     * drive has been switched. RunFailed if they become tiny by themselves.
     */
    void apply(const RfDrive &drive, double duration, double first_step = 1e-4);
    /** Drive for the length of the pulse, with the controller of the device if it has one, and let cool. */
    void fire(const RfPulse &pulse);

    const TreatmentSpace<dim> &space() const { return space_; }
    double time() const { return time_; } ///< s
    Nodal temperature() const;            ///< degrees Celsius
    const Nodal &collagen_damage() const { return collagen_; }
    const Nodal &cell_damage() const { return cells_; }
    /** Electric conductance at the present temperature [S]. */
    double conductance() { return potential_.solve(temperature()).conductance; }
    /** Mean temperature of the bare metal [degrees Celsius]. */
    double sensor() const { return setting_.heat.start_temperature + sensor_of(rise_); }
    /** Tissue that has reached the boiling point [mm^3]. */
    double boiled_volume() const;
    HeatBalance balance() const;
    double peak_temperature() const { return peak_; }             ///< of the tissue, ever
    const Nodal &highest_temperature() const { return highest_; } ///< of each node, ever
    const std::vector<SessionRecord> &history() const { return history_; }
    unsigned int rejected_steps() const { return rejected_; }

    /** Called after every step. */
    std::function<void(const Step &)> on_step;
    /** Steps of this length [s] instead of error control. */
    std::optional<double> fixed_step;

  private:
    /** A step that may still be rejected. */
    struct Trial
    {
      std::array<Nodal, 3> stage;        ///< rise at the start, the inner stage and the end
      std::array<Nodal, 3> load;         ///< heat of the current at 1 W there
      std::array<double, 3> power;       ///< W
      std::array<double, 3> conductance; ///< S
      double error = 0.;                 ///< against the tolerance
    };

    void begin_step(const RfDrive &drive, Trial &trial);
    void compute(const RfDrive &drive, double step, Trial &trial);
    void hold(const RfDrive &drive, double step, Trial &trial);
    void inner_stage(double step, const Nodal &start, const Nodal &load, bool external, Nodal &inner);
    void end_stage(double step,
                   const std::array<Nodal, 3> &stage,
                   const std::array<Nodal, 3> &load,
                   bool external,
                   Nodal &end);
    Nodal source(const Trial &trial, unsigned int stage) const;
    double estimate_error(double step, const Trial &trial);
    void accept(const RfDrive &drive, double step, const Trial &trial);
    void boil();
    double sensor_of(const Nodal &rise) const;

    const ElectroThermalSetting setting_;
    const TreatmentSpace<dim> space_;
    ElectricPotential<dim> potential_;
    HeatConduction<dim> heat_;

    double time_ = 0., peak_, supplied_ = 0., lost_ = 0., drawn_ = 0., last_power_ = 0.;
    Nodal rise_, latent_, highest_, collagen_, cells_;
    std::vector<bool> has_boiled_;
    std::vector<SessionRecord> history_;
    unsigned int rejected_ = 0;
  };
} // namespace cutis
