// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"
#include "mesh/skin_patch.h"
#include "model/tissue/fibres.h"
#include "model/tissue/tissue.h"

#include <array>
#include <string>
#include <vector>

namespace cutis
{
  /** Mechanics as the user describes it. */
  struct MechanicsSettings
  {
    /** The constants of a kind of layer, and its share of the tension. */
    struct Constituents
    {
      TissueConstants constants;
      double tension_share = 1.;
    };

    enum class Elements
    {
      linear,
      quadratic
    };
    enum class Base
    {
      clamped,
      sliding,
      elastic ///< on springs
    };
    enum class Sides
    {
      fixed,  ///< against moving in and out of the patch
      held,   ///< against all motion
      springs ///< under the tension of healthy skin
    };

    bool enabled = false;
    double along = 24.; ///< in-vivo tension of the dermis [kPa]
    double across = 17.;
    double angle = 0.;                            ///< of the tension lines to the width of the patch [deg]
    std::vector<double> gravity = {{0., 0., 0.}}; ///< m/s^2: along, across, out of the skin
    double density = 1100.;                       ///< kg/m^3
    double tolerance = 1e-6;                      ///< of the equilibrium, relative to the stress of healthy skin
    Elements displacement = Elements::linear;
    double reuse_of_tangent = .1; ///< contraction of the forces by which an old tangent is kept
    Base base = Base::clamped;
    Sides sides = Sides::fixed;
    double base_stiffness = 20., side_stiffness = 20.; ///< kPa/mm

    Constituents epidermis, dermis, hypodermis;
    FibreConstants fibres;
    bool disordered = false;         ///< at the start
    double active_stress = 45.;      ///< t_M, of myofibroblasts as many as healthy fibroblasts [kPa]
    double fibroblast_share = .2;    ///< t_F, of that, for as many fibroblasts beyond those of healthy skin
    double active_half = .5;         ///< K, collagen at which they pull best
    double shrinkage_stress = 1000.; ///< of as much denatured collagen as healthy skin has [kPa]
    bool contact_guidance = true;    ///< of fibroblasts and myofibroblasts
    double synthesis_gain = .2;      ///< G_m
    double mmp_gain = .2;            ///< of slack tissue
    double tgf_gain = 0.;            ///< of tense tissue
    double suction = 20.;            ///< kPa, of the test that is reported
    double aperture = 2.;            ///< mm, its diameter

    MechanicsSettings();
    void declare(Parameters &parameters);
    /** Report what does not go together, and warn of fibres that align by themselves. */
    void check(Parameters &parameters, unsigned int dimension) const;

    /** Report layers that cannot rest under their tension, with the healthy contents of collagen and elastin. */
    void check_rest(Parameters &parameters, const std::vector<Layer> &layers, double collagen, double elastin) const;

    const Constituents &of(Layer layer) const;
    /** In-vivo tension of a layer [kPa]. */
    Symmetric tension_of(Layer layer) const;
    bool has_gravity() const;
    unsigned int degree() const { return displacement == Elements::quadratic ? 2 : 1; } ///< of the displacement

  private:
    void declare_equilibrium(Parameters &parameters);
    void declare_fibres(Parameters &parameters);
    void declare_cells(Parameters &parameters);
  };
} // namespace cutis
