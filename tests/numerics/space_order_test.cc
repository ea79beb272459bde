// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Manufactured solutions: diffusion, taxis and kinetics are of second order in the cell size on every kind of mesh.
#include "fixed_steps.h"
#include "test_networks.h"
#include "test_nodes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace cutis;
using namespace cutis::test;

namespace
{
  enum class MeshForm
  {
    uniform,
    refined,  ///< the middle halved once more, with hanging nodes
    smooth,   ///< mapped by a smooth function
    distorted ///< vertices moved at random by a tenth of the cell size
  };

  constexpr double pi = M_PI;

  /** u = 2 + c(x) e^-t, v = 2 + s(x) cos(t), w = u v at t = 0: products of cosines, without flux on the unit box. */
  struct Solution
  {
    static double product(const double *x, const int dim, const double wave)
    {
      double value = 1.;
      for (int i = 0; i < dim; ++i)
        value *= std::cos(wave * pi * x[i]);
      return value;
    }
    static double u(const double *x, int dim, double t) { return 2. + product(x, dim, 1.) * std::exp(-t); }
    static double v(const double *x, int dim, double t) { return 2. + .7 * product(x, dim, 2.) * std::cos(t); }

    static double gradients(const double *x, const int dim, const double t)
    {
      double sum = 0.;
      for (int i = 0; i < dim; ++i)
      {
        double du = -pi * std::sin(pi * x[i]), dv = -2. * pi * std::sin(2. * pi * x[i]);
        for (int j = 0; j < dim; ++j)
          if (j != i)
          {
            du *= std::cos(pi * x[j]);
            dv *= std::cos(2. * pi * x[j]);
          }
        sum += du * std::exp(-t) * .7 * dv * std::cos(t);
      }
      return sum;
    }
  };

  /** The sources that make u and v solutions of the network Climbing; the doses are the coordinates. */
  class Source : public Kinetics
  {
  public:
    explicit Source(const int dim) : dim_(dim) {}

    std::vector<std::pair<int, int>> dependencies() const override { return {}; }
    void bind(const JacobianPattern &) override {}
    void set_time(const double time) override { t_ = time; }
    void add_jacobian(const NodeBlock &, double *) const override {}
    void add_production(int, const NodeBlock &, double *) const override {}
    void add_rates(const NodeBlock &nodes, double *rates) const override
    {
      const double D_u = .3, D_v = 1., taxis = .4;
      for (std::size_t n = 0; n < nodes.size; ++n)
      {
        const double *x = nodes.doses + n * nodes.n_doses;
        const double u = Solution::u(x, dim_, t_), v = Solution::v(x, dim_, t_);
        const double lap_u = -dim_ * pi * pi * (u - 2.), lap_v = -4. * dim_ * pi * pi * (v - 2.);
        const double v_t = -(v - 2.) * std::tan(t_);
        double *r = rates + n * nodes.n_fields;
        r[0] += -(u - 2.) - D_u * lap_u + taxis * (Solution::gradients(x, dim_, t_) + u * lap_v) + u * v / (1. + v);
        r[1] += v_t - D_v * lap_v - (2. * u - 3. * v);
      }
    }

  private:
    int dim_;
    double t_ = 0.;
  };

  template <int dim>
  void make_mesh(const MeshForm mesh, const unsigned int cells, Discretization<dim> &d)
  {
    make_box(d, cells);
    if (mesh == MeshForm::refined)
      refine_box(d, .25, .75);
    else if (mesh == MeshForm::smooth)
      dealii::GridTools::transform(
        [](dealii::Point<dim> p)
        {
          double bump = .06;
          for (int i = 0; i < dim; ++i)
            bump *= std::sin(pi * p[i]);
          for (int i = 0; i < dim; ++i)
            p[i] += (i % 2 == 0 ? 1. : -.7) * bump;
          return p;
        },
        d.triangulation);
    else if (mesh == MeshForm::distorted)
      dealii::GridTools::distort_random(.1, d.triangulation, true, 7);
    d.rebuild(dermis_everywhere);
  }

