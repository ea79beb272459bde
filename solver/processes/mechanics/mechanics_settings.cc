// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/mechanics_settings.h"

#include "base/errors.h"
#include "model/tissue/prestress.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    void declare_layer(const std::string &name, MechanicsSettings::Constituents &layer, Parameters &parameters)
    {
      const std::string section = "Mechanics/" + name + "/";
      const auto assumed = [&](const std::string &text) {
        return About{text, Provenance::assumed, "calibrated on retraction and stiffness of excised skin"};
      };
      TissueConstants &k = layer.constants;
      parameters.add(section + "Matrix modulus",
                     k.matrix_modulus,
                     "kPa",
                     Range::positive(),
                     assumed("Shear modulus of the ground substance."));
      parameters.add(section + "Bulk modulus",
                     k.bulk_modulus,
                     "kPa",
                     Range::positive(),
                     assumed("Bulk modulus of the drained matrix."));
      parameters.add(section + "Elastin modulus",
                     k.elastin_modulus,
                     "kPa",
                     Range::positive(),
                     assumed("Modulus of elastin at its healthy young content."));
      parameters.add(section + "Fibre modulus",
                     k.fibre_modulus,
                     "kPa",
                     Range::positive(),
                     assumed("Modulus k1 of collagen at its healthy young content."));
      parameters.add(section + "Fibre exponent",
                     k.fibre_exponent,
                     "1",
                     {0., 1000.},
                     assumed("Exponent k2 of the stiffening of collagen."));
      parameters.add(section + "Fibre limit",
                     k.fibre_limit,
                     "1",
                     {1e-3, 2.},
                     assumed("Strain of the fibres from where they stiffen no further."));
      parameters.add(section + "Elastin normal",
                     k.elastin_normal,
                     "1",
                     {1e-3, 10.},
                     assumed("Normal component of the elastin tensor at rest; sets its prestretch."));
      parameters.add(section + "Tension share",
                     layer.tension_share,
                     "1",
                     {1e-6, 10.},
                     {"Tension of this layer over that of the dermis.", Provenance::assumed, ""});
    }
  } // namespace

  MechanicsSettings::MechanicsSettings()
  {
    epidermis.constants.fibre_modulus = .8;
    TissueConstants &fat = hypodermis.constants;
    fat.matrix_modulus = .5;
    fat.bulk_modulus = 20.;
    fat.elastin_modulus = .5;
    fat.fibre_modulus = 4.;
    fat.elastin_normal = .9;
    hypodermis.tension_share = .01;
  }

  void MechanicsSettings::declare(Parameters &parameters)
  {
    const About tension_source{
      "",
      Provenance::published,
      "7 kPa at the lips to 53 kPa in the central cheek, Flynn 2018, doi 10.1007/978-3-319-59764-5_6"};
    parameters.add("Mechanics/Enabled", enabled, {"Whether the tissue deforms and its fibres turn over."});
    parameters.add("Mechanics/Tension along",
                   along,
                   "kPa",
                   Range::positive(),
                   {"Tension of the living dermis along its lines.", tension_source.provenance, tension_source.source});
    parameters.add("Mechanics/Tension across",
                   across,
                   "kPa",
                   Range::non_negative(),
                   {"Tension across the lines.", tension_source.provenance, tension_source.source});
    parameters.add(
      "Mechanics/Tension angle", angle, "degree", {-180., 180.}, {"Of the lines to the width of the patch."});
    parameters.add_list("Mechanics/Gravity",
                        gravity,
                        "m/s^2",
                        {-1000., 1000.},
                        {"Gravity that is added to the state in which the skin rests: along the width, along the "
                         "length, out of the skin."});
    parameters.add(
      "Mechanics/Density",
      density,
      "kg/m^3",
      Range::positive(),
      {"Of the tissue.", Provenance::published, "skin 1093 to 1190 kg/m^3, doi 10.1016/j.burns.2016.11.014, table 1"});
    declare_equilibrium(parameters);
    declare_layer("epidermis", epidermis, parameters);
    declare_layer("dermis", dermis, parameters);
    declare_layer("hypodermis", hypodermis, parameters);
    declare_fibres(parameters);
    declare_cells(parameters);
    parameters.add(
      "Mechanics/Suction", suction, "kPa", Range::positive(), {"Suction of the skin-lifting test that is reported."});
    parameters.add("Mechanics/Suction aperture",
                   aperture,
                   "mm",
                   {1e-2, 1e3},
                   {"Diameter of its opening, in the middle of the patch; in a section the width of a slit."});
  }

  /** How the patch is held, and how equilibrium is found. */
  void MechanicsSettings::declare_equilibrium(Parameters &parameters)
  {
    parameters.add("Mechanics/Tolerance",
                   tolerance,
                   "1",
                   {1e-13, 1e-2},
                   {"Forces out of balance, relative to the stress of healthy skin, at which equilibrium is reached."});
    parameters.add_choice(
      "Mechanics/Displacement",
      displacement,
      {{Elements::linear, "linear"}, {Elements::quadratic, "quadratic"}},
      {"Elements of the displacement. Quadratic ones bend better and cost about four times as much in a section."});
    parameters.add("Mechanics/Reuse of tangent",
                   reuse_of_tangent,
                   "1",
                   {0., .5},
                   {"The stiffness of the first solve of a time step is kept as long as every iteration leaves less "
                    "than this share of the forces out of balance; with 0 every iteration has its own."});
    parameters.add_choice("Mechanics/Base",
                          base,
                          {{Base::clamped, "clamped"}, {Base::sliding, "sliding"}, {Base::elastic, "elastic"}},
                          {"How the base of the patch is held."});
    parameters.add("Mechanics/Base stiffness",
                   base_stiffness,
                   "kPa/mm",
                   Range::positive(),
                   {"Of the springs of an elastic base.", Provenance::assumed, ""});
    parameters.add_choice("Mechanics/Sides",
                          sides,
                          {{Sides::fixed, "fixed"}, {Sides::held, "held"}, {Sides::springs, "springs"}},
                          {"How the sides of the patch are held: their normal displacement fixed; all of it fixed; or "
                           "the tension of healthy skin on springs."});
    parameters.add("Mechanics/Side stiffness",
                   side_stiffness,
                   "kPa/mm",
                   Range::positive(),
                   {"Of the springs: modulus of the skin around over its distance.", Provenance::assumed, ""});
  }

  /** How collagen is laid. */
  void MechanicsSettings::declare_fibres(Parameters &parameters)
  {
    parameters.add("Mechanics/Fibres/Alignment",
                   fibres.slope,
                   "1",
                   {0., 100.},
                   {"Slope of the laying of collagen along stress; beta.", Provenance::assumed, ""});
    parameters.add("Mechanics/Fibres/Isotropic share",
                   fibres.isotropic_share,
                   "1",
                   {0., 1.},
                   {"Share of collagen laid in all directions alike.", Provenance::assumed, ""});
    parameters.add("Mechanics/Fibres/Guided share",
                   fibres.guided_share,
                   "1",
                   {0., .9},
                   {"Share of collagen laid along the fibres that are there.", Provenance::assumed, ""});
    parameters.add("Mechanics/Fibres/Resting stress",
                   fibres.resting_stress,
                   "kPa",
                   Range::positive(),
                   {"Stress of the fibres below which they give no direction.", Provenance::assumed, ""});
    parameters.add("Mechanics/Fibres/Deposition stretch",
                   fibres.deposition_stretch,
                   "1",
                   {1.001, 1.5},
                   {"Elastic stretch at which fibres are laid.", Provenance::assumed, ""});
    parameters.add("Mechanics/Fibres/Planar half density",
                   fibres.planar_half,
                   "1",
                   Range::positive(),
                   {"Myofibroblasts that lay half of the collagen in the plane of the skin.",
                    Provenance::assumed,
                    "scars lie in the plane of the skin"});
    parameters.add(
      "Mechanics/Fibres/Disordered at start",
      disordered,
      {"Whether fibres lie in all directions alike at the start, as in tissue that was laid without tension."});
  }

  /** How cells pull, and what they make of the tension that they feel. */
  void MechanicsSettings::declare_cells(Parameters &parameters)
  {
    parameters.add("Mechanics/Myofibroblast stress",
                   active_stress,
                   "kPa",
                   Range::non_negative(),
                   {"Largest active stress of as many myofibroblasts as there are healthy fibroblasts, in the plane of "
                    "the skin.",
                    Provenance::derived,
                    "2-45 kPa; fitted to the contraction of human excisions, Ramirez 1969"});
    parameters.add("Mechanics/Fibroblast share",
                   fibroblast_share,
                   "1",
                   {0., 1.},
                   {"Active stress of fibroblasts beyond those of healthy skin, over that of as many myofibroblasts.",
                    Provenance::assumed,
                    "as above; .1 to .3"});
    parameters.add("Mechanics/Myofibroblast half density",
                   active_half,
                   "1",
                   Range::positive(),
                   {"Collagen at which myofibroblasts pull best.", Provenance::assumed, ""});
    parameters.add("Mechanics/Shrinkage stress",
                   shrinkage_stress,
                   "kPa",
                   Range::non_negative(),
                   {"Stress along the fibres of as much denatured collagen as healthy skin has collagen.",
                    Provenance::derived,
                    "tissue cut out and denatured is shorter than if it were cut out alone by .3 to .5"});
    parameters.add("Mechanics/Contact guidance",
                   contact_guidance,
                   {"Whether fibroblasts and myofibroblasts crawl along the fibres."});
    parameters.add(
      "Mechanics/Synthesis feedback",
      synthesis_gain,
      "1",
      {0., 2.},
      {"Gain of collagen synthesis by tension of the fibres above that at rest.", Provenance::assumed, ".1-.3"});
    parameters.add(
      "Mechanics/MMP feedback",
      mmp_gain,
      "1",
      {0., 2.},
      {"Gain of the production of MMP where the fibres are slacker than at rest.", Provenance::assumed, ""});
    parameters.add(
      "Mechanics/TGF-beta feedback",
      tgf_gain,
      "1",
      {0., 2.},
      {"Gain of the release of TGF-beta by cells where the fibres are tenser than at rest; off by default, because "
       "how much of it there is in skin is not known.",
       Provenance::assumed,
       ""});
  }

  void MechanicsSettings::check(Parameters &parameters, const unsigned int dimension) const
  {
    if (!enabled)
      return;
    if (gravity.size() != 3)
      parameters.problem("Mechanics/Gravity",
                         "needs three numbers: along the width, along the length, out of the skin.");
    else if (dimension == 2 && gravity[1] != 0.)
      parameters.problem("Mechanics/Gravity", "a section cannot move along its length; set the second number to 0.");
    if (fibres.isotropic_share + fibres.guided_share > 1.)
      parameters.problem("Mechanics/Fibres/Guided share", "the isotropic and the guided share together exceed 1.");
    if (fibres.self_alignment() > self_alignment_threshold)
      spdlog::warn(
        "Fibres align by themselves, without any tension: the slope beta (1 - wi - wc)/(1 - wc) is {:.3g}, and "
        "isotropic tissue is stable below {:.3g} only.",
        fibres.self_alignment(),
        self_alignment_threshold);
  }

  void MechanicsSettings::check_rest(Parameters &parameters,
                                     const std::vector<Layer> &layers,
                                     const double collagen,
                                     const double elastin) const
  {
    for (const Layer layer : layers)
      try
      {
        healthy_tissue(of(layer).constants, fibres, collagen, elastin, tension_of(layer));
      }
      catch (const BadInput &problem)
      {
        parameters.problem("Mechanics/Tension along", layer_name(layer) + ": " + problem.what());
      }
  }

  const MechanicsSettings::Constituents &MechanicsSettings::of(const Layer layer) const
  {
    return layer == Layer::epidermis ? epidermis : layer == Layer::hypodermis ? hypodermis : dermis;
  }

  Symmetric MechanicsSettings::tension_of(const Layer layer) const
  {
    return of(layer).tension_share * tension(along, across, angle * std::acos(-1.) / 180.);
  }

  bool MechanicsSettings::has_gravity() const
  {
    return std::any_of(gravity.begin(), gravity.end(), [](const double g) { return g != 0.; });
  }
} // namespace cutis
