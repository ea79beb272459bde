// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/reactions/reactions.h"

#include "base/errors.h"
#include "base/text.h"
#include "model/reactions/balance.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    /** f(begin, count) for the runs of nodes that lie at the same site; no longer than `most`. */
    template <class Action>
    void each_run(const NodeBlock &nodes, const std::size_t most, const Action &action)
    {
      for (std::size_t begin = 0; begin < nodes.size;)
      {
        std::size_t end = std::min(begin + most, nodes.size);
        if (nodes.site)
          end = std::find_if(nodes.site + begin,
                             nodes.site + end,
                             [&](const unsigned char site) { return site != nodes.site[begin]; }) -
                nodes.site;
        action(begin, end - begin);
        begin = end;
      }
    }
  } // namespace

  std::vector<std::string> missing_fields(const std::vector<const Module *> &modules)
  {
    std::vector<std::string> sentences, keys;
    for (const Module *module : modules)
      for (const Species &s : module->fields(1))
        keys.push_back(s.key);
    for (const Module *module : modules)
      for (const std::string &key : module->needs())
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
        {
          const std::string tissue = module->stands_on();
          sentences.push_back(
            "'" + module->name() + "' acts through the field '" + key + "', which the network '" +
            modules.front()->name() + "' does not have" +
            (tissue.empty() || tissue == modules.front()->name() ? "." : "; use the network '" + tissue + "'."));
          break; // one sentence a module
        }
    return sentences;
  }

  Reactions::Reactions(std::vector<ChosenModule> modules, const std::vector<Host> &sites, std::vector<Kinetics *> extra)
    : modules_(std::move(modules))
  {
    std::vector<const Module *> all;
    for (const ChosenModule &m : modules_)
      all.push_back(m.module.get());
    const std::vector<std::string> missing = missing_fields(all);
    if (!missing.empty())
      throw BadInput(join(missing, "\n"));
    lay_out();
    for (const ChosenModule &m : modules_)
    {
      m.module->link(layout_, m.n_cohorts, m.module->stands_on().empty() ? nullptr : &tissue());
      m.module->prepare(sites);
      parts_.push_back(m.module.get());
    }
    parts_.insert(parts_.end(), extra.begin(), extra.end());
    for (unsigned int site = 0; site < sites.size(); ++site)
      healthy_.push_back(tissue().healthy(site));
    bind();
    note_resting_production();
  }

  Reactions::Reactions(FieldLayout layout, std::vector<Kinetics *> parts)
    : parts_(std::move(parts))
    , layout_(std::move(layout))
    , healthy_(1)
  {
    for (const Species &s : layout_.fields)
      healthy_.front().push_back(s.healthy);
    bind();
    note_resting_production();
  }

  /** Give all parts one pattern, which holds the derivatives of each and the full diagonal. */
  void Reactions::bind()
  {
    std::vector<std::pair<int, int>> entries;
    inert_.assign(layout_.n_fields(), true);
    for (const Kinetics *part : parts_)
      for (const auto &[i, j] : part->dependencies())
      {
        entries.emplace_back(i, j);
        inert_[i] = false;
      }
    for (unsigned int i = 0; i < layout_.n_fields(); ++i)
      entries.emplace_back(i, i);
    pattern_ = JacobianPattern(layout_.n_fields(), entries);
    for (Kinetics *part : parts_)
      part->bind(pattern_);
  }

  void Reactions::lay_out()
  {
    const auto append = [&](const Module &module, const unsigned int n_cohorts, const bool moving)
    {
      for (const Species &s : module.fields(n_cohorts))
        if ((s.diffusivity > 0.) == moving)
          layout_.fields.push_back(s);
    };
    for (const ChosenModule &m : modules_)
      append(*m.module, m.n_cohorts, true);
    for (std::size_t m = 1; m < modules_.size(); ++m)
      append(*modules_[m].module, modules_[m].n_cohorts, false);
    append(tissue(), 0, false);
    for (const ChosenModule &m : modules_)
      for (const std::string &dose : m.module->doses(m.n_cohorts))
        layout_.doses.push_back(dose);
  }

  unsigned int Reactions::index(const std::string &key) const
  {
    const int field = layout_.find(key);
    if (field < 0)
      throw BadInput("These reactions have no field '" + key + "'.");
    return field;
  }

  double Reactions::constant(const std::string &module, const std::string &name) const
  {
    const Module &found =
      *std::find_if(modules_.begin(), modules_.end(), [&](const ChosenModule &m) { return m.module->name() == module; })
         ->module;
    return found.constant(name);
  }

  std::vector<double> Reactions::active() const
  {
    std::vector<double> values;
    for (const Species &s : layout_.fields)
      values.push_back(s.active);
    return values;
  }

  std::vector<std::vector<double>> Reactions::conserved_sums() const
  {
    DenseMatrix all(layout_.n_fields());
    for (const ChosenModule &m : modules_)
    {
      const DenseMatrix part = m.module->stoichiometry();
      for (std::size_t f = 0; f < all.size(); ++f)
        all[f].insert(all[f].end(), part[f].begin(), part[f].end());
    }
    return left_null_space(all);
  }

  void Reactions::set_cohorts(const std::string &module, const CohortStarts &starts)
  {
    for (const ChosenModule &m : modules_)
      if (m.module->name() == module)
        m.module->set_cohorts(starts);
  }

  void Reactions::set_time(const double time)
  {
    for (Kinetics *part : parts_)
      part->set_time(time);
  }

  void Reactions::add_rates(const NodeBlock &nodes, double *rates) const
  {
    each_run(nodes,
             nodes.size,
             [&](const std::size_t begin, const std::size_t count)
             {
               for (const Kinetics *part : parts_)
                 part->add_rates(nodes.part(begin, count), rates + begin * nodes.n_fields);
             });
  }

  void Reactions::jacobian(const NodeBlock &nodes, double *values) const
  {
    std::fill(values, values + n_lanes * pattern_.size(), 0.);
    // A run that does not begin at the first lane is computed apart and moved there.
    std::vector<double> apart;
    each_run(nodes,
             n_lanes,
             [&](const std::size_t begin, const std::size_t count)
             {
               const bool whole = count == nodes.size;
               if (!whole)
                 apart.assign(n_lanes * pattern_.size(), 0.);
               for (const Kinetics *part : parts_)
                 part->add_jacobian(nodes.part(begin, count), whole ? values : apart.data());
               for (std::size_t s = 0; !whole && s < pattern_.size(); ++s)
                 std::copy_n(&apart[s * n_lanes], count, values + s * n_lanes + begin);
             });
  }

  std::vector<double> Reactions::production(const unsigned int field, const NodeBlock &nodes) const
  {
    std::vector<double> made(nodes.size, 0.);
    each_run(nodes,
             nodes.size,
             [&](const std::size_t begin, const std::size_t count)
             {
               for (const Kinetics *part : parts_)
                 part->add_production(field, nodes.part(begin, count), &made[begin]);
             });
    return made;
  }

  /** While the rates are still those of the start. */
  void Reactions::note_resting_production()
  {
    const std::vector<double> no_doses(layout_.n_doses(), 0.);
    const double content = 1.;
    for (std::size_t s = 0; s < healthy_.size(); ++s)
    {
      const unsigned char site = s;
      const NodeBlock node{1,
                           layout_.n_fields(),
                           healthy_[s].data(),
                           layout_.n_doses(),
                           no_doses.data(),
                           &content,
                           nullptr,
                           nullptr,
                           &site};
      resting_production_.emplace_back();
      for (unsigned int f = 0; f < layout_.n_fields(); ++f)
        resting_production_.back().push_back(production(f, node).front());
    }
  }

  Reactions tissue_alone(const std::string &network, const Host &host, std::vector<Kinetics *> extra)
  {
    std::vector<ChosenModule> modules;
    modules.push_back({make_module(network), 0});
    return Reactions(std::move(modules), {host}, std::move(extra));
  }
} // namespace cutis
