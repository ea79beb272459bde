// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/gmsh_file.h"

#include "mesh/gmsh_words.h"

#include <cmath>
#include <cstdlib>
#include <unordered_map>

namespace cutis
{
  namespace
  {
    struct ElementType
    {
      GmshShape shape;
      int dim;
    };

    /** Gmsh's numbers of element types of first and second order; others are rare and stay unknown. */
    const ElementType *find_element_type(const int number)
    {
      static const std::unordered_map<int, ElementType> types = {{15, {GmshShape::point, 0}},
                                                                 {1, {GmshShape::line, 1}},
                                                                 {3, {GmshShape::quadrilateral, 2}},
                                                                 {5, {GmshShape::hexahedron, 3}},
                                                                 {8, {GmshShape::other, 1}},
                                                                 {2, {GmshShape::other, 2}},
                                                                 {9, {GmshShape::other, 2}},
                                                                 {10, {GmshShape::other, 2}},
                                                                 {16, {GmshShape::other, 2}},
                                                                 {4, {GmshShape::other, 3}},
                                                                 {6, {GmshShape::other, 3}},
                                                                 {7, {GmshShape::other, 3}},
                                                                 {11, {GmshShape::other, 3}},
                                                                 {12, {GmshShape::other, 3}},
                                                                 {13, {GmshShape::other, 3}},
                                                                 {14, {GmshShape::other, 3}},
                                                                 {17, {GmshShape::other, 3}},
                                                                 {18, {GmshShape::other, 3}},
                                                                 {19, {GmshShape::other, 3}}};
      const auto found = types.find(number);
      return found == types.end() ? nullptr : &found->second;
    }

    /** Reads the sections one after the other. */
    class GmshReader
    {
    public:
      GmshReader(const std::string &text, const std::string &file_name) : words_(text, file_name) {}

      GmshFile read()
      {
        read_format();
        while (!words_.at_end())
          read_section(std::string(words_.next()));
        if (file_.elements.empty())
          words_.fail("The file has no elements.");
        return std::move(file_);
      }

    private:
      void read_format()
      {
        if (words_.at_end())
          words_.fail("The file is empty.");
        if (words_.next() != "$MeshFormat")
          words_.fail("This is not a Gmsh mesh: the file does not begin with '$MeshFormat'.");
        const std::string version(words_.next());
        if (version != "2.2" && version != "4.1")
          words_.fail("The format " + version + " cannot be read; save the mesh in the format 4.1 or 2.2.");
        newer_ = version == "4.1";
        if (words_.number<int>() != 0)
          words_.fail("The mesh is binary; save it as text (Mesh.Binary = 0).");
        words_.skip(1); // size of a real number
        words_.expect("$EndMeshFormat");
      }

      void read_section(const std::string &name)
      {
        if (name.size() < 2 || name[0] != '$')
          words_.fail("The beginning of a section is expected, but the file has '" + name + "'.");
        const std::string end = "$End" + name.substr(1);
        if (name == "$PhysicalNames")
          read_group_names();
        else if (name == "$Entities" && newer_)
          read_entities();
        else if (name == "$Nodes")
          newer_ ? read_node_blocks() : read_node_list();
        else if (name == "$Elements")
          newer_ ? read_element_blocks() : read_element_list();
        else if (name == "$PartitionedEntities")
          words_.fail("The mesh is partitioned; save it in one piece, it is distributed when it is read.");
        else
        {
          while (words_.next() != end)
            ;
          return;
        }
        words_.expect(end);
      }

      void read_group_names()
      {
        const std::size_t n = words_.count();
        for (std::size_t i = 0; i < n; ++i)
        {
          const int dim = words_.number<int>();
          const int tag = words_.number<int>();
          file_.group_names[{dim, std::abs(tag)}] = words_.quoted();
        }
      }

      /** Points, curves, surfaces and volumes, each with its box, its physical groups and what bounds it. */
      void read_entities()
      {
        std::size_t n[4];
        for (std::size_t &count : n)
          count = words_.count();
        for (int dim = 0; dim < 4; ++dim)
          for (std::size_t i = 0; i < n[dim]; ++i)
          {
            const int tag = words_.number<int>();
            words_.skip(dim == 0 ? 3 : 6);
            const std::size_t n_groups = words_.count();
            for (std::size_t g = 0; g < n_groups; ++g)
            {
              const int group = std::abs(words_.number<int>()); // the sign is an orientation
              if (const auto [other, added] = group_of_entity_.insert({{dim, tag}, group});
                  !added && other->second != group)
                file_.ambiguous.emplace_back(dim,
                                             "The " + name_of_entity(dim) + ' ' + std::to_string(tag) +
                                               " belongs to two physical groups, " + group_text(dim, other->second) +
                                               " and " + group_text(dim, group) + "; it can belong to one only.");
            }
            if (dim > 0)
              words_.skip(words_.count());
          }
      }

