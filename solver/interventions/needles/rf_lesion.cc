// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/needles/rf_lesion.h"

#include "base/text.h"
#include "processes/electro_thermal/electro_thermal.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    // Of the table [mm]: the logarithm of Omega is smooth, and nothing is damaged farther from a needle.
    constexpr double spacing = .03, farthest = 1.2;

    /** A needle with its axis of symmetry has so few cells that they may be small. */
    constexpr TreatmentGrading of_single_needle{.003, .5};

    Place reach_around(const NeedleArray &array)
    {
      const NeedleGeometry &needle = array.needle;
      const double depth = std::min(needle.box_depth, needle.tip_depth + farthest);
      if (array.at_once())
        return {.5 * needle.pitch + spacing, .5 * needle.pitch + spacing, depth};
      const double offset = needle.bipolar() ? .5 * needle.pitch : 0.;
      return {std::min(needle.box_width, offset + farthest), std::min(needle.box_width, farthest), depth};
    }

    /** Places of the treatment cell in which a place around the source is seen. */
    using Images = std::function<std::vector<Place>(const Place &)>;

    /** What is fired, and where the tissue around the source is found. */
    template <int dim>
    struct Shot
    {
      ElectroThermal<dim> session;
      TreatmentSampler<dim> sampler;
      const Images &images;

      Shot(const TreatmentCell<dim> &cell, const ElectroThermalSetting &setting, const Images &images)
        : session(cell, setting)
        , sampler(session.space())
        , images(images)
      {
      }

      /** Of all images that lie inside of the cell. */
      template <typename Add>
      void look_at(const Place &place, const Add &add)
      {
        for (const Place &image : images(place))
          if (sampler.go_to({image.x, image.y, -image.depth}))
            add();
      }

      LesionDamage damage(const Place &place)
      {
        LesionDamage sum;
        look_at(place,
                [&]
                {
                  sum.collagen += sampler.damage(session.collagen_damage());
                  sum.cells += sampler.damage(session.cell_damage());
                });
        return sum;
      }

      /** Above the start temperature, of a nodal field. */
      double rise(const Place &place, const dealii::Vector<double> &temperature, const double start)
      {
        double sum = 0.;
        look_at(place, [&] { sum += sampler.value(temperature) - start; });
        return sum;
      }
    };

    template <int dim>
    RfReport report_of(const RfMicroneedling &rf, Shot<dim> &shot, const double start)
    {
      ElectroThermal<dim> &session = shot.session;
      RfReport report;
      report.geometry = rf.array().needle;
      report.needles = dim == 3 ? 2 : 1;
      report.steps = session.history().size();
      report.nodes = session.space().n_nodes();
      report.first_resistance = session.history().front().resistance();
      for (const SessionRecord &record : session.history())
      {
        if (record.power > 0.)
          report.last_resistance = record.resistance();
        if (rf.pulse().control == RfDrive::Control::temperature)
          report.overshoot = std::max(report.overshoot, record.sensor - rf.pulse().temperature);
      }
      const HeatBalance heat = session.balance();
      report.energy = heat.drawn;
      report.heat_defect = heat.supplied > 0. ? (heat.supplied - heat.stored - heat.lost) / heat.supplied : 0.;
      report.peak = session.peak_temperature();
      report.boiled = session.boiled_volume();
      report.collagen = measure_lesion(session.space(), session.collagen_damage());
      report.cells = measure_lesion(session.space(), session.cell_damage());

      constexpr double fine = .02; // mm, between the points of the plane
      const Place reach = reach_around(rf.array());
      for (double depth = 0.; depth < reach.depth; depth += fine)
        for (double x = 0.; x < reach.x; x += fine)
        {
          const Place place{x, 0., depth};
          const double rise = shot.rise(place, session.highest_temperature(), start);
          report.plane.push_back({x, depth, start + rise, shot.damage(place)});
        }
      return report;
    }

    /** Fire, and while the tissue cools tabulate the heat that is left for later firings. */
    template <int dim>
    std::vector<QuarterTable<1>>
    fire_and_cool(const NeedleArray &array, RfPulse pulse, const double start, Shot<dim> &shot)
    {
      std::vector<QuarterTable<1>> rises;
      // mm between the points of the rise; K below which it is less than what the sides of the cell keep back.
      constexpr double coarse = .1, felt = .3;
      const int turns = array.sources(false).size() - 1;
      ElectroThermal<dim> &session = shot.session;
      const double cooled = pulse.length + pulse.cooling;
      const Place damaged = reach_around(array);
      const double widest = array.needle.box_width;
      const Place felt_within = {std::min(widest, damaged.x + 1.), std::min(widest, damaged.y + 1.), damaged.depth};
      pulse.cooling = 0.;
      session.fire(pulse);
      for (int turn = 1; turn <= turns; ++turn)
      {
        // Tissue is hottest at the end of a pulse.
        session.apply(RfDrive(), turn * array.interval + pulse.length - session.time(), turn == 1 ? 1e-4 : .1);
        const dealii::Vector<double> temperature = session.temperature();
        if (temperature.linfty_norm() - start < felt)
          break;
        rises.emplace_back(felt_within,
                           coarse,
                           [&](const Place &place)
                           { return std::array<double, 1>{{shot.rise(place, temperature, start)}}; });
      }
      if (session.time() < cooled)
        session.apply(RfDrive(), cooled - session.time(), .1);
      return rises;
    }

    template <int dim>
    LesionTable fire(const RfMicroneedling &rf,
                     const RfPulse &pulse,
                     ElectroThermalSetting setting,
                     const TreatmentCell<dim> &cell,
                     const Images &images,
                     RfReport &report)
    {
      constexpr double warmer = 4.; // K, of the tissue of the second firing
      const NeedleArray &array = rf.array();
      const Place reach = reach_around(array);
      double &start = setting.heat.start_temperature;
      const auto damage_of = [](Shot<dim> &shot) { return [&shot](const Place &place) { return shot.damage(place); }; };

      std::vector<QuarterTable<1>> rises;
      Shot<dim> shot(cell, setting, images);
      if (array.residual_heat)
        rises = fire_and_cool(array, pulse, start, shot);
      else
        shot.session.fire(pulse);
      report = report_of(rf, shot, start);
      LesionTable lesion(reach, spacing, damage_of(shot));
      if (array.residual_heat)
      {
        start += warmer;
        Shot<dim> warm(cell, setting, images);
        warm.session.fire(pulse);
        lesion.set_residual_heat(std::move(rises), warmer, damage_of(warm));
      }
      return lesion;
    }

    LesionTable fire_pair(const RfMicroneedling &rf,
                          const ElectroThermalSetting &setting,
                          const std::vector<LayerExtent> &layers,
                          RfReport &report)
    {
      TreatmentCell<3> cell;
      make_needle_pair(rf.array().needle, layers, {}, cell);
      const Images itself = [](const Place &place) { return std::vector<Place>(1, place); };
      return fire(rf, rf.pulse(), setting, cell, itself, report);
    }

    /** One of the needles that fire at once; beyond the planes to its neighbours lie mirror images. */
    LesionTable fire_tile(const RfMicroneedling &rf,
                          const ElectroThermalSetting &setting,
                          const std::vector<LayerExtent> &layers,
                          RfReport &report)
    {
      const NeedleArray &array = rf.array();
      const double half = .5 * array.needle.pitch;
      TreatmentCell<3> cell;
      make_needle_tile(array.needle, array.pattern, layers, {}, cell);
      const auto folded = [half](const double x) { return half - std::abs(half - std::abs(x)); };
      const Images tile = [=](const Place &place) {
        return std::vector<Place>(1, {half + folded(place.x), folded(place.y), place.depth});
      };
      return fire(rf, rf.pulse(), setting, cell, tile, report);
    }

    /**
     * A needle by itself, at the places of the needles: both of a pair, or the one. A needle of a pair stands in its
     * circuit: half of what the resistance of the pair, cold, differs from that of two single needles lies in series.
     * That difference arises far from the needles, where the tissue stays cold.
     */
    LesionTable fire_single(const RfMicroneedling &rf,
                            const ElectroThermalSetting &setting,
                            const std::vector<LayerExtent> &layers,
                            RfReport &report)
    {
      const NeedleGeometry &needle = rf.array().needle;
      TreatmentCell<2> cell;
      make_single_needle(needle, layers, of_single_needle, cell);
      RfPulse pulse = rf.pulse();
      if (!needle.bipolar())
        return fire(
          rf, pulse, setting, cell, [](const Place &place) { return std::vector<Place>(1, place); }, report);

      TreatmentCell<3> pair;
      make_needle_pair(needle, layers, {}, pair);
      const double of_pair = 1. / ElectroThermal<3>(pair, setting).conductance();
      const double of_single = 1. / ElectroThermal<2>(cell, setting).conductance();
      pulse.circuit = {2., .5 * of_pair - of_single};

      const double offset = .5 * needle.pitch;
      const Images both = [offset](const Place &place) {
        return std::vector<Place>{{place.x - offset, place.y, place.depth}, {place.x + offset, place.y, place.depth}};
      };
      return fire(rf, pulse, setting, cell, both, report);
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

  std::string RfReport::as_json() const
  {
    const nlohmann::ordered_json needle = {{"polarity", geometry.polarity},
                                           {"diameter_mm", geometry.diameter},
                                           {"pitch_mm", geometry.pitch},
                                           {"tip_depth_mm", geometry.tip_depth},
                                           {"exposed_length_mm", geometry.exposed_length}};
    const nlohmann::ordered_json object = {{"needles", needles},
                                           {"first_resistance_ohm", first_resistance},
                                           {"last_resistance_ohm", last_resistance},
                                           {"energy_J", energy},
                                           {"heat_balance_defect", heat_defect},
                                           {"peak_temperature_degC", peak},
                                           {"boiled_volume_mm3", boiled},
                                           {"overshoot_K", overshoot},
                                           {"collagen_lesion", as_object(collagen)},
                                           {"cell_lesion", as_object(cells)},
                                           {"nodes", nodes},
                                           {"steps", steps},
                                           {"geometry", needle}};
    return object.dump(2) + "\n";
  }

  FiringRecord RfReport::record() const
  {
    return {energy / needles, heat_defect, peak, boiled / needles, collagen.volume / needles, cells.volume / needles};
  }

  std::string RfReport::plane_as_csv() const
  {
    std::string text = "x [mm],depth [mm],highest temperature [degC],denatured collagen [1],dead cells [1]\n";
    for (const PlanePoint &point : plane)
      text += format_rounded(point.x, 4) + "," + format_rounded(point.depth, 4) + "," +
              format_rounded(point.highest_temperature, 5) + "," +
              format_rounded(damaged_fraction(point.damage.collagen), 4) + "," +
              format_rounded(damaged_fraction(point.damage.cells), 4) + "\n";
    return text;
  }

  LesionTable compute_lesion(const RfMicroneedling &rf,
                             const ElectroThermalSetting &setting,
                             const std::vector<LayerExtent> &layers,
                             RfReport &report)
  {
    const NeedleArray &array = rf.array();
    if (array.at_once())
      return fire_tile(rf, setting, layers, report);
    if (!array.needle.bipolar() || rf.axisymmetric())
      return fire_single(rf, setting, layers, report);
    return fire_pair(rf, setting, layers, report);
  }
} // namespace cutis
