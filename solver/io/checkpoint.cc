// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/checkpoint.h"

#include "base/errors.h"
#include "base/text.h"
#include "io/files.h"
#include "io/first_rank.h"
#include "io/hdf5_file.h"
#include "numerics/space/curve_order.h"
#include "numerics/space/mesh_digest.h"

#include <deal.II/base/mpi.h>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

namespace cutis
{
  using namespace dealii;
  namespace fs = std::filesystem;

  namespace
  {
    constexpr const char *mesh_name = "mesh";
    constexpr const char *values_name = "values.h5";
    constexpr const char *state_name = "state.json";

    /** More than p4est takes for a cell. */
    constexpr std::uint64_t bytes_of_a_cell = 64;

    template <int dim>
    std::uint64_t size_of(const Discretization<dim> &d, const State &state)
    {
      std::uint64_t values = 0;
      for (const Block &block : state.blocks)
        values += block.n_components() * sizeof(double) * d.nodes_of(block.nodes).n_global;
      return d.triangulation.n_global_active_cells() * bytes_of_a_cell + values + 1000000;
    }

    /** Visit the values of every block that has any, with the order of its nodes along the curve of the mesh. */
    template <class Blocks, int dim, class Visit>
    void for_each_table(Blocks &blocks, const Discretization<dim> &d, const Visit &visit)
    {
      for (auto &block : blocks)
        if (block.n_components() > 0)
        {
          const bool of_fields = block.nodes == NodesOf::fields;
          visit(block, along_curve(of_fields ? d.nodes : d.displacement->handler, d.nodes_of(block.nodes)));
        }
    }

    template <int dim>
    void save_values(const fs::path &file_name, const State &state, const Discretization<dim> &d)
    {
      Hdf5File file(file_name, d.communicator);
      for_each_table(state.blocks,
                     d,
                     [&](const Block &block, const std::vector<unsigned int> &order)
                     {
                       const std::size_t n = block.n_components();
                       const auto fill = [&](const std::size_t first, const std::size_t count, double *rows)
                       {
                         for (std::size_t i = 0; i < count; ++i)
                           std::copy_n(block.values.begin() + order[first + i] * n, n, rows + i * n);
                       };
                       file.write_in_pieces(block.name, order.size(), n, fill);
                     });
      file.close();
    }

    template <int dim>
    void load_values(const fs::path &file_name, State &state, const Discretization<dim> &d)
    {
      Hdf5File file(file_name, d.communicator, Hdf5File::Mode::read);
      for_each_table(state.blocks,
                     d,
                     [&](Block &block, const std::vector<unsigned int> &order)
                     {
                       const std::size_t n = block.n_components();
                       const auto take = [&](const std::size_t first, const std::size_t count, const double *rows)
                       {
                         for (std::size_t i = 0; i < count; ++i)
                           std::copy_n(rows + i * n, n, block.values.begin() + order[first + i] * n);
                       };
                       file.read_in_pieces(block.name, order.size(), n, take);
                       d.nodes_of(block.nodes).complete(block.values, n);
                     });
    }

    /** deal.II loads into a mesh of coarse cells only. */
    template <int dim>
    void coarsen_fully(parallel::distributed::Triangulation<dim> &triangulation)
    {
      while (triangulation.n_global_levels() > 1)
      {
        const auto before = triangulation.n_global_active_cells();
        for (const auto &cell : triangulation.active_cell_iterators())
          if (cell->is_locally_owned() && cell->level() > 0)
            cell->set_coarsen_flag();
        triangulation.execute_coarsening_and_refinement();
        if (triangulation.n_global_active_cells() == before)
          throw RunFailed("The mesh cannot be brought back to its coarse cells to load a checkpoint.");
      }
    }

    template <class Named>
    auto find_named(const std::vector<Named> &all, const std::string &name)
    {
      return std::find_if(all.begin(), all.end(), [&](const BlockShape &block) { return block.name == name; });
    }