      static std::string name_of_entity(const int dim)
      {
        constexpr const char *names[] = {"point", "curve", "surface", "volume"};
        return names[dim];
      }

      std::string group_text(const int dim, const int tag) const
      {
        const auto found = file_.group_names.find({dim, tag});
        return found == file_.group_names.end() ? std::to_string(tag) : "'" + found->second + "'";
      }

      void add_node(const long long tag)
      {
        if (!index_of_node_.insert({tag, static_cast<unsigned int>(index_of_node_.size())}).second)
          words_.fail("The node " + std::to_string(tag) + " occurs twice.");
      }

      void read_coordinates()
      {
        file_.nodes.emplace_back();
        for (int d = 0; d < 3; ++d)
          if (!std::isfinite(file_.nodes.back()[d] = words_.number<double>()))
            words_.fail("A coordinate of a node is not a finite number.");
      }

      void read_node_list()
      {
        const std::size_t n = words_.count();
        for (std::size_t i = 0; i < n; ++i)
        {
          add_node(words_.number<long long>());
          read_coordinates();
        }
      }

      void read_node_blocks()
      {
        const std::size_t n_blocks = words_.count();
        const std::size_t n_nodes = words_.count();
        words_.skip(2); // smallest and largest tag
        for (std::size_t block = 0; block < n_blocks; ++block)
        {
          const int dim = words_.number<int>();
          const bool parametric = (words_.skip(1), words_.number<int>() != 0);
          const std::size_t n = words_.count();
          for (std::size_t i = 0; i < n; ++i)
            add_node(words_.number<long long>());
          for (std::size_t i = 0; i < n; ++i)
          {
            read_coordinates();
            words_.skip(parametric ? dim : 0);
          }
        }
        if (file_.nodes.size() != n_nodes)
          words_.fail("The file announces " + std::to_string(n_nodes) + " nodes but has " +
                      std::to_string(file_.nodes.size()) + ".");
      }

      ElementType element_type(const int number) const
      {
        const ElementType *type = find_element_type(number);
        if (type == nullptr)
          words_.fail("The element type " + std::to_string(number) +
                      " is unknown; a mesh of first-order quadrilaterals or hexahedra is expected.");
        return *type;
      }

      /** Reads the nodes, of which a shape that a mesh is made of has two along each of its dimensions. */
      void add_element(const ElementType &type, const int group)
      {
        file_.elements.push_back({type.shape, type.dim, group, {}});
        if (type.shape == GmshShape::other)
          return words_.skip_line();
        for (int i = 0; i < 1 << type.dim; ++i)
        {
          const auto tag = words_.number<long long>();
          const auto found = index_of_node_.find(tag);
          if (found == index_of_node_.end())
            words_.fail("The node " + std::to_string(tag) + " of an element does not exist.");
          file_.elements.back().nodes.push_back(found->second);
        }
      }

      void read_element_list()
      {
        const std::size_t n = words_.count();
        for (std::size_t i = 0; i < n; ++i)
        {
          words_.skip(1);
          const ElementType type = element_type(words_.number<int>());
          const std::size_t n_tags = words_.count();
          const int group = n_tags > 0 ? std::abs(words_.number<int>()) : 0;
          words_.skip(n_tags > 0 ? n_tags - 1 : 0);
          add_element(type, group);
        }
      }

      void read_element_blocks()
      {
        const std::size_t n_blocks = words_.count();
        const std::size_t n_elements = words_.count();
        words_.skip(2);
        for (std::size_t block = 0; block < n_blocks; ++block)
        {
          const int dim = words_.number<int>();
          const int entity = words_.number<int>();
          const ElementType type = element_type(words_.number<int>());
          const std::size_t n = words_.count();
          const auto group = group_of_entity_.find({dim, entity});
          for (std::size_t i = 0; i < n; ++i)
          {
            words_.skip(1);
            add_element(type, group == group_of_entity_.end() ? 0 : group->second);
          }
        }
        if (file_.elements.size() != n_elements)
          words_.fail("The file announces " + std::to_string(n_elements) + " elements but has " +
                      std::to_string(file_.elements.size()) + ".");
      }

      GmshWords words_;
      GmshFile file_;
      bool newer_ = false;
      std::map<std::pair<int, int>, int> group_of_entity_;
      std::unordered_map<long long, unsigned int> index_of_node_;
    };
  } // namespace

  GmshFile parse_gmsh(const std::string &text, const std::string &file_name)
  {
    return GmshReader(text, file_name).read();
  }
} // namespace cutis
