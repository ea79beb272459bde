// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The whole dermis network, with diffusion and taxis, is of third order in the step, and the error estimate of second.
#include "fixed_steps.h"
#include "test_networks.h"
#include "test_nodes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** The dermis at work, with a wave over the place that leaves every field positive. */
  class Dermis
  {
  public:
    explicit Dermis(const NodeGraph &graph, const std::vector<dealii::Point<2>> &places = {})
      : network_(network_for("dermis", host_of_age(55., true)))
      , run_(graph, network_)
    {
      const std::vector<double> active = network_.active();
      for (unsigned int f = 0; f < active.size(); ++f)
        run_.set(f,
                 [&](const unsigned int node)
                 {
                   const double wave = places.empty() ? 0. : std::cos(M_PI * places[node][0]) * places[node][1];
                   return active[f] * (1. + .3 * std::cos(f) * wave);
                 });
    }

    /** Go on to a time in n steps; returns the largest estimate of their errors. */
    double advance(const double time, const unsigned int n) { return run_.advance((time - run_.time) / n, n); }

    /** Largest difference of any field at any node, in sizes of the fields. */
    double distance(const Dermis &other) const
    {
      const std::vector<double> sizes = magnitudes(network_);
      double largest = 0.;
      for (unsigned int k = 0; k < run_.u.locally_owned_size(); ++k)
        largest = std::max(largest,
                           std::abs(run_.u.local_element(k) - other.run_.u.local_element(k)) / sizes[k % sizes.size()]);
      return largest;
    }

  private:
    Reactions network_;
    FixedSteps run_;
  };

  /**
   * Errors after `time` with n, 2 n, 4 n, ... steps, against eight times as many as the most; the first transients of
   * the stiff fields are left behind before.
   */
  template <class Make>
  std::vector<double> errors(const Make &make, const double time, const unsigned int n, const unsigned int halvings)
  {
    constexpr double transient = .05; // d
    const auto run = [&](const unsigned int steps)
    {
      auto dermis = make();
      dermis->advance(transient, 400);
      dermis->advance(time, steps);
      return dermis;
    };
    const auto reference = run(n << (halvings + 3));
    std::vector<double> errors;
    for (unsigned int k = 0; k <= halvings; ++k)
      errors.push_back(run(n << k)->distance(*reference));
    return errors;
  }

  void expect_third_order(const std::vector<double> &errors)
  {
    for (std::size_t k = 1; k < errors.size(); ++k)
    {
      EXPECT_GT(order_of(errors[k - 1], errors[k]), 2.8) << "errors " << errors[k - 1] << " and " << errors[k];
      EXPECT_LT(order_of(errors[k - 1], errors[k]), 3.2) << "errors " << errors[k - 1] << " and " << errors[k];
    }
  }

  /** What makes .5 + .3 sin 3t a solution of logistic growth. */
  class Forcing : public Kinetics
  {
  public:
    static double solution(const double t) { return .5 + .3 * std::sin(3. * t); }

    std::vector<std::pair<int, int>> dependencies() const override { return {}; }
    void bind(const JacobianPattern &) override {}
    void set_time(const double time) override { t_ = time; }
    void add_jacobian(const NodeBlock &, double *) const override {}
    void add_production(int, const NodeBlock &, double *) const override {}
    void add_rates(const NodeBlock &nodes, double *rates) const override
    {
      for (std::size_t n = 0; n < nodes.size; ++n)
        rates[n] += .9 * std::cos(3. * t_) - solution(t_) * (1. - solution(t_));
    }

  private:
    double t_ = 0.;
  };
} // namespace

TEST(TimeOrder, DermisAtAPoint)
{
  const Nodes point = single_node();
  expect_third_order(errors([&] { return std::make_unique<Dermis>(point.graph); }, 4.05, 128, 2));
}

TEST(TimeOrder, DermisWithDiffusionAndTaxis)
{
  Discretization<2> d(MPI_COMM_SELF);
  make_box(d, 6);
  d.rebuild(dermis_everywhere);
  expect_third_order(errors([&] { return std::make_unique<Dermis>(d.graph, d.positions); }, 1.05, 16, 2));
}

TEST(TimeOrder, TheEstimateFollowsTheErrorOfOneStep)
{
  // The estimate is the difference to a method of order 2, so that of one step falls with the third power.
  const Nodes point = single_node();
  std::vector<double> estimates;
  for (const double h : {.01, .005, .0025})
  {
    Dermis dermis(point.graph);
    dermis.advance(.05, 400);
    estimates.push_back(dermis.advance(.05 + h, 1));
  }
  for (std::size_t k = 1; k < estimates.size(); ++k)
    EXPECT_NEAR(order_of(estimates[k - 1], estimates[k]), 3., .25);
}

TEST(TimeOrder, SourcesThatDependOnTimeEnterAtTheTimesOfTheStages)
{
  const Nodes point = single_node();
  std::vector<double> errors;
  for (const unsigned int n : {16, 32, 64})
  {
    Forcing forcing;
    Reactions network = test_network<Logistic>({&forcing});
    FixedSteps run(point.graph, network);
    run.set(0, [](unsigned int) { return Forcing::solution(0.); });
    run.advance(1. / n, n);
    errors.push_back(std::abs(run.value(0, 0) - Forcing::solution(1.)));
  }
  expect_third_order(errors);
}
