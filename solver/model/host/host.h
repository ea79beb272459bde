// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

namespace cutis
{
  class Parameters;

  /** How strongly cells answer to the tension of the fibres around them. */
  struct StretchGains
  {
    double synthesis = 0.; ///< Gm
    double mmp = 0.;       ///< Gz
    double tgf_beta = 0.;  ///< Gt
  };

  /** What age, sun and smoking do to the rates of the network; all 1 in a young, protected non-smoker. */
  struct HostFactors
  {
    double collagen_synthesis = 1.; ///< on the synthesis of collagen
    double mmp_production = 1.;     ///< on the production of matrix metalloproteinases
    double type_iii_share = 1.;     ///< on the share of type III in new collagen
    double fragmentation = 0.;      ///< fragmented share of the mature collagen
    double tgf_activation = 1.;     ///< on the TGF-beta that cells set free
    double growing_older = 0.;      ///< 1 while the age advances, 0 at a held age

    /**
     * The same where the fibres are under another tension than at rest: synthesis times 1 + Gm tanh s, not below zero,
     * production of MMP times 1 + Gz tanh(-s) where they are slack, and release of TGF-beta by cells times 1 + Gt tanh
     * s where they are tense. `s` is the tension over that at rest, minus 1.
     */
    HostFactors stretched(double s, const StretchGains &gains) const;
  };

  /** The person whose skin is simulated. */
  struct Host
  {
    double age = 55.;      ///< years at the start
    bool ageing = true;    ///< false: the age is held
    double uv_dose = 0.;   ///< minimal erythema doses per day that reach the skin without sunscreen
    double sunscreen = 0.; ///< fraction of the dose that is kept off
    bool smoker = false;

    StretchGains stretch_gains; ///< set by mechanics

    void declare(Parameters &parameters);

    /** Age in years at a time in days after the start of the run. */
    double age_at(double time) const;
    /**
     * Factors at an age [years]. Ageing acts over `a = clamp((age - 20)/60, 0, 1)`: fibroblasts 1 - .35 a and synthesis
     * per fibroblast 1 - .32 a (procollagen per fibroblast 82 -> 56 ng/mL, Varani et al. 2006), production of MMP 1 +
     * a. Sun: MMP 1 + 3.4 E/(E + E50) (collagenase up 4.4-fold, Fisher et al. 1997). Smoking: synthesis of type I x .82
     * and type III x .78, inhibitors of MMP x .86 (Knuutinen et al. 2002).
     */
    HostFactors factors(double age) const;
  };
} // namespace cutis
