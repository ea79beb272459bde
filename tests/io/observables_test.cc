// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"
#include "small_skin.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <type_traits>

using namespace cutis;

namespace
{
  const std::vector<std::string> skin_fields = {"collagen_new",
                                                "collagen_mature",
                                                "collagen3_new",
                                                "collagen3_mature",
                                                "collagen_fragmented",
                                                "hyaluronan",
                                                "macrophage",
                                                "plla_macrophage",
                                                "leukocyte"};
  const std::vector<double> healthy = {.06, .70, .012, .14, .203, 1., 1., 0., 0.};

  /** The small skin, whatever is on it, and its observables by name. */
  template <int dim>
  struct Look
  {
    Look(const FieldLayout &layout, const std::vector<Place> &probes = {})
      : skin(MPI_COMM_WORLD)
      , layout(with_healthy_values(layout))
      , probes(probes)
    {
      make_small_skin(skin);
    }

    void set(const Profile &profile, const Profile &doses = {})
    {
      fill(state, skin.graph, layout, {});
      state.fields() = nodal(skin, layout.n_fields(), profile);
      if (layout.n_doses() > 0)
        state.doses() = nodal(skin, layout.n_doses(), doses);
    }

    double operator()(const std::string &name) const
    {
      const ObservableTable table(layout, probes.size());
      const ObservedSkin observed = observe_skin(skin, punch, probes);
      const std::vector<double> values = table.evaluate(Observation(observed, state, reactions));
      for (std::size_t i = 0; i < values.size(); ++i)
        if (table.columns()[i].name == name)
          return values[i];
      ADD_FAILURE() << "There is no column " << name;
      return std::nan("");
    }

    static FieldLayout with_healthy_values(FieldLayout layout)
    {
      for (std::size_t f = 0; f < layout.n_fields() && f < healthy.size(); ++f)
      {
        Species &species = layout.fields[f];
        species.healthy = healthy[f];
        species.growth = species.key == "collagen_new" || species.key == "collagen_mature" ? .30
                         : species.key == "hyaluronan"                                     ? .05
                                                                                           : 0.;
      }
      return layout;
    }

    /** Kinetics that make every field at the rate of its own value. */
    struct Growth : Kinetics
    {
      std::vector<std::pair<int, int>> dependencies() const override { return {}; }
      void bind(const JacobianPattern &) override {}
      void set_time(double) override {}
      void add_rates(const NodeBlock &, double *) const override {}
      void add_jacobian(const NodeBlock &, double *) const override {}
      void add_production(const int field, const NodeBlock &nodes, double *production) const override
      {
        for (std::size_t n = 0; n < nodes.size; ++n)
          production[n] += nodes.fields[n * nodes.n_fields + field];
      }
    };

    Discretization<dim> skin;
    FieldLayout layout;
    Growth growth;
    Reactions reactions{layout, {&growth}};
    std::vector<Place> probes;
    PunchBiopsy punch;
    State state;
  };

  double healthy_everywhere(const Place &, const unsigned int f)
  {
    return healthy[f];
  }

  template <typename Dimension>
  class ObservablesInAnyDimension : public testing::Test
  {
  };
  using Dimensions = testing::Types<std::integral_constant<int, 2>, std::integral_constant<int, 3>>;
  TYPED_TEST_SUITE(ObservablesInAnyDimension, Dimensions);
} // namespace

TYPED_TEST(ObservablesInAnyDimension, HealthySkinIsItsOwnMeasure)
{
  Look<TypeParam::value> look(layout_of(skin_fields));
  look.set(healthy_everywhere);
  EXPECT_NEAR(look("collagen_total"), .76, 1e-14);
  EXPECT_NEAR(look("collagen_area_fraction"), 1., 1e-14);
  EXPECT_NEAR(look("type_III_share"), .2, 1e-14);
  EXPECT_NEAR(look("dermal_thickness"), 1., 1e-13);
  EXPECT_NEAR(look("tissue_thickness"), 3., 1e-13);
  EXPECT_NEAR(look("hydration"), 1., 1e-14);
  EXPECT_EQ(look("inflammation"), 0.);
}

