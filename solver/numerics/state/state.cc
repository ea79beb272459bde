// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/state/state.h"

#include <algorithm>

namespace cutis
{
  double total_of(const std::vector<SessionEntry> &sessions, const std::string &intervention, const std::string &name)
  {
    double sum = 0.;
    for (const SessionEntry &session : sessions)
      for (const Amount &amount : session.amounts)
        if (session.intervention == intervention && amount.name == name)
          sum += amount.value;
    return sum;
  }

  namespace
  {
    auto named(const std::string &name)
    {
      return [&name](const Block &block) { return block.name == name; };
    }
  } // namespace

  bool State::has(const std::string &block) const
  {
    return std::any_of(blocks.begin(), blocks.end(), named(block));
  }

  const NodalVector &State::operator[](const std::string &block) const
  {
    const auto found = std::find_if(blocks.begin(), blocks.end(), named(block));
    AssertThrow(found != blocks.end(), dealii::ExcMessage("The state has no block '" + block + "'"));
    return found->values;
  }

  NodalVector &State::operator[](const std::string &block)
  {
    return const_cast<NodalVector &>(static_cast<const State &>(*this)[block]);
  }

  void State::put(Block block)
  {
    const auto found = std::find_if(blocks.begin(), blocks.end(), named(block.name));
    if (found == blocks.end())
      blocks.push_back(std::move(block));
    else
      *found = std::move(block);
  }

  std::vector<BlockShape> blocks_of(const FieldLayout &layout)
  {
    BlockShape fields{fields_block, {}, NodesOf::fields, Rule::positive};
    for (const Species &s : layout.fields)
      fields.components.push_back(s.key);
    return {fields, {doses_block, layout.doses, NodesOf::fields, Rule::positive}};
  }

  std::vector<BlockShape> blocks_of_earlier_fields(const FieldLayout &layout)
  {
    std::vector<BlockShape> shapes(earlier_fields_blocks.size(), blocks_of(layout).front());
    for (std::size_t k = 0; k < shapes.size(); ++k)
      shapes[k].name = earlier_fields_blocks[k];
    return shapes;
  }

  void fill(State &state, const NodeGraph &graph, const FieldLayout &layout, const std::vector<double> &values)
  {
    state.blocks.clear();
    for (const BlockShape &shape : blocks_of(layout))
      state.put({shape, graph.make_vector(shape.n_components())});
    NodalVector &fields = state.fields();
    for (std::size_t i = 0; i < graph.n_owned; ++i)
      for (std::size_t f = 0; f < values.size(); ++f)
        fields.local_element(i * layout.n_fields() + f) = values[f];
    graph.complete(fields, layout.n_fields());
    graph.complete(state.doses(), layout.n_doses());
  }

  void fill_healthy(State &state, const NodeGraph &graph, const Reactions &reactions)
  {
    const unsigned int n_fields = reactions.layout().n_fields();
    fill(state, graph, reactions.layout(), reactions.healthy());
    for (std::size_t i = 0; i < graph.site.size(); ++i)
      std::copy_n(reactions.healthy(graph.site[i]).begin(), n_fields, state.fields().begin() + i * n_fields);
    graph.complete(state.fields(), n_fields);
  }
} // namespace cutis
