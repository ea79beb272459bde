// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"
#include "interventions/needles/needle_array.h"
#include "interventions/needles/rf_kinetics.h"
#include "model/heat/rf_pulse.h"

#include <memory>
#include <optional>

namespace cutis
{
  /**
   * Radio-frequency microneedling: an array of needles denatures collagen and kills cells around its tips; the tissue
   * clears what is dead and heals. The lesion around one pair is computed elsewhere and given to it.
   */
  class RfMicroneedling : public Intervention
  {
  public:
    std::string name() const override { return "rf_microneedling"; }
    std::string title() const override { return "Radio-frequency microneedling: lesions around the tips of an array"; }
    std::string section() const override { return "RF microneedling"; }
    void declare(Parameters &parameters) override;
    void check(Parameters &parameters, const PatchExtent &patch, const Network &network) const override;
    std::vector<Species> species() const override;
    void prepare(const FieldLayout &layout, const Network &network) override;
    Kinetics *kinetics() override { return kinetics_.get(); }
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;
    Account account(unsigned int dimension) const override;

    const NeedleArray &array() const { return array_; }
    const RfPulse &pulse() const { return pulse_; }
    bool fires() const { return energy_; } ///< false: the needles are pushed in and out only
    bool axisymmetric() const { return model_ == "single needle"; }
    void set_lesion(LesionTable lesion, const FiringRecord &firing);

  private:
    /** Where the fields are in the layout. */
    struct Indices
    {
      int damage, denatured, shock, pore;
      std::vector<int> collagen, cells;
      int collagen_new, collagen_mature;
    };

    SessionEffect effect_on(unsigned int node, const Tissue &tissue) const;
    void change(double *fields, const SessionEffect &effect) const;
    std::vector<Amount> amounts(SessionEffect arrived, const Tissue &tissue);

    NeedleArray array_;
    RfPulse pulse_;
    bool energy_ = true;
    std::string model_ = "pair";
    RfConstants constants_;
    double signal_cells_ = .5, signal_collagen_ = .5, signal_track_ = .3;
    LesionTable lesion_;
    FiringRecord firing_;
    std::optional<SessionEffect> expected_; ///< volumes that a session should destroy, once they are known
    std::vector<Place> sources_, needles_;  ///< in the patch at hand
    Indices at_;
    std::unique_ptr<RfKinetics> kinetics_;
  };
} // namespace cutis
