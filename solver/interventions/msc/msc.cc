// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/msc/msc.h"

#include "base/errors.h"
#include "base/parameters.h"
#include "base/text.h"
#include "model/reactions/cell_count.h"

#include <deal.II/base/mpi.h>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    /** About the longest edge of the cells of the mesh among nodes that something reaches [mm]. */
    template <class Reached>
    double node_distance(const Tissue &tissue, const Reached &reached)
    {
      double largest = 0.;
      for (std::size_t i = 0; i < tissue.graph.n_owned; ++i)
        if (reached(i))
          largest = std::max(largest, std::pow(tissue.graph.volume[i], 1. / tissue.dimension));
      return dealii::Utilities::MPI::max(largest, tissue.communicator);
    }
  } // namespace

  Msc::Msc() : cells_(make_module("msc")), topical_(make_module("topical"))
  {
    region_.shape = Region::Shape::by_route;
    region_.depth = 2.;
    region_.radius = 4.;
  }

  const Names<Msc::Route> &Msc::routes()
  {
    static const Names<Route> names{
      {Route::inject, "inject"}, {Route::bioprint, "bioprint"}, {Route::topical, "topical"}};
    return names;
  }

  void Msc::declare(Parameters &parameters)
  {
    plan_.declare(parameters, section());
    parameters.add_choice(
      "MSC/Route",
      route_,
      routes(),
      {"inject: boluses of a suspension. bioprint: cells in a pattern on a wound bed. topical: no cells, their factors "
       "on the surface, which pass it through open pores only."});
    parameters.add("MSC/Concentration",
                   concentration_,
                   "1/mL",
                   {0., 1e9},
                   {"Cells per volume of suspension or ink, as `1e7 cells/mL`; in use are 1e6 to 1e8."});
    parameters.add("MSC/Viability",
                   viability_,
                   "1",
                   Range::fraction(),
                   {"Share of injected cells that are alive after the needle.", Provenance::assumed, ""});
    parameters.add("MSC/Print viability",
                   print_viability_,
                   "1",
                   Range::fraction(),
                   {"Share of printed cells that are alive after the nozzle.", Provenance::assumed, ""});
    parameters.add("MSC/Depot volume",
                   depot_volume_,
                   "mL",
                   {1e-4, 10.},
                   {"Volume of one bolus; its peak is the concentration of the suspension, its standard deviation the "
                    "cube root of the volume over the root of 2 pi."});
    using Shape = Region::Shape;
    region_.declare(
      parameters, "MSC", {Shape::by_route, Shape::bolus, Shape::ball, Shape::column, Shape::plane, Shape::everywhere});
    parameters.add("MSC/Radius",
                   region_.radius,
                   "mm",
                   Range::positive(),
                   {"Radius of a ball or column: of what is printed, or of the surface that is covered."});
    parameters.add("MSC/Height",
                   region_.height,
                   "mm",
                   Range::non_negative(),
                   {"Extent from top to bottom of a ball or plane; 0: a round ball."});
    pattern_.declare(parameters, "MSC");
    declare_factors(parameters);
    cells_->declare(parameters);
    topical_->declare(parameters);
  }

  /** What lies on the surface for a while. */
  void Msc::declare_factors(Parameters &parameters)
  {
    parameters.add_choice(
      "MSC/Pores",
      pores_,
      {{Pores::none, "none"}, {Pores::roller, "roller"}, {Pores::rf_microneedling, "rf_microneedling"}},
      {"What has opened the surface for the route `topical`: nothing, a roller just before, or the "
       "needles of a session "
       "of `rf_microneedling` that is named before and falls on the same day or shortly before."});
    parameters.add("MSC/Open share",
                   open_share_,
                   "1",
                   Range::fraction(),
                   {"Share of the surface that a roller opens.",
                    Provenance::derived,
                    "200 channels per cm^2, assumed, of 70.7 +- 9.9 um, doi 10.1208/s12248-011-9288-3"});
    parameters.add("MSC/Time on skin",
                   time_on_,
                   "d",
                   {1. / 1440., 30.},
                   {"For how long the factors stay on the surface.", Provenance::assumed, ""});
  }

  void Msc::check(const Parameters &parameters, const PatchExtent &patch, const Module &) const
  {
    region().check(parameters, "MSC", patch);
    if (route_ == Route::bioprint)
      pattern_.check(parameters, "MSC");
    if (region_.shape == Region::Shape::bolus && route_ != Route::inject)
      parameters.problem(
        "MSC/Shape", "a bolus is injected; for the route " + name_of(route_, routes()) + " use column or everywhere.");
  }

  Modules Msc::modules() const
  {
    Modules modules;
    if (route_ != Route::topical && living() == 0.)
      return modules; // nothing lives: the run is that without them, to the last bit
    modules.push_back(cells_->clone());
    if (route_ == Route::topical)
      modules.push_back(topical_->clone());
    return modules;
  }

  Modules Msc::every_module() const
  {
    Modules modules;
    modules.push_back(cells_->clone());
    modules.push_back(topical_->clone());
    return modules;
  }

  std::vector<std::string> Msc::needs() const
  {
    if (route_ == Route::topical && pores_ == Pores::rf_microneedling)
      return {"pore"};
    return {};
  }

  Region Msc::region() const
  {
    Region region = region_;
    using Shape = Region::Shape;
    if (region.shape == Shape::by_route)
      region.shape = route_ == Route::inject     ? Shape::bolus
                     : route_ == Route::bioprint ? Shape::column
                                                 : Shape::everywhere;
    if (region.shape == Shape::bolus)
      region.radius = std::cbrt(mm3_per_mL * depot_volume_) / std::sqrt(2. * M_PI);
    return region;
  }

  double Msc::living() const
  {
    return concentration_ / mm3_per_mL * (route_ == Route::bioprint ? print_viability_ : viability_);
  }

  std::string Msc::in_words() const
  {
    if (route_ == Route::topical)
      return "factors on the skin for " + format_rounded(time_on_, 3) + " d, in " + region().in_words();
    return format_rounded(mm3_per_mL * living(), 3) + " living cells per mL, in " + region().in_words();
  }

  std::vector<Amount> Msc::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    if (route_ == Route::topical)
      return cover(tissue, state);
    if (living() > 0.)
      return place_cells(tissue, state);
    spdlog::warn("A session of 'msc' brings no living cell, and does nothing.");
    return {{"living_cells", 0.}};
  }

  std::vector<Amount> Msc::place_cells(const Tissue &tissue, State &state) const
  {
    const FieldLayout &layout = tissue.layout;
    const unsigned int early = layout.find("msc_early"), lasting = layout.find("msc_lasting");
    const double early_share = cells_->constant("Early share");
    const Region treated = region();
    const auto share_at = [&](const std::size_t i)
    {
      const Place &place = tissue.places[i];
      return treated.share(place) * (route_ == Route::bioprint ? pattern_.share(place, tissue.dimension) : 1.);
    };
    double placed = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const double cells = living() * share_at(i);
      double *u = state.fields().begin() + i * layout.n_fields();
      u[early] += early_share * cells / cells_per_unit;
      u[lasting] += (1. - early_share) * cells / cells_per_unit;
      if (i < tissue.graph.n_owned)
        placed += tissue.graph.volume[i] * cells;
    }
    placed = dealii::Utilities::MPI::sum(placed, tissue.communicator);
    require_reached(name(), placed > 0.);
    if (treated.shape == Region::Shape::bolus || (treated.shape == Region::Shape::ball && route_ == Route::inject))
      compare_with_plan(name(), placed, living() * treated.integral(tissue.dimension == 2));
    if (route_ == Route::bioprint && pattern_.finest() > 0.)
    {
      const double distance = node_distance(tissue, [&](const std::size_t i) { return share_at(i) > .01; });
      if (distance > .5 * pattern_.finest())
        spdlog::warn("Lines of {} mm are printed on nodes that are about {} mm apart: what is placed is smeared, and "
                     "its amount is right to the mesh only. Use cells of {} mm or less.",
                     format_rounded(pattern_.finest(), 2),
                     format_rounded(distance, 2),
                     format_rounded(.5 * pattern_.finest(), 2));
    }
    return {{"living_cells", placed}};
  }

  std::vector<Amount> Msc::cover(const Tissue &tissue, State &state) const
  {
    const FieldLayout &layout = tissue.layout;
    const unsigned int covered = layout.find("covered_surface"), open = layout.find("topical_pore");
    const int needled = layout.find("pore");
    const Region treated = region();
    double area = 0., open_area = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      double *u = state.fields().begin() + i * layout.n_fields();
      u[covered] = treated.share(tissue.places[i]);
      if (pores_ != Pores::none)
        u[open] = pores_ == Pores::roller ? open_share_ : u[needled];
      if (i < tissue.graph.n_owned)
      {
        area += tissue.graph.surface_area[i] * u[covered];
        open_area += tissue.graph.surface_area[i] * u[covered] * u[open];
      }
    }
    area = dealii::Utilities::MPI::sum(area, tissue.communicator);
    open_area = dealii::Utilities::MPI::sum(open_area, tissue.communicator);
    if (!(area > 0.))
      throw RunFailed(
        "What 'msc' lays on the skin meets no surface: the patch has none there. A mesh from a file needs "
        "a group 'surface'.");
    if (open_area == 0. && topical_->constant("Intact permeability") == 0.)
      spdlog::warn("The surface is closed: none of the factors that 'msc' lays on it will cross.");
    return {{"covered_mm2", area}, {"open_mm2", open_area}};
  }

  void Msc::end(const Tissue &tissue, State &state)
  {
    const unsigned int covered = tissue.layout.find("covered_surface");
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
      state.fields().begin()[i * tissue.layout.n_fields() + covered] = 0.;
  }

  Account Msc::account(const unsigned int dimension) const
  {
    Account account{name(), {}, {}, {}};
    if (dimension == 2)
      account.notes.push_back(
        "Of a 2-D patch cells and amounts are those in a slice of 1 mm, areas of a strip of 1 mm.");
    account.limits.push_back("No collagen mass after stromal cells has been measured in humans: nothing calibrates the "
                             "gain, and a range of .01 to .2 of the collagen after a year is consistent with what is "
                             "known.");
    if (route_ != Route::topical)
      account.limits.push_back(
        "Survival is measured up to day 28; what stays later is extrapolated, and carries most of "
        "the lasting gain.");
    return account;
  }
} // namespace cutis
