// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/rf_lesion.h"

#include "processes/electro_thermal.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace cutis
{
  namespace
  {
    // Of the table [mm]: the logarithm of Omega is smooth, and nothing is damaged farther from a needle.
    constexpr double spacing = .03, farthest = 1.2;

    Place reach_around(const NeedleGeometry &needle)
    {
      const double offset = needle.bipolar() ? .5 * needle.pitch : 0.;
      return {std::min(needle.box_width, offset + farthest),
              std::min(needle.box_width, farthest),
              std::min(needle.box_depth, needle.tip_depth + farthest)};
    }

    template <int dim>
    RfReport report_of(ElectroThermal<dim> &session)
    {
      RfReport report;
      report.steps            = session.history().size();
      report.nodes            = session.space().n_nodes();
      report.first_resistance = session.history().front().resistance();
      for (const SessionRecord &record : session.history())
        if (record.power > 0.)
          report.last_resistance = record.resistance();
      const HeatBalance heat = session.balance();
      report.energy          = heat.supplied;
      report.heat_defect     = heat.supplied > 0. ? (heat.supplied - heat.stored - heat.lost) / heat.supplied : 0.;
      report.peak            = session.peak_temperature();
      report.boiled          = session.boiled_volume();
      report.collagen        = measure_lesion(session.space(), session.collagen_damage());
      report.cells           = measure_lesion(session.space(), session.cell_damage());
      return report;
    }

    /** Damage at a place relative to the middle of the treatment cell; none outside of it. */
    template <int dim>
    LesionDamage damage_at(const ElectroThermal<dim> &session, TreatmentSampler<dim> &sampler, const Place &place)
    {
      if (!sampler.go_to({place.x, place.y, -place.depth}))
        return {};
      return {sampler.damage(session.collagen_damage()), sampler.damage(session.cell_damage())};
    }

    LesionTable fire_pair(const RfMicroneedling       &rf,
                          const ElectroThermalSetting &setting,
                          const TreatmentCell<3>      &cell,
                          RfReport                    &report)
    {
      const NeedleGeometry &needle = rf.array().needle;
      ElectroThermal<3>     session(cell, setting);
      session.fire(rf.pulse());
      report = report_of(session);
      TreatmentSampler<3> sampler(session.space());
      return {reach_around(needle), spacing, [&](const Place &place) { return damage_at(session, sampler, place); }};
    }

    /**
     * The pulse of a single needle that begins with the current of the pair under the same control. As both resistances
     * lie close to the needles and fall alike with the temperature, the currents stay the same.
     */
    RfPulse at_the_current_of_a_pair(RfPulse pulse, const double pair_conductance, const double single_conductance)
    {
      if (pulse.control == "power")
        pulse.power *= pair_conductance / single_conductance;
      else if (pulse.control == "voltage")
        pulse.voltage *= pair_conductance / single_conductance;
      return pulse;
    }

    /** A needle by itself, its lesion at the places of the needles: both of a pair, or the one. */
    LesionTable fire_single(const RfMicroneedling          &rf,
                            const ElectroThermalSetting    &setting,
                            const std::vector<LayerExtent> &layers,
                            RfReport                       &report)
    {
      const NeedleGeometry &needle = rf.array().needle;
      TreatmentCell<2>      cell;
      make_single_needle(needle, layers, {}, cell);
      ElectroThermal<2> session(cell, setting);
      RfPulse           pulse  = rf.pulse();
      double            offset = 0.;
      if (needle.bipolar())
      {
        TreatmentCell<3> pair;
        make_needle_pair(needle, layers, {}, pair);
        pulse  = at_the_current_of_a_pair(pulse, ElectroThermal<3>(pair, setting).conductance(), session.conductance());
        offset = .5 * needle.pitch;
      }
      session.fire(pulse);
      report = report_of(session);
      TreatmentSampler<2> sampler(session.space());
      return {reach_around(needle),
              spacing,
              [&](const Place &place)
              {
                LesionDamage sum = damage_at(session, sampler, {place.x - offset, place.y, place.depth});
                if (needle.bipolar())
                {
                  const LesionDamage other = damage_at(session, sampler, {place.x + offset, place.y, place.depth});
                  sum.collagen += other.collagen;
                  sum.cells += other.cells;
                }
                return sum;
              }};
    }

    nlohmann::ordered_json as_object(const Lesion &lesion)
    {
      return {{"volume_mm3", lesion.volume},
              {"width_mm", lesion.width},
              {"inner_mm", lesion.inner},
              {"outer_mm", lesion.outer},
              {"top_mm", lesion.top},
              {"bottom_mm", lesion.bottom}};
    }
  } // namespace

  RfMicroneedling *firing_needles(const std::vector<std::unique_ptr<Intervention>> &interventions)
  {
    for (const auto &intervention : interventions)
      if (auto *rf = dynamic_cast<RfMicroneedling *>(intervention.get()); rf && rf->fires())
        return rf;
    return nullptr;
  }

  std::vector<Problem> problems_of(const RfMicroneedling &rf, const ElectroThermalSetting &setting)
  {
    std::vector<Problem>       problems = problems_of(rf.pulse(), setting.heat.start_temperature);
    const std::vector<Problem> more     = problems_of(setting);
    problems.insert(problems.end(), more.begin(), more.end());
    return problems;
  }

  std::string RfReport::as_json() const
  {
    const nlohmann::ordered_json object = {{"first_resistance_ohm", first_resistance},
                                           {"last_resistance_ohm", last_resistance},
                                           {"energy_J", energy},
                                           {"heat_balance_defect", heat_defect},
                                           {"peak_temperature_degC", peak},
                                           {"boiled_volume_mm3", boiled},
                                           {"collagen_lesion", as_object(collagen)},
                                           {"cell_lesion", as_object(cells)},
                                           {"nodes", nodes},
                                           {"steps", steps}};
    return object.dump(2) + "\n";
  }

  LesionTable compute_lesion(const RfMicroneedling          &rf,
                             const ElectroThermalSetting    &setting,
                             const std::vector<LayerExtent> &layers,
                             RfReport                       &report)
  {
    const NeedleGeometry &needle = rf.array().needle;
    if (!needle.bipolar() || rf.axisymmetric())
      return fire_single(rf, setting, layers, report);
    TreatmentCell<3> pair;
    make_needle_pair(needle, layers, {}, pair);
    return fire_pair(rf, setting, pair, report);
  }
} // namespace cutis
