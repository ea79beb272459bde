// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/place.h"

#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** From where to where something reaches [mm]. */
  struct Reach
  {
    double from, to;

    bool contains(const double place) const { return place >= from && place <= to; }
    /** "from -5 to 5 mm" */
    std::string in_words() const;
  };

  /** Extent of the patch of skin, to see whether a place lies inside it. */
  struct PatchExtent
  {
    unsigned int dimension;
    Reach width, length; ///< along x and, in 3-D, along y
    double depth;        ///< mm
  };

  /** RunFailed with a sentence unless a session has reached something. */
  void require_reached(const std::string &intervention, bool reached);
  /** A warning with the share if a session reached less than nine tenths of what was planned, in the same unit. */
  void compare_with_plan(const std::string &intervention, double reached, double planned);

  /**
   * The part of the tissue that an intervention acts on: one or several bodies of the same form, with a soft rim, or
   * boluses, which have none: fluid that spreads from a point, as a Gaussian. In a 2-D patch balls and boluses are
   * cylinders across the section.
   */
  class Region
  {
  public:
    enum class Shape
    {
      ball,
      column, ///< through all layers
      plane,  ///< along the skin
      everywhere,
      bolus,
      disc, ///< from the surface down to a bottom, like the two that follow
      ellipse,
      incision, ///< a straight cut
      by_route  ///< what suits the way in which an intervention comes; it says which
    };
    enum class Profile
    {
      tanh,
      sine
    };

    Shape shape = Shape::ball;
    std::vector<double> x = {0.}; ///< centres along the width [mm]
    std::vector<double> y = {};   ///< centres along the length [mm]; empty: 0
    double depth = 2.;            ///< of the centres [mm]
    double radius = 3.;           ///< of ball and column, standard deviation of a bolus [mm]
    double height = 0.;           ///< of ball and plane from top to bottom [mm]; 0: a round ball
    double rim = .3;              ///< [mm]
    double across = 0.;           ///< semi-axis of an ellipse across its radius [mm]; 0: a circle
    double length = 20.;          ///< of an incision [mm]
    double gap = .4;              ///< across an incision [mm]
    double angle = 0.;  ///< by which an ellipse is turned from the width, and an incision from the length [deg]
    double bottom = 0.; ///< depth down to which disc, ellipse and incision reach [mm]; 0: through all layers
    Profile profile = Profile::tanh;

    /** Declare the place below `section`; radius and height are left to the intervention. */
    void declare(Parameters &parameters,
                 const std::string &section,
                 const std::vector<Shape> &shapes = {Shape::ball, Shape::column, Shape::plane, Shape::everywhere});
    std::string shape_name() const;
    /** "2 balls of radius 4.5 mm at a depth of 1.8 mm" */
    std::string in_words() const;
    /** Report centres outside the patch. */
    void check(const Parameters &parameters, const std::string &section, const PatchExtent &patch) const;

    /**
     * Share of the intervention that a place receives, from 1 inside to 0 outside. Across the rim it falls as
     * (1 - tanh(s/rim))/2 with the distance s to the edge, or (`sine`) from 1 at s = 0 to 0 at s = rim. Boluses add up,
     * exp(-r^2/(2 radius^2)) each.
     */
    double share(const Place &place) const;
    /** The integral of the share over unbounded tissue [mm^3; in a section mm^2]. Of balls and boluses only: all others
     * have no end. */
    double integral(bool section) const;
    /** The same bodies with their edges so much farther out along the skin [mm]. */
    Region grown_by(double width) const;

  private:
    double distance_to_edge(const Place &place) const;
    double distance_on_the_surface(double x, double y) const;
    double share_of_boluses(const Place &place) const;
  };
} // namespace cutis
