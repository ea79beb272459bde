// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/field_format.h"
#include "io/nodal_quantities.h"
#include "numerics/space/discretization.h"
#include "numerics/space/nodal_array.h"
#include "numerics/state/state.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * Writes the fields for ParaView: `fields/solution-NNNNN.h5` at every call, `fields/mesh-NNN.h5` whenever the mesh
   * has changed, and `solution.xdmf` as the table of contents; or `fields/solution-NNNNN.vtu` with the mesh in it, and
   * `solution.pvd`. Beside the fields there are `collagen_total`, `plla_mass_concentration` [mg/cm^3] (all sessions
   * together) and `layer`: the number of the layer of a node, at an interface that of the upper one. Values have single
   * precision. A ledger may name files of both formats, when a run was resumed with the other.
   */
  template <int dim>
  class FieldOutput
  {
  public:
    /**
     * `selected` names what is written, empty: everything but doses; `arrays` are the names of what will be given to
     * `write`. BadInput if there is no such field. Keeps a reference to the discretization, whose mesh may change
     * between calls.
     */
    FieldOutput(std::filesystem::path folder,
                const std::vector<std::string> &selected,
                const FieldLayout &layout,
                const Discretization<dim> &discretization,
                const std::vector<std::string> &arrays = {},
                FieldFormat format = FieldFormat::xdmf);

    /**
     * Write the fields, and of the `arrays` those that are selected, and add them to the ledger; the mesh is written if
     * `state.mesh_changed`, which is then reset. RunFailed with the folder if that is impossible: what was written
     * before stays valid. Collective.
     */
    void write(State &state, const std::vector<NodalArray> &arrays = {});

    /** Field and mesh files that the ledger knows and that are not in the folder, relative to it. Of this rank. */
    std::vector<std::string> missing(const OutputLedger &ledger) const;
    /** Write the tables of contents again, of all files that are there. Collective. */
    void write_contents(const OutputLedger &ledger) const;

  private:
    /** Something is done with each table, one after the other: all of them together are much. */
    using TakeTable = std::function<void(const NodalArray &table)>;

    OutputEntry next_entry(const State &state) const;
    bool needs_mesh(const State &state) const;
    void for_each_table(const State &state, const std::vector<NodalArray> &arrays, const TakeTable &take) const;
    void write_files(const State &state, const std::vector<NodalArray> &arrays, OutputEntry &entry) const;
    void write_mesh(const OutputEntry &entry) const;
    std::uint64_t largest_size(const State &state, std::size_t n_columns) const;
    bool is_selected(const std::string &name) const;
    std::vector<float> values(const State &state, const NodalQuantity &quantity) const;
    std::vector<float> layers() const;

    const std::filesystem::path folder_;
    const unsigned int n_fields_, n_doses_;
    const Discretization<dim> &discretization_;
    const std::vector<std::string> selected_;
    std::vector<NodalQuantity> quantities_;
    const bool with_layers_;
    const FieldFormat format_;
  };
} // namespace cutis
