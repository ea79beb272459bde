// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

// A module stands on a tissue: with its header come the fields that reactions may read and change.
#include "model/modules/dermis.h"

/**
 * A factor S that makes cells lay down pigment p, both relative to healthy skin: an example to copy, with numbers that
 * are made up. Say here what the module describes, and write the equations down as a paper would:
 *
 *     S' = D lap S - c (S - 1),   at the surface  D dS/dn = -h (S - 1)
 *     p' = t (S - p)
 *     V' += g sV max(0, S - 1),   sV the secretion of VEGF
 *
 * At S = p = 1 every rate is zero, so healthy skin rests with it. Nothing checks that for you but the tests.
 */
namespace cutis::pigment // one namespace per module: symbols are short, and those of other modules stay apart
{
  using dermis::V; // the fields of the tissue that reactions name

  constexpr double resting = 1.; ///< S in healthy skin

  // clang-format off
  // Constants: variable, name in parameter files, default, unit, range, meaning, how well it is known, source. The
  // variable is named twice because the table keeps its address; the name is also what formulas below put in braces.
  struct Constants : ConstantTable
  {
    double clearance = declare(clearance, "Factor clearance", .5, "1/d", non_negative(), {"Clearance of the factor, c.", assumed, "an example"});
    double permeability = declare(permeability, "Surface permeability", .5, "mm/d", non_negative(), {"Exchange of the factor through the skin surface, h; 0: the surface is tight.", assumed, "an example"});
    double turnover = declare(turnover, "Pigment turnover", .03, "1/d", positive(), {"Making and fading of pigment, t.", assumed, "an example"});
    double V_gain = declare(V_gain, "VEGF per factor", .2, "1", non_negative(), {"VEGF that cells secrete per unit of factor beyond health, over their secretion in health, g.", assumed, "an example"});
  };

  using P = Provenance;

  // Fields: a type whose key names the field in files, and the object by which reactions name it. `row` says the rest as
  // a sentence; field.h lists its words. What `diffuses` gets the parameter `Diffusivity of KEY`, what does not is
  // bound. `soluble` fills the same share of every layer, `tissue` is scaled with the content of the layer. A cell that
  // crawls up another field would add `.climbs(S, k.taxis)`, with `taxis` a constant in mm^2/d. `sample` is a value at
  // which everything is at work: the order of the implicit solves is found there, so it must differ from health.
  inline constexpr struct Factor : Field { static constexpr auto key = "pigment_factor"; static Row row(const Constants &) { return
    soluble("S", "pigmenting factor").rests_at(resting).one_is("healthy skin").diffuses(.29).known(P::assumed, "as TGF-beta").sample(4.); } } S{};
  inline constexpr struct Pigment : Field { static constexpr auto key = "pigment"; static Row row(const Constants &) { return
    tissue("p", "pigment").rests_at(1.).one_is("healthy skin").known(P::assumed, "an example").sample(2.); } } p{};
  // Had each session to be kept apart, because what it brought ages: `CohortField` and `CohortDose`, see plla.h.
  // clang-format on

  // --- Pieces that several rates share -----------------------------------------------------------------------------

  // A template, as rates are: it is evaluated with numbers, with several nodes at once and with derivatives. Its name
  // must not be that of a function of the tissue (`excess` is one): `u` knows both, and the call would be ambiguous.
  /** S - 1. */
  template <class U>
  auto beyond_health(const U &u)
  {
    return u[S] - resting;
  }

  // --- Reactions ---------------------------------------------------------------------------------------------------

  // What the rate reads, what the reaction changes and how often, a sentence with the formula, the rate [1/d]. A field
  // that is read but not listed does not compile. Derivatives, descriptions and conserved sums follow from this line.
  inline constexpr auto clearance = reaction<Fields<S>, Stoichiometry<Change<S, -1>>>(
    "The factor is made as in health, and cleared: {Factor clearance} (S - 1)",
    [](const auto &u, const Constants &k, const auto &) { return k.clearance * beyond_health(u); });

  // AtSurface: a rate per area [mm/d], which acts at the nodes of the skin surface alone. It is positive outwards here,
  // as S loses by it, and negative where there is less than in health.
  inline constexpr auto exchange = reaction<Fields<S>, Stoichiometry<Change<S, -1>>, AtSurface>(
    "The factor is exchanged through the surface: {Surface permeability} (S - 1)",
    [](const auto &u, const Constants &k, const auto &) { return k.permeability * beyond_health(u); });

  // ByCells: where a layer holds fewer cells, less pigment is made beyond health, and every layer rests at the same p.
  inline constexpr auto synthesis = reaction<Fields<S>, Stoichiometry<Change<p, 1>>, ByCells>(
    "Cells make pigment: {Pigment turnover} S",
    [](const auto &u, const Constants &k, const auto &) { return k.turnover * u[S]; });

  inline constexpr auto fading = reaction<Fields<p>, Stoichiometry<Change<p, -1>>>(
    "Pigment fades: {Pigment turnover} p",
    [](const auto &u, const Constants &k, const auto &) { return k.turnover * u[p]; });

  // A source into a field of the tissue. The third argument knows the tissue: its constants, and the rates of its
  // reactions (`at.rate`, see needles.h); braces may name its constants too. `positive_part` and the other functions of
  // lanes.h work for all kinds of numbers, where those of <cmath> and an `if` do not.
  inline constexpr auto vegf_secretion = reaction<Fields<S>, Stoichiometry<Change<V, 1>>, ByCells>(
    "Cells secrete VEGF: {VEGF per factor} {VEGF secretion} max(0, S - 1)",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.V_gain * at.tissue.constants().V_make * positive_part(beyond_health(u)); });
} // namespace cutis::pigment

namespace cutis
{
  /** The module by its name: what is listed here is in the run. */
  struct PigmentKinetics : ModuleDefinition
  {
    static constexpr auto name = "pigment"; ///< for `make_module`
    static constexpr auto title = "A factor that makes cells lay down pigment";
    static constexpr auto section = "Pigmentation"; ///< that of the intervention, which declares the constants

    using Tissue = Dermis; ///< what it stands on; `void` for a tissue
    using Constants = pigment::Constants;
    using Own = Fields<pigment::S, pigment::p>; ///< its own fields alone
    static constexpr auto reactions = std::make_tuple(pigment::clearance,
                                                      pigment::exchange,
                                                      pigment::synthesis,
                                                      pigment::fading,
                                                      pigment::vegf_secretion);
  };
} // namespace cutis
