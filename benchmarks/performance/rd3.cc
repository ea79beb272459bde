// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The reference problem RD3 (see README.md) with the transport and kinetics of Cutis. Prints one JSON object.
// Try: mpirun -n 2 benchmark_rd3 60 60 24 3e-3       (cells along x, y and z, tolerance)
// With one word more, `mesh`, a node is moved by a hair's breadth, so that the nodes form no tensor grid and the
// diffusion solves are those of any mesh.
#include "app/run.h"
#include "measuring.h"
#include "model/reactions/module_of.h"

#include <deal.II/base/timer.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>

using namespace cutis;

namespace
{

  struct Constants : ConstantTable
  {
    double loss = 1., stimulus = .2, growth = .3, turnover = .01; ///< k_c, s, q, k_r [1/d]
    double taxis = .02;                                           ///< chi [mm^2/d]
  };

  // clang-format off
  constexpr struct Signal : Field { static constexpr auto key = "c"; static Row row(const Constants &) { return soluble("c", "signal").diffuses(.5).sample(1.); } } c{};
  constexpr struct Cells : Field { static constexpr auto key = "n"; static Row row(const Constants &k) { return soluble("n", "cells").rests_at(1.).diffuses(.02).climbs(c, k.taxis).sample(1.); } } n{};
  constexpr struct Matrix : Field { static constexpr auto key = "r"; static Row row(const Constants &) { return soluble("r", "matrix").rests_at(1.).sample(1.5); } } r{};
  // clang-format on

  constexpr auto signal = reaction<Fields<c, n>, Stoichiometry<Change<c, 1>>>(
    "-kc c + s n c/(1 + c)",
    [](const auto &x, const Constants &k, const auto &)
    { return -k.loss * x[c] + k.stimulus * x[n] * x[c] / (1. + x[c]); });
  constexpr auto growth = reaction<Fields<c, n>, Stoichiometry<Change<n, 1>>>(
    "q n (1 + c/(2 (1 + c))) (1 - n)",
    [](const auto &x, const Constants &k, const auto &)
    { return k.growth * x[n] * (1. + .5 * x[c] / (1. + x[c])) * (1. - x[n]); });
  constexpr auto deposition = reaction<Fields<c, n, r>, Stoichiometry<Change<r, 1>>>(
    "kr n (1 + 2 c/(1 + c) - r)",
    [](const auto &x, const Constants &k, const auto &)
    { return k.turnover * x[n] * (1. + 2. * x[c] / (1. + x[c]) - x[r]); });

  struct Rd3 : ModuleDefinition
  {
    static constexpr auto name = "rd3";
    static constexpr auto title = "Signal, cells and matrix";
    static constexpr auto section = "Network/rd3";
    using Constants = ::Constants;
    using Own = Fields<c, n, r>;
    static constexpr auto reactions = std::make_tuple(signal, growth, deposition);
  };

  /** 5 exp(-|x - x0|^2/.5) exp(-t/30); the first two factors are the dose at a node. */
  class Release : public Kinetics
  {
  public:
    std::vector<std::pair<int, int>> dependencies() const override { return {}; }
    void bind(const JacobianPattern &) override {}
    void set_time(const double time) override { decay_ = std::exp(-time / 30.); }
    void add_jacobian(const NodeBlock &, double *) const override {}
    void add_production(int, const NodeBlock &, double *) const override {}
    void add_rates(const NodeBlock &nodes, double *rates) const override
    {
      for (std::size_t i = 0; i < nodes.size; ++i)
        rates[i * nodes.n_fields] += nodes.doses[i] * decay_;
    }

  private:
    double decay_ = 1.;
  };

  void set_depot(const Discretization<3> &box, NodalVector &doses)
  {
    const dealii::Point<3> middle(5., 5., -2.);
    for (std::size_t i = 0; i < box.graph.n_owned; ++i)
      doses.local_element(i) = 5. * std::exp(-box.positions[i].distance_square(middle) / .5);
    box.graph.complete(doses, 1);
  }

  std::vector<double> largest_values(const State &state, const NodeGraph &graph)
  {
    std::vector<double> largest(3, 0.);
    for (std::size_t i = 0; i < graph.n_owned; ++i)
      for (unsigned int f = 0; f < 3; ++f)
        largest[f] = std::max(largest[f], state.fields().local_element(i * 3 + f));
    dealii::Utilities::MPI::max(largest, graph.communicator, largest);
    return largest;
  }

  /** The box of the problem; with `moved`, one node inside is off its place by a thousandth of a cell. */
  void make_box(const std::vector<unsigned int> &cells, const bool moved, RunSetup<3>::Mesh &mesh)
  {
    dealii::GridGenerator::subdivided_hyper_rectangle(
      mesh, cells, dealii::Point<3>(0., 0., -4.), dealii::Point<3>(10., 10., 0.));
    for (const auto &cell : mesh.active_cell_iterators())
      cell->set_material_id(static_cast<dealii::types::material_id>(Layer::dermis));
    const dealii::Point<3> node(10. / cells[0], 10. / cells[1], -4. / cells[2]);
    if (moved)
      dealii::GridTools::transform([&](const dealii::Point<3> &x) { return x.distance(node) < 1e-9 ? 1.001 * x : x; },
                                   mesh);
  }

  nlohmann::json solve(Run<3> &run)
  {
    State &state = run.state;
    const NodeGraph &graph = run.discretization.graph;
    set_depot(run.discretization, state.doses());
    nlohmann::json result;
    dealii::Timer timer(MPI_COMM_WORLD, true);
    for (const double time : {1., 5., 30., 180.})
    {
      state.clock.end = time;
      run.advance();
      result["largest"][std::to_string(static_cast<int>(time))] = largest_values(state, graph);
    }
    timer.stop();
    result["steps"] = state.clock.steps;
    result["rejected"] = state.clock.rejected;
    result["iterations"] = run.transport.statistics().iterations;
    result["unknowns"] = 3ull * graph.n_global;
    result["multigrid"] = graph.grids != nullptr;
    result["wall_seconds"] = timer.wall_time();
    result["memory_MB_all_ranks"] = measuring::peak_memory() / 1e6;
    return result;
  }
} // namespace

int main(int argc, char **argv)
{
  setenv("OMP_NUM_THREADS", "1", 0);
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  const bool moved = argc == 6 && std::string(argv[5]) == "mesh";
  if (argc != 5 && !moved)
  {
    std::cerr << "Usage: benchmark_rd3 CELLS_X CELLS_Y CELLS_Z TOLERANCE [mesh]\n";
    return 2;
  }
  const std::vector<unsigned int> cells = {
    unsigned(std::stoul(argv[1])), unsigned(std::stoul(argv[2])), unsigned(std::stoul(argv[3]))};

  RunSetup<3> setup;
  ModuleOf<Rd3> module;
  Release release;
  FieldLayout layout;
  layout.fields = module.fields(0);
  layout.doses = {"release"};
  module.link(layout, 0, nullptr);
  module.prepare({Host()});
  setup.model.reactions = std::make_shared<Reactions>(layout, std::vector<Kinetics *>{&module, &release});
  setup.time.tolerance = std::stod(argv[4]);
  setup.outputs = {1e5};
  setup.make_mesh = [&](RunSetup<3>::Mesh &mesh) { make_box(cells, moved, mesh); };
  Run<3> run(std::move(setup), MPI_COMM_WORLD);
  run.start();
  nlohmann::json result = solve(run);
  result["tolerance"] = run.setup.time.tolerance;
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::cout << result.dump(2) << std::endl;
  return 0;
}
