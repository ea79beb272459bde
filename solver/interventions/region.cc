// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/region.h"

#include "base/errors.h"
#include "base/parameters.h"
#include "base/text.h"

#include <algorithm>
#include <spdlog/spdlog.h>

#include <cmath>
#include <limits>

namespace cutis
{
  namespace
  {
    const Names<Region::Shape> &names_of_shapes()
    {
      using Shape = Region::Shape;
      static const Names<Shape> names{{Shape::ball, "ball"},
                                      {Shape::column, "column"},
                                      {Shape::plane, "plane"},
                                      {Shape::everywhere, "everywhere"},
                                      {Shape::bolus, "bolus"},
                                      {Shape::disc, "disc"},
                                      {Shape::ellipse, "ellipse"},
                                      {Shape::incision, "incision"},
                                      {Shape::by_route, "by route"}};
      return names;
    }
  } // namespace

  std::string Region::shape_name() const
  {
    return name_of(shape, names_of_shapes());
  }

  void Region::declare(Parameters &parameters, const std::string &section, const std::vector<Shape> &shapes)
  {
    Names<Shape> names;
    for (const Shape any : shapes)
      names.emplace_back(any, name_of(any, names_of_shapes()));
    const auto offered = [&](const Shape any) { return std::find(shapes.begin(), shapes.end(), any) != shapes.end(); };
    const bool boluses = offered(Shape::bolus);
    parameters.add_choice(
      section + "/Shape",
      shape,
      names,
      {std::string("Form of the treated body: a ball (flattened if it has a height), a column through all layers, a "
                   "plane along the skin, or the whole patch") +
       (boluses ? "; a bolus is fluid that has spread from a point, as a Gaussian" : "") +
       (offered(Shape::incision) ? "; a disc, an ellipse or an incision reaches from the surface down to a bottom"
                                 : "") +
       ". In a 2-D patch a ball " + (boluses ? "or bolus " : "") + "is a cylinder across the section."});
    parameters.add_list(
      section + "/Centres along width", x, "mm", {-2e3, 2e3}, {"Centres of the bodies; 0 is the middle of the patch."});
    parameters.add_list(
      section + "/Centres along length",
      y,
      "mm",
      {-2e3, 2e3},
      {"Centres of the bodies along the length of a 3-D patch, as many as along the width; empty: all 0."});
    parameters.add(section + "/Depth", depth, "mm", {0., 1e3}, {"Depth of the centres below the surface."});
    parameters.add(section + "/Rim width", rim, "mm", {1e-6, 1e3}, {"Width of the soft edge."});
    parameters.add_choice(
      section + "/Rim profile",
      profile,
      {{Profile::tanh, "tanh"}, {Profile::sine, "sine"}},
      {"tanh: (1 - tanh(s/rim))/2 with the distance s to the edge. sine: half a sine wave from the edge "
       "outwards over the rim."});
  }

  void Region::check(const Parameters &parameters, const std::string &section, const PatchExtent &patch) const
  {
    if (shape == Shape::everywhere)
      return;
    const auto outside = [&](const std::string &name, const double value, const std::string &limits)
    {
      parameters.problem(section + "/" + name,
                         "the centre at " + format_number(value) + " mm lies outside the skin patch, which reaches " +
                           limits + ".");
    };
    const bool has_depth = shape == Shape::ball || shape == Shape::plane || shape == Shape::bolus;
    if (has_depth && depth > patch.depth)
      outside("Depth", depth, "to a depth of " + format_number(patch.depth) + " mm");
    if (shape == Shape::plane && !(height > 0.))
      parameters.problem(section + "/Shape", "a plane needs a height, from its top to its bottom.");
    if (shape == Shape::plane)
      return;
    for (const double value : x)
      if (!patch.width.contains(value))
        outside("Centres along width", value, patch.width.in_words());
    if (!y.empty() && patch.dimension == 2)
      parameters.problem(section + "/Centres along length", "a 2-D patch has no length; leave this empty.");
    else if (!y.empty() && y.size() != x.size())
      parameters.problem(section + "/Centres along length",
                         "has " + std::to_string(y.size()) + " centres, but there are " + std::to_string(x.size()) +
                           " along the width.");
    else
      for (const double value : y)
        if (!patch.length.contains(value))
          outside("Centres along length", value, patch.length.in_words());
  }

  std::string Region::in_words() const
  {
    const auto mm = [](const double length) { return format_rounded(length, 4) + " mm"; };
    const std::size_t n = x.size();
    const std::string name = shape_name(), bodies = std::to_string(n) + " " + name + (n > 1 ? "s" : "");
    const std::string down = bottom > 0. ? ", " + mm(bottom) + " deep" : ", through all layers";
    switch (shape)
    {
      case Shape::everywhere:
        return "everywhere";
      case Shape::plane:
        return "a plane " + (height > 0. ? mm(height) + " high " : "") + "at a depth of " + mm(depth);
      case Shape::incision:
        return bodies + " " + mm(length) + " long, " + mm(gap) + " wide" + down;
      case Shape::ellipse:
        return bodies + " of radii " + mm(radius) + " and " + mm(across > 0. ? across : radius) + down;
      case Shape::disc:
      case Shape::column:
        return bodies + " of radius " + mm(radius) + (shape == Shape::disc ? down : "");
      default:
        return bodies + (shape == Shape::bolus ? " of standard deviation " : " of radius ") + mm(radius) +
               (height > 0. && shape == Shape::ball ? ", " + mm(height) + " high," : "") + " at a depth of " +
               mm(depth);
    }
  }

