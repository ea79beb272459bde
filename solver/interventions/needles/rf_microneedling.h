// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"
#include "interventions/needles/needle_array.h"
#include "model/heat/rf_pulse.h"
#include "processes/electro_thermal/electro_thermal_setting.h"

#include <memory>
#include <optional>

namespace cutis
{
  /**
   * Radio-frequency microneedling: an array of needles denatures collagen and kills cells around its tips; the tissue
   * clears what is dead and heals. Before the run the needles are fired into a treatment cell of their own; that lesion
   * is what every session leaves around each pair.
   */
  class RfMicroneedling : public Intervention
  {
  public:
    std::string name() const override { return "rf_microneedling"; }
    std::string title() const override { return "Radio-frequency microneedling: lesions around the tips of an array"; }
    std::string section() const override { return "RF microneedling"; }
    void declare(Parameters &parameters) override;
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;
    Modules modules() const override;
    bool wounds() const override { return true; }
    std::vector<std::string> needs() const override;
    std::vector<Problem> problems() const override;
    std::vector<Document> begin(const std::vector<LayerExtent> &layers) override;
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;
    std::string in_words() const override;
    Account account(unsigned int dimension) const override;

    const NeedleArray &array() const { return array_; }
    const RfPulse &pulse() const { return pulse_; }
    bool axisymmetric() const { return model_ == LesionModel::single_needle; }
    /** In place of the one that `begin` would compute. */
    void set_lesion(LesionTable lesion, const FiringRecord &firing);

  private:
    enum class LesionModel
    {
      pair,         ///< in 3-D
      single_needle ///< with its axis of symmetry
    };

    void keep(LesionTable lesion, const FiringRecord &firing);
    SessionEffect effect_on(unsigned int node, const Tissue &tissue) const;
    void change(double *fields, const SessionEffect &effect, const FieldLayout &layout) const;
    std::vector<Amount> amounts(SessionEffect arrived, const Tissue &tissue);

    NeedleArray array_;
    RfPulse pulse_;
    ElectroThermalSetting heat_; ///< of the tissue that they are fired into
    bool energy_ = true;         ///< false: the needles are pushed in and out only
    LesionModel model_ = LesionModel::pair;
    double signal_cells_ = .5, signal_collagen_ = .5, signal_track_ = .3;
    LesionTable lesion_;
    FiringRecord firing_;
    bool given_ = false;                    ///< lesion and record, so that none is computed
    std::optional<SessionEffect> expected_; ///< volumes that a session should destroy, once they are known
    std::vector<Place> sources_, needles_;  ///< in the patch at hand
    std::unique_ptr<Module> module_ = make_module("needles"); ///< its constants are settings of this intervention
  };
} // namespace cutis
