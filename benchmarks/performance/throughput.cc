// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Rates of the loops that a step spends its time in, beside the two limits of the machine in the same minute: memory
// bandwidth and arithmetic. Prints one JSON object. Try, with a case of 3-D skin:
//
//   mpirun -n 2 benchmark_throughput parameters/plla_3d.prm "Mesh/Cell size=0.25 mm"
#include "app/run.h"
#include "machine.h"
#include "measuring.h"
#include "numerics/diffusion/diffusion_solver.h"
#include "numerics/diffusion/multigrid_grids.h"
#include "numerics/integrator/node_lu.h"
#include "numerics/integrator/stage_loops.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>

using namespace cutis;
using measuring::on_all_ranks;
using measuring::seconds;
using nlohmann::json;

namespace
{
  constexpr unsigned int repetitions = 15;

  /** Rates of a loop from what one pass over the unknowns of all ranks must move and compute. */
  json loop(const std::string &name,
            const unsigned int fields,
            const double unknowns,
            const double bytes,
            const double operations,
            const double time)
  {
    return {{"name", name},
            {"fields", fields},
            {"million_unknowns_per_second", unknowns / time / 1e6},
            {"bytes_per_unknown", bytes / unknowns},
            {"operations_per_unknown", operations / unknowns},
            {"intensity", operations / bytes},
            {"GB_per_second", bytes / time / 1e9},
            {"GFLOP_per_second", operations / time / 1e9}};
  }

  /** Far larger than the caches. */
  json measure_triad()
  {
    const std::size_t n = 8u << 20;
    std::vector<double> a(n, 0.), b(n, 1.), c(n, 2.);
    const double time = seconds(repetitions, [&] { machine::triad(n, 3., b.data(), c.data(), a.data()); });
    if (a[n / 2] != 7.)
      throw std::runtime_error("the triad is wrong");
    const double all = on_all_ranks(n);
    return loop("triad", 1, all, 24. * all, 2. * all, time);
  }

  /** [FLOP/s] of all ranks together. */
  double measure_arithmetic()
  {
    const std::size_t rounds = 2000000;
    double sum = 0.;
    const double time = seconds(5, [&] { sum += machine::arithmetic(rounds); });
    if (!std::isfinite(sum))
      throw std::runtime_error("the arithmetic is wrong");
    return on_all_ranks(double(rounds) * machine::operations_of_a_round()) / time;
  }

  /** The product with diffusion and reaction on the edges of any mesh, n fields at once. */
  json measure_operator(const NodeGraph &graph, const unsigned int n)
  {
    NodalVector x = graph.make_vector(n), y = graph.make_vector(n);
    std::vector<float> reaction(graph.n_owned * n, 1.5f);
    for (std::size_t i = 0; i < x.locally_owned_size(); ++i)
      x.local_element(i) = std::sin(.1 * i);
    const DiffusionBatch batch{n, reaction.data(), std::vector<double>(n, .1), std::vector<char>(n, 0)};
    std::vector<double> dots(n);
    const double time = seconds(repetitions,
                                [&]
                                {
                                  x.update_ghost_values();
                                  apply(graph.stencil(), batch, x.begin(), y.begin(), dots.data());
                                });
    const double nodes = on_all_ranks(graph.n_owned), edges = on_all_ranks(graph.column.size());
    // x, y and the reaction of every field; column, two weights per edge, its start and two volumes of every node.
    const double bytes = nodes * n * (8. + 8. + 4.) + 20. * edges + 20. * nodes;
    // Per edge a weight from two products and their sum, a difference, a product, a sum; per node the volume likewise,
    // the reaction, and a term of the scalar product.
    return loop("operator on edges", n, nodes * n, bytes, n * (6. * edges + 8. * nodes), time);
  }

  /** The same product of one field in the rows of a tensor grid. */
  json measure_grid_product(const MultigridGrids &grids)
  {
    const GridLevel &level = grids.levels()[0];
    SlabVector x, y, reaction;
    for (SlabVector *v : {&x, &y, &reaction})
      v->reinit(level.plane(), level.n_planes(), 1);
    for (std::size_t i = 0; i < level.size(); ++i)
      x.field(0)[i] = std::sin(.1 * i), reaction.field(0)[i] = 1.5;
    double sum = 0.;
    const double time = seconds(repetitions,
                                [&]
                                {
                                  level.neighbours.update(x, level.plane(), level.n_planes(), {{0, 0}}, MPI_COMM_WORLD);
                                  sum += multiply(level.box(0, .1), reaction.field(0), x.field(0), y.field(0));
                                });
    if (!std::isfinite(on_all_ranks(sum)))
      throw std::runtime_error("the product on the grid is wrong");
    // x, y and the reaction; a difference and a product for each of six neighbours, their sums, reaction, scalar
    // product.
    const double nodes = on_all_ranks(level.size());
    return loop("product in rows", 1, nodes, 24. * nodes, 24. * nodes, time);
  }

