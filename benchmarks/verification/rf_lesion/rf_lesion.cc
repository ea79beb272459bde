// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Radio-frequency needles: the reference pair on a fine mesh (`benchmark_rf_lesion reference`), and how lesions depend
// on pulse, power and tip (`benchmark_rf_lesion lesions > lesions.csv`, drawn by lesions.py).
#include "survey.h"

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
    drive.target = watts;
    return drive;
  }

  /** Rises per watt at three times, lesions and resistance of the reference pair; its tissue is uniform. */
  struct Reference
  {
    bool hole;
    double watts;
    const char *name;
    double early[3], late[3]; ///< K/W after .1 s and .5 s beside the metal, between the needles, below the end
    double collagen, cells;   ///< mm^3
  };

  void run_reference(const Reference &reference, const TreatmentGrading &grading)
  {
    const dealii::Point<3> places[] = {{.5074, 0., -1.35}, {0., 0., -1.35}, {.625, 0., -1.6}};
    const char *names[] = {"beside", "between", "below"};
    TreatmentCell<3> cell;
    make_needle_pair(NeedleGeometry(), {{Layer::dermis, 4.}}, grading, cell);
    ElectroThermalSetting setting;
    setting.tissues = TissueTable::uniform({.25, .40, 1115., 3450.});
    setting.conductivity.slope = 0.;
    setting.water = BoilingWater::never();
    setting.heat.start_temperature = 35.;
    setting.heat.needle_as_hole = reference.hole;
    ElectroThermal<3> session(cell, setting);
    TreatmentSampler<3> sampler(session.space());
    const std::string name = reference.name;
    const auto report = [&](const std::string &time, const double(&expected)[3])
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

  /** What one thing at a time does to the lesion of the standard firing. */
  void survey_one_at_a_time()
  {
    for (const double seconds : {.1, .25, 1.})
    {
      Firing firing("pulse");
      firing.pulse.length = seconds;
      survey(firing);
    }
    for (const double exposed : {.15, .6, 1.})
    {
      Firing firing("tip");
      firing.needle.exposed_length = exposed;
      survey(firing);
    }
    for (const double seconds : {.5, 4.})
      for (const double degrees : {52., 57., 62., 67., 72.})
      {
        Firing firing("temperature");
        firing.pulse.control = RfDrive::Control::temperature;
        firing.pulse.temperature = degrees;
        firing.pulse.length = seconds;
        survey(firing);
      }
  }

  /** Where the lesions of a pair merge, and how well a single needle stands for it. */
  void survey_pitch_and_power()
  {
    for (const double pitch : {1., 1.25, 1.5})
      for (const double watts : {.25, .35, .5, .7})
      {
        Firing firing("pitch and power");
        firing.needle.pitch = pitch;
        firing.pulse.power = watts;
        if (pitch != 1.25 || watts != .5)
          survey(firing);
      }
    for (const double watts : {.25, .35, .5})
    {
      Firing firing("uniform tissue");
      firing.layers = {{Layer::dermis, 4.}};
      firing.slope = 0.;
      firing.pulse.power = watts;
      survey(firing);
    }
  }

  /** The controls of the generator, set to what the standard needs if the conductivity does not change. */
  void survey_drives()
  {
    Firing of_power("drive");
    of_power.slope = 0.;
    const std::vector<SessionRecord> reference = survey(of_power);
    const double resistance = reference.front().resistance();
    for (const char *control : {"voltage", "current", "temperature"})
      for (const double slope : {0., .02})
      {
        Firing firing("drive");
        firing.slope = slope;
        firing.pulse.control = control;
        firing.pulse.voltage = std::sqrt(.5 * resistance);
        firing.pulse.current = std::sqrt(.5 / resistance);
        firing.pulse.temperature = std::min(end_of_pulse(reference).sensor, 100.);
        survey(firing);
      }
  }

  void survey_monopolar_currents()
  {
    Firing monopolar("monopolar");
    monopolar.needle.polarity = "monopolar";
    monopolar.pulse.control = RfDrive::Control::current;
    for (const double amperes : {.01, .012, .016})
    {
      monopolar.pulse.current = amperes;
      survey_monopolar(monopolar);
    }
  }

  /** Tips of 3 mm held at 72 degrees for 4 s: in deep dermis, as of needles that enter it at an angle, and across fat.
   */
  void survey_long_tips()
  {
    const std::vector<LayerExtent> deep_dermis = {
      {Layer::epidermis, .1}, {Layer::dermis, 4.4}, {Layer::hypodermis, 1.}};
    for (const bool in_dermis : {true, false})
    {
      Firing firing(in_dermis ? "long tip in dermis" : "long tip across fat");
      if (in_dermis)
        firing.layers = deep_dermis;
      firing.needle.tip_depth = 4.;
      firing.needle.exposed_length = 3.;
      firing.needle.box_depth = 8.;
      firing.pulse.control = RfDrive::Control::temperature;
      firing.pulse.temperature = 72.;
      firing.pulse.length = 4.;
      survey(firing);
    }
  }

  void survey_standard()
  {
    survey(Firing());
    Firing usual("standard on the usual mesh");
    usual.of_pair = TreatmentGrading();
    survey(usual);
  }

  const std::vector<std::pair<std::string, void (*)()>> survey_parts = {{"standard", survey_standard},
                                                                        {"settings", survey_one_at_a_time},
                                                                        {"pitch", survey_pitch_and_power},
                                                                        {"drives", survey_drives},
                                                                        {"monopolar", survey_monopolar_currents},
                                                                        {"long-tips", survey_long_tips}};

  /** All parts, or one of them; false if there is none of that name. */
  bool run_survey(const std::string &part)
  {
    bool found = false;
    for (const auto &[name, run] : survey_parts)
      if (part.empty() || part == name)
      {
        if (!found)
          print_survey_header();
        found = true;
        run();
      }
    return found;
  }
} // namespace

int main(int argc, char **argv)
{
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  const std::string task = argc > 1 ? argv[1] : "";
  bool known = true;
  if (task == "reference")
    run_references();
  else
    known = task == "lesions" && run_survey(argc > 2 ? argv[2] : "");
  if (!known)
    std::cerr
      << "Usage: benchmark_rf_lesion reference | lesions [standard|settings|pitch|drives|monopolar|long-tips]\n";
  return known ? 0 : 2;
}
