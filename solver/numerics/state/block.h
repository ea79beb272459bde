// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/tissue/tissue.h"
#include "numerics/space/node_set.h"

#include <string>
#include <vector>

namespace cutis
{
  /** What may be done to the values of a block when they are carried over or corrected. */
  enum class Rule
  {
    positive,         ///< amounts: not below zero; what health has none of keeps its total
    any_sign,         ///< vectors and displacements: nothing is corrected
    symmetric_tensors ///< groups of `symmetric_components`, positive definite: means of them are such tensors too
  };

  /** What a process declares of a block of values: everything but the values. */
  struct BlockShape
  {
    std::string name;
    std::vector<std::string> components; ///< names, in the order in which they are interleaved
    NodesOf nodes = NodesOf::fields;
    Rule rule = Rule::positive;

    unsigned int n_components() const { return components.size(); }
  };

  /** A block of symmetric tensors at the nodes of the fields; the components are called `tensor_xx`, ... */
  BlockShape tensor_block(const std::string &name, const std::vector<std::string> &tensors);

  /** Values of one process at the nodes, complete with ghosts and hanging nodes; copies are complete too. */
  struct Block : BlockShape
  {
    NodalVector values;

    Block(BlockShape shape, NodalVector values);
    Block(const Block &other);
    Block(Block &&) = default;
    Block &operator=(const Block &other);
    Block &operator=(Block &&) = default;
  };

  /** Whether all owned values are finite and keep to the rule, amounts up to `tolerance`. Of this rank. */
  bool keeps_rule(const Block &block, double tolerance = 0.);
} // namespace cutis
