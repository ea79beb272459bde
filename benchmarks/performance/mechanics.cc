// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// How the solves of mechanics grow with the mesh. A block of layered skin in which the collagen of a ball has grown by
// half is brought into equilibrium:
//
//   mpirun -n 2 benchmarks/benchmark_mechanics CELLS_ALONG_A_SIDE ...
//
// prints a line for each size: displacement unknowns, Newton steps, iterations of conjugate gradients per solve,
// seconds per solve with everything, and the residuals relative to healthy stress.
#include "processes/mechanics/mechanics.h"
#include "mesh/skin_patch.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/timer.h>
#include <deal.II/base/utilities.h>

#include <cstdio>
#include <cstdlib>

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
    const LayerContents contents = {{.01, 1., 1., 1., .2}};
    Discretization<3> skin(MPI_COMM_WORLD);
    make_skin_patch(block(cells), skin.triangulation);
    skin.carry_displacement(1);
    skin.rebuild(contents);

    const auto network = make_network("dermis");
    network->prepare(Host());
    FieldLayout layout;
    layout.fields = network->species();
    State state;
    fill(state, skin.graph, layout, network->healthy());

    MechanicsSettings settings;
    settings.reuse_of_tangent = 0.;
    const KineticsSum kinetics(layout.n_fields(), {network.get()});
    Mechanics<3> mechanics(settings, *network, kinetics, skin, contents, layout);
    dealii::Timer set_up;
    mechanics.rebuild();
    mechanics.start(state);
    set_up.stop();
    const int mature = layout.find("collagen_mature");
    for (unsigned int i = 0; i < skin.graph.n_owned; ++i)
      if (skin.positions[i].distance(dealii::Point<3>(0., 0., -1.)) < 1.5)
        state.fields.local_element(i * layout.n_fields() + mature) *= 1.5;
    skin.graph.complete(state.fields, layout.n_fields());
    mechanics.settle(state);

    const auto &statistics = mechanics.statistics();
    dealii::Utilities::System::MemoryStats memory;
    dealii::Utilities::System::get_memory_stats(memory);
    const double peak = dealii::Utilities::MPI::sum(memory.VmHWM / 1024., MPI_COMM_WORLD);
    if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) != 0)
      return;
    std::printf(
      "%9llu unknowns: %lu Newton steps, %5.1f iterations and %7.2f s each, set-up %6.1f s, %6.0f MB; residuals",
      3ull * skin.graph.n_global,
      statistics.solves,
      double(statistics.iterations) / statistics.solves,
      statistics.seconds / statistics.solves,
      set_up.wall_time(),
      peak);
    for (const double size : mechanics.convergence())
      std::printf(" %.1e", size);
    std::printf("\n");
    std::fflush(stdout);
  }
} // namespace

int main(int argc, char **argv)
{
  dealii::Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  for (int a = 1; a < argc; ++a)
    measure(std::atoi(argv[a]));
}
