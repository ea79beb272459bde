// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/chebyshev.h"
#include "numerics/diffusion/multigrid.h"
#include "numerics/space/node_graph.h"

#include <optional>
#include <vector>

namespace cutis
{
  /**
   * Implicit diffusion of a batch of fields: conjugate gradients in which all fields share every pass over the edges
   * and every message, each with its own step lengths. A field that has converged rests. Where the nodes form a tensor
   * grid, fields that diffuse far in a step are preconditioned with multigrid and all others with the diagonal; on
   * other meshes with a Chebyshev polynomial.
   */
  class DiffusionSolver
  {
  public:
    /** When to stop: the largest residual over `scale` and over the first residual. */
    struct Tolerance
    {
      double absolute = .03;
      double relative = .1;
    };

    DiffusionSolver(const NodeGraph &graph, std::vector<int> fields);

    const std::vector<int> &fields() const { return fields_; }
    unsigned int n() const { return fields_.size(); }

    /**
     * Set up A = V d + D K for d in `reaction` and D in `diffusivity` (which includes the step), and the sizes against
     * which residuals are measured: `scale` is one over the error that is tolerated at a node, in units of V d.
     */
    void set_operator(const std::vector<double> &diffusivity, const std::vector<char> &in_tissue);
    std::vector<float> &reaction() { return reaction_; }
    std::vector<float> &scale() { return scale_; }
    /** Call after `reaction` and `scale` have been filled. */
    void prepare();

    /** y = D K x for a start vector x, whose ghosts are updated here. */
    void diffuse(NodalVector &x, NodalVector &y) const;
    /**
     * Solve A correction = residual; the residual is reduced in place. Returns the number of iterations.
     * StepRejected if it does not converge.
     */
    unsigned int solve(NodalVector &residual, NodalVector &correction, const Tolerance &tolerance, double step);

  private:
    /** The largest residuals of the fields over `scale`, at the start and as they are. */
    struct Residuals
    {
      std::vector<double> largest, first;

      bool rests(unsigned int field, const Tolerance &tolerance) const;
    };
    /** z = P r, into `image_`, for the fields that do not rest. */
    void precondition(const NodalVector &residual, const std::vector<char> &rests);

    const NodeGraph &graph_;
    std::vector<int> fields_;
    DiffusionBatch batch_;
    std::vector<float> reaction_, scale_, inverse_diagonal_;
    NodalVector direction_, image_;
    std::optional<Multigrid> multigrid_;
    std::optional<Chebyshev> polynomial_;
    std::vector<char> is_stiff_; ///< fields that are worth a V-cycle
  };
} // namespace cutis
