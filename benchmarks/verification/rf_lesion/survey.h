// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/electro_thermal/electro_thermal.h"
#include "processes/electro_thermal/lesion.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

namespace cutis
{
  /**
   * One firing of the survey. The standard is half a watt for half a second into the skin of the cheek. The mesh of a
   * pair is coarser than usual, which costs 1.5 % of the volume of collagen and .3 % of that of cells.
   */
  struct Firing
  {
    std::string series = "standard";
    NeedleGeometry needle;
    RfPulse pulse;
    double slope = .02; ///< of the conductivity [1/K]
    TreatmentGrading of_pair, of_single;
    std::vector<LayerExtent> layers = {{Layer::epidermis, .1}, {Layer::dermis, 1.7}, {Layer::hypodermis, 2.2}};

    explicit Firing(const std::string &series = "standard") : series(series)
    {
      pulse.power = .5;
      of_pair.finest = .012, of_pair.growth = 1.2;
      of_single.finest = .003, of_single.growth = .5;
    }

    ElectroThermalSetting setting() const
    {
      ElectroThermalSetting setting;
      setting.conductivity.slope = slope;
      return setting;
    }
  };

  /** A finished session and what it took. */
  template <int dim>
  struct Fired
  {
    TreatmentCell<dim> cell;
    std::optional<ElectroThermal<dim>> session;
    double seconds = 0.;

    template <typename Fire>
    void run(const Firing &firing, const Fire &fire)
    {
      if constexpr (dim == 3)
        make_needle_pair(firing.needle, firing.layers, firing.of_pair, cell);
      else
        make_single_needle(firing.needle, firing.layers, firing.of_single, cell);
      const auto start = std::chrono::steady_clock::now();
      session.emplace(cell, firing.setting());
      fire(*session);
      seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
  };

  inline void print_survey_header()
  {
    std::printf("series,model,polarity,drive,target,slope [1/K],pulse [s],tip [mm],depth [mm],pitch [mm],"
                "first resistance [ohm],last resistance [ohm],energy [J],last sensor [degC],peak [degC],boiled [mm^3]");
    for (const char *tissue : {"collagen", "cells"})
      for (const char *what : {"volume [mm^3]", "width [mm]", "inner [mm]", "outer [mm]", "top [mm]", "bottom [mm]"})
        std::printf(",%s %s", tissue, what);
    std::puts(",nodes,steps,seconds");
  }

  inline void print(const Lesion &lesion, const double needles)
  {
    std::printf(",%.5f,%.3f,%.3f,%.3f,%.3f,%.3f",
                lesion.volume / needles,
                lesion.width,
                lesion.inner,
                lesion.outer,
                lesion.top,
                lesion.bottom);
  }

  /** The last moment of the pulse; a held temperature may need no power in between. */
  inline const SessionRecord &end_of_pulse(const std::vector<SessionRecord> &history)
  {
    const auto driven = [](const SessionRecord &record) { return record.power > 0.; };
    return *std::find_if(history.rbegin(), history.rend(), driven);
  }

  /** One line of the survey; energy and volumes are those of one needle, resistances of what was computed. */
  template <int dim>
  void print(const Firing &firing, const std::string &model, const Fired<dim> &fired)
  {
    const ElectroThermal<dim> &session = *fired.session;
    const double needles = dim == 3 ? 2. : 1.;
    const SessionRecord &end = end_of_pulse(session.history());
    std::printf("%s,%s,%s,%s,%.5g,%g,%g,%g,%g,%g",
                firing.series.c_str(),
                model.c_str(),
                firing.needle.polarity.c_str(),
                firing.pulse.control.c_str(),
                firing.pulse.drive().target,
                firing.slope,
                firing.pulse.length,
                firing.needle.exposed_length,
                firing.needle.tip_depth,
                firing.needle.pitch);
    std::printf(",%.1f,%.1f,%.5f,%.2f,%.2f,%.5f",
                session.history().front().resistance(),
                end.resistance(),
                session.balance().supplied / needles,
                end.sensor,
                session.peak_temperature(),
                session.boiled_volume() / needles);
    print(measure_lesion(session.space(), session.collagen_damage()), needles);
    print(measure_lesion(session.space(), session.cell_damage()), needles);
    std::printf(",%u,%zu,%.1f\n", session.space().n_nodes(), session.history().size(), fired.seconds);
    std::fflush(stdout);
  }

  /** A needle through which the current of `history` flows, step by step. */
  inline void
  follow_current(ElectroThermal<2> &session, const std::vector<SessionRecord> &history, const double cooling)
  {
    RfDrive drive;
    drive.control = RfDrive::Control::current;
    double before = history.front().current();
    for (const SessionRecord &record : history)
    {
      if (record.power == 0.)
        break;
      drive.target = std::sqrt(.5 * (before * before + record.current() * record.current()));
      session.apply(drive, record.time - session.time());
      before = record.current();
    }
    session.apply(RfDrive(), cooling);
  }

  /**
   * The pair, and single needles that begin with its current, stand in its circuit, or follow its recorded current.
   * Returns the history of the pair.
   */
  inline std::vector<SessionRecord> survey(const Firing &firing)
  {
    Fired<3> pair;
    pair.run(firing, [&](ElectroThermal<3> &session) { session.fire(firing.pulse); });
    print(firing, "pair", pair);
    const std::vector<SessionRecord> &history = pair.session->history();
    const double resistance_of_pair = history.front().resistance();

    const auto single = [&](const std::string &model, const auto &fire)
    {
      Fired<2> needle;
      needle.run(firing, fire);
      print(firing, model, needle);
    };
    single("circuit",
           [&](ElectroThermal<2> &session)
           {
             RfPulse pulse = firing.pulse;
             pulse.circuit = {2., .5 * resistance_of_pair - 1. / session.conductance()};
             session.fire(pulse);
           });
    if (firing.pulse.control == "temperature") // which needs no current from elsewhere
      return history;
    single("first current",
           [&](ElectroThermal<2> &session)
           {
             RfPulse pulse = firing.pulse;
             const double ratio = 1. / (session.conductance() * resistance_of_pair);
             pulse.power *= ratio;
             pulse.voltage *= ratio;
             session.fire(pulse);
           });
    single("recorded", [&](ElectroThermal<2> &session) { follow_current(session, history, firing.pulse.cooling); });
    return history;
  }

  /** A single needle against a distant electrode. */
  inline void survey_monopolar(const Firing &firing)
  {
    Fired<2> needle;
    needle.run(firing, [&](ElectroThermal<2> &session) { session.fire(firing.pulse); });
    print(firing, "single needle", needle);
  }
} // namespace cutis
