// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/distributed/tria.h>

#include <string>
#include <vector>

namespace cutis
{
  /** Material ids of the cells. `dermis` is the whole dermis as one layer, for patches that do not divide it. */
  enum class Layer : dealii::types::material_id
  {
    epidermis = 0,
    papillary_dermis = 1,
    reticular_dermis = 2,
    dermis = 3,
    hypodermis = 4
  };
  inline constexpr unsigned int n_layer_kinds = 5;

  /** Boundary ids of the faces. In 2-D (width x depth) there is no front and back. */
  enum class Boundary : dealii::types::boundary_id
  {
    surface = 0, ///< skin surface, depth 0
    base = 1,    ///< fascia or bone, deepest plane
    left = 2,    ///< x = -width/2
    right = 3,   ///< x = +width/2
    front = 4,   ///< y = -length/2 (3-D)
    back = 5     ///< y = +length/2 (3-D)
  };

  /** Name in parameter files ("papillary dermis") and back; BadInput for an unknown name. */
  const std::string &layer_name(Layer layer);
  Layer layer_of_name(const std::string &name);
  const std::vector<std::string> &layer_names();
  /** The dermis as a whole, or one of its two parts. */
  bool is_dermis(Layer layer);

  struct LayerExtent
  {
    Layer layer;
    double thickness; ///< mm
    int cells = 1;    ///< least number of cells across the layer, before uniform refinement
  };

  /**
   * A flat piece of skin. Width lies along x, in 3-D length along y; the last coordinate is minus the depth, 0 at the
   * surface. The patch is centred at x = 0 (y = 0). Layers are stacked from the surface downwards and their interfaces
   * fall on faces; cells are graded in depth so that neighbours differ by at most `growth` and none is larger than
   * `cell_size` (before refinement; along x and y they are of `cell_size`, rounded to fit).
   */
  struct SkinPatch
  {
    double width = 10.;  ///< mm
    double length = 10.; ///< mm, 3-D only
    std::vector<LayerExtent> layers;
    double cell_size = 0.5; ///< mm
    double growth = 1.6;
    int refinement = 0; ///< uniform refinements on top

    double depth() const; ///< mm, sum of the layers
    /** Layer at this depth [mm]. An interface belongs to the layer above it; beyond the patch it is the nearest layer.
     */
    Layer layer_at(double depth) const;
  };

  /** Throws BadInput with a sentence for every size, layer or refinement that makes no patch of skin. */
  void check(const SkinPatch &patch);

  /** The same for the number of its cells in two or three dimensions. */
  void check_number_of_cells(const SkinPatch &patch, int dimension);

  /** How large its mesh is to begin with. BadInput as above. */
  struct MeshSize
  {
    double cells, nodes;
  };
  MeshSize size_of_mesh(const SkinPatch &patch, int dimension);

  /** Depths of the cell faces from the surface (0) to the base, before refinement [mm]. BadInput as from `check`. */
  std::vector<double> graded_depths(const SkinPatch &patch);

  /**
   * Fill the triangulation. A patch of very many cells is begun with fewer, larger ones and refined, so that its cells
   * may be a little smaller than asked for. BadInput as from `check`, and if it has more cells than can be handled.
   */
  template <int dim>
  void make_skin_patch(const SkinPatch &patch, dealii::parallel::distributed::Triangulation<dim> &triangulation);

  /**
   * Read a Gmsh `.msh` file (format 2.2 or 4.1) whose physical groups carry the names of layers (cells; "papillary
   * dermis" or "papillary_dermis") and of boundaries (faces: surface, base, left, right, front, back), refined
   * `refinement` times. BadInput, naming the file and the group, when the file cannot be read, a cell or boundary face
   * belongs to no named group, a name is unknown (with the nearest valid one), `surface` or `base` is missing, the
   * dimension is wrong, or cells are not quadrilaterals or hexahedra.
   */
  template <int dim>
  void read_gmsh(const std::string &file_name,
                 int refinement,
                 dealii::parallel::distributed::Triangulation<dim> &triangulation);
} // namespace cutis
