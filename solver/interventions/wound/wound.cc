// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/wound/wound.h"

#include "base/parameters.h"
#include "base/text.h"
#include "interventions/thermal_injury.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cstdlib>

namespace cutis
{
  namespace
  {
    /** `field=value`; false if it is not of that form. */
    bool parse(const std::string &text, std::string &field, double &value)
    {
      const std::size_t equals = text.find('=');
      if (equals == std::string::npos)
        return false;
      field = trim(text.substr(0, equals));
      const std::string number = trim(text.substr(equals + 1));
      char *end = nullptr;
      value = std::strtod(number.c_str(), &end);
      return !number.empty() && *end == '\0' && value >= 0. && value < 1e300;
    }

    /** Inside a fresh wound of the dermis; what is not named and no implant is gone. */
    const std::vector<std::pair<const char *, double>> reference_wound = {{"damage_signal", 1.},
                                                                          {"fibronectin", 1.},
                                                                          {"tgf_beta", 1.},
                                                                          {"vegf", 1.},
                                                                          {"mmp", 1.},
                                                                          {"oxygen", .05},
                                                                          {"macrophage", .2}};

    constexpr double signal_of_all = .5; ///< damage signal where all cells, or all collagen, are destroyed, assumed

    double &cover(double *u, const FieldLayout &layout)
    {
      return u[layout.find("epidermis")];
    }

    Place at_surface(Place place)
    {
      place.depth = 0.;
      return place;
    }
  } // namespace

  Wound::Wound()
  {
    region_.shape = Region::Shape::column;
    region_.radius = 4.;
    region_.depth = 0.;
  }

  void Wound::declare(Parameters &parameters)
  {
    using Shape = Region::Shape;
    plan_.declare(parameters, section());
    region_.declare(
      parameters,
      "Wound",
      {Shape::ball, Shape::column, Shape::plane, Shape::everywhere, Shape::disc, Shape::ellipse, Shape::incision});
    declare_outline(parameters);
    parameters.add_choice("Wound/Kind",
                          kind_,
                          {{Kind::cut, "cut"}, {Kind::burn, "burn"}},
                          {"cut: the skin inside is gone. burn: something hot touches the surface there, and collagen "
                           "is denatured and cells die as deep as the heat reaches; give no Inside."});
    parameters.add("Wound/Contact temperature",
                   contact_.temperature,
                   "degC",
                   {40., 400.},
                   {"Temperature of what burns the skin; its surface takes it at once."});
    parameters.add("Wound/Contact time", contact_.time, "s", {1e-3, 1e5}, {"For how long it does."});
    parameters.add_choice("Wound/Epidermis",
                          regrowth_,
                          {{Regrowth::from_rim, "from the rim"}, {Regrowth::from_all_sides, "from all sides"}},
                          {"Where epidermis grows from again. `from the rim`: no skin is left in the wound. `from all "
                           "sides`: also from its "
                           "bed, where glands and hair follicles are left; and in a plane seen from above."});
    declare_dressing(parameters);
    parameters.add_list(
      "Wound/Inside",
      inside_,
      {},
      {"Values inside the wound as `field=value, field=value`; fields that are not named keep theirs. Empty: "
       "damage_signal, fibronectin, tgf_beta, vegf and mmp 1, oxygen .05, macrophage .2; what was implanted stays, and "
       "all others are 0, epidermis as said above."});
  }

  void Wound::declare_outline(Parameters &parameters)
  {
    parameters.add("Wound/Radius", region_.radius, "mm", {1e-3, 1e3}, {"Radius of the wound; of an ellipse along it."});
    parameters.add("Wound/Radius across", region_.across, "mm", {0., 1e3}, {"Of an ellipse across it; 0: a disc."});
    parameters.add("Wound/Length", region_.length, "mm", {1e-2, 1e3}, {"Length of an incision."});
    parameters.add(
      "Wound/Gap", region_.gap, "mm", {1e-3, 1e3}, {"Width of an incision, of what its edges do not hold together."});
    parameters.add("Wound/Angle",
                   region_.angle,
                   "deg",
                   {-180., 180.},
                   {"By which an ellipse is turned from the width of the patch, and an incision from its length; a "
                    "section crosses it at a right angle."});
    parameters.add("Wound/Bottom",
                   region_.bottom,
                   "mm",
                   {0., 1e3},
                   {"Depth down to which disc, ellipse and incision reach; 0: through all layers."});
    parameters.add("Wound/Height",
                   region_.height,
                   "mm",
                   {0., 1e3},
                   {"Extent from top to bottom of a ball or plane; 0: a round ball."});
  }

