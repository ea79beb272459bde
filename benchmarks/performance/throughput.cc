// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Rates of the loops that a run spends its time in, beside the memory bandwidth of the same minute. Prints one JSON
// object. Try: mpirun -n 2 benchmark_throughput parameters/plla_3d.prm 60     (a case of 3-D skin, days to run)
#include "app/run.h"
#include "numerics/diffusion/diffusion_solver.h"

#include <deal.II/base/timer.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>

using namespace cutis;
using nlohmann::json;

namespace
{
  /** Median wall time of a task that all ranks do together [s]. */
  template <class Task>
  double seconds(const unsigned int repetitions, const Task &task)
  {
    std::vector<double> times;
    for (unsigned int i = 0; i < repetitions; ++i)
    {
      MPI_Barrier(MPI_COMM_WORLD);
      const double begin = MPI_Wtime();
      task();
      MPI_Barrier(MPI_COMM_WORLD);
      times.push_back(MPI_Wtime() - begin);
    }
    std::sort(times.begin(), times.end());
    return dealii::Utilities::MPI::max(times[times.size() / 2], MPI_COMM_WORLD);
  }

  double on_all_ranks(const double value)
  {
    return dealii::Utilities::MPI::sum(value, MPI_COMM_WORLD);
  }

  /** a = b + s c on arrays far larger than the caches, 24 bytes an element [byte/s]. */
  double triad_bandwidth()
  {
    const std::size_t n = 8u << 20;
    std::vector<double> a(n, 0.), b(n, 1.), c(n, 2.);
    const double time = seconds(15,
                                [&]
                                {
                                  for (std::size_t i = 0; i < n; ++i)
                                    a[i] = b[i] + 3. * c[i];
                                });
    if (a[n / 2] != 7.)
      std::cerr << "triad\n"; // also keeps the loop from being removed
    return on_all_ranks(24. * n) / time;
  }

  /** The product with diffusion and reaction, n fields at once. */
  json measure_operator(const NodeGraph &graph, const unsigned int n, const double bandwidth)
  {
    NodalVector x = graph.make_vector(n), y = graph.make_vector(n);
    std::vector<float> reaction(graph.n_owned * n, 1.5f);
    for (std::size_t i = 0; i < x.locally_owned_size(); ++i)
      x.local_element(i) = std::sin(.1 * i);
    const DiffusionBatch batch{n, reaction.data(), std::vector<double>(n, .1), std::vector<char>(n, 0)};
    std::vector<double> dots(n);
    const double time = seconds(15,
                                [&]
                                {
                                  x.update_ghost_values();
                                  apply(graph.stencil(), batch, x.begin(), y.begin(), dots.data());
                                });
    const double unknowns = on_all_ranks(double(graph.n_owned) * n);
    // x, y and the reaction of every field; column, two weights per edge, its start and two volumes of every node.
    const double bytes = unknowns * (8. + 8. + 4.) + on_all_ranks(20. * graph.column.size() + 20. * graph.n_owned);
    return {{"fields", n},
            {"million_unknowns_per_second", unknowns / time / 1e6},
            {"bytes_per_unknown", bytes / unknowns},
            {"share_of_triad", bytes / time / bandwidth},
            {"share_of_24_byte_floor", 24. * unknowns / time / bandwidth}};
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

  /** Whole steps of the case from its beginning. */
  json measure_steps(Run<3> &run, const double days, const double bandwidth)
  {
    State &state = run.state;
    state.clock.end = days;
    const double time = seconds(1, [&] { run.advance(); });

    const double unknowns = double(run.discretization.graph.n_global) * run.layout.n_fields();
    const double stages = 4. * (state.clock.steps + state.clock.rejected);
    return {{"days", days},
            {"unknowns", unknowns},
            {"steps", state.clock.steps},
            {"rejected", state.clock.rejected},
            {"seconds_per_step", time / (state.clock.steps + state.clock.rejected)},
            {"million_unknown_stages_per_second", unknowns * stages / time / 1e6},
            {"share_of_750_byte_model", 750. * unknowns * stages / time / bandwidth},
            {"scalar_solves", run.transport.statistics().scalar_solves},
            {"iterations", run.transport.statistics().iterations}};
  }
} // namespace

int main(int argc, char **argv)
{
  setenv("OMP_NUM_THREADS", "1", 0);
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  if (argc < 3)
  {
    std::cerr << "Usage: benchmark_throughput FILE DAYS [Section/Name=VALUE ...]\n";
    return 2;
  }
  Case problem;
  problem.read(argv[1], std::vector<std::string>(argv + 3, argv + argc));
  RunSetup<3> setup = setup_of<3>(problem);
  setup.outputs = {1e5}; // nothing is written, so no step lands on an output
  setup.mechanics.enabled = false;
  Run<3> run(std::move(setup), MPI_COMM_WORLD);
  run.start();
  const NodeGraph &graph = run.discretization.graph;

  json result;
  const double bandwidth = triad_bandwidth();
  result["ranks"] = dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
  result["nodes"] = graph.n_global;
  result["triad_GB_per_second"] = bandwidth / 1e9;
  for (const unsigned int n : {1, 8, 16})
    result["operator"].push_back(measure_operator(graph, n, bandwidth));
  result["diffusion_solve"] = measure_diffusion_solve(graph);
  result["run"] = measure_steps(run, std::stod(argv[2]), bandwidth);
  dealii::Utilities::System::MemoryStats memory;
  dealii::Utilities::System::get_memory_stats(memory);
  const double bytes = 1024. * on_all_ranks(static_cast<double>(memory.VmHWM));
  result["memory_bytes_per_unknown"] = bytes / result["run"]["unknowns"].get<double>();
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::cout << result.dump(2) << std::endl;
  return 0;
}
