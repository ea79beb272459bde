// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/errors.h"
#include "base/paths.h"
#include "base/text.h"
#include "mesh/gmsh_file.h"
#include "mesh/skin_patch.h"

#include <deal.II/grid/grid_tools.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <sstream>

namespace cutis
{
  namespace
  {
    /** In the order of the enum. */
    std::vector<std::string> boundary_names(const int dim)
    {
      std::vector<std::string> names = {"surface", "base", "left", "right"};
      if (dim == 3)
        names.insert(names.end(), {"front", "back"});
      return names;
    }

    constexpr std::uintmax_t most_bytes = 20000000000; // of a mesh far beyond what one rank could read

    /** The bytes of a file, or a sentence that says why there are none. */
    std::pair<std::string, std::string> read_bytes(const std::string &file_name)
    {
      const std::string what = "The Gmsh file '" + file_name + "' ";
      if (const std::string problem = problem_with_file(file_name, most_bytes); !problem.empty())
        return {"", what + "cannot be read: " + problem};
      std::error_code error;
      std::ifstream stream(file_name, std::ios::binary);
      std::ostringstream bytes;
      if (!stream || (std::filesystem::file_size(file_name, error) > 0 && !(bytes << stream.rdbuf())))
        return {"", what + "cannot be read."};
      return {bytes.str(), ""};
    }

