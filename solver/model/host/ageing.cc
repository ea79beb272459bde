// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/host/ageing.h"

#include "base/errors.h"
#include "base/text.h"

#include <boost/numeric/odeint.hpp>

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    using Vector = boost::numeric::ublas::vector<double>;
    using Matrix = boost::numeric::ublas::matrix<double>;

    /** 35 years take 22 000 steps. Constants at the ends of their ranges would take more than anybody waits for. */
    constexpr unsigned int most_steps = 500000;

    /** As odeint's own errors: no end is reached. */
    class GoesNowhere : public std::runtime_error
    {
      using std::runtime_error::runtime_error;
    };

    [[noreturn]] void no_healthy_state(const double from, const double age, const std::string &reason)
    {
      throw BadInput("The constants of the network leave no healthy state at the age of " + format_number(age) +
                     " years: growing old from " + format_number(from) + " years on ends nowhere (" + reason +
                     "). Check the constants that were changed.");
    }

    /** One node with the content of the dermis. */
    class Point
    {
    public:
      explicit Point(Kinetics &kinetics, const unsigned int n_fields)
        : kinetics_(kinetics)
        , pattern_(n_fields, kinetics.dependencies())
      {
        kinetics_.bind(pattern_);
      }

      void rates(const Vector &u, Vector &dudt, const double time) const
      {
        kinetics_.set_time(time);
        std::fill(dudt.begin(), dudt.end(), 0.);
        kinetics_.add_rates(block(u), &dudt[0]);
      }

      void jacobian(const Vector &u, Matrix &j, const double time, Vector &dfdt) const
      {
        std::vector<double> values(n_lanes * pattern_.size(), 0.);
        kinetics_.set_time(time);
        kinetics_.add_jacobian(block(u), values.data());
        j = boost::numeric::ublas::zero_matrix<double>(u.size(), u.size());
        for (std::size_t s = 0; s < pattern_.size(); ++s)
          j(pattern_.entries()[s].first, pattern_.entries()[s].second) = values[s * n_lanes];

        // The explicit dependence on time, by central differences: the factors of the host change slowly.
        const double change = .5;
        Vector later(u.size()), earlier(u.size());
        rates(u, later, time + change);
        rates(u, earlier, time - change);
        dfdt = (later - earlier) / (2. * change);
      }

    private:
      NodeBlock block(const Vector &u) const
      {
        static const double content = 1.;
        return {1, static_cast<unsigned int>(u.size()), &u[0], 0, nullptr, &content};
      }

      Kinetics &kinetics_;
      JacobianPattern pattern_;
    };
  } // namespace

  std::vector<double> integrate_at_a_point(Kinetics &kinetics,
                                           std::vector<double> state,
                                           const double start,
                                           const double end,
                                           const double tolerance)
  {
    namespace odeint = boost::numeric::odeint;
    const Point point(kinetics, state.size());
    Vector u(state.size());
    std::copy(state.begin(), state.end(), u.begin());
    auto rates = [&](const Vector &x, Vector &dxdt, double t) { point.rates(x, dxdt, t); };
    unsigned int steps = 0;
    auto jacobian = [&](const Vector &x, Matrix &j, double t, Vector &dfdt)
    {
      if (!std::all_of(x.begin(), x.end(), [](const double value) { return std::isfinite(value); }))
        throw GoesNowhere("a value is not finite any more");
      if (++steps > most_steps)
        throw GoesNowhere("more than " + std::to_string(most_steps) + " steps are not enough");
      point.jacobian(x, j, t, dfdt);
    };
    odeint::integrate_adaptive(odeint::make_controlled<odeint::rosenbrock4<double>>(tolerance, tolerance),
                               std::make_pair(rates, jacobian),
                               u,
                               start,
                               end,
                               std::min(1e-3, .5 * (end - start)));
    std::copy(u.begin(), u.end(), state.begin());
    return state;
  }

  std::vector<double>
  aged_state(Kinetics &kinetics, const std::vector<double> &young, const double from, const double age)
  {
    const double days = (age - from) * 365.25;
    if (days <= 0.)
      return young;
    std::vector<double> aged;
    try
    {
      aged = integrate_at_a_point(kinetics, young, -days, 0., 1e-8);
    }
    catch (const std::runtime_error &failure)
    {
      no_healthy_state(from, age, failure.what());
    }
    for (double &value : aged)
      if (!std::isfinite(value))
        no_healthy_state(from, age, "a value is not finite");
      else
        value = std::max(value, 0.); // round-off around what is absent
    return aged;
  }
} // namespace cutis
