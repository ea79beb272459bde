// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/ageing.h"
#include "model/reactions/balance.h"
#include "model/reactions/module.h"
#include "model/reactions/module_links.h"

#include <algorithm>

namespace cutis
{
  /** What a module knows beside the values at a node: constants, healthy skin of each site, the moment, its cohorts. */
  template <class Definition>
  class ModuleState : public Module
  {
  protected:
    using Constants = typename Definition::Constants;
    using Tissue = typename Definition::Tissue;
    using Used = ModuleFields<Definition>;
    using Links = ModuleLinks<Definition>;
    static constexpr int n_reactions = Used::n_reactions;
    static constexpr bool is_tissue = std::is_void_v<Tissue>;

  public:
    const Constants &constants() const { return constants_; }

    void link(const FieldLayout &layout, const unsigned int n_cohorts, const Module *tissue) override
    {
      links_.link(layout, n_cohorts);
      starts_.assign(n_cohorts, never);
      cohorts_.resize(n_cohorts);
      if constexpr (!is_tissue)
        tissue_ = dynamic_cast<const ModuleState<Tissue> *>(tissue);
      Definition::derive(constants_);
    }
    std::vector<std::vector<double>> stoichiometry() const override { return links_.stoichiometry(); }

    void prepare(const std::vector<Host> &hosts) override
    {
      sites_.clear();
      if constexpr (!is_tissue)
        for (std::size_t h = 0; h < hosts.size(); ++h)
          sites_.push_back({{}, {}, tissue_->healthy(h)});
      else if (links_.n_fields > static_cast<unsigned int>(size_of<typename Used::Own>))
        prepare_by_itself(hosts);
      else
        for (const Host &host : hosts)
          sites_.push_back(rested_site(host));
      set_time(0.);
    }

    const std::vector<double> &healthy(const unsigned int site) const override { return sites_[site].healthy; }
    void set_cohorts(const CohortStarts &starts) override { starts_ = starts; }

    void set_time(const double time) override
    {
      for (std::size_t c = 0; c < starts_.size(); ++c)
        cohorts_[c] = Definition::cohort(time - starts_[c], constants_);
      for (std::size_t s = 0; s < sites_.size(); ++s)
      {
        SiteState &site = sites_[s];
        if constexpr (!is_tissue)
          site.factors = tissue_->factors(s); // the tissue comes first
        else if constexpr (Definition::ages)
        {
          site.factors = site.host.factors(site.host.age_at(time));
          Definition::complete(site.factors,
                               [&](auto field) { return site.healthy[links_.template position<decltype(field)>(0)]; });
        }
        Links::each_reaction(
          [&](const auto r, const auto &reaction)
          {
            if constexpr (std::decay_t<decltype(reaction)>::by_cells)
              site.rest[r] = site.balance[r] * rate_at(reaction, site.healthy, site.factors, s);
          });
      }
    }

    /** Factor of a balancing reaction at a site, 1 for the others. */
    template <class R>
    double balance_of(const unsigned int site) const
    {
      return sites_[site].balance[position_in<R>(typename Used::Reactions())];
    }
    const HostFactors &factors(const unsigned int site) const { return sites_[site].factors; }
    const TensionGains &tension_gains(const unsigned int site) const { return sites_[site].host.tension_gains; }

  protected:
    struct SiteState
    {
      Host host;
      HostFactors factors;
      std::vector<double> healthy;
      std::array<double, n_reactions> balance = ones();
      std::array<double, n_reactions> rest = {}; ///< rates in healthy skin at the present time, of what cells do

      static std::array<double, n_reactions> ones()
      {
        std::array<double, n_reactions> array;
        array.fill(1.);
        return array;
      }
    };

    /** Where the factors of hosts come from: the tissue. */
    const auto &source_of_factors() const
    {
      if constexpr (is_tissue)
        return *this;
      else
        return *tissue_;
    }

    double balance(const std::size_t reaction) const { return sites_.empty() ? 1. : sites_.front().balance[reaction]; }

    Constants constants_;
    Links links_;
    const ModuleState<std::conditional_t<is_tissue, Definition, Tissue>> *tissue_ = nullptr; ///< null for a tissue
    std::vector<SiteState> sites_;
    CohortStarts starts_;
    std::vector<typename Definition::Cohort> cohorts_; ///< at the present time

  private:
    /** The rate of a reaction at a state of the whole layout, without cohorts and without its factor. */
    template <class R>
    double
    rate_at(const R &reaction, const std::vector<double> &state, const HostFactors &factors, unsigned int site) const
    {
      GatheredNodes<double, Definition> nodes(factors, tissue_, site);
      for_each_in(typename Used::Shared(),
                  [&](int, auto field)
                  {
                    nodes.template at<typename decltype(field)::Of>() =
                      state[links_.template position<typename decltype(field)::Of>(0)];
                  });
      for_each_in(typename Used::Counts(),
                  [&](int, auto count)
                  {
                    using Count = typename decltype(count)::Of;
                    for (const Counted &c : links_.template counted<Count>())
                      nodes.template at<Count>() += c.each * state[c.field];
                  });
      return reaction.rate(nodes.read(), constants_, nodes.moment);
    }

    /** Healthy skin is that of the tissue alone, to the last bit, whatever else is linked. */
    void prepare_by_itself(const std::vector<Host> &hosts)
    {
      const std::unique_ptr<Module> alone = this->clone();
      FieldLayout own;
      own.fields = this->fields(0);
      alone->link(own, 0, nullptr);
      alone->prepare(hosts);
      sites_ = static_cast<const ModuleState &>(*alone).sites_;
      for (SiteState &site : sites_)
      {
        std::vector<double> all = links_.young;
        for (std::size_t f = 0; f < own.fields.size(); ++f)
          all[std::find(links_.keys.begin(), links_.keys.end(), own.fields[f].key) - links_.keys.begin()] =
            site.healthy[f];
        site.healthy = all;
      }
    }

    /** The healthy state of a host, and the factors of the balancing reactions with which it rests. */
    SiteState rested_site(const Host &host)
    {
      sites_.insert(sites_.begin(), SiteState()); // the one that is evaluated
      SiteState &site = sites_.front();
      site.host = host;
      site.healthy = links_.young;
      balance_at(links_.young, HostFactors(), site);
      if constexpr (Definition::ages)
      {
        site.host.ageing = true; // it has grown up
        site.healthy = aged_state(*this, links_.young, host.grown_from(), host.age);
        site.host = host;
        Definition::set_aged([&](auto field) -> double &
                             { return site.healthy[links_.template position<decltype(field)>(0)]; });
        if (!host.ageing)
          balance_at(site.healthy, host.factors(host.age), site);
      }
      const SiteState rested = site;
      sites_.erase(sites_.begin());
      return rested;
    }

    /** Scale the balancing reactions so that nothing changes at `state`. */
    void balance_at(const std::vector<double> &state, const HostFactors &factors, SiteState &site) const
    {
      std::vector<double> rates(n_reactions);
      std::vector<int> balanced(n_reactions, -1);
      Links::each_reaction(
        [&](const auto r, const auto &reaction)
        {
          using Balanced = typename std::decay_t<decltype(reaction)>::Balanced;
          rates[r] = rate_at(reaction, state, factors, 0);
          for_each_in(Balanced(),
                      [&](int, auto field)
                      { balanced[r] = links_.template position<typename decltype(field)::Of>(0); });
        });
      const std::vector<double> factor = balancing_factors(links_.stoichiometry(), rates, balanced, links_.keys);
      std::copy(factor.begin(), factor.end(), site.balance.begin());
    }
  };
} // namespace cutis