  std::string Reach::in_words() const
  {
    return "from " + format_number(from) + " to " + format_number(to) + " mm";
  }

  void require_reached(const std::string &intervention, const bool reached)
  {
    if (!reached)
      throw RunFailed("A session of '" + intervention +
                      "' reaches no node of the mesh. Its place lies in a hole or beyond the skin, or the cells are "
                      "larger than what it treats.");
  }

  void compare_with_plan(const std::string &intervention, const double reached, const double planned)
  {
    constexpr double enough = .9; // meshes resolve the rim to some per cent
    if (reached < enough * planned)
      spdlog::warn(
        "Of a session of '{}' only {} % arrive in the patch: the rest lies beyond its surface or its sides, or "
        "the cells are too large for it.",
        intervention,
        format_rounded(100. * reached / planned, 2));
  }

  /** From the outline of a disc, an ellipse or an incision, at this place from its centre. */
  double Region::distance_on_the_surface(const double x, const double y) const
  {
    const double turn = angle * M_PI / 180.;
    const double along = std::cos(turn) * x + std::sin(turn) * y, aside = std::cos(turn) * y - std::sin(turn) * x;
    if (shape == Shape::incision) // which a section crosses
      return std::max(std::abs(aside) - .5 * length, std::abs(along) - .5 * gap);
    const double other = shape == Shape::ellipse && this->across > 0. ? this->across : radius;
    return (std::hypot(along / radius, aside / other) - 1.) * std::min(radius, other);
  }

  double Region::distance_to_edge(const Place &place) const
  {
    const double half_height = height > 0. ? .5 * height : radius;
    if (shape == Shape::plane)
      return std::abs(place.depth - depth) - half_height;
    const bool from_the_surface = shape == Shape::disc || shape == Shape::ellipse || shape == Shape::incision;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < x.size(); ++c)
    {
      const double along_x = place.x - x[c], along_y = place.y - (y.empty() ? 0. : y[c]);
      const double across = std::hypot(along_x, along_y);
      const double distance =
        shape == Shape::column ? across - radius
        : from_the_surface
          ? std::max(distance_on_the_surface(along_x, along_y),
                     bottom > 0. ? place.depth - bottom : -std::numeric_limits<double>::infinity())
          : (std::hypot(across / radius, (place.depth - depth) / half_height) - 1.) * std::min(radius, half_height);
      nearest = std::min(nearest, distance);
    }
    return nearest;
  }

  double Region::share_of_boluses(const Place &place) const
  {
    double sum = 0.;
    for (std::size_t c = 0; c < x.size(); ++c)
    {
      const double across = std::hypot(place.x - x[c], place.y - (y.empty() ? 0. : y[c]));
      const double r = std::hypot(across, place.depth - depth) / radius;
      sum += std::exp(-.5 * r * r);
    }
    return sum;
  }

  double Region::share(const Place &place) const
  {
    if (shape == Shape::everywhere)
      return 1.;
    if (shape == Shape::bolus)
      return share_of_boluses(place);
    const double s = distance_to_edge(place);
    if (profile == Profile::tanh)
      return .5 * (1. - std::tanh(s / rim));
    return .5 * (1. + std::cos(M_PI * std::clamp(s / rim, 0., 1.)));
  }

  Region Region::grown_by(const double width) const
  {
    Region grown = *this;
    grown.radius += width;
    grown.across += across > 0. ? width : 0.;
    grown.length += 2. * width;
    grown.gap += 2. * width;
    return grown;
  }

  double Region::integral(const bool section) const
  {
    if (shape == Shape::bolus)
      return x.size() * std::pow(std::sqrt(2. * M_PI) * radius, section ? 2. : 3.);
    constexpr int n = 100;     // across the body, in each direction
    constexpr double far = 5.; // rims beyond the edge, where nothing of the share is left
    Region alone = *this;
    alone.x = alone.y = {0.};
    alone.depth = 0.;
    const double half_height = height > 0. ? .5 * height : radius;
    const double reach =
      1. + far * rim / std::min(radius, half_height); // the rim of a flat body is wider along the skin
    const double across = 2. * radius * reach / n, down = 2. * half_height * reach / n;
    double sum = 0.;
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
      {
        const double distance = (i + .5) * across * .5; // from the axis
        const double weight = section ? across : M_PI * distance * across;
        sum += alone.share({distance, 0., (j + .5 - .5 * n) * down}) * weight * down;
      }
    return x.size() * sum;
  }
} // namespace cutis