  void Wound::declare_dressing(Parameters &parameters)
  {
    parameters.add(
      "Wound/Splint",
      splint_,
      "d",
      {0., 1e5},
      {"For how long a splint holds the edges of the wound in the plane of the skin, where they have come to "
       "rest after the cut; 0: none."});
    parameters.add("Wound/Splint width",
                   splint_width_,
                   "mm",
                   {.1, 100.},
                   {"Width of the skin around the wound that the splint holds."});
    parameters.add(
      "Wound/Graft",
      grafted_,
      {"Whether a graft of skin is laid on the wound at once: it is covered, and the cells below it do not "
       "draw it together."});
  }

  std::vector<std::string> Wound::needs() const
  {
    std::vector<std::string> keys = kind_ == Kind::burn ? ThermalInjury::fields() : std::vector<std::string>();
    if (dressed())
      keys.push_back("epidermis");
    return keys;
  }

  Modules Wound::modules() const
  {
    return dressed() ? every_module() : Modules();
  }

  Modules Wound::every_module() const
  {
    Modules modules;
    modules.push_back(dressing_->clone());
    return modules;
  }

  std::string Wound::missing_without_mechanics() const
  {
    return splint_ > 0.
             ? "A splint holds tissue that moves: without mechanics it does nothing. Set Mechanics/Enabled to "
               "true to see what it does."
             : "";
  }

  void Wound::check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const
  {
    region_.check(parameters, "Wound", patch);
    if (region_.angle != 0. && patch.dimension == 2)
      parameters.problem("Wound/Angle",
                         "in a 2-D patch the section crosses the wound at a right angle; leave it at 0.");
    if (region_.bottom > patch.depth)
      parameters.problem("Wound/Bottom",
                         "lies below the skin patch, which is " + format_number(patch.depth) +
                           " mm deep; 0 goes through all layers.");
    if (splint_ > 0. && (region_.shape == Region::Shape::plane || region_.shape == Region::Shape::everywhere))
      parameters.problem("Wound/Splint",
                         "a wound of the shape " + region_.shape_name() +
                           " has no edge along the skin that a splint could hold; leave it at 0.");
    if (kind_ == Kind::burn)
    {
      if (!inside_.empty())
        parameters.problem("Wound/Inside", "a burn follows from its heat; leave this empty.");
      return;
    }
    std::vector<std::string> keys;
    for (const Species &s : tissue.fields(0))
      keys.push_back(s.key);
    for (const std::string &text : inside_)
    {
      std::string field;
      double value;
      if (!parse(text, field, value))
        parameters.problem("Wound/Inside", "'" + text + "' is not of the form field=value with a value of at least 0.");
      else if (std::find(keys.begin(), keys.end(), field) == keys.end())
        parameters.problem("Wound/Inside",
                           "the network '" + tissue.name() + "' has no field '" + field + "'" +
                             did_you_mean(field, keys));
    }
    if (inside_.empty() && tissue.name() != "dermis")
      parameters.problem("Wound/Inside", "give the values inside the wound for the network '" + tissue.name() + "'.");
  }

  /** The value of each field inside the wound; below zero: it keeps its own. */
  std::vector<double> Wound::goals(const FieldLayout &layout) const
  {
    std::vector<double> goal(layout.n_fields(), -1.);
    for (const std::string &text : inside_)
    {
      std::string field;
      double value;
      if (parse(text, field, value))
        goal[layout.find(field)] = value; // a later value of the same field counts
    }
    if (!inside_.empty())
      return goal;
    for (unsigned int f = 0; f < layout.n_fields(); ++f)
      if (!layout.fields[f].implanted)
        goal[f] = 0.;
    for (const auto &[key, value] : reference_wound)
      goal[layout.find(key)] = value;
    return goal;
  }