TYPED_TEST(ObservablesInAnyDimension, UniformStateByHand)
{
  std::vector<std::string> keys = skin_fields;
  keys.insert(keys.end(), {"plla_mass_1", "plla_mass_2", "plla_dissolved"});
  const double values[] = {.36, .80, .096, .16, .2, 1.2, 1.5, .1, .2, 25., 12.5, 2.5};
  Look<TypeParam::value> look(layout_of(keys, {"plla_dose_1", "plla_dose_2"}));
  look.set([&](const Place &, const unsigned int f) { return values[f]; },
           [](const Place &p, const unsigned int d) { return d == 0 ? 16.4 : (p.depth > 2.9 ? 8.2 : 0.); });
  const double tissue = .3 * (1.16 - .76) + .05 * .2, particles = 37.5 / 1250.;
  EXPECT_NEAR(look("dermal_thickness"), 1. + tissue + particles, 1e-13);
  // Two of three millimetres have a fifth of the content.
  EXPECT_NEAR(look("tissue_thickness"), 3. * (1. + particles) + (1. + .2 * 2.) * tissue, 1e-13);
  const double stained = (.36 - .096) + (1. - .25) * (.80 - .16);
  const double baseline = (.06 - .012) + (1. - .29) * (.70 - .14);
  EXPECT_NEAR(look("collagen_area_fraction"), stained / (1. + tissue) / baseline, 1e-13);
  EXPECT_NEAR(look("type_III_share"), .256 / 1.16, 1e-14);
  EXPECT_NEAR(look("inflammation"), 2500. * .1 + 500. * (.5 + .2), 1e-10);
  EXPECT_NEAR(look("plla_particles_peak"), 24.6e-3 / 82e-6, 1e-9);

  const double volume = TypeParam::value == 2 ? 12. : 48.; // mm^3, in 2-D of a slice of 1 mm
  EXPECT_NEAR(look("plla_mass"), 37.5e-3 * volume, 1e-12);
  EXPECT_EQ(look("mass_balance_defect"), 0.) << "nothing was injected";
  look.state.sessions = {{0., "plla", 0, {{injected_mass, 50e-3 * volume}}}};
  EXPECT_NEAR(look("mass_balance_defect"), .2, 1e-12) << "37.5 + 2.5 of 50 are there";
  look.state.sessions.push_back({0., "another filling", 0, {{injected_mass, 7.}}});
  EXPECT_NEAR(look("mass_balance_defect"), .2, 1e-12) << "what others inject is not PLLA";
}

TYPED_TEST(ObservablesInAnyDimension, MeansAreOverTheDermisAndExtremesOverAll)
{
  Look<TypeParam::value> look(layout_of({"vegf"}));
  look.set([](const Place &p, unsigned int) { return 2. + 3. * p.depth + p.x; });
  // The volumes of the nodes integrate a bilinear function exactly over all cells of a layer.
  const double mean = look("mean_vegf");
  EXPECT_NEAR(mean, 2. + 3. * .5, 1e-12);
  EXPECT_NEAR(look("min_vegf"), 0., 1e-13);
  EXPECT_NEAR(look("max_vegf"), 13., 1e-13);
}

TYPED_TEST(ObservablesInAnyDimension, HangingNodesDoNotCountTwice)
{
  Look<TypeParam::value> look(layout_of(skin_fields));
  refine_middle(look.skin);
  ASSERT_TRUE(look.skin.graph.any_hanging);
  look.set([](const Place &p, const unsigned int f) { return f == 5 ? 1. + p.depth : healthy[f]; });
  EXPECT_NEAR(look("hydration"), 1.5, 1e-12);
  EXPECT_NEAR(look("dermal_thickness"), 1. + .05 * .5, 1e-12);
}

