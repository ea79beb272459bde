// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
//
// The meshes in data/ were made from mesh/skin_patch.geo, in two dimensions (flat_*) with 4 x (1 + 2 + 2) cells of a
// patch of 4 x 4 mm, in three (box_*) with 2 x 2 x (1 + 2 + 2) cells of a patch of 4 x 4 x 4 mm:
//   gmsh -2 -setnumber width 4 -setnumber n_dermis 2 -setnumber n_hypodermis 2 -setnumber across 4 -format msh22 ...
//   gmsh -3 -setnumber length 4 -setnumber across 2 ... (and as above)
// and parted_* like flat_* with -part 2.
#include "mesh/skin_patch.h"

#include "expect_bad_input.h"
#include "mesh_measures.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <sstream>

namespace
{
  using namespace cutis;
  using dealii::parallel::distributed::Triangulation;

  std::string data_file(const std::string &name)
  {
    return CUTIS_SOURCE_DIR "/tests/mesh/data/" + name;
  }

  /** A file in the working folder that the first rank writes; it lives as long as the object. */
  class TemporaryFile
  {
  public:
    explicit TemporaryFile(const std::string &text)
    {
      if (first_rank())
        std::ofstream(name, std::ios::binary) << text;
      MPI_Barrier(MPI_COMM_WORLD);
    }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;
    ~TemporaryFile()
    {
      MPI_Barrier(MPI_COMM_WORLD);
      if (first_rank())
        std::remove(name.c_str());
    }

    /** One name for each number of ranks, since these tests may run at the same time. */
    const std::string name =
      "gmsh_import_test_" + std::to_string(dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD)) + ".msh";