    /** `name of the block: name of the component` for all that these blocks have and the others do not. */
    std::vector<std::string> missing_in(const std::vector<BlockShape> &others, const std::vector<BlockShape> &blocks)
    {
      std::vector<std::string> missing;
      for (const BlockShape &block : blocks)
      {
        const auto other = find_named(others, block.name);
        std::vector<std::string> there = other == others.end() ? std::vector<std::string>() : other->components;
        for (const std::string &component : block.components)
          if (std::find(there.begin(), there.end(), component) == there.end())
            missing.push_back(block.name + ": " + component);
      }
      return missing;
    }

    /** The block in another order of its components. */
    Block reordered(const Block &block, const BlockShape &wanted, const NodeSet &nodes)
    {
      if (block.components == wanted.components)
        return block;
      const unsigned int n = wanted.n_components();
      Block result(wanted, nodes.make_vector(n));
      for (unsigned int c = 0; c < n; ++c)
      {
        const auto &there = block.components;
        const unsigned int from = std::find(there.begin(), there.end(), wanted.components[c]) - there.begin();
        for (std::size_t i = 0; i < nodes.n_owned; ++i)
          result.values.local_element(i * n + c) = block.values.local_element(i * n + from);
      }
      nodes.complete(result.values, n);
      return result;
    }

    /** What to do with a checkpoint of another format. */
    std::string sentence_on_format(const unsigned int format)
    {
      const std::string now = std::to_string(checkpoint_format);
      if (format > checkpoint_format)
        return " has the format " + std::to_string(format) + " of a later version, but this one reads " + now +
               ". Resume the run with the version that its provenance.json names.";
      return " has the format " + std::to_string(format) +
             ", which earlier revisions of Cutis 0.1.0 wrote; this version reads " + now +
             ". Resume the run with the revision that its provenance.json names, or begin it anew with --overwrite.";
    }

    /** `path` and `value` of lines `path = value`. */
    std::map<std::string, std::string> values_of(const std::vector<std::string> &lines)
    {
      std::map<std::string, std::string> values;
      for (const std::string &line : lines)
      {
        const auto equals = line.find('=');
        values[trim(line.substr(0, equals))] = equals == std::string::npos ? "" : trim(line.substr(equals + 1));
      }
      return values;
    }

    /** `path: old -> new` for every parameter that is not the same. */
    std::vector<std::string> differences(const std::vector<std::string> &saved, const std::vector<std::string> &now)
    {
      const auto old_values = values_of(saved), new_values = values_of(now);
      auto either = old_values;
      either.insert(new_values.begin(), new_values.end());
      std::vector<std::string> changed;
      const auto shown = [](const auto &values, const std::string &path)
      {
        const auto value = values.find(path);
        return value == values.end() ? std::string("(absent)") : value->second;
      };
      for (const auto &[path, value] : either)
        if (shown(old_values, path) != shown(new_values, path))
          changed.push_back(path + ": " + shown(old_values, path) + " -> " + shown(new_values, path));
      return changed;
    }
  } // namespace

  template <int dim>
  Checkpoint<dim>::Checkpoint(fs::path folder, std::vector<BlockShape> blocks, std::vector<std::string> physics)
    : store_(folder)
    , folder_(std::move(folder))
    , blocks_(std::move(blocks))
    , physics_(std::move(physics))
  {
  }

  template <int dim>
  StateFile Checkpoint<dim>::describe(const State &state, const Discretization<dim> &d) const
  {
    return {checkpoint_format,
            DEAL_II_PACKAGE_VERSION,
            dim,
            d.triangulation.n_cells(0),
            mesh_digest(d.triangulation),
            {state.blocks.begin(), state.blocks.end()},
            physics_};
  }

  template <int dim>
  void Checkpoint<dim>::save(const State &state, const Discretization<dim> &d) const
  {
    const fs::path checkpoint = text_of_first_rank(d.communicator,
                                                   [&]
                                                   {
                                                     // p4est ends the program if the disk is full.
                                                     require_space(folder_, size_of(d, state));
                                                     return store_.begin().string();
                                                   });
    try
    {
      on_all_ranks(d.communicator,
                   "The checkpoint in '" + checkpoint.string() + "' cannot be written",
                   [&]
                   {
                     d.triangulation.save((checkpoint / mesh_name).string());
                     save_values(checkpoint / values_name, state, d);
                   });
      on_first_rank(d.communicator,
                    [&]
                    {
                      write_whole_file(checkpoint / state_name, state_as_json(state, describe(state, d)));
                      store_.commit(checkpoint);
                    });
    }
    catch (const RunFailed &)
    {
      if (is_first_rank(d.communicator))
        store_.abandon(checkpoint);
      throw;
    }
  }

