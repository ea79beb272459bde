// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/multigrid_exchange.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <map>

namespace cutis
{
  namespace
  {
    constexpr int tag = 1;

    void pack(const SlabVector &vector,
              const std::ptrdiff_t begin,
              const std::size_t size,
              const SlabFields &fields,
              std::vector<double> &buffer)
    {
      buffer.clear();
      for (const SlabField &f : fields)
        buffer.insert(buffer.end(), vector.field(f.slot) + begin, vector.field(f.slot) + begin + size);
    }

    void unpack(const double *buffer,
                const std::ptrdiff_t begin,
                const std::size_t size,
                const SlabFields &fields,
                SlabVector &vector)
    {
      for (std::size_t a = 0; a < fields.size(); ++a)
        std::copy_n(buffer + a * size, size, vector.field(fields[a].slot) + begin);
    }
  } // namespace

  void SlabVector::reinit(const std::size_t plane, const std::size_t n_planes, const unsigned int n_fields)
  {
    plane_ = plane;
    stride_ = (n_planes + 2) * plane;
    values_.assign(n_fields * stride_, 0.);
  }

  void SlabNeighbours::update(SlabVector &vector,
                              const std::size_t plane,
                              const std::size_t n_planes,
                              const SlabFields &fields,
                              MPI_Comm communicator) const
  {
    struct Side
    {
      int rank;
      std::ptrdiff_t ghost, own;
      std::vector<double> sent, received;
    };
    const auto n = static_cast<std::ptrdiff_t>(plane);
    const auto end = n * static_cast<std::ptrdiff_t>(n_planes);
    Side sides[2] = {{before, -n, 0, {}, {}}, {after, end, end - n, {}, {}}};
    MPI_Request requests[4];
    int n_requests = 0;
    for (Side &side : sides)
      if (side.rank >= 0)
      {
        pack(vector, side.own, plane, fields, side.sent);
        side.received.resize(side.sent.size());
        const int size = static_cast<int>(side.sent.size());
        MPI_Irecv(side.received.data(), size, MPI_DOUBLE, side.rank, tag, communicator, &requests[n_requests++]);
        MPI_Isend(side.sent.data(), size, MPI_DOUBLE, side.rank, tag, communicator, &requests[n_requests++]);
      }
    MPI_Waitall(n_requests, requests, MPI_STATUSES_IGNORE);
    for (const Side &side : sides)
      if (side.rank >= 0)
        unpack(side.received.data(), side.ghost, plane, fields, vector);
  }

  void collect_planes(SlabVector &vector,
                      const std::size_t plane,
                      const std::vector<unsigned int> &first,
                      const SlabFields &fields,
                      MPI_Comm communicator)
  {
    const unsigned int n_ranks = first.size() - 1;
    if (n_ranks == 1)
      return;
    const unsigned int rank = dealii::Utilities::MPI::this_mpi_process(communicator);
    const std::size_t width = plane * fields.size();
    std::vector<int> counts(n_ranks), offsets(n_ranks);
    for (unsigned int r = 0; r < n_ranks; ++r)
    {
      counts[r] = static_cast<int>((first[r + 1] - first[r]) * width);
      offsets[r] = static_cast<int>(first[r] * width);
    }
    std::vector<double> sent, received(first.back() * width);
    pack(vector, first[rank] * plane, (first[rank + 1] - first[rank]) * plane, fields, sent);
    MPI_Allgatherv(
      sent.data(), counts[rank], MPI_DOUBLE, received.data(), counts.data(), offsets.data(), MPI_DOUBLE, communicator);
    for (unsigned int r = 0; r < n_ranks; ++r)
      unpack(received.data() + offsets[r], first[r] * plane, (first[r + 1] - first[r]) * plane, fields, vector);
  }

