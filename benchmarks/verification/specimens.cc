// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// What the constants of the dermis say of excised skin: the table of docs/mechanics.md. Build and run
// benchmark_specimens without arguments.
#include "model/tissue/prestress.h"
#include "model/tissue/specimen.h"

#include <cstdio>

using namespace cutis;

namespace
{
  void print_row(const double along, const double across)
  {
    const Specimen s{{}, healthy_young_point({}, {}, tension(along, across, 0.))};
    const auto free = s.equilibrium({{.9, .95, 1.1}}, {{true, true, true}});
    const auto h = s.point.fibres_new / trace(s.point.fibres_new);
    std::printf("| %.3g/%.3g | %.2f/%.2f/%.2f | %.2f/%.2f | %.2f/%.2f | %.2f | %.0f/%.0f | %.0f/%.0f |\n",
                along,
                across,
                h[0][0],
                h[1][1],
                h[2][2],
                s.point.elastin_tensor[0][0],
                s.point.elastin_tensor[1][1],
                free[0],
                free[1],
                free[2],
                s.incremental_modulus(0, true),
                s.incremental_modulus(1, true),
                s.incremental_modulus(0, false),
                s.incremental_modulus(1, false));
  }
} // namespace

int main()
{
  std::printf("| tension [kPa] | h0 | Pe | excised square | its thickness | strip [kPa] | uniaxial [kPa] |\n"
              "|---|---|---|---|---|---|---|\n");
  print_row(7., 5.);
  print_row(15., 8.);
  print_row(24., 17.);
  print_row(28.3, 16.6);
  print_row(53., 30.);
}
