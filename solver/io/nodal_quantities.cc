// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/nodal_quantities.h"

#include "base/errors.h"
#include "base/text.h"

#include <algorithm>
#include <set>

namespace cutis
{
  namespace
  {
    NodalQuantity field(const FieldLayout &layout, const unsigned int f)
    {
      return {layout.fields[f].key, [f](const double *fields, const double *) { return fields[f]; }};
    }

    NodalQuantity dose(const FieldLayout &layout, const unsigned int d)
    {
      return {layout.doses[d], [d](const double *, const double *doses) { return doses[d]; }};
    }

    NodalQuantity sum_of(const std::string &name, const std::vector<unsigned int> &parts)
    {
      return {name,
              [parts](const double *fields, const double *)
              {
                double sum = 0.;
                for (const unsigned int f : parts)
                  sum += fields[f];
                return sum;
              }};
    }

    std::vector<NodalQuantity> sums(const FieldLayout &layout)
    {
      std::vector<NodalQuantity> quantities;
      const int fresh = layout.find("collagen_new"), mature = layout.find("collagen_mature");
      if (fresh >= 0 && mature >= 0)
        quantities.push_back(sum_of("collagen_total", {unsigned(fresh), unsigned(mature)}));
      std::set<std::string> families;
      for (const Species &s : layout.fields)
        if (!s.family.empty() && families.insert(s.family).second)
          quantities.push_back(sum_of(s.family + "_concentration", layout.family(s.family)));
      return quantities;
    }

    /** Everything that can be written, the doses last. */
    std::vector<NodalQuantity> all_quantities(const FieldLayout &layout)
    {
      std::vector<NodalQuantity> all = sums(layout);
      for (unsigned int f = 0; f < layout.n_fields(); ++f)
        all.push_back(field(layout, f));
      for (unsigned int d = 0; d < layout.n_doses(); ++d)
        all.push_back(dose(layout, d));
      return all;
    }
  } // namespace

  std::vector<std::string> unknown_quantities(const FieldLayout &layout,
                                              const std::vector<std::string> &selected,
                                              const std::vector<std::string> &arrays)
  {
    std::vector<std::string> names = arrays, sentences;
    names.push_back(layer_quantity);
    for (const NodalQuantity &quantity : all_quantities(layout))
      names.push_back(quantity.name);
    for (const std::string &name : selected)
      if (std::find(names.begin(), names.end(), name) == names.end())
        sentences.push_back("there is no field '" + name + "'" + did_you_mean(name, names));
    return sentences;
  }

  std::vector<NodalQuantity> nodal_quantities(const FieldLayout &layout,
                                              const std::vector<std::string> &selected,
                                              const std::vector<std::string> &arrays)
  {
    std::vector<NodalQuantity> all = all_quantities(layout);
    if (selected.empty())
    {
      all.resize(all.size() - layout.n_doses());
      return all;
    }
    const std::vector<std::string> unknown = unknown_quantities(layout, selected, arrays);
    if (!unknown.empty())
      throw BadInput("Fields to write: " + join(unknown, "; "));
    const auto left_out = [&](const NodalQuantity &quantity)
    { return std::find(selected.begin(), selected.end(), quantity.name) == selected.end(); };
    all.erase(std::remove_if(all.begin(), all.end(), left_out), all.end());
    return all;
  }
} // namespace cutis
