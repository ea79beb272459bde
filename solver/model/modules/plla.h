// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/bound_macrophages.h"

#include <algorithm>
#include <cmath>

/**
 * PLLA particles and the macrophages on their surface. For the cohort of a session, tau days old:
 *
 *     s(tau) = s0 e^(kh tau)/(1 - s0 + s0 e^(kh tau)),  lambda = 72 kh s^2/(1 + 8 s)    (8-mers dissolve)
 *     w'  = -[lambda + kph K/(.01 + K)] w
 *     A   = 6 w0/(rho d0) (w/w0)^(2/3),  summed over cohorts;  Af = sum of A e^(-tau/tauo)
 *     K'  = rK Ph Af/(Af + A50) (1 - K) + dK (phig Ph A/(A + A50) - K)
 *
 * w and w0 in mg/cm^3, A in mm^2/mm^3. Scission of a booster starts anew, so its particles are a cohort of their own.
 */
namespace cutis::plla
{
  using dermis::Ph;

  constexpr double half_phagocytosis = .01; ///< K at which particles are carried off at half the speed
  constexpr double mg_per_cm3 = 1e-3;       ///< in mg/mm^3

  // clang-format off
  struct Constants : ConstantTable
  {
    double dose = declare(dose, "Dose", 150., "mg", {0., 5000.}, {"PLLA in the suspension (a vial holds 150 mg)."});
    double dilution = declare(dilution, "Dilution", 9., "mL", {.1, 1000.}, {"Volume of the suspension; the tissue of a depot holds Dose/Dilution."});
    double scission = declare(scission, "Scission rate", .0154, "1/d", positive(), {"Chain scission kh, for the preset `custom`.", assumed, "fit to mass loss"});
    double phagocytosis = declare(phagocytosis, "Phagocytosis rate", .005, "1/d", non_negative(), {"Particles carried off by macrophages, kph, for the preset `custom`.", assumed, "fit to mass loss"});
    double first_scission = declare(first_scission, "First scission", 7.2e-4, "1", {1e-8, .5}, {"Scissioned share s0 of the polymer at injection (100 kDa).", assumed, ""});
    double diameter = declare(diameter, "Particle diameter", .05, "mm", {1e-4, 1.}, {"Diameter of the particles.", published, "40-63 um"});
    double density = declare(density, "Polymer density", 1.25, "mg/mm^3", {.1, 10.}, {"Density of the polymer.", published, ""});
    double half_surface = declare(half_surface, "Half surface", 1., "1/mm", positive(), {"Surface per volume that holds half of the macrophages it could, A50.", derived, "2500 cells/mm^3 of 400 um^2"});
    double binding = declare(binding, "Binding rate", .032, "1/d", non_negative(), {"Binding of macrophages to fresh surface, rK.", assumed, "fit to clinical data"});
    double opsonisation = declare(opsonisation, "Fresh time", 9., "d", positive(), {"Time for which a surface is fresh, tauo.", assumed, "fit to clinical data"});
    double giant_turnover = declare(giant_turnover, "Giant cell turnover", .09, "1/d", positive(), {"Turnover of bound macrophages and giant cells, dK.", assumed, "fit to clinical data"});
    double giant_share = declare(giant_share, "Giant cell share", .10, "1", Range::fraction(), {"Share of the surface that giant cells hold, phig.", assumed, "fit to clinical data"});
    double K_tgf = declare(K_tgf, "TGF-beta per particle macrophage", bound::tgf_of_all, "1", non_negative(), {"Production of TGF-beta by the densest layer of particle-bound macrophages, over that of healthy fibroblasts.", derived, bound::source_of_tgf});

    /** PLLA per volume of treated tissue [mg/cm^3]: the suspension takes the place of as much tissue. */
    double concentration() const { return dose / dilution; }
    double size() const { return concentration() > 1e-3 ? concentration() : 1e-3; }
  };

  using P = Provenance;

  inline constexpr struct BoundMacrophage : Field { static constexpr auto key = "plla_macrophage"; static Row row(const Constants &) { return
    tissue("K", "macrophages and giant cells bound to particles").one_is("2500 cells/mm^3").is_macrophages(bound::macrophages).foreign().known(P::published, "Jin 2011: at most 2500 cells/mm^3").sample(.1); } } K{};
  inline constexpr struct Mass : CohortField { static constexpr auto key = "plla_mass"; static Row row(const Constants &k) { return
    soluble("w", "PLLA").in("mg/cm^3").of_size(k.size()).foreign().takes_volume(mg_per_cm3 / k.density).in_particles_of(k.density * M_PI / 6. * k.diameter * k.diameter * k.diameter).sample(.5 * k.size()); } } w{};
  inline constexpr struct Dissolved : Field { static constexpr auto key = "plla_dissolved"; static Row row(const Constants &k) { return
    soluble("wd", "PLLA that has left the particles").in("mg/cm^3").of_size(k.size()).foreign(); } } wd{};
  inline constexpr struct Dose : CohortDose { static constexpr auto key = "plla_dose"; } w0{};
  // clang-format on

  // --- Pieces that several rates share -----------------------------------------------------------------------------