  /** The sum of a state and three stages. */
  json measure_stage_sum(const NodeGraph &graph, const unsigned int n_fields)
  {
    const std::size_t size = std::size_t(graph.n_owned) * n_fields;
    std::vector<double> u(size, 1.), next(size, 0.), stages(3 * size, 2.);
    const double factors[] = {.1, .2, .3};
    const StageSum sum{3, factors, {stages.data(), &stages[size], &stages[2 * size], nullptr}};
    const double time = seconds(repetitions, [&] { add_stages(size, 1., u.data(), sum, next.data()); });
    const double all = on_all_ranks(size);
    return loop("sum of stages", n_fields, all, 40. * all, 7. * all, time);
  }

  /** The solves with the factors of the kinetics at each node. */
  json measure_node_solves(Run<3> &run)
  {
    const NodeGraph &graph = run.discretization.graph;
    const Reactions &reactions = *run.setup.model.reactions;
    const NodeLU lu(reactions.pattern());
    const std::size_t lanes = NodeLU::lanes, groups = (graph.n_owned + lanes - 1) / lanes;
    std::vector<double> jacobian(lanes * reactions.pattern().size(), 0.);
    for (unsigned int i = 0; i < lu.n_fields(); ++i)
      std::fill_n(&jacobian[lanes * reactions.pattern().slot(i, i)], lanes, -1.);
    std::vector<float> factors(groups * lu.factor_size());
    for (std::size_t g = 0; g < groups; ++g)
      lu.factorise(jacobian.data(), .1, &factors[g * lu.factor_size()]);
    std::vector<double> x(std::size_t(graph.n_owned) * lu.n_fields(), 1.);
    const double time = seconds(5, [&] { lu.solve(factors.data(), graph.n_owned, x.data()); });
    const double unknowns = on_all_ranks(x.size());
    const double entries = on_all_ranks(double(graph.n_owned) * lu.factor_size() / lanes);
    // Factors in single precision, the values read and written; a product and a sum for each factor.
    return loop("node solves", lu.n_fields(), unknowns, 4. * entries + 16. * unknowns, 2. * entries, time);
  }

  /** Eight fields that diffuse from near to far within a step, solved to the tolerance of a stage. */
  json measure_diffusion_solve(const NodeGraph &graph)
  {
    constexpr unsigned int n = 8;
    DiffusionSolver solver(graph, {0, 1, 2, 3, 4, 5, 6, 7}, make_grid_vectors(graph, n));
    const NodeLayout &at = solver.layout();
    std::fill(solver.reaction().begin(), solver.reaction().end(), 1.2f);
    for (std::size_t i = 0; i < graph.n_owned; ++i)
      for (unsigned int f = 0; f < n; ++f)
        solver.scale()[at(i, f)] = graph.volume[i] > 0. ? static_cast<float>(1. / (graph.volume[i] * 1.2 * 3e-3)) : 0.f;
    NodalVector residual = graph.make_vector(n), correction = graph.make_vector(n);
    unsigned int iterations = 0;
    const double prepare = seconds(3,
                                   [&] {
                                     solver.prepare({.01, .03, .1, .3, 1., 3., 10., 30.}, std::vector<char>(n, 0));
                                   });
    const double time = seconds(5,
                                [&]
                                {
                                  for (std::size_t i = 0; i < graph.n_owned; ++i)
                                    for (unsigned int f = 0; f < n; ++f)
                                      residual.local_element(at(i, f)) =
                                        graph.volume[i] * std::sin(.37 * (i % 1000) + f);
                                  iterations = solver.solve(residual, correction, {}, 1.).iterations;
                                });
    return {{"fields", n}, {"iterations", iterations}, {"seconds", time}, {"set_up_seconds", prepare}};
  }
} // namespace

int main(int argc, char **argv)
{
  setenv("OMP_NUM_THREADS", "1", 0);
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  if (argc < 2)
  {
    std::cerr << "Usage: benchmark_throughput FILE [Section/Name=VALUE ...]\n";
    return 2;
  }
  Case problem;
  problem.read(argv[1], std::vector<std::string>(argv + 2, argv + argc));
  Run<3> run(problem, MPI_COMM_WORLD);
  run.setup.mechanics.enabled = false;
  run.start();
  const NodeGraph &graph = run.discretization.graph;

  json result = {{"ranks", dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD)}, {"nodes", graph.n_global}};
  result["GFLOP_per_second"] = measure_arithmetic() / 1e9;
  result["loops"].push_back(measure_triad());
  for (const unsigned int n : {1, 8, 16})
    result["loops"].push_back(measure_operator(graph, n));
  if (graph.grids)
    result["loops"].push_back(measure_grid_product(*graph.grids));
  result["loops"].push_back(measure_stage_sum(graph, run.layout.n_fields()));
  result["loops"].push_back(measure_node_solves(run));
  result["diffusion_solve"] = measure_diffusion_solve(graph);
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::cout << result.dump(2) << std::endl;
  return 0;
}
