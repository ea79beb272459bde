// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"
#include "interventions/intervention.h"
#include "interventions/msc/print_pattern.h"

namespace cutis
{
  /**
   * Mesenchymal stromal cells: injected as a suspension, printed onto a wound bed, or their factors alone laid on the
   * surface for a while.
   */
  class Msc : public Intervention
  {
  public:
    Msc();

    std::string name() const override { return "msc"; }
    std::string title() const override
    {
      return "Mesenchymal stromal cells: injected, printed, or their factors alone";
    }
    std::string section() const override { return "MSC"; }
    void declare(Parameters &parameters) override;
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;

    Modules modules() const override;
    Modules every_module() const override;
    std::vector<std::string> needs() const override;
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;
    std::string in_words() const override;
    double lasts() const override { return route_ == Route::topical ? time_on_ : 0.; }
    void end(const Tissue &tissue, State &state) override;
    Account account(unsigned int dimension) const override;

  private:
    enum class Route
    {
      inject,
      bioprint,
      topical
    };
    enum class Pores
    {
      none,
      roller,
      rf_microneedling
    };

    static const Names<Route> &routes();
    void declare_factors(Parameters &parameters);
    Region region() const;
    double living() const; ///< cells per mm^3 of suspension or ink that are alive
    std::vector<Amount> place_cells(const Tissue &tissue, State &state) const;
    std::vector<Amount> cover(const Tissue &tissue, State &state) const;

    Route route_ = Route::inject;
    double concentration_ = 1e7; ///< cells/mL
    double viability_ = 1., print_viability_ = .9;
    double depot_volume_ = .1; ///< mL
    Region region_;            ///< but for what follows from the route
    PrintPattern pattern_;
    Pores pores_ = Pores::roller;
    double open_share_ = .0077, time_on_ = 1.;
    std::unique_ptr<Module> cells_, topical_; ///< their constants are settings of this intervention
  };
} // namespace cutis
