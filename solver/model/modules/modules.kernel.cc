// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// All networks are compiled here, with the instruction set of this machine. A new network adds its header and its line.
#include "base/errors.h"
#include "model/modules/dermis.h"
#include "model/modules/published/koppenol2017.h"
#include "model/modules/published/tepole2017.h"
#include "model/reactions/network_of.h"

namespace cutis
{
  const std::vector<std::string> &network_names()
  {
    static const std::vector<std::string> names = {Dermis::name, Tepole2017::name, Koppenol2017::name};
    return names;
  }

  std::unique_ptr<Network> make_network(const std::string &name)
  {
    if (name == Dermis::name)
      return std::make_unique<NetworkOf<Dermis>>();
    if (name == Tepole2017::name)
      return std::make_unique<NetworkOf<Tepole2017>>();
    if (name == Koppenol2017::name)
      return std::make_unique<NetworkOf<Koppenol2017>>();
    throw BadInput("There is no network '" + name + "'; there are dermis, tepole2017 and koppenol2017.");
  }

  int Network::index(const std::string &key) const
  {
    for (std::size_t s = 0; s < species().size(); ++s)
      if (species()[s].key == key)
        return static_cast<int>(s);
    throw BadInput("The network '" + name() + "' has no field '" + key + "'.");
  }

  bool Network::has(const std::string &key) const
  {
    for (const Species &s : species())
      if (s.key == key)
        return true;
    return false;
  }
} // namespace cutis
