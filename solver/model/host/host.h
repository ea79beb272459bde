// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/habits.h"

#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** How strongly cells answer to the tension of the fibres around them. */
  struct TensionGains
  {
    double synthesis = 0.; ///< Gm
    double mmp = 0.;       ///< Gz
    double tgf_beta = 0.;  ///< Gt
  };

  /** What age, sun and smoking do to the rates of the modules; all 1 in a young, protected non-smoker. N is a number,
   * or one for each of several nodes. */
  template <class N>
  struct HostFactorsOf
  {
    N collagen_synthesis = 1.; ///< on the synthesis of collagen
    N mmp_production = 1.;     ///< on the production of matrix metalloproteinases
    N type_iii_share = 1.;     ///< on the share of type III in new collagen
    N tgf_activation = 1.;     ///< on the TGF-beta that cells set free
    N growing_older = 0.;      ///< 1 while the age advances, 0 at a held age
    N perfusion = 1.;          ///< on the exchange of oxygen with the blood
    N collagen = 1.;           ///< all collagen of this host in health
  };
  using HostFactors = HostFactorsOf<double>;

  /** The person whose skin is simulated, or a site of it with a history of its own. */
  struct Host
  {
    static constexpr double oldest = 100.; ///< years of age up to which skin is known
    double age = 55.;                      ///< years at the start
    bool ageing = true;                    ///< false: the age is held
    double uv_dose = 0.;                   ///< minimal erythema doses per day that reach the skin without sunscreen
    Habit sun;                             ///< from which age to which
    double sunscreen = 0.;                 ///< fraction of the dose that is kept off
    Habit protection;                      ///< from which age to which sunscreen is used
    bool smoker = false;
    Habit smoking;
    double perfusion = 1.; ///< exchange of oxygen with the blood, over that of healthy skin

    HostConstants constants;
    TensionGains tension_gains; ///< set by mechanics

    /** Declare what is known of the person below a section: `Host`, or that of another site. */
    void declare(Parameters &parameters, const std::string &section);
    /** Report ages that do not go together. */
    void check(Parameters &parameters, const std::string &section) const;

    /** Age in years from which skin has grown old in the ways of this host. What is not so from youth on, as poor
     * perfusion, has lasted for ten years at the age of 20. */
    double grown_from() const { return perfusion == 1. ? 20. : 10.; }

    /** Age in years at a time in days after the start of the run. */
    double age_at(double time) const;
    /** The times after the start at which a habit begins or ends, and rates therefore have a kink [d]. */
    std::vector<double> turns() const;
    /** Factors at an age [years]; the formulas are those of HostConstants. */
    HostFactors factors(double age) const;
  };

  /**
   * A part of the patch with a history of its own beside that of the host: a face that the sun has reached next to skin
   * that was covered, the skin of another person. Fields that diffuse mix across its border.
   */
  struct OtherSite
  {
    std::vector<double> along_width; ///< from, to [mm]; empty: there is none
    Host host;

    void declare(Parameters &parameters);
    /** Report borders that do not go together. */
    void check(Parameters &parameters) const;
    bool exists() const { return !along_width.empty(); }
    bool contains(const double x) const { return exists() && x >= along_width[0] && x <= along_width[1]; }
  };
} // namespace cutis
