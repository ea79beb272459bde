// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/state/block.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  BlockShape tensor_block(const std::string &name, const std::vector<std::string> &tensors)
  {
    BlockShape shape{name, {}, NodesOf::fields, Rule::symmetric_tensors};
    const char axes[] = {'x', 'y', 'z'};
    for (const std::string &tensor : tensors)
      for (unsigned int c = 0; c < symmetric_components; ++c)
      {
        const auto entry = Symmetric::unrolled_to_component_indices(c);
        shape.components.push_back(tensor + "_" + axes[entry[0]] + axes[entry[1]]);
      }
    return shape;
  }

  Block::Block(BlockShape shape, NodalVector values) : BlockShape(std::move(shape)), values(std::move(values)) {}

  Block::Block(const Block &other) : BlockShape(other), values(copy_of(other.values)) {}

  Block &Block::operator=(const Block &other)
  {
    BlockShape::operator=(other);
    values = copy_of(other.values);
    return *this;
  }

  bool keeps_rule(const Block &block, const double tolerance)
  {
    const NodalVector &v = block.values;
    const double *begin = v.begin(), *end = begin + v.locally_owned_size();
    if (!std::all_of(begin, end, [](const double value) { return std::isfinite(value); }))
      return false;
    if (block.rule == Rule::positive)
      return std::all_of(begin, end, [&](const double value) { return value >= -tolerance; });
    if (block.rule == Rule::symmetric_tensors)
      for (const double *six = begin; six < end; six += symmetric_components)
        if (eigenvalues(unpack(six))[2] < 0.)
          return false;
    return true;
  }
} // namespace cutis