TYPED_TEST(ObservablesInAnyDimension, AWoundByHand)
{
  FieldLayout layout = layout_of(skin_fields);
  const std::vector<std::tuple<const char *, double, double>> more = {{"collagen_crosslinked", .70, .5},
                                                                      {"fibronectin", 0., .4},
                                                                      {"bound_macrophage", 0., .05},
                                                                      {"vessel", .8, 1.2},
                                                                      {"epidermis", 1., 0.},
                                                                      {"denatured_collagen", 0., .3}};
  std::vector<double> values = {.36, .80, .096, .16, .2, 1.2, 1.5, .1, .2};
  for (const auto &[key, at_rest, value] : more)
  {
    layout.fields.push_back(layout_of({key}).fields.front());
    layout.fields.back().healthy = at_rest;
    values.push_back(value);
  }
  Look<TypeParam::value> look(layout);
  const unsigned int vessel = layout.find("vessel"), cover = layout.find("epidermis");
  const auto wound = [&](const Place &p, const unsigned int f)
  {
    if (f == cover)
      return p.depth == 0. ? .25 * (p.x + 2.) : 7.;
    if (std::hypot(p.x, p.y) > 1.6 || p.depth > 1.)
      return 7.; // neither beside the punch nor below the dermis does anything count
    return values[f] * (f == vessel ? .5 + p.depth : 1.);
  };
  const double surface = TypeParam::value == 2 ? 4. : 16.; // mm^2, in 2-D of a strip 1 mm long
  const auto expect_values = [&]
  {
    EXPECT_NEAR(look("open_wound"), .5 * surface, 1e-12);
    EXPECT_NEAR(look("infiltrate_at_site"), 2500. * (.1 + .05) + 500. * (1.5 - 1. + .2), 1e-9);
    EXPECT_NEAR(look("strength_at_site"), (.5 - .2) / (.70 - .203) + .03 * .4, 1e-13);
    EXPECT_NEAR(look("collagen_at_site"), 1.16 / .76, 1e-13);
    EXPECT_NEAR(look("type_III_share_at_site"), .256 / 1.16, 1e-13);
    EXPECT_NEAR(look("vascularity_at_site"), 1.2 / .8, 1e-12);
  };
  look.set(wound);
  expect_values();
  refine_middle(look.skin);
  look.set(wound);
  expect_values();
}

TEST(Observables, OnlyTissueThatIsWoundedHasColumnsOfWounds)
{
  std::vector<std::string> keys = skin_fields;
  keys.insert(keys.end(), {"collagen_crosslinked", "fibronectin", "bound_macrophage", "vessel", "epidermis"});
  const auto has_column = [](const std::vector<std::string> &fields, const std::string &name)
  {
    const ObservableTable table(layout_of(fields), 0);
    return std::any_of(
      table.columns().begin(), table.columns().end(), [&](const auto &column) { return column.name == name; });
  };
  std::vector<std::string> wounded = keys;
  wounded.push_back("denatured_collagen");
  for (const char *name : {"open_wound",
                           "infiltrate_at_site",
                           "strength_at_site",
                           "collagen_at_site",
                           "type_III_share_at_site",
                           "vascularity_at_site"})
  {
    EXPECT_FALSE(has_column(keys, name)) << name;
    EXPECT_TRUE(has_column(wounded, name)) << name;
  }
}

TEST(Observables, ThePunchSeesOnlyWhatIsNearItsAxis)
{
  Look<3> look(layout_of(skin_fields));
  const auto scar_at = [](const double x)
  {
    return [x](const Place &p, const unsigned int f)
    { return healthy[f] * (f == 1 && std::hypot(p.x - x, p.y) < 1.6 ? 2. : 1.); };
  };
  look.set(scar_at(0.));
  const double growth = .3 * .70;
  EXPECT_NEAR(look("dermal_thickness_at_site"), 1. + growth, 2e-3) << "the whole punch";
  EXPECT_LT(look("dermal_thickness"), 1. + .6 * growth);
  look.punch.x = 2.;
  look.set(scar_at(-2.));
  EXPECT_NEAR(look("dermal_thickness_at_site"), 1., 1e-12);
  EXPECT_NEAR(look("collagen_area_fraction"), 1., 1e-12);
}

TEST(Observables, APunchBetweenTheNodesTakesTheNearestOnes)
{
  Look<2> look(layout_of(skin_fields));
  look.punch = {.2, 0., .1};
  look.set([](const Place &p, const unsigned int f) { return f == 5 ? 1. + p.x : healthy[f]; });
  EXPECT_NEAR(look("dermal_thickness_at_site"), 1., 1e-12) << "nodes lie at x = 0 and 1/2";
  EXPECT_GT(look("dermal_thickness"), 0.);
}

