// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"
#include "interventions/intervention.h"
#include "io/field_format.h"
#include "mesh/skin_patch.h"
#include "model/host/host.h"
#include "model/reactions/reactions.h"
#include "numerics/space/adaptation.h"
#include "numerics/space/discretization.h"
#include "processes/mechanics/mechanics_settings.h"

#include <memory>
#include <string>
#include <vector>

namespace cutis
{
  /** Where rows and fields are taken from. */
  enum class Rows
  {
    on_steps,     ///< each is a step
    between_steps ///< read off between steps, which take no notice of them
  };

  /** Time and accuracy. */
  struct TimeSettings
  {
    double end = 730.; ///< d
    double tolerance = 3e-3;
    double largest_step = 1000.; ///< d
    Rows rows = Rows::between_steps;

    void declare(Parameters &parameters);
  };

  /** What is written, and where. */
  struct OutputSettings
  {
    double every = 28.;              ///< d, time series
    double fields_every = 0.;        ///< d; 0: with the time series
    std::vector<std::string> fields; ///< empty: all
    FieldFormat format = FieldFormat::xdmf;
    std::string directory = "results";
    std::vector<double> probe_x, probe_y, probe_depth; ///< mm
    double site_x = 0., site_y = 0.;                   ///< mm, axis of the punch biopsy
    double punch = 3.;                                 ///< mm, its diameter

    void declare(Parameters &parameters);
  };

  /** Mesh and layers. */
  struct SkinSettings
  {
    int dimension = 2;
    double depth = 0.; ///< mm; 0: that of the layers
    SkinPatch patch;
    std::string mesh_file;
    std::vector<std::string> layers = {"epidermis", "papillary dermis", "reticular dermis", "hypodermis"};
    std::array<double, n_layer_kinds> thickness = {{.08, .2, 1.2, 1.5, 3.}}; ///< mm, by Layer
    std::array<int, n_layer_kinds> cells = {{2, 2, 6, 8, 4}};
    LayerContents contents = {{.01, 1., 1., 1., .2}};
    AdaptationSettings adaptation;

    void declare(Parameters &parameters);
    /** Put the layers together, once the parameters have been read. */
    void finish(Parameters &parameters);

    PatchExtent extent() const;

  private:
    void cut_to_depth(Parameters &parameters);
  };

  struct CheckpointSettings
  {
    double every_minutes = 10.; ///< wall time; 0: only when interrupted and at the end

    void declare(Parameters &parameters);
  };

  /** Reactions and interventions of a run. A run changes them, so each has its own. */
  struct CaseModel
  {
    std::shared_ptr<Reactions> reactions;
    std::vector<std::unique_ptr<Intervention>> interventions;
  };

  /**
   * One case as the user describes it: the one place that knows all parameters. It is read once, and nothing changes it
   * after that. Nothing is computed here.
   */
  class Case
  {
  public:
    Case();

    /** Read a file and assignments of the command line. BadInput with every problem at once. */
    void read(const std::string &file, const std::vector<std::string> &overrides);

    /** Reactions and interventions of a run, new ones with every call. */
    CaseModel model() const;
    /** Those that were chosen, in their order; a run works with its own, see `model`. */
    const std::vector<std::unique_ptr<Intervention>> &interventions() const { return chosen_; }
    /** Host, and the other site if there is one. */
    std::vector<Host> hosts() const;
    /** Report interventions that do not fit on the patch, once its extent is known. */
    void check_places(const PatchExtent &extent) const;
    /** The files that were read or will be: parameters with all includes, and the mesh. */
    std::vector<std::string> input_files() const;
    /** The parameters that a resumed run must share with the one that was interrupted. */
    std::vector<std::string> physics() const;

    Parameters parameters;
    std::string title;
    TimeSettings time;
    OutputSettings output;
    SkinSettings skin;
    CheckpointSettings checkpoint;
    MechanicsSettings mechanics;
    Host host;
    OtherSite other_site;

  private:
    const Module &tissue() const;
    std::vector<const Module *> modules_of_tissue() const;
    CaseModel model_of(const std::vector<Host> &hosts) const;
    void check_output();
    void check_ages();
    void check_modules();
    void check_against(const Reactions &reactions);
    void check_mechanics();

    std::string network_name_ = "dermis";
    std::vector<std::string> intervention_names_ = {"none"};
    std::vector<std::unique_ptr<Module>> networks_;
    std::unique_ptr<Module> repair_; ///< of a network that is wounded
    std::vector<std::unique_ptr<Intervention>> available_, chosen_;
  };
} // namespace cutis
