// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"
#include "interventions/plla/plla_kinetics.h"

namespace cutis
{
  /** Injection of poly-L-lactic acid microparticles: depots or a plane, one or several sessions. */
  class Plla : public Intervention
  {
  public:
    Plla();

    std::string name() const override { return "plla"; }
    std::string title() const override { return "Injection of poly-L-lactic acid (PLLA) microparticles"; }
    std::string section() const override { return "PLLA"; }
    void declare(Parameters &parameters) override;
    void check(Parameters &parameters, const PatchExtent &patch, const Network &network) const override;

    std::vector<Species> species() const override;
    std::vector<std::string> doses() const override;
    void prepare(const FieldLayout &layout, const Network &network) override;
    Kinetics *kinetics() override { return kinetics_.get(); }
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;

    /** PLLA per volume of treated tissue [mg/cm^3]: the suspension takes the place of as much tissue. */
    double concentration() const { return dose_ / dilution_; }

  private:
    void declare_constants(Parameters &parameters);

    Region region_;
    double dose_ = 150.;       ///< mg
    double dilution_ = 9.;     ///< mL
    double depot_volume_ = .1; ///< mL
    double radius_ = 0.;       ///< mm
    double trauma_ = 0.;
    std::string preset_ = "medium";
    PllaConstants constants_;
    PllaKinetics::Indices indices_ = {-1, -1, -1, {}, {}};
    int damage_ = -1;
    std::unique_ptr<PllaKinetics> kinetics_;
  };
} // namespace cutis
