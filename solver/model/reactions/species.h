// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"

#include <string>
#include <vector>

namespace cutis
{
  /** What a field is made of decides how much of it a layer of the skin holds. */
  enum class Matter
  {
    soluble, ///< dissolved in the tissue fluid: the same share of the volume everywhere
    tissue   ///< cells, vessels and matrix: scaled with the content of the layer
  };

  /** A field of a network: its row in the table of species. */
  struct Species
  {
    std::string key;         ///< name in files, `tgf_beta`
    std::string symbol;      ///< name in formulas, `T`
    std::string meaning;     ///< for people
    double healthy = 0.;     ///< value in healthy young skin, in `unit`
    std::string unit = "1";  ///< unit of the stored value; 1 if relative to health
    std::string scale = "";  ///< what a stored value of 1 stands for
    double diffusivity = 0.; ///< mm^2/d; 0: bound, does not move
    Matter matter = Matter::soluble;
    Provenance provenance = Provenance::assumed;
    std::string source = "";
    double magnitude = 1.; ///< typical size in `unit`; sets the absolute error that is tolerated
    bool guided = false;   ///< crawls along collagen fibres, where mechanics knows them
  };

  /** Directed movement of a species up the gradient of another: flux = coefficient u grad(attractant). */
  struct Taxis
  {
    int species;
    int attractant;
    double coefficient; ///< mm^2/d per unit of the attractant
    std::string source;
  };

  /**
   * Mobility of a species that depends on the local state: diffusivity and taxis coefficients are multiplied by the sum
   * of the named fields over `reference`.
   */
  struct CrowdedMobility
  {
    int species;
    std::vector<int> crowd;
    double reference;
  };
} // namespace cutis
