// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"
#include "model/heat/contact_heat.h"

namespace cutis
{
  /** A wound: skin is cut out, so that inside it the fields take other values at once, or burnt by something hot. */
  class Wound : public Intervention
  {
  public:
    Wound();

    std::string name() const override { return "wound"; }
    std::string title() const override { return "A wound: skin is cut out, or burnt by something hot"; }
    std::string section() const override { return "Wound"; }
    void declare(Parameters &parameters) override;
    bool wounds() const override { return true; }
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;
    std::vector<std::string> needs() const override;
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;
    std::string in_words() const override;
    Modules modules() const override;
    Modules every_module() const override;
    double lasts() const override { return splint_; }
    void end(const Tissue &tissue, State &state) override;
    std::string missing_without_mechanics() const override;

  private:
    /** How skin is wounded. */
    enum class Kind
    {
      cut, ///< or torn, and taken away
      burn
    };

    void cut_out(double *u, const Place &place, double share, const FieldLayout &layout) const;
    void burn(double *u, const Place &place, double share, const FieldLayout &layout) const;
    void declare_outline(Parameters &parameters);
    void declare_dressing(Parameters &parameters);
    void dress(const Tissue &tissue, State &state) const;
    bool dressed() const { return splint_ > 0. || grafted_; }
    std::vector<double> goals(const FieldLayout &layout) const;

    /** Where epidermis can grow from again. */
    enum class Regrowth
    {
      from_rim,      ///< skin is gone in all its thickness: from the rim alone
      from_all_sides ///< glands and hair follicles are left in the bed; or the plane of the patch is seen from above
    };

    Region region_;
    Kind kind_ = Kind::cut;
    ContactHeat contact_;
    Regrowth regrowth_ = Regrowth::from_rim;
    double splint_ = 0.;       ///< time for which it stays [d]
    double splint_width_ = 2.; ///< [mm]
    bool grafted_ = false;
    std::unique_ptr<Module> dressing_ = make_module("dressing");
    std::vector<double> goal_;        ///< of the session at hand, by field
    std::vector<std::string> inside_; ///< `field=value`; empty: the reference wound of the dermis
  };
} // namespace cutis
