// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/place.h"

#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** Extent of the patch of skin, to see whether a treatment lies inside it [mm]. */
  struct PatchExtent
  {
    unsigned int dimension;
    double width, length, depth;
  };

  /**
   * The part of the tissue that an intervention acts on: one or several bodies of the same form, with a soft rim. In a
   * 2-D patch a ball is a cylinder across the section.
   */
  class Region
  {
  public:
    std::string shape = "ball";   ///< ball, column, plane or everywhere
    std::vector<double> x = {0.}; ///< centres along the width [mm]
    std::vector<double> y = {};   ///< centres along the length [mm]; empty: 0
    double depth = 2.;            ///< of the centres [mm]
    double radius = 3.;           ///< of ball and column [mm]
    double height = 0.;           ///< of ball and plane from top to bottom [mm]; 0: a round ball
    double rim = .3;              ///< [mm]
    std::string profile = "tanh";

    /** Declare the place below `section`; radius and height are left to the intervention. */
    void declare(Parameters &parameters, const std::string &section);
    /** Report centres outside the patch. */
    void check(const Parameters &parameters, const std::string &section, const PatchExtent &patch) const;

    /**
     * Share of the intervention that a place receives, from 1 inside to 0 outside. Across the rim it falls as
     * (1 - tanh(s/rim))/2 with the distance s to the edge, or (`sine`) from 1 at s = 0 to 0 at s = rim.
     */
    double share(const Place &place) const;

  private:
    double distance_to_edge(const Place &place) const;
  };
} // namespace cutis
