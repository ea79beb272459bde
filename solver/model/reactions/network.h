// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/host.h"
#include "model/reactions/kinetics.h"
#include "model/reactions/species.h"

#include <memory>
#include <string>
#include <vector>

namespace cutis
{
  /** A reaction, as it is told to the user. */
  struct ReactionInfo
  {
    std::string text; ///< what happens, with the formula of the rate
    std::vector<std::string> reads;
    std::vector<std::string> changes; ///< `-fibroblast`, `+myofibroblast`
    std::string balances;             ///< species whose rest in healthy skin fixes the factor; empty if none
    double factor;                    ///< that factor; 1 if none
  };

  /** A sum of fields, weighted, that no reaction changes. */
  using ConservedSum = std::vector<double>;

  /**
   * A reaction network: species, constants and reactions at a point of the tissue.
   *
   * Life of a network: `declare` its constants, let the parameters be read, `prepare` it for a host, then evaluate it
   * as Kinetics. After `prepare`, healthy skin of the host is an exact steady state if the age is held, and follows the
   * law of ageing if not.
   */
  class Network : public Kinetics
  {
  public:
    virtual std::string name() const = 0;
    virtual std::string title() const = 0; ///< one sentence, with the source

    /** Declare the constants below `Network/<name>`. */
    virtual void declare(Parameters &parameters) = 0;
    /** Derive the balanced constants and the healthy state. BadInput if one of them is not positive. */
    virtual void prepare(const Host &host) = 0;

    virtual const std::vector<Species> &species() const = 0;
    virtual std::vector<Taxis> taxis() const = 0;
    virtual std::vector<CrowdedMobility> crowding() const = 0;
    virtual std::vector<ReactionInfo> reactions() const = 0;
    virtual std::vector<ConservedSum> conserved_sums() const = 0;

    /** Healthy state at the start of the run, one value per species. */
    virtual const std::vector<double> &healthy() const = 0;
    /** A state in which every signal and cell is at work: with `healthy` it fixes the order of the implicit solves. */
    virtual std::vector<double> active() const = 0;

    /** Index of a species. BadInput if this network has none of that key. */
    int index(const std::string &key) const;
    bool has(const std::string &key) const;
  };

  const std::vector<std::string> &network_names();
  std::unique_ptr<Network> make_network(const std::string &name);
} // namespace cutis