  /** `share` of the skin there is gone. */
  void Wound::cut_out(double *u, const Place &place, const double share, const FieldLayout &layout) const
  {
    for (unsigned int f = 0; f < layout.n_fields(); ++f)
      if (goal_[f] >= 0.)
        u[f] += share * (goal_[f] - u[f]);
    if (inside_.empty() && regrowth_ == Regrowth::from_rim) // nothing below an open surface lets epidermis grow
      cover(u, layout) = std::min(cover(u, layout), 1. - region_.share(at_surface(place)));
  }

  /** `share` of the skin there is touched by what is hot. */
  void Wound::burn(double *u, const Place &place, const double share, const FieldLayout &layout) const
  {
    const auto destroyed = [&](const DamageKinetics &kinetics, const double depth)
    { return share * damaged_fraction(contact_.damage(kinetics, depth)); };
    const ThermalInjury injury{destroyed(collagen_denaturation, place.depth), destroyed(skin_burn, place.depth)};
    injury.act_on(u, layout);
    u[layout.find("damage_signal")] += signal_of_all * (injury.cells + injury.collagen);
    if (regrowth_ == Regrowth::from_rim)
    {
      const double open = region_.share(at_surface(place)) * damaged_fraction(contact_.damage(skin_burn, 0.));
      cover(u, layout) = std::min(cover(u, layout), 1. - open);
    }
  }

  std::string Wound::in_words() const
  {
    const std::string how = kind_ == Kind::burn ? "a burn by " + format_rounded(contact_.temperature, 4) +
                                                    " degC for " + format_rounded(contact_.time, 3) + " s"
                                                : "a cut";
    return how + ", " + region_.in_words() +
           (splint_ > 0. ? ", splinted for " + format_rounded(splint_, 3) + " d" : "") + (grafted_ ? ", grafted" : "");
  }

  /** A splint lies on the soft edge of the wound and around it. A graft covers what is open. */
  void Wound::dress(const Tissue &tissue, State &state) const
  {
    const FieldLayout &layout = tissue.layout;
    const unsigned int splint = layout.find("splint"), graft = layout.find("graft");
    const Region outline = region_.grown_by(splint_width_);
    constexpr double edge = .88; // of the share: one width of the rim inside of the outline
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const Place &place = tissue.places[i];
      double *u = state.fields().begin() + i * layout.n_fields();
      const bool held = splint_ > 0. && region_.share(place) < edge && outline.share(place) > .5;
      u[splint] = held ? 1. : 0.;
      if (!grafted_)
        continue;
      const double share = region_.share(at_surface(place));
      u[graft] = std::max(u[graft], region_.share(place));
      cover(u, layout) += share * (1. - cover(u, layout));
    }
  }

  void Wound::end(const Tissue &tissue, State &state)
  {
    const unsigned int splint = tissue.layout.find("splint");
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
      state.fields().begin()[i * tissue.layout.n_fields() + splint] = 0.;
  }

  std::vector<Amount> Wound::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const unsigned int n_fields = tissue.layout.n_fields();
    goal_ = goals(tissue.layout);
    double reached = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const double share = region_.share(tissue.places[i]);
      reached = std::max(reached, share);
      double *u = state.fields().begin() + i * n_fields;
      if (kind_ == Kind::burn)
        burn(u, tissue.places[i], share, tissue.layout);
      else
        cut_out(u, tissue.places[i], share, tissue.layout);
    }
    if (dressed())
      dress(tissue, state);
    constexpr double inside = .5; // where the edge of the wound runs
    require_reached(name(), dealii::Utilities::MPI::max(reached, tissue.communicator) >= inside);
    if (kind_ == Kind::cut)
      return {};
    return {{"denatured_to_mm", contact_.depth_of_half(collagen_denaturation)},
            {"dead_to_mm", contact_.depth_of_half(skin_burn)}};
  }
} // namespace cutis
