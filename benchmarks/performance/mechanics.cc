// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// How the solves of mechanics grow with the mesh. A block of layered skin in which the collagen of a ball has grown by
// half is brought into equilibrium:
//
//   mpirun -n 2 benchmarks/benchmark_mechanics CELLS_ALONG_A_SIDE ...
//
// prints a JSON object for each size: displacement unknowns, Newton steps, iterations of conjugate gradients per solve,
// seconds per solve with everything, and the residuals relative to healthy stress.
#include "processes/mechanics/mechanics.h"
#include "app/run.h"
#include "measuring.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/timer.h>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <iostream>

using namespace cutis;

namespace
{
  SkinPatch block(const int cells)
  {
    SkinPatch patch;
    patch.width = patch.length = 8.;
    patch.cell_size = 8. / cells;
    patch.layers = {{Layer::epidermis, .2, std::max(1, cells / 16)},
                    {Layer::reticular_dermis, 1.4, std::max(3, cells / 5)},
                    {Layer::hypodermis, 3., std::max(3, cells / 5)}};
    return patch;
  }

  void measure(const int cells)
  {
    RunSetup<3> setup;
    setup.model.reactions = std::make_shared<Reactions>(tissue_alone("dermis", Host()));
    setup.contents = {{.01, 1., 1., 1., .2}};
    setup.mechanics.enabled = true;
    setup.mechanics.reuse_of_tangent = 0.;
    setup.make_mesh = [cells](RunSetup<3>::Mesh &mesh) { make_skin_patch(block(cells), mesh); };
    dealii::Timer set_up;
    Run<3> run(std::move(setup), MPI_COMM_WORLD);
    run.start();
    set_up.stop();
    const Discretization<3> &skin = run.discretization;
    NodalVector &fields = run.state.fields();
    const unsigned int n_fields = run.layout.n_fields(), mature = run.layout.find("collagen_mature");
    for (unsigned int i = 0; i < skin.graph.n_owned; ++i)
      if (skin.positions[i].distance(dealii::Point<3>(0., 0., -1.)) < 1.5)
        fields.local_element(i * n_fields + mature) *= 1.5;
    skin.graph.complete(fields, n_fields);
    run.equilibrate();

    const auto &mechanics = dynamic_cast<const Mechanics<3> &>(*run.processes.back());
    const auto &statistics = mechanics.statistics();
    if (statistics.solves == 0)
      throw std::runtime_error("no node lies in the ball that grows: take more cells");
    const double memory = measuring::peak_memory();
    const double solves = statistics.solves;
    if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
      std::cout << nlohmann::json{{"unknowns", 3ull * skin.graph.n_global},
                                  {"newton_steps", statistics.solves},
                                  {"iterations_per_step", statistics.iterations / solves},
                                  {"seconds_per_step", statistics.seconds / solves},
                                  {"set_up_seconds", set_up.wall_time()},
                                  {"memory_bytes", memory},
                                  {"residuals", mechanics.convergence()}}
                << std::endl;
  }
} // namespace

int main(int argc, char **argv)
{
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  for (int a = 1; a < argc; ++a)
    measure(std::atoi(argv[a]));
}