  struct Errors
  {
    double mean[2], largest[2]; ///< of u and v
  };

  template <int dim>
  Errors errors(const MeshForm mesh, const unsigned int cells)
  {
    Discretization<dim> d(MPI_COMM_SELF);
    make_mesh(mesh, cells, d);
    Source source(dim);
    Reactions network = test_network<Climbing>({&source});
    FixedSteps run(d.graph, network, dim);
    const auto x = [&](const unsigned int node) { return &d.positions[node][0]; };
    for (unsigned int i = 0; i < d.graph.n_owned; ++i)
      for (int k = 0; k < dim; ++k)
        run.doses.local_element(i * dim + k) = x(i)[k];
    run.set(0, [&](const unsigned int node) { return Solution::u(x(node), dim, 0.); });
    run.set(1, [&](const unsigned int node) { return Solution::v(x(node), dim, 0.); });
    run.advance(.0125, 16);

    Errors result = {};
    double volume = 0.;
    for (unsigned int i = 0; i < d.graph.n_owned; ++i)
    {
      if (!(d.graph.volume[i] > 0.))
        continue;
      const double exact[2] = {Solution::u(x(i), dim, run.time), Solution::v(x(i), dim, run.time)};
      for (int f = 0; f < 2; ++f)
      {
        const double error = run.value(i, f) - exact[f];
        result.mean[f] += d.graph.volume[i] * error * error;
        result.largest[f] = std::max(result.largest[f], std::abs(error));
      }
      volume += d.graph.volume[i];
    }
    for (double &mean : result.mean)
      mean = std::sqrt(mean / volume);
    return result;
  }

  /** Halve the cells once and compare the errors. */
  template <int dim>
  void expect_second_order(const MeshForm mesh,
                           const unsigned int cells,
                           const double mean_order,
                           const double largest_order)
  {
    const Errors coarse = errors<dim>(mesh, cells), fine = errors<dim>(mesh, 2 * cells);
    for (int f = 0; f < 2; ++f)
    {
      EXPECT_GT(order_of(coarse.mean[f], fine.mean[f]), mean_order) << "field " << f << ", error " << fine.mean[f];
      EXPECT_GT(order_of(coarse.largest[f], fine.largest[f]), largest_order)
        << "field " << f << ", error " << fine.largest[f];
      if (getenv("CUTIS_PRINT"))
        printf("dim %d mesh %d field %d: mean %g %g order %.3f, max %g %g order %.3f\n",
               dim,
               int(mesh),
               f,
               coarse.mean[f],
               fine.mean[f],
               order_of(coarse.mean[f], fine.mean[f]),
               coarse.largest[f],
               fine.largest[f],
               order_of(coarse.largest[f], fine.largest[f]));
    }
  }
} // namespace

TEST(SpaceOrder, Uniform2d)
{
  expect_second_order<2>(MeshForm::uniform, 16, 1.9, 1.9);
}

TEST(SpaceOrder, HangingNodes2d)
{
  expect_second_order<2>(MeshForm::refined, 16, 1.9, 1.7);
}

TEST(SpaceOrder, SmoothlyMapped2d)
{
  expect_second_order<2>(MeshForm::smooth, 16, 1.9, 1.8);
}

TEST(SpaceOrder, Distorted2d)
{
  expect_second_order<2>(MeshForm::distorted, 16, 1.8, 1.6);
}

TEST(SpaceOrder, Uniform3d)
{
  expect_second_order<3>(MeshForm::uniform, 8, 1.9, 1.9);
}

TEST(SpaceOrder, HangingNodes3d)
{
  expect_second_order<3>(MeshForm::refined, 8, 1.8, 1.7);
}

TEST(SpaceOrder, SmoothlyMapped3d)
{
  expect_second_order<3>(MeshForm::smooth, 8, 1.9, 1.8);
}

TEST(SpaceOrder, Distorted3d)
{
  expect_second_order<3>(MeshForm::distorted, 8, 1.6, 1.3);
}
