// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/needle_section.h"

#include "mesh/graded_line.h"

#include <deal.II/grid/grid_tools.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    using Place = Point<2>;
    using Curve = std::vector<Place>;

    /** Quadrilaterals by the places of their corners; corners at one place become one vertex at the end. */
    class Quads
    {
    public:
      /** The cells between curves of equally many places. */
      void between(const std::vector<Curve> &curves, const SectionPart part)
      {
        for (std::size_t i = 1; i < curves.size(); ++i)
          for (std::size_t j = 1; j < curves[i].size(); ++j)
            add({{curves[i - 1][j - 1], curves[i - 1][j], curves[i][j - 1], curves[i][j]}}, part);
      }

      void make(Triangulation<2> &section)
      {
        SubCellData no_faces;
        std::vector<unsigned int> all;
        GridTools::delete_duplicated_vertices(vertices_, cells_, no_faces, all, 1e-9);
        section.create_triangulation(vertices_, cells_, no_faces);
      }

    private:
      void add(const std::array<Place, 4> &corners, const SectionPart part)
      {
        CellData<2> cell;
        for (unsigned int v = 0; v < 4; ++v)
        {
          cell.vertices[v] = vertices_.size();
          vertices_.push_back(corners[v]);
        }
        cell.material_id = static_cast<types::material_id>(part);
        cells_.push_back(cell);
      }

      std::vector<Place> vertices_;
      std::vector<CellData<2>> cells_;
    };

    Curve line(const std::vector<double> &x, const double y)
    {
      Curve places;
      for (const double coordinate : x)
        places.emplace_back(coordinate, y);
      return places;
    }

    std::vector<Curve> rectangle(const std::vector<double> &x, const std::vector<double> &y)
    {
      std::vector<Curve> lines;
      for (const double coordinate : y)
        lines.push_back(line(x, coordinate));
      return lines;
    }

    /** Curves that lead from one to the other, at these shares of the way. */
    std::vector<Curve> blend(const Curve &from, const Curve &to, const std::vector<double> &shares)
    {
      std::vector<Curve> curves;
      for (const double share : shares)
      {
        Curve curve = from;
        for (std::size_t j = 0; j < curve.size(); ++j)
          curve[j] += share * (to[j] - from[j]);
        curves.push_back(curve);
      }
      return curves;
    }

    /** Coordinates as shares of the way from the first to the last. */
    std::vector<double> shares(std::vector<double> line)
    {
      const double start = line.front(), length = line.back() - line.front();
      for (double &place : line)
        place = (place - start) / length;
      return line;
    }

    /** Half circles and half squares around a centre, cut by the same rays from the left over the top to the right. */
    class Rays
    {
    public:
      Rays(const Place &centre, const int sectors) : centre_(centre)
      {
        for (int i = 0; i <= 4 * sectors; ++i)
        {
          const double angle = M_PI * (1. - double(i) / (4 * sectors));
          directions_.push_back(Tensor<1, 2>({std::cos(angle), std::sin(angle)}));
        }
        directions_.front()[1] = directions_.back()[1] = 0.;
      }

      Curve circle(const double radius) const
      {
        return scaled([&](const Tensor<1, 2> &) { return radius; });
      }

      Curve square(const double half) const
      {
        return scaled([&](const Tensor<1, 2> &d) { return half / std::max(std::abs(d[0]), std::abs(d[1])); });
      }

    private:
      Curve scaled(const std::function<double(const Tensor<1, 2> &)> &distance) const
      {
        Curve curve;
        for (const Tensor<1, 2> &direction : directions_)
          curve.push_back(centre_ + distance(direction) * direction);
        return curve;
      }

      Place centre_;
      std::vector<Tensor<1, 2>> directions_;
    };
    /** The half square around the needle that touches x = 0: disc, circles, and what is left. */
    struct NeedleSquare
    {
      NeedleSquare(const NeedleGeometry &needle, const TreatmentGrading &grading)
        : half(.5 * needle.pitch)
        // The heat of both needles meets at the mirror plane, which coarse cells would not resolve.
        , radial{{needle.radius()}, grading.finest, grading.growth, std::min(grading.largest, .25 * half)}
        , border(Rays({half, 0.}, grading.sectors).square(half))
      {
        const double a = needle.radius(), core = .5 * a, outer = a + .5 * (half - a);
        const int n = grading.sectors;
        const Rays rays({half, 0.}, n);

        // The half square in the middle has the rays' places on its three sides.
        const Curve middle = rays.square(core);
        quads.between(rectangle(xs(middle, n), ys(middle, n)), SectionPart::disc);
        quads.between(blend(middle, rays.circle(a), shares(graded_line({core, a}, radial))), SectionPart::disc);

        std::vector<Curve> circles;
        for (const double radius : graded_line({a, outer}, radial))
          circles.push_back(rays.circle(radius));
        quads.between(circles, SectionPart::ring);
        quads.between(blend(circles.back(), border, shares(graded_line({outer, half}, radial))), SectionPart::rest);
      }

      /** Coordinates of the places on the upper and on the left side of a half square. */
      static std::vector<double> xs(const Curve &square, const int n)
      {
        std::vector<double> x;
        for (int i = n; i <= 3 * n; ++i)
          x.push_back(square[i][0]);
        return x;
      }
      static std::vector<double> ys(const Curve &square, const int n)
      {
        std::vector<double> y;
        for (int i = 0; i <= n; ++i)
          y.push_back(square[i][1]);
        return y;
      }

      double half;
      LineGrading radial;
      Curve border;
      Quads quads;
    };
  } // namespace

  void make_needle_square(const NeedleGeometry &needle, const TreatmentGrading &grading, Triangulation<2> &section)
  {
    NeedleSquare(needle, grading).quads.make(section);
  }

  void make_needle_section(const NeedleGeometry &needle, const TreatmentGrading &grading, Triangulation<2> &section)
  {
    NeedleSquare square(needle, grading);

    // The square touches the mirror plane x = 0; right of it and above it the lines run straight on.
    const double half = square.half, width = needle.box_width;
    const LineGrading away{{half}, square.radial.size(half), grading.growth, grading.largest};
    const LineGrading right{{needle.pitch}, away.finest, grading.growth, grading.largest};
    const std::vector<double> x = NeedleSquare::xs(square.border, grading.sectors);
    const std::vector<double> y = NeedleSquare::ys(square.border, grading.sectors);
    const std::vector<double> far_x = graded_line({needle.pitch, width}, right);
    const std::vector<double> far_y = graded_line({half, width}, away);
    square.quads.between(rectangle(far_x, y), SectionPart::rest);
    square.quads.between(rectangle(x, far_y), SectionPart::rest);
    square.quads.between(rectangle(far_x, far_y), SectionPart::rest);
    square.quads.make(section);
  }
} // namespace cutis