  /** What the age of a cohort decides. */
  struct Cohort
  {
    double dissolution = 0.; ///< lambda [1/d]
    double freshness = 1.;   ///< e^(-tau/tauo)
  };

  /** s(tau), the scissioned share of the polymer. */
  inline double scissioned(const double age, const Constants &k)
  {
    const double grown = k.first_scission * std::exp(std::min(k.scission * age, 500.));
    return grown / (1. - k.first_scission + grown);
  }

  /** 6 w0/(rho d0) (w/w0)^(2/3), with a finite slope where the last particles vanish. */
  template <class U>
  auto area(const U &u, const Constants &k)
  {
    const auto mass = positive_part(u[w]);
    return 6. * mg_per_cm3 / (k.density * k.diameter) * mass * cube_root(u[w0] / (mass + 1e-6 * u[w0] + 1e-30));
  }

  inline constexpr struct Surface : CohortSum<w>
  {
    template <class U, class At>
    static auto term(const U &u, const Constants &k, const At &)
    {
      return area(u, k);
    }
  } A{};

  inline constexpr struct FreshSurface : CohortSum<w>
  {
    template <class U, class At>
    static auto term(const U &u, const Constants &k, const At &at)
    {
      return area(u, k) * at.cohort.freshness;
    }
  } Af{};

  template <class N>
  N carried_off(const N &bound)
  {
    return positive_part(bound) / (half_phagocytosis + positive_part(bound));
  }

  // --- Reactions ---------------------------------------------------------------------------------------------------

  inline constexpr auto binding = reaction<Fields<K, Ph, Af>, Stoichiometry<Change<K, 1>>>(
    "Macrophages bind to fresh particles: {Binding rate} Ph Af/(Af + {Half surface}) (1 - K)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.binding * u[Ph] * u[Af] / (u[Af] + k.half_surface) * (1. - u[K]); });

  inline constexpr auto giant_cells = reaction<Fields<Ph, A>, Stoichiometry<Change<K, 1>>>(
    "Giant cells hold a part of all surface: {Giant cell turnover} {Giant cell share} Ph A/(A + {Half surface})",
    [](const auto &u, const Constants &k, const auto &)
    { return k.giant_turnover * k.giant_share * u[Ph] * u[A] / (u[A] + k.half_surface); });

  inline constexpr auto release = bound::release<K>("Bound macrophages leave and die: {Giant cell turnover} K");

  inline constexpr auto dissolution = reaction<Fields<w>, Stoichiometry<Change<w, -1>, Change<wd, 1>>>(
    "Particles dissolve: lambda w, lambda = 72 kh s^2/(1 + 8 s), kh = {Scission rate}",
    [](const auto &u, const Constants &, const auto &at) { return at.cohort.dissolution * u[w]; });

  inline constexpr auto phagocytosis = reaction<Fields<w, K>, Stoichiometry<Change<w, -1>, Change<wd, 1>>>(
    "Bound macrophages carry particles off: {Phagocytosis rate} K/(.01 + K) w",
    [](const auto &u, const Constants &k, const auto &) { return k.phagocytosis * carried_off(u[K]) * u[w]; });

  inline constexpr auto tgf_release =
    bound::tgf_release<K>("Bound macrophages release TGF-beta: {TGF-beta decay} pK K, pK = {TGF-beta share from "
                          "cells}/1.5 {TGF-beta per particle macrophage}");
  inline constexpr auto vegf_secretion = bound::vegf_secretion<K>();
  inline constexpr auto oxygen_consumption = bound::oxygen_consumption<K>();
} // namespace cutis::plla

namespace cutis
{
  struct PllaParticles : ModuleDefinition
  {
    static constexpr auto name = "plla";
    static constexpr auto title = "Particles of poly-L-lactic acid, the macrophages on them and what these release";
    static constexpr auto section = "PLLA";

    using Tissue = Dermis;
    using Constants = plla::Constants;
    using Own = Fields<plla::K, plla::w, plla::wd, plla::w0>;
    static constexpr auto reactions = std::make_tuple(plla::binding,
                                                      plla::giant_cells,
                                                      plla::release,
                                                      plla::dissolution,
                                                      plla::phagocytosis,
                                                      plla::tgf_release,
                                                      plla::vegf_secretion,
                                                      plla::oxygen_consumption);

    using Cohort = plla::Cohort;
    static Cohort cohort(const double age, const plla::Constants &k)
    {
      if (age < 0.)
        return {};
      const double s = plla::scissioned(age, k);
      return {72. * k.scission * s * s / (1. + 8. * s), std::exp(-age / k.opsonisation)};
    }

    /** Dissolution alone leaves w/w0 = (1 - s)^8 (1 + 8 s)/[(1 - s0)^8 (1 + 8 s0)]. */
    static double lifetime(const plla::Constants &k)
    {
      const auto left = [](const double s) { return std::pow(1. - s, 8.) * (1. + 8. * s); };
      double days = 1. / k.scission;
      while (left(plla::scissioned(days, k)) > 1e-9 * left(k.first_scission))
        days *= 1.02;
      return days;
    }
  };
} // namespace cutis
