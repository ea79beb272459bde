// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Whole steps of a case from its beginning, without mechanics and without output: what they take, and what the ranks
// say to each other meanwhile. Prints one JSON object. Try:
//
//   mpirun -n 2 benchmark_steps parameters/plla_3d.prm 28 "Mesh/Cell size=0.5 mm" "PLLA/Sessions=0 d"
#include "app/run.h"
#include "measuring.h"
#include "mpi_counts.h"
#include "numerics/diffusion/multigrid_grids.h"

#include <nlohmann/json.hpp>

#include <iostream>

using namespace cutis;
using nlohmann::json;

namespace
{
  /** Per try of a step, of the rank that says most. */
  json conversation(const MpiCounts &counts, const double tries)
  {
    const auto most = [&](const double value) { return dealii::Utilities::MPI::max(value, MPI_COMM_WORLD) / tries; };
    return {{"reductions", most(counts.reductions)},
            {"messages", most(counts.messages)},
            {"sent_bytes", most(counts.sent_bytes)},
            {"gathers", most(counts.gathers)},
            {"gathered_bytes", most(counts.gathered_bytes)}};
  }

  /** The grids of the diffusion solves, finest first: their nodes, and whether every rank holds all of them. */
  json describe(const MultigridGrids *grids)
  {
    json levels = json::array();
    if (grids)
      for (const GridLevel &level : grids->levels())
        levels.push_back({{"nodes", {level.n[0], level.n[1], level.n[2]}}, {"whole", level.whole}});
    return levels;
  }

  template <int dim>
  json measure(const Case &problem, const double days)
  {
    const double begin = MPI_Wtime();
    RunSetup<dim> setup = setup_of<dim>(problem);
    setup.outputs = {1e5}; // nothing is written, so no step lands on an output
    setup.mechanics.enabled = false;
    setup.time.end = days;
    Run<dim> run(std::move(setup), MPI_COMM_WORLD);
    run.start();
    State &state = run.state;
    state.clock.end = days;
    const double set_up = MPI_Wtime() - begin;

    mpi_counts = MpiCounts();
    MpiCounts said;
    const double time = measuring::seconds(1,
                                           [&]
                                           {
                                             run.advance();
                                             said = mpi_counts;
                                           });
    const NodeGraph &graph = run.discretization.graph;
    const Rosenbrock::Statistics &solves = run.transport.statistics();
    const double unknowns = double(graph.n_global) * run.layout.n_fields();
    const double tries = state.clock.steps + state.clock.rejected;
    unsigned int balanced = 0; // of the moving fields, those whose solves must lose no matter
    for (unsigned int f = 0; f < run.layout.n_moving(); ++f)
      balanced += run.transport.counted().volume(f) ? 1 : 0;
    const double memory = measuring::peak_memory();
    return {{"ranks", dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD)},
            {"nodes", graph.n_global},
            {"fields", run.layout.n_fields()},
            {"moving_fields", run.layout.n_moving()},
            {"balanced_fields", balanced},
            {"levels", run.transport.order().levels.size()},
            {"unknowns", unknowns},
            {"set_up_seconds", dealii::Utilities::MPI::max(set_up, MPI_COMM_WORLD)},
            {"days", days},
            {"steps", state.clock.steps},
            {"rejected", state.clock.rejected},
            {"seconds_per_step", time / tries},
            {"million_unknown_stages_per_second", 4. * unknowns * tries / time / 1e6},
            {"scalar_solves_per_step", solves.scalar_solves / tries},
            {"iterations_per_step", solves.iterations / tries},
            {"iterations_per_solve", solves.iterations / (4. * run.transport.order().levels.size() * tries)},
            {"memory_bytes", memory},
            {"memory_bytes_per_unknown", memory / unknowns},
            {"grids", describe(graph.grids.get())},
            {"per_step", conversation(said, tries)}};
  }
} // namespace

int main(int argc, char **argv)
{
  setenv("OMP_NUM_THREADS", "1", 0);
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  if (argc < 3)
  {
    std::cerr << "Usage: benchmark_steps FILE DAYS [Section/Name=VALUE ...]\n";
    return 2;
  }
  Case problem;
  problem.read(argv[1], std::vector<std::string>(argv + 3, argv + argc));
  const double days = std::stod(argv[2]);
  const json result = problem.skin.dimension == 2 ? measure<2>(problem, days) : measure<3>(problem, days);
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::cout << result.dump(2) << std::endl;
  return 0;
}
