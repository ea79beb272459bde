// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/xdmf.h"

#include "base/text.h"

namespace cutis
{
  namespace
  {
    std::string
    data_item(const std::string &indent, const std::string &type, const std::string &shape, const std::string &place)
    {
      return indent + "<DataItem Dimensions=\"" + shape + "\" " + type + " Format=\"HDF\">" + place + "</DataItem>\n";
    }

    std::string kind_of(const unsigned int n_columns)
    {
      return n_columns == 1 ? "Scalar" : n_columns == 3 ? "Vector" : "Tensor6";
    }

    std::string grid(const OutputEntry &e)
    {
      const std::string nodes = std::to_string(e.nodes), cells = std::to_string(e.cells);
      const std::string corners = std::to_string(1u << e.dimension);
      const std::string real = "NumberType=\"Float\" Precision=\"4\"";
      std::string text =
        "      <Grid Name=\"skin\" GridType=\"Uniform\">\n"
        "        <Time Value=\"" +
        format_number(e.time) +
        "\"/>\n"
        "        <Geometry GeometryType=\"" +
        (e.dimension == 2 ? "XY" : "XYZ") + "\">\n" +
        data_item("          ",
                  "NumberType=\"Float\" Precision=\"8\"",
                  nodes + ' ' + std::to_string(e.dimension),
                  e.mesh_file + ":/nodes") +
        "        </Geometry>\n"
        "        <Topology TopologyType=\"" +
        (e.dimension == 2 ? "Quadrilateral" : "Hexahedron") + "\" NumberOfElements=\"" + cells + "\">\n" +
        data_item("          ", "NumberType=\"UInt\"", cells + ' ' + corners, e.mesh_file + ":/cells") +
        "        </Topology>\n";
      for (const auto &[name, n_columns] : e.tables)
        text += "        <Attribute Name=\"" + name + "\" AttributeType=\"" + kind_of(n_columns) +
                "\" Center=\"Node\">\n" +
                data_item("          ", real, nodes + ' ' + std::to_string(n_columns), e.fields_file + ":/" + name) +
                "        </Attribute>\n";
      return text + "      </Grid>\n";
    }
  } // namespace

  std::string xdmf_document(const std::vector<OutputEntry> &entries)
  {
    std::string text = "<?xml version=\"1.0\" ?>\n"
                       "<!DOCTYPE Xdmf SYSTEM \"Xdmf.dtd\" []>\n"
                       "<Xdmf Version=\"2.0\">\n"
                       "  <Domain>\n"
                       "    <Grid Name=\"fields\" GridType=\"Collection\" CollectionType=\"Temporal\">\n";
    for (const OutputEntry &entry : entries)
      text += grid(entry);
    return text + "    </Grid>\n"
                  "  </Domain>\n"
                  "</Xdmf>\n";
  }
} // namespace cutis