TEST(Observables, AProbeIsTheNearestNodeOnAnyNumberOfRanks)
{
  // The second lies in the middle of a cell: of four nodes the one with the smallest coordinates counts.
  Look<2> look(layout_of({"vegf", "mmp"}), {{.9, 0., 1.6}, {.25, 0., .75}});
  look.set([](const Place &p, const unsigned int f) { return f == 0 ? p.x : 10. + p.depth; });
  EXPECT_NEAR(look("at_1_vegf"), 1., 1e-14);
  EXPECT_NEAR(look("at_1_mmp"), 11.5, 1e-14);
  EXPECT_NEAR(look("at_2_vegf"), 0., 1e-14);
  EXPECT_NEAR(look("at_2_mmp"), 10.5, 1e-14);
}

TYPED_TEST(ObservablesInAnyDimension, SynthesisIsReadInThePunchAndPoresOnTheSurface)
{
  std::vector<std::string> keys = skin_fields;
  keys.push_back("pore");
  Look<TypeParam::value> look(layout_of(keys));
  const unsigned int pore = keys.size() - 1;
  const auto fields = [&](const Place &p, const unsigned int f) {
    return f == pore ? (p.depth == 0. ? .25 * (p.x + 2.) : 1.) : healthy[f] * (f == 0 ? 3. : f == 2 ? 5. : 1.);
  };
  look.set(fields);
  EXPECT_NEAR(look("collagen_III_synthesis"), 5., 1e-13);
  EXPECT_NEAR(look("collagen_I_synthesis"), (3. - .2 * 5.) / .8, 1e-13);
  EXPECT_NEAR(look("open_surface"), .5, 1e-13) << "what is below the surface does not count";
  refine_middle(look.skin);
  look.set(fields);
  EXPECT_NEAR(look("open_surface"), .5, 1e-13) << "nor do hanging nodes";
}

TEST(Observables, AllRanksHaveTheSameBits)
{
  Look<2> look(layout_of(skin_fields), {{0., 0., 1.}});
  look.set([](const Place &p, const unsigned int f) { return healthy[f] * std::exp(std::sin(7. * p.x + p.depth)); });
  const ObservableTable table(look.layout, 1);
  const ObservedSkin observed = observe_skin(look.skin, look.punch, look.probes);
  const std::vector<double> mine = table.evaluate(Observation(observed, look.state, look.reactions));
  for (const auto &other : dealii::Utilities::MPI::all_gather(MPI_COMM_WORLD, mine))
    EXPECT_EQ(other, mine);
}

TEST(Observables, ThereAreColumnsOnlyForFieldsThatExist)
{
  const ObservableTable table(layout_of({"vegf", "collagen_mature"}), 1);
  const auto headers = table.headers();
  const std::set<std::string> expected = {"time [d]",
                                          "dt [d]",
                                          "collagen_mature [1]",
                                          "mean_vegf [1]",
                                          "min_vegf [1]",
                                          "max_vegf [1]",
                                          "mean_collagen_mature [1]",
                                          "min_collagen_mature [1]",
                                          "max_collagen_mature [1]",
                                          "at_1_vegf [1]",
                                          "at_1_collagen_mature [1]",
                                          "cells [1]",
                                          "dofs [1]"};
  EXPECT_EQ(std::set<std::string>(headers.begin(), headers.end()), expected);
  EXPECT_EQ(headers.size(), expected.size());
  EXPECT_EQ(headers.front(), "time [d]");
}

TEST(Observables, EveryOneIsDescribed)
{
  std::set<std::string> names;
  for (const auto &[o, reads] : describe_observables())
  {
    EXPECT_TRUE(names.insert(o.name).second) << o.name << " is there twice";
    EXPECT_FALSE(o.unit.empty()) << o.name;
    EXPECT_TRUE(!o.meaning.empty() && o.meaning.back() == '.') << o.name;
  }
  for (const char *name : {"plla_mass", "mean_KEY", "at_N_KEY", "inflammation", "dofs"})
    EXPECT_TRUE(names.count(name)) << name;
}
