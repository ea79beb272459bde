// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"
#include "base/text.h"
#include "model/reactions/module_rates.h"

#include <map>

namespace cutis
{
  /**
   * What a module says of itself, read from its header. `Definition` derives from ModuleDefinition and provides
   * `name`, `title`, `section`, `Constants`, `Own` (its fields) and `reactions`.
   */
  template <class Definition>
  class ModuleOf : public ModuleRates<Definition>
  {
    using Rates = ModuleRates<Definition>;
    using Rates::constants_, Rates::is_tissue;
    using typename Rates::Used, typename Rates::Links;

  public:
    static_assert(std::is_void_v<typename Definition::Tissue> || size_of<typename Used::Balanced> == 0,
                  "only a tissue has reactions whose factors follow from the rest of healthy skin");

    std::string name() const override { return Definition::name; }
    std::string title() const override { return Definition::title; }
    std::string stands_on() const override
    {
      if constexpr (is_tissue)
        return "";
      else
        return Definition::Tissue::name;
    }

    std::unique_ptr<Module> clone() const override
    {
      auto copy = std::make_unique<ModuleOf>();
      for (std::size_t c = 0; c < constants_.all().size(); ++c)
        *copy->constants_.all()[c].value = *constants_.all()[c].value;
      copy->diffusivities_ = diffusivities_;
      return copy;
    }

    void declare(Parameters &parameters) override
    {
      const std::string section = std::string(Definition::section) + "/";
      for (const ConstantInfo &c : constants_.all())
        parameters.add(section + c.name, *c.value, c.unit, c.range, c.about);
      each_own(
        [&](auto field, const Species &s)
        {
          static_cast<void>(field);
          if (s.diffusivity > 0.)
            parameters.add(section + "Diffusivity of " + s.key,
                           diffusivities_.emplace(s.key, s.diffusivity).first->second,
                           "mm^2/d",
                           Range::positive(),
                           {"Diffusivity of the " + s.meaning + ".", s.provenance, s.source});
        });
    }

    double &constant(const std::string &wanted) override
    {
      static_cast<void>(value_of(wanted));
      return *std::find_if(constants_.all().begin(),
                           constants_.all().end(),
                           [&](const ConstantInfo &c) { return c.name == wanted; })
                ->value;
    }

    double constant(const std::string &wanted) const override { return value_of(wanted); }

    std::vector<Species> fields(const unsigned int n_cohorts) const override
    {
      std::vector<Species> rows;
      each_own(
        [&](auto field, const Species &s)
        {
          using F = typename decltype(field)::Of;
          if constexpr (IsShared<F>::value)
            rows.push_back(s);
          else if constexpr (IsOfCohort<F>::value)
            for (unsigned int c = 0; c < n_cohorts; ++c)
            {
              rows.push_back(s);
              rows.back().family = s.key;
              rows.back().key = of_cohort(s.key, c);
              rows.back().symbol += std::to_string(c + 1);
              rows.back().meaning += " of cohort " + std::to_string(c + 1);
            }
        });
      return rows;
    }

    std::vector<std::string> doses(const unsigned int n_cohorts) const override
    {
      std::vector<std::string> names;
      for_each_in(typename Used::Doses(),
                  [&](int, auto dose)
                  {
                    for (unsigned int c = 0; c < n_cohorts; ++c)
                      names.push_back(of_cohort(decltype(dose)::Of::key, c));
                  });
      return names;
    }

    double cohort_lifetime() const override { return Definition::lifetime(constants_); }

    std::vector<std::string> needs() const override
    {
      std::vector<std::string> keys;
      for_each_in(typename Used::Shared(),
                  [&](int, auto field)
                  {
                    using F = typename decltype(field)::Of;
                    if (!contains<F>(typename Used::Own()))
                      keys.push_back(F::key);
                  });
      return keys;
    }

    std::vector<ReactionInfo> reactions() const override
    {
      std::vector<ReactionInfo> infos;
      Links::each_reaction(
        [&](const auto r, const auto &reaction)
        {
          using R = std::decay_t<decltype(reaction)>;
          ReactionInfo info{with_numbers(reaction.text), {}, {}, "", this->balance(r)};
          for_each_in(typename R::Reads(),
                      [&](int, auto read)
                      {
                        using F = typename decltype(read)::Of;
                        if constexpr (IsSum<F>::value)
                          for_each_in(typename F::Reads(),
                                      [&](int, auto g) { info.reads.push_back(decltype(g)::Of::key); });
                        else
                          info.reads.push_back(F::key);
                      });
          for_each_in(typename R::Changes::List(),
                      [&](const int c, auto field)
                      {
                        const int count = R::Changes::count[c];
                        info.changes.push_back((count > 0 ? "+" : "-") +
                                               (std::abs(count) > 1 ? std::to_string(std::abs(count)) : "") +
                                               decltype(field)::Of::key);
                      });
          for_each_in(typename R::Balanced(), [&](int, auto field) { info.balances = decltype(field)::Of::key; });
          infos.push_back(info);
        });
      return infos;
    }

  private:
    /** f(Item<F>, row) for each of its own fields. */
    template <class Action>
    void each_own(const Action &action) const
    {
      for_each_in(typename Used::Own(),
                  [&](int, auto field)
                  {
                    using F = typename decltype(field)::Of;
                    if constexpr (IsDose<F>::value)
                      return;
                    else
                    {
                      Species row = F::row(this->constants_);
                      row.key = F::key;
                      const auto chosen = diffusivities_.find(row.key);
                      if (chosen != diffusivities_.end())
                        row.diffusivity = chosen->second;
                      action(field, row);
                    }
                  });
    }

    /** A text with the constants that it names in braces. */
    std::string with_numbers(const std::string &text) const
    {
      std::string result;
      std::size_t at = 0;
      for (std::size_t open; (open = text.find('{', at)) != std::string::npos;)
      {
        const std::size_t close = text.find('}', open);
        result += text.substr(at, open - at) + format_rounded(value_of(text.substr(open + 1, close - open - 1)), 4);
        at = close + 1;
      }
      return result + text.substr(at);
    }

    double value_of(const std::string &wanted) const
    {
      for (const ConstantInfo &c : constants_.all())
        if (c.name == wanted)
          return *c.value;
      if constexpr (!is_tissue)
        if (this->tissue_)
          for (const ConstantInfo &c : this->tissue_->constants().all())
            if (c.name == wanted)
              return *c.value;
      throw BadInput("The module '" + name() + "' has no constant '" + wanted + "'.");
    }

    std::map<std::string, double> diffusivities_; ///< as the parameter file has them
  };
} // namespace cutis
