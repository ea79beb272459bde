// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Radio-frequency needles: the reference pair on a fine mesh (`benchmark_rf_lesion reference`), and how lesions depend
// on pulse, power and tip (`benchmark_rf_lesion lesions > lesions.csv`, drawn by lesions.py).
#include "processes/electro_thermal.h"
#include "processes/lesion.h"

#include <deal.II/base/mpi.h>

#include <cstdio>
#include <iostream>
#include <string>

using namespace cutis;

namespace
{
  /** One line of the table of reference values. */
  void compare(const std::string &what, const double value, const double reference)
  {
    std::printf(
      "| %s | %.5g | %.5g | %+.2f %% |\n", what.c_str(), value, reference, 100. * (value - reference) / reference);
    std::fflush(stdout);
  }

  RfDrive power(const double watts)
  {
    RfDrive drive;
    drive.control = RfDrive::Control::power;
    drive.target  = watts;
    return drive;
  }

  /** Rises per watt at three times, lesions and resistance of the reference pair; its tissue is uniform. */
  struct Reference
  {
    bool        hole;
    double      watts;
    const char *name;
    double      early[3], late[3]; ///< K/W after .1 s and .5 s beside the metal, between the needles, below the end
    double      collagen, cells;   ///< mm^3
  };

  void run_reference(const Reference &reference, const TreatmentGrading &grading)
  {
    const dealii::Point<3> places[] = {{.5074, 0., -1.35}, {0., 0., -1.35}, {.625, 0., -1.6}};
    const char            *names[]  = {"beside", "between", "below"};
    TreatmentCell<3>       cell;
    make_needle_pair(NeedleGeometry(), {{Layer::dermis, 4.}}, grading, cell);
    ElectroThermalSetting setting;
    setting.tissues                = TissueTable::uniform({.25, .40, 1115., 3450.});
    setting.conductivity.slope     = 0.;
    setting.water                  = BoilingWater::never();
    setting.heat.start_temperature = 35.;
    setting.heat.needle_as_hole    = reference.hole;
    ElectroThermal<3>   session(cell, setting);
    TreatmentSampler<3> sampler(session.space());
    const std::string   name   = reference.name;
    const auto          report = [&](const std::string &time, const double(&expected)[3])
    {
      for (unsigned int i = 0; i < 3; ++i)
      {
        sampler.go_to(places[i]);
        const double rise = sampler.value(session.temperature()) - setting.heat.start_temperature;
        compare(name + ", " + time + ", " + names[i] + " [K/W]", rise / reference.watts, expected[i]);
      }
    };
    if (reference.early[0] > 0.)
    {
      compare(name + ", resistance [ohm]", 1. / session.conductance(), 3968.);
      session.apply(power(reference.watts), .1);
      report(".1 s", reference.early);
      session.apply(power(reference.watts), .4);
      report(".5 s", reference.late);
    }
    else
      session.apply(power(reference.watts), .5);
    session.apply(RfDrive(), 5.);
    const std::string at = name + ", " + std::to_string(reference.watts).substr(0, 4) + " W, ";
    compare(
      at + "collagen [mm^3]", measure_lesion(session.space(), session.collagen_damage()).volume, reference.collagen);
    compare(at + "cells [mm^3]", measure_lesion(session.space(), session.cell_damage()).volume, reference.cells);
    const HeatBalance heat = session.balance();
    std::printf("%zu steps, %u nodes, balance of heat %.1e\n",
                session.history().size(),
                session.space().n_nodes(),
                (heat.supplied - heat.stored - heat.lost) / heat.supplied);
  }

  void run_references()
  {
    TreatmentGrading grading;
    grading.finest = .002, grading.growth = .5, grading.largest = .5;
    std::puts("| quantity | Cutis | reference | difference |\n|---|---|---|---|");
    run_reference({true, .5, "hole", {101.78, 4.798, 60.65}, {209.10, 36.03, 147.87}, .2830, .7005}, grading);
    run_reference({true, .25, "hole", {}, {}, .0428, .2147}, grading);
    run_reference({true, .30, "hole", {}, {}, .0873, .3041}, grading);
    run_reference({false, .5, "steel", {52.5, 4.79, 48.4}, {114.8, 32.4, 111.9}, .1748, .560}, grading);
  }

  /** One line of the survey: a pair in layered skin at a held power. */
  void survey(const double tip, const double pulse_length, const double watts)
  {
    NeedleGeometry needle;
    needle.exposed_length = tip;
    TreatmentCell<3> cell;
    make_needle_pair(needle, {{Layer::epidermis, .1}, {Layer::dermis, 1.7}, {Layer::hypodermis, 2.2}}, {}, cell);
    ElectroThermal<3> session(cell, ElectroThermalSetting());
    RfPulse           pulse;
    pulse.power = watts, pulse.length = pulse_length, pulse.cooling = 3.;
    session.fire(pulse);
    const Lesion  collagen = measure_lesion(session.space(), session.collagen_damage());
    const Lesion  cells    = measure_lesion(session.space(), session.cell_damage());
    SessionRecord end      = session.history().front();
    for (const SessionRecord &record : session.history())
      if (record.power > 0.)
        end = record;
    std::printf("%g,%g,%g,%.4g,%.4g,%.3f,%.4f,%.3f,%.3f,%.3f,%.4f,%.3f,%.3f,%.3f\n",
                tip,
                pulse_length,
                watts,
                session.history().front().resistance(),
                end.resistance(),
                session.peak_temperature(),
                collagen.volume,
                collagen.width,
                collagen.top,
                collagen.bottom,
                cells.volume,
                cells.width,
                cells.top,
                cells.bottom);
    std::fflush(stdout);
  }

  void run_survey()
  {
    std::puts("tip [mm],pulse [s],power [W],first resistance [ohm],last resistance [ohm],peak [degC],"
              "collagen volume [mm^3],collagen width [mm],collagen top [mm],collagen bottom [mm],"
              "cells volume [mm^3],cells width [mm],cells top [mm],cells bottom [mm]");
    for (const double tip : {.3, .6})
      for (const double pulse : {.1, .5})
        for (const double energy : {.1, .2, .3})
          survey(tip, pulse, energy / pulse);
  }
} // namespace

int main(int argc, char **argv)
{
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  const std::string                        task = argc > 1 ? argv[1] : "";
  if (task == "reference")
    run_references();
  else if (task == "lesions")
    run_survey();
  else
    std::cerr << "Usage: benchmark_rf_lesion reference|lesions\n";
  return task == "reference" || task == "lesions" ? 0 : 2;
}