  SlabExchange::SlabExchange(const std::vector<dealii::types::global_dof_index> &places,
                             const std::vector<dealii::types::global_dof_index> &first,
                             MPI_Comm communicator)
    : communicator_(communicator)
  {
    const unsigned int rank = dealii::Utilities::MPI::this_mpi_process(communicator);
    std::map<unsigned int, std::vector<unsigned int>> nodes, offsets;
    for (unsigned int i = 0; i < places.size(); ++i)
    {
      const unsigned int owner = std::upper_bound(first.begin(), first.end(), places[i]) - first.begin() - 1;
      nodes[owner].push_back(i);
      offsets[owner].push_back(places[i] - first[owner]);
    }
    here_ = nodes[rank];
    here_in_slab_ = offsets[rank];
    nodes.erase(rank);
    offsets.erase(rank);
    for (const auto &[partner, list] : nodes)
      mesh_side_.push_back({static_cast<int>(partner), list});
    for (const auto &[partner, list] : dealii::Utilities::MPI::some_to_some(communicator, offsets))
      slab_side_.push_back({static_cast<int>(partner), list});
  }

  void SlabExchange::send(const std::vector<Partner> &senders,
                          const std::vector<std::vector<double>> &sent,
                          const std::vector<Partner> &receivers,
                          std::vector<std::vector<double>> &received,
                          const std::size_t n_fields) const
  {
    std::vector<MPI_Request> requests(senders.size() + receivers.size());
    auto request = requests.begin();
    received.resize(receivers.size());
    for (std::size_t p = 0; p < receivers.size(); ++p)
    {
      received[p].resize(receivers[p].places.size() * n_fields);
      MPI_Irecv(received[p].data(),
                static_cast<int>(received[p].size()),
                MPI_DOUBLE,
                receivers[p].rank,
                tag,
                communicator_,
                &*request++);
    }
    for (std::size_t p = 0; p < senders.size(); ++p)
      MPI_Isend(
        sent[p].data(), static_cast<int>(sent[p].size()), MPI_DOUBLE, senders[p].rank, tag, communicator_, &*request++);
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  }

  template <class Number>
  void SlabExchange::to_slabs(const Number *values,
                              const NodeLayout &layout,
                              const SlabFields &fields,
                              SlabVector &slabs) const
  {
    const auto value = [&](const unsigned int node, const unsigned int f)
    { return static_cast<double>(values[layout(node, f)]); };
    std::vector<std::vector<double>> sent(mesh_side_.size()), received;
    for (std::size_t p = 0; p < mesh_side_.size(); ++p)
      for (const unsigned int node : mesh_side_[p].places)
        for (const SlabField &f : fields)
          sent[p].push_back(value(node, f.field));
    send(mesh_side_, sent, slab_side_, received, fields.size());
    for (const SlabField &f : fields)
    {
      double *slab = slabs.field(f.slot);
      for (std::size_t k = 0; k < here_.size(); ++k)
        slab[here_in_slab_[k]] = value(here_[k], f.field);
    }
    for (std::size_t p = 0; p < slab_side_.size(); ++p)
    {
      auto next = received[p].begin();
      for (const unsigned int place : slab_side_[p].places)
        for (const SlabField &f : fields)
          slabs.field(f.slot)[place] = *next++;
    }
  }

  void SlabExchange::to_nodes(const SlabVector &slabs,
                              const SlabFields &fields,
                              const NodeLayout &layout,
                              double *values) const
  {
    std::vector<std::vector<double>> sent(slab_side_.size()), received;
    for (std::size_t p = 0; p < slab_side_.size(); ++p)
      for (const unsigned int place : slab_side_[p].places)
        for (const SlabField &f : fields)
          sent[p].push_back(slabs.field(f.slot)[place]);
    send(slab_side_, sent, mesh_side_, received, fields.size());
    for (const SlabField &f : fields)
    {
      const double *slab = slabs.field(f.slot);
      for (std::size_t k = 0; k < here_.size(); ++k)
        values[layout(here_[k], f.field)] = slab[here_in_slab_[k]];
    }
    for (std::size_t p = 0; p < mesh_side_.size(); ++p)
    {
      auto next = received[p].begin();
      for (const unsigned int node : mesh_side_[p].places)
        for (const SlabField &f : fields)
          values[layout(node, f.field)] = *next++;
    }
  }

  template void SlabExchange::to_slabs(const float *, const NodeLayout &, const SlabFields &, SlabVector &) const;
  template void SlabExchange::to_slabs(const double *, const NodeLayout &, const SlabFields &, SlabVector &) const;
} // namespace cutis
