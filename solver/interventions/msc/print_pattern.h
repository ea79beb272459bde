// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/place.h"

#include <string>

namespace cutis
{
  class Parameters;

  /** What a printer lays on a bed: lines or droplets of ink in a layer at the surface. */
  class PrintPattern
  {
  public:
    enum class Kind
    {
      uniform,
      stripes, ///< across the width
      lattice,
      droplets
    };

    Kind kind = Kind::lattice;
    double pitch = 1.; ///< from line to line, or droplet to droplet [mm]
    double width = .4; ///< of a line, diameter of a droplet [mm]
    double layer = .5; ///< thickness [mm]
    double rim = .1;   ///< over which all edges are soft [mm]

    void declare(Parameters &parameters, const std::string &section);
    /** Report what cannot be printed. */
    void check(const Parameters &parameters, const std::string &section) const;

    /**
     * Share of ink at a place, from 0 to 1: (1 + tanh((w/2 - s)/rim))/2 with the distance s to the middle of the
     * nearest line or droplet. A section through a lattice or droplets runs between the lines along it, through the
     * droplets.
     */
    double share(const Place &place, unsigned int dimension) const;
    /** The smallest length that a mesh has to resolve [mm]; 0 for a uniform layer. */
    double finest() const { return kind == Kind::uniform ? 0. : width; }

  private:
    double inside(double distance, double half) const;
  };
} // namespace cutis