  /** The newest checkpoint that is undamaged, with a warning for each that is not. */
  template <int dim>
  fs::path Checkpoint<dim>::choose(MPI_Comm communicator) const
  {
    return text_of_first_rank(communicator,
                              [&]
                              {
                                const CheckpointStore::Choice choice = store_.newest_undamaged();
                                if (!choice.checkpoint)
                                  throw BadInput("There is no checkpoint in '" + folder_.string() +
                                                 "' that the run can be resumed from: " + join(choice.problems, " "));
                                for (const std::string &problem : choice.problems)
                                  spdlog::warn("A damaged checkpoint is passed over, the one before it is used: {}",
                                               problem);
                                return choice.checkpoint->string();
                              });
  }

  template <int dim>
  void Checkpoint<dim>::check_same_run(const StateFile &saved, const Discretization<dim> &d) const
  {
    const std::string checkpoint = "The checkpoint in '" + folder_.string() + "'";
    if (saved.format != checkpoint_format)
      throw BadInput(checkpoint + sentence_on_format(saved.format));
    const auto changed = differences(saved.physics, physics_);
    if (!changed.empty())
      throw BadInput(checkpoint + " was made with other parameters (then -> now), so the run cannot be resumed:\n  " +
                     join(changed, "\n  "));
    const auto lacking = missing_in(saved.blocks, blocks_), unknown = missing_in(blocks_, saved.blocks);
    if (!lacking.empty() || !unknown.empty())
      throw BadInput(checkpoint + " holds other values than this run." +
                     (lacking.empty() ? "" : " It lacks " + join(lacking, ", ") + ".") +
                     (unknown.empty() ? "" : " This run has no " + join(unknown, ", ") + "."));
    const unsigned int coarse_cells = d.triangulation.n_cells(0);
    if (saved.dimension != dim || saved.coarse_cells != coarse_cells)
      throw BadInput(checkpoint + " belongs to another mesh (" + std::to_string(saved.dimension) + "-D, " +
                     std::to_string(saved.coarse_cells) + " coarse cells) than this run (" + std::to_string(dim) +
                     "-D, " + std::to_string(coarse_cells) + " coarse cells).");
    if (saved.mesh != mesh_digest(d.triangulation))
      throw BadInput(
        checkpoint +
        " belongs to another mesh than this run, with other nodes, layers or boundaries: the mesh file has "
        "changed. Put the mesh back that the run began with, or begin anew with --overwrite.");
  }

  template <int dim>
  void Checkpoint<dim>::load(State &state, Discretization<dim> &d, const LayerContents &contents) const
  {
    const fs::path checkpoint = choose(d.communicator);
    const std::string text = text_of_first_rank(d.communicator, [&] { return read_file(checkpoint / state_name); });
    State restored;
    const StateFile saved = state_from_json(text, restored);
    check_same_run(saved, d);

    on_all_ranks(d.communicator,
                 "The checkpoint in '" + checkpoint.string() + "' cannot be loaded",
                 [&]
                 {
                   coarsen_fully(d.triangulation);
                   d.triangulation.load((checkpoint / mesh_name).string());
                   d.rebuild(contents);
                   for (const BlockShape &shape : saved.blocks)
                     restored.put({shape, d.nodes_of(shape.nodes).make_vector(shape.n_components())});
                   load_values(checkpoint / values_name, restored, d);
                 });
    std::vector<Block> blocks;
    for (const BlockShape &shape : blocks_)
      blocks.push_back(reordered(*find_named(restored.blocks, shape.name), shape, d.nodes_of(shape.nodes)));
    restored.blocks = std::move(blocks);
    restored.clock.end = state.clock.end;
    restored.mesh_changed = true;
    state = std::move(restored);
  }

  template class Checkpoint<2>;
  template class Checkpoint<3>;
} // namespace cutis
