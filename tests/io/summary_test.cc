// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/provenance.h"
#include "io/summary.h"

#include "test_folder.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace cutis;
using Json = nlohmann::json;

TEST(Summary, GivesFinalAndPeakValuesAndFindsWhatIsWrong)
{
  const TestFolder folder;
  TimeSeries series(folder.path / "timeseries.csv",
                    {"time [d]", "plla_mass [mg]", "min_tgf_beta [1]", "mass_balance_defect [1]"},
                    MPI_COMM_WORLD);
  series.append({0., 150., 1., 0.});
  series.append({28., 120., -.25, 1e-3});
  series.append({56., 90., .5, 2e-9});
  State state;
  state.clock.time = 56.;
  state.clock.steps = 30;
  state.clock.rejected = 2;
  state.sessions = {{0., "rf_microneedling", 0, {{"energy_J", 1.5}}}, {28., "rf_microneedling", 1, {}}};
  const std::vector<Account> accounts = {
    {"rf_microneedling", {{"energy_per_needle_J", .25}}, {"How to read it."}, {"Tissue boils."}},
    {"wound", {}, {}, {}}};
  write_summary(
    folder.path / "summary.json", series, state, {ExitCode::done, 10., 10, 64, 810}, accounts, MPI_COMM_WORLD);

  const Json json = Json::parse(content_of(folder.path / "summary.json"));
  EXPECT_EQ(json["exit"], "done");
  EXPECT_EQ(json["final"]["plla_mass"], 90.);
  EXPECT_EQ(json["peak"]["plla_mass"]["value"], 150.);
  EXPECT_EQ(json["peak"]["plla_mass"]["time"], 0.);
  EXPECT_EQ(json["steps"], 30);
  EXPECT_EQ(json["rejected_steps"], 2);
  EXPECT_DOUBLE_EQ(json["seconds_per_step"], .5);
  EXPECT_EQ(json["cells"], 64);
  EXPECT_EQ(json["ranks"], dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD));
  EXPECT_GT(json["peak_memory_per_rank_MB"], 1.);
  EXPECT_GE(json["peak_memory_total_MB"], json["peak_memory_per_rank_MB"]);
  EXPECT_EQ(json["checks"]["lowest_value"], -.25);
  EXPECT_EQ(json["checks"]["lowest_field"], "tgf_beta");
  EXPECT_EQ(json["checks"]["lowest_time"], 28.);
  EXPECT_FALSE(json["checks"]["not_negative"]);
  EXPECT_EQ(json["checks"]["mass_balance_defect"], 1e-3);
  EXPECT_FALSE(json["checks"]["mass_is_balanced"]);
  EXPECT_EQ(json["interventions"]["rf_microneedling"]["energy_per_needle_J"], .25);
  EXPECT_EQ(json["interventions"]["rf_microneedling"]["limits"][0], "Tissue boils.");
  EXPECT_TRUE(json["interventions"]["wound"]["notes"].empty());
  ASSERT_EQ(json["sessions"].size(), 2u);
  EXPECT_EQ(json["sessions"][0]["energy_J"], 1.5);
  EXPECT_EQ(json["sessions"][1]["session"], 2);
  EXPECT_EQ(json["sessions"][1]["time"], 28.);
}

TEST(Summary, SaysWhetherEveryNumberIsOne)
{
  const TestFolder folder;
  TimeSeries series(folder.path / "timeseries.csv", {"time [d]", "strength [1]", "hydration [1]"}, MPI_COMM_WORLD);
  const auto checks = [&]
  {
    write_summary(
      folder.path / "summary.json", series, State(), {ExitCode::done, 10., 10, 64, 810}, {}, MPI_COMM_WORLD);
    return Json::parse(content_of(folder.path / "summary.json"))["checks"];
  };
  series.append({0., 1., 1.});
  EXPECT_EQ(checks()["finite"], true);
  EXPECT_FALSE(checks().contains("not_finite"));
  series.append({28., 1., std::numeric_limits<double>::quiet_NaN()});
  series.append({56., std::numeric_limits<double>::infinity(), 1.});
  series.append({84., 1., 1.});
  EXPECT_EQ(checks()["finite"], false);
  EXPECT_EQ(checks()["not_finite"], (Json{"strength", "hydration"}));
}

TEST(Provenance, NamesEveryLibrary)
{
  const std::string text = version_text();
  for (const char *name : {"Cutis", "revision", "compiler", "deal.II", "Trilinos", "p4est", "HDF5", "MPI", "Boost"})
    EXPECT_TRUE(contains(text, name)) << text;
  EXPECT_TRUE(contains(text, DEAL_II_PACKAGE_VERSION)) << text;
}

TEST(Provenance, AResumedRunAddsAnEntry)
{
  const TestFolder folder;
  const auto file = folder.path / "provenance.json";
  if (dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::ofstream(folder.path / "skin.msh", std::ios::binary) << "foobar";
  const std::vector<std::string> inputs = {(folder.path / "skin.msh").string()};
  ProvenanceFile(file, inputs, false, MPI_COMM_WORLD).finish("interrupted");
  ProvenanceFile second(file, {}, true, MPI_COMM_WORLD);
  const Json json = Json::parse(content_of(file));
  ASSERT_EQ(json["runs"].size(), 2u);
  EXPECT_EQ(json["runs"][0]["exit"], "interrupted");
  EXPECT_FALSE(json["runs"][0]["end"].get<std::string>().empty());
  ASSERT_EQ(json["runs"][0]["inputs"].size(), 1u);
  EXPECT_EQ(json["runs"][0]["inputs"][0]["file"], inputs.front());
  EXPECT_EQ(json["runs"][0]["inputs"][0]["fnv1a"], "85944171f73967e8") << "as published with the algorithm";
  EXPECT_EQ(json["runs"][1]["resumed"], true);
  EXPECT_FALSE(json["runs"][1].contains("end"));
  EXPECT_EQ(json["runs"][1]["ranks"], dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD));
}