  private:
    static bool first_rank() { return dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0; }
  };

  std::string text_of(const std::string &name)
  {
    std::ifstream stream(data_file(name));
    std::ostringstream text;
    text << stream.rdbuf();
    EXPECT_FALSE(text.str().empty()) << name;
    return text.str();
  }

  /** The text with the first occurrence replaced; a piece that does not occur fails the test. */
  std::string changed(std::string text, const std::string &from, const std::string &to)
  {
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
      ADD_FAILURE() << "'" << from << "' does not occur";
    else
      text.replace(at, from.size(), to);
    return text;
  }

  template <int dim>
  void read_text(const std::string &text)
  {
    const TemporaryFile file(text);
    Triangulation<dim> mesh(MPI_COMM_WORLD);
    read_gmsh<dim>(file.name, 0, mesh);
  }

  template <int dim>
  void expect_refused(const std::string &text, const std::vector<std::string> &pieces)
  {
    expect_bad_input([&] { read_text<dim>(text); }, pieces);
  }

  template <int dim>
  void check_example(const std::string &file_name, const int refinement, const unsigned int coarse_cells)
  {
    SCOPED_TRACE(file_name);
    Triangulation<dim> mesh(MPI_COMM_WORLD);
    read_gmsh<dim>(file_name, refinement, mesh);
    const double length = dim == 3 ? 4. : 1.;
    EXPECT_EQ(mesh.n_global_active_cells(), coarse_cells << (dim * refinement));
    EXPECT_NEAR(layer_volume(mesh, Layer::epidermis), 0.1 * 4. * length, 1e-9);
    EXPECT_NEAR(layer_volume(mesh, Layer::dermis), 1.5 * 4. * length, 1e-9);
    EXPECT_NEAR(layer_volume(mesh, Layer::hypodermis), 2.4 * 4. * length, 1e-9);
    EXPECT_NEAR(boundary_area(mesh, Boundary::surface), 4. * length, 1e-9);
    EXPECT_NEAR(boundary_area(mesh, Boundary::base), 4. * length, 1e-9);
    EXPECT_NEAR(boundary_area(mesh, Boundary::left), 4. * length, 1e-9);
    EXPECT_NEAR(boundary_area(mesh, Boundary::right), 4. * length, 1e-9);
    EXPECT_NEAR(boundary_area(mesh, Boundary::front), dim == 3 ? 16. : 0., 1e-9);
    EXPECT_NEAR(boundary_area(mesh, Boundary::back), dim == 3 ? 16. : 0., 1e-9);
  }

  TEST(GmshImport, BothFormatsGiveLayersAndBoundaries)
  {
    for (const std::string format : {"22", "41"})
      for (const int refinement : {0, 1})
      {
        check_example<2>(data_file("flat_" + format + ".msh"), refinement, 20);
        check_example<3>(data_file("box_" + format + ".msh"), refinement, 20);
      }
  }

  // In the format 4.1 every element belongs to a part, and only the part knows its groups; two faces of this mesh lie
  // between the parts, and points and lines there have entities of their own.
  TEST(GmshImport, PartitionedMeshesAreReadAsOneOrRefused)
  {
    for (const int refinement : {0, 1})
      check_example<2>(data_file("parted_22.msh"), refinement, 20);
    expect_refused<2>(text_of("parted_41.msh"), {"The mesh is partitioned; save it in one piece"});
  }

  TEST(GmshImport, ClockwiseCellsAreTurned)
  {
    const TemporaryFile file(changed(text_of("flat_22.msh"), "2 5 1 1 3 12 9", "2 5 1 9 12 3 1"));
    check_example<2>(file.name, 1, 20);
  }

  TEST(GmshImport, LineEndsOfWindowsAndUnknownSectionsAreRead)
  {
    std::string text;
    for (const char c : changed(text_of("flat_41.msh"), "$Nodes", "$Comments\nof the author\n$EndComments\n$Nodes"))
      text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const TemporaryFile file(text);
    check_example<2>(file.name, 0, 20);
  }

  TEST(GmshImport, UnderscoresStandForSpaces)
  {
    const TemporaryFile file(changed(text_of("flat_41.msh"), "\"dermis\"", "\"papillary_dermis\""));
    Triangulation<2> mesh(MPI_COMM_WORLD);
    read_gmsh<2>(file.name, 0, mesh);
    EXPECT_NEAR(layer_volume(mesh, Layer::papillary_dermis), 6., 1e-9);
  }

  /** Gmsh marks with a minus sign that an entity has the opposite sense in its group; it belongs to the group all the
   * same. */
  TEST(GmshImport, EntitiesOfOppositeSenseBelongToTheirGroup)
  {
    const std::string text = changed(text_of("flat_41.msh"), "10 -2 0 0 2 0 0 1 1 2", "10 -2 0 0 2 0 0 1 -1 2");
    const TemporaryFile file(changed(text, "2 -0.09999999999999998 0 1 6 4", "2 -0.09999999999999998 0 1 -6 4"));
    check_example<2>(file.name, 0, 20);
  }

  /** With Mesh.SaveParametric a node carries as many parameters as its entity has dimensions. */
  TEST(GmshImport, ParametersOfNodesAreSkipped)
  {
    const std::string line =
      "1 10 0 3\n9\n10\n11\n-1.000000000002773 0 0\n-5.500488953202876e-12 0 0\n0.999999999997228 0 0\n";
    const std::string with_parameters =
      "1 10 1 3\n9\n10\n11\n-1.000000000002773 0 0 .25\n-5.500488953202876e-12 0 0 .5\n0.999999999997228 0 0 .75\n";
    const TemporaryFile file(changed(changed(text_of("flat_41.msh"), line, with_parameters), "0 1 0 1", "0 1 1 1"));
    check_example<2>(file.name, 0, 20);
  }

  /** With Mesh.SaveAll the file also has the lines between the layers, in no group. */
  TEST(GmshImport, InnerLinesWithoutGroupAreNoBoundary)
  {
    const std::string text = changed(text_of("flat_41.msh"), "11 38 1 38", "12 39 1 39");
    const TemporaryFile file(changed(text, "$EndElements", "1 11 1 1\n39 3 12\n$EndElements"));
    check_example<2>(file.name, 0, 20);
  }

  /** In a mesh of cells and faces the groups of its points are nobody's business. */
  TEST(GmshImport, PointsMayBelongToSeveralGroups)
  {
    const std::string text = text_of("flat_41.msh");
    const TemporaryFile file(changed(text, "1 -2 0 0 0 ", "1 -2 0 0 2 8 9 "));
    check_example<2>(file.name, 0, 20);
  }

  TEST(GmshImport, UnreadableFiles)
  {
    Triangulation<2> mesh(MPI_COMM_WORLD);
    expect_bad_input([&] { read_gmsh<2>("nowhere.msh", 0, mesh); },
                     {"'nowhere.msh' cannot be read: there is no such file"});
    expect_bad_input([&] { read_gmsh<2>(data_file(""), 0, mesh); }, {"is a folder"});
    expect_bad_input([&] { read_gmsh<2>("/dev/zero", 0, mesh); }, {"a pipe or a device"});
    expect_bad_input([&] { read_gmsh<2>(data_file("flat_22.msh"), -1, mesh); }, {"refined -1 times"});
    expect_refused<2>("", {".msh', line 1: The file is empty"});
    expect_refused<2>("solid skin\n", {"line 1: This is not a Gmsh mesh"});
    expect_refused<2>(changed(text_of("flat_41.msh"), "4.1 0 8", "4.1 1 8"), {"line 2: The mesh is binary"});
    expect_refused<2>(changed(text_of("flat_41.msh"), "4.1 0 8", "4.0 0 8"), {"The format 4.0 cannot be read"});
    expect_refused<2>(changed(text_of("flat_41.msh"), "$Entities", "$PartitionedEntities"),
                      {"The mesh is partitioned"});
  }

  /** A file cut anywhere is reported as such, never read as a smaller mesh. */
  TEST(GmshImport, TruncatedFiles)
  {
    for (const std::string name : {"flat_22.msh", "flat_41.msh"})
    {
      const std::string text = text_of(name);
      for (std::size_t part = 1; part < 200; ++part)
        expect_refused<2>(text.substr(0, text.size() * part / 200),
                          {"The Gmsh file 'gmsh_import_test_", ".msh', line "});
      expect_refused<2>(text.substr(0, text.find("$Elements")), {"The file has no elements"});
    }
  }

  TEST(GmshImport, DamagedNumbersNameTheLine)
  {
    const std::string text = text_of("flat_22.msh");
    expect_refused<2>(changed(text, "2 2 0 0", "2 two 0 0"), {"line 17: A number is expected, but the file has 'two'"});
    expect_refused<2>(changed(text, "2 2 0 0", "2 nan 0 0"),
                      {"line 17: A coordinate of a node is not a finite number"});
    expect_refused<2>(changed(text, "2 2 0 0", "1 2 0 0"), {"The node 1 occurs twice"});
    expect_refused<2>(changed(text, "3 12 9", "3 12 99"), {"The node 99 of an element does not exist"});
    expect_refused<2>(changed(text, "$Nodes\n30", "$Nodes\n-3"), {"The number -3 cannot be the number of entries"});
    expect_refused<2>(changed(text, "\"base\"", "base"), {"line 7: The name of a physical group in quotation marks"});
    expect_refused<2>(changed(text, "19 3 2", "19 77 2"), {"The element type 77 is unknown"});
    expect_refused<2>(changed(text_of("flat_41.msh"), "11 38 1 38", "11 39 1 38"),
                      {"announces 39 elements but has 38"});
    expect_refused<2>(changed(text_of("flat_41.msh"), "21 30 1 30", "21 31 1 30"), {"announces 31 nodes but has 30"});
  }

  TEST(GmshImport, GroupsWithOtherNames)
  {
    const std::string text = text_of("flat_41.msh");
    expect_refused<2>(changed(text, "\"dermis\"", "\"derms\""),
                      {"The physical group 'derms' of cells is no layer of the skin",
                       "did you mean 'dermis'?",
                       "Valid names are epidermis, "});
    expect_refused<2>(changed(text, "\"surface\"", "\"surfaces\""),
                      {"The physical group 'surfaces' of faces is no boundary of the skin",
                       "did you mean 'surface'?",
                       "There is no physical group 'surface' of faces"});
    expect_refused<2>(changed(text, "\"left\"", "\"front\""), {"'front' of faces is no boundary"});
  }

  TEST(GmshImport, MissingGroups)
  {
    const std::string text = text_of("flat_22.msh");
    const std::string few = changed(text, "$PhysicalNames\n7", "$PhysicalNames\n6");
    expect_refused<2>(changed(few, "1 2 \"base\"\n", ""), {"There is no physical group 'base' of faces"});
    expect_refused<2>(changed(few, "1 3 \"left\"\n", ""),
                      {"5 boundary faces, the first one at (-2, ", "in no named physical group"});
    expect_refused<2>(changed(few, "2 5 \"epidermis\"\n", ""),
                      {"4 cells, the first one at (-1.5", "in no named physical group"});
    expect_refused<2>(changed(text, "19 3 2 5 1", "19 3 0"), {"1 cell at (-1.5", "in no named physical group"});
    expect_refused<2>(changed(text, "\n1 1 2 1 10 1 9", "\n1 1 0 1 9"),
                      {"1 boundary face at (-1.5", "in no named physical group"});
  }

  TEST(GmshImport, GroupsThatOverlapOrLieElsewhere)
  {
    const std::string text = text_of("flat_22.msh");
    // Gmsh writes an element once for every group it belongs to.
    const std::string more = changed(text, "$Elements\n38", "$Elements\n39");
    expect_refused<2>(changed(more, "19 3 2 5 1", "39 3 2 6 2 1 3 12 9\n19 3 2 5 1"),
                      {"1 cell at (-1.5", "listed twice"});
    expect_refused<2>(changed(more, "19 3 2 5 1", "39 1 2 3 10 1 9\n19 3 2 5 1"),
                      {"belongs to two physical groups, 'surface' and 'left'"});
    expect_refused<2>(changed(more, "19 3 2 5 1", "39 1 2 3 11 3 12\n19 3 2 5 1"),
                      {"1 face at (-1.5", "not on the boundary of the mesh"});
    expect_refused<2>(
      changed(text_of("flat_41.msh"), "-2 -1.6 0 2 -0.09999999999999998 0 1 6", "-2 -1.6 0 2 -0.1 0 2 6 7"),
      {"The surface 2 belongs to two physical groups, 'dermis' and 'hypodermis'"});
  }

  TEST(GmshImport, CellsOfTheWrongKind)
  {
    const std::string text = text_of("flat_22.msh");
    expect_refused<2>(text_of("box_22.msh"),
                      {"There is no physical group", "of 3 dimensions, but a mesh of 2 dimensions"});
    expect_refused<3>(text, {"no cells of 3 dimensions, but a mesh of 3 dimensions"});
    expect_refused<2>(changed(text, "19 3 2 5 1 1 3 12 9", "19 2 2 5 1 1 3 12"),
                      {"1 element that is not first-order quadrilaterals or lines", "recombine"});
    expect_refused<3>(changed(text_of("box_41.msh"), "3 2 5", "3 2 4"),
                      {"not first-order hexahedra or quadrilaterals"});
  }

  TEST(GmshImport, ImpossibleGeometry)
  {
    const std::string text = text_of("flat_22.msh");
    expect_refused<2>(changed(text, "19 3 2 5 1 1 3 12 9", "19 3 2 5 1 1 12 3 9"), {"1 cell at (-1.5", "folded"});
    expect_refused<2>(changed(text, "\n1 -2 0 0\n", "\n1 -2 0 1\n"), {"1 cell at (-1.5", "outside the plane z = 0"});
    expect_refused<2>(changed(changed(text, "1 1 \"surface\"", "1 1 \"base\""), "1 2 \"base\"", "1 2 \"surface\""),
                      {"The surface must lie above the base: y is minus the depth"});
    // A copy of node 12 tears the mesh open between two cells.
    const std::string torn = changed(changed(text, "$Nodes\n30", "$Nodes\n31"), "$EndNodes", "31 -1 -0.1 0\n$EndNodes");
    expect_refused<2>(changed(torn, "1 3 12 9", "1 3 31 9"), {"4 boundary faces", "do not share their nodes"});
  }
} // namespace