    /** The whole text on every rank; only the first rank reads. */
    std::string read_on_all_ranks(const std::string &file_name, const MPI_Comm communicator)
    {
      std::pair<std::string, std::string> text_and_problem;
      if (dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
        text_and_problem = read_bytes(file_name);
      const std::string problem = dealii::Utilities::MPI::broadcast(communicator, text_and_problem.second);
      if (!problem.empty())
        throw BadInput(problem);
      return dealii::Utilities::MPI::broadcast(communicator, text_and_problem.first);
    }

    std::string n_of(const std::size_t n, const std::string &thing)
    {
      return std::to_string(n) + " " + thing + (n == 1 ? "" : "s");
    }

    /** What is wrong at several places of a mesh: how many there are and where the first one is. */
    struct Offenders
    {
      std::size_t n = 0;
      std::string first;

      void add(const std::string &place)
      {
        if (n++ == 0)
          first = place;
      }

      /** "3 cells, the first one at (0, 1), ..." or "1 cell at (0, 1) ..." */
      std::string text(const std::string &thing) const
      {
        return n_of(n, thing) + (n == 1 ? " at " + first : ", the first one at " + first + ",");
      }
    };

    /**
     * The mesh in the form deal.II takes it, made from a file in steps. What is wrong is collected, and thrown after a
     * step that the next ones could not do without.
     */
    template <int dim>
    class GmshMesh
    {
    public:
      GmshMesh(const GmshFile &file, const std::string &file_name) : file_(file), file_name_(file_name)
      {
        for (const auto &[of_dim, sentence] : file_.ambiguous)
          if (of_dim == dim || of_dim == dim - 1)
            problem(sentence);
        find_groups();
        check_shapes();
        throw_problems();
        make_cells();
        make_tagged_faces();
        check_cells();
        check_faces();
        check_orientation();
        throw_problems();
      }

      void fill(dealii::Triangulation<dim> &triangulation)
      {
        dealii::GridTools::consistently_order_cells(cells_);
        triangulation.create_triangulation(vertices_, cells_, dealii::SubCellData());
        for (const auto &cell : triangulation.cell_iterators_on_level(0))
          for (const auto &face : cell->face_iterators())
            if (face->at_boundary())
            {
              FaceKey key;
              for (unsigned int v = 0; v < key.size(); ++v)
                key[v] = face->vertex_index(v);
              std::sort(key.begin(), key.end());
              face->set_all_boundary_ids(boundary_of_face_.at(key));
            }
      }

    private:
      static constexpr unsigned int vertices_per_cell = dealii::GeometryInfo<dim>::vertices_per_cell;
      static constexpr unsigned int vertices_per_face = dealii::GeometryInfo<dim>::vertices_per_face;
      using FaceKey = std::array<unsigned int, vertices_per_face>; ///< sorted
      using Cell = dealii::CellData<dim>;

      void throw_problems() const
      {
        if (!problems_.empty())
          throw BadInput(join(problems_, "\n"));
      }

      void problem(const std::string &sentence)
      {
        problems_.push_back("The Gmsh file '" + file_name_ + "': " + sentence);
      }

      template <typename Vertices>
      std::string place(const Vertices &indices) const
      {
        dealii::Point<dim> centre;
        for (const unsigned int v : indices)
          centre += vertices_[v] / static_cast<double>(indices.size());
        std::string text = "(" + format_number(centre[0]);
        for (int d = 1; d < dim; ++d)
          text += ", " + format_number(centre[d]);
        return text + ")";
      }

      /** Numbers of layers and boundaries for the tags of the named groups. */
      void find_groups()
      {
        for (const auto &[key, written] : file_.group_names)
        {
          const auto [group_dim, tag] = key;
          if (group_dim != dim && group_dim != dim - 1)
            continue;
          std::string name = trim(written);
          std::replace(name.begin(), name.end(), '_', ' ');
          const auto known = group_dim == dim ? layer_names() : boundary_names(dim);
          const auto found = std::find(known.begin(), known.end(), name);
          if (found == known.end())
            problem("The physical group '" + written + "' of " + (group_dim == dim ? "cells" : "faces") + " is no " +
                    (group_dim == dim ? "layer" : "boundary") + " of the skin" + did_you_mean(name, known) +
                    " Valid names are " + join(known, ", ") + "; rename the group in Gmsh, or leave it out.");
          else
            id_of_group_[key] = found - known.begin();
        }
        for (const Boundary needed : {Boundary::surface, Boundary::base})
          if (std::none_of(id_of_group_.begin(),
                           id_of_group_.end(),
                           [&](const auto &group) {
                             return group.first.first == dim - 1 && group.second == static_cast<unsigned int>(needed);
                           }))
            problem("There is no physical group '" + boundary_names(dim)[static_cast<int>(needed)] + "' of faces.");
      }

      /** The dimension and the shape of the elements. */
      void check_shapes()
      {
        const GmshShape cell = dim == 2 ? GmshShape::quadrilateral : GmshShape::hexahedron;
        const GmshShape face = dim == 2 ? GmshShape::line : GmshShape::quadrilateral;
        std::size_t cells = 0, beyond = 0, wrong = 0;
        for (const auto &element : file_.elements)
        {
          cells += element.dim == dim;
          beyond += element.dim > dim;
          wrong += (element.dim == dim && element.shape != cell) || (element.dim == dim - 1 && element.shape != face);
        }
        const std::string expected = "a mesh of " + std::to_string(dim) + " dimensions is expected.";
        if (beyond > 0)
          problem("The mesh has " + n_of(beyond, "element") + " of 3 dimensions, but " + expected +
                  " Set Mesh/Dimension = 3 for it.");
        else if (cells == 0)
          problem("The mesh has no cells of " + std::to_string(dim) + " dimensions, but " + expected +
                  (dim == 3 ? " Set Mesh/Dimension = 2 for a section." : " Mesh it with 'gmsh -2'."));
        else if (wrong > 0)
          problem("The mesh has " + n_of(wrong, "element") + " that " + (wrong == 1 ? "is" : "are") +
                  " not first-order " + (dim == 2 ? "quadrilaterals or lines" : "hexahedra or quadrilaterals") +
                  "; recombine the mesh (Recombine Surface{:}; for whole quadrilaterals Mesh.SubdivisionAlgorithm = 1) "
                  "and use the element order 1.");
      }

      /** Id of the group of an element; elements without one are counted by the caller. */
      const unsigned int *find_id(const GmshFile::Element &element) const
      {
        const auto found = id_of_group_.find({element.dim, element.group});
        return found == id_of_group_.end() ? nullptr : &found->second;
      }

      /** The number of a node among the vertices of the cells. */
      unsigned int vertex_of_node(const unsigned int node)
      {
        const auto [vertex, added] = vertex_of_node_.insert({node, vertices_.size()});
        if (added)
        {
          vertices_.emplace_back();
          for (int d = 0; d < dim; ++d)
            vertices_.back()[d] = file_.nodes[node][d];
        }
        return vertex->second;
      }

      void make_cells()
      {
        constexpr std::array<unsigned int, 8> order = {{0, 1, 3, 2, 4, 5, 7, 6}}; // Gmsh goes round the quadrilateral
        Offenders untagged, out_of_plane;
        for (const auto &element : file_.elements)
          if (element.dim == dim)
          {
            bool in_plane = true;
            cells_.emplace_back();
            for (unsigned int v = 0; v < vertices_per_cell; ++v)
            {
              const unsigned int node = element.nodes[order[v]];
              cells_.back().vertices[v] = vertex_of_node(node);
              in_plane = in_plane && (dim == 3 || std::abs(file_.nodes[node][2]) < 1e-9);
            }
            if (!in_plane)
              out_of_plane.add(place(cells_.back().vertices));
            if (const unsigned int *layer = find_id(element))
              cells_.back().material_id = *layer;
            else
              untagged.add(place(cells_.back().vertices));
          }
        if (untagged.n > 0)
          problem(untagged.text("cell") + " in no named physical group. Give each layer one, as in Physical " +
                  (dim == 2 ? "Surface" : "Volume") + "(\"dermis\") = {...};");
        if (out_of_plane.n > 0)
          problem(out_of_plane.text("cell") + " outside the plane z = 0; width lies along x, and depth along minus y.");
        dealii::GridTools::invert_cells_with_negative_measure(vertices_, cells_);
      }

      /** Faces that the file lists, and the boundary each belongs to. */
      void make_tagged_faces()
      {
        for (const auto &element : file_.elements)
          if (const unsigned int *id = element.dim == dim - 1 ? find_id(element) : nullptr)
          {
            FaceKey key;
            for (unsigned int v = 0; v < vertices_per_face; ++v)
              key[v] = vertex_of_node(element.nodes[v]);
            std::sort(key.begin(), key.end());
            const auto [other, added] = boundary_of_face_.insert({key, *id});
            if (!added && other->second != *id)
              problem("The face at " + place(key) + " belongs to two physical groups, '" +
                      boundary_names(dim)[other->second] + "' and '" + boundary_names(dim)[*id] + "'.");
          }
      }

      /** No cell may be folded or flat, and none may lie on another. */
      void check_cells()
      {
        std::vector<std::array<unsigned int, vertices_per_cell>> keys;
        Offenders folded, twins;
        for (const Cell &cell : cells_)
        {
          dealii::Point<dim> corners[vertices_per_cell];
          dealii::Tensor<0, dim> volumes[vertices_per_cell];
          keys.emplace_back();
          for (unsigned int v = 0; v < vertices_per_cell; ++v)
          {
            corners[v] = vertices_[cell.vertices[v]];
            keys.back()[v] = cell.vertices[v];
          }
          std::sort(keys.back().begin(), keys.back().end());
          dealii::GeometryInfo<dim>::alternating_form_at_vertices(corners, volumes);
          if (!std::all_of(std::begin(volumes), std::end(volumes), [](const double volume) { return volume > 0.; }))
            folded.add(place(cell.vertices));
        }
        std::sort(keys.begin(), keys.end());
        for (auto twin = keys.begin(); (twin = std::adjacent_find(twin, keys.end())) != keys.end(); ++twin)
          twins.add(place(*twin));
        if (folded.n > 0)
          problem(folded.text("cell") + " folded or with a corner without volume.");
        if (twins.n > 0)
          problem(twins.text("cell") + " listed twice; a cell can belong to one physical group only.");
      }

      /** The faces of all cells, sorted, so that the two sides of an inner face follow one another. */
      std::vector<FaceKey> faces_of_cells() const
      {
        std::vector<FaceKey> keys;
        for (const Cell &cell : cells_)
          for (const unsigned int f : dealii::GeometryInfo<dim>::face_indices())
          {
            keys.emplace_back();
            for (unsigned int v = 0; v < vertices_per_face; ++v)
              keys.back()[v] = cell.vertices[dealii::GeometryInfo<dim>::face_to_cell_vertices(f, v)];
            std::sort(keys.back().begin(), keys.back().end());
          }
        std::sort(keys.begin(), keys.end());
        return keys;
      }

      /** Every face of one cell only must be tagged, and no other face. */
      void check_faces()
      {
        const std::vector<FaceKey> keys = faces_of_cells();
        Offenders untagged, misplaced, shared;
        std::set<FaceKey> boundary;
        for (auto face = keys.begin(), next = face; face != keys.end(); face = next)
        {
          next = std::upper_bound(face, keys.end(), *face);
          if (next - face == 1)
            boundary.insert(*face);
          if (next - face > 2)
            shared.add(place(*face));
        }
        for (const FaceKey &face : boundary)
          if (boundary_of_face_.count(face) == 0)
            untagged.add(place(face));
        for (const auto &[face, id] : boundary_of_face_)
          if (boundary.count(face) == 0)
            misplaced.add(place(face));

        if (untagged.n > 0)
          problem(untagged.text("boundary face") + " in no named physical group. A boundary face inside the skin means "
                                                   "that the cells on its two sides do not share their nodes.");
        if (misplaced.n > 0)
          problem(misplaced.text("face") + " in a physical group of faces, but not on the boundary of the mesh.");
        if (shared.n > 0)
          problem(shared.text("face") + " shared by more than two cells.");
      }

      double mean_height(const Boundary boundary) const
      {
        double sum = 0.;
        std::size_t n = 0;
        for (const auto &[key, id] : boundary_of_face_)
          if (id == static_cast<unsigned int>(boundary))
            for (const unsigned int v : key)
            {
              sum += vertices_[v][dim - 1];
              ++n;
            }
        return n > 0 ? sum / n : std::numeric_limits<double>::quiet_NaN();
      }

      void check_orientation()
      {
        for (const Boundary needed : {Boundary::surface, Boundary::base})
          if (std::isnan(mean_height(needed)))
            problem("The physical group '" + boundary_names(dim)[static_cast<int>(needed)] + "' has no faces.");
        if (mean_height(Boundary::surface) <= mean_height(Boundary::base))
          problem(std::string("The surface must lie above the base: ") + (dim == 2 ? "y" : "z") +
                  " is minus the depth.");
      }

      const GmshFile &file_;
      const std::string file_name_;
      std::vector<std::string> problems_;
      std::map<std::pair<int, int>, unsigned int> id_of_group_; ///< by dimension and tag
      std::map<unsigned int, unsigned int> vertex_of_node_;
      std::vector<dealii::Point<dim>> vertices_;
      std::vector<Cell> cells_;
      std::map<FaceKey, dealii::types::boundary_id> boundary_of_face_;
    };
  } // namespace

  template <int dim>
  void read_gmsh(const std::string &file_name,
                 const int refinement,
                 dealii::parallel::distributed::Triangulation<dim> &triangulation)
  {
    if (refinement < 0)
      throw BadInput("The mesh cannot be refined " + std::to_string(refinement) +
                     " times; give zero or a positive number.");
    const GmshFile file = parse_gmsh(read_on_all_ranks(file_name, triangulation.get_communicator()), file_name);
    GmshMesh<dim>(file, file_name).fill(triangulation);
    triangulation.refine_global(refinement);
  }

  template void read_gmsh<2>(const std::string &, int, dealii::parallel::distributed::Triangulation<2> &);
  template void read_gmsh<3>(const std::string &, int, dealii::parallel::distributed::Triangulation<3> &);
} // namespace cutis
