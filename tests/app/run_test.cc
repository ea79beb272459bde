// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Runs without a folder and with one: who is told of what, interrupted and resumed runs, combined interventions.
#include "app/run.h"

#include "../interventions/lesion_of_balls.h"
#include "../io/test_folder.h"
#include "../processes/test_run.h"
#include "app/recorded_run.h"
#include "base/text.h"
#include "interventions/needles/rf_microneedling.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <map>

using namespace cutis;
using namespace cutis::test;

namespace
{
  using SectionRun = Run<2>; // tests have a Run of their own
  using Assignments = std::vector<std::string>;

  Assignments with(Assignments all, const Assignments &more)
  {
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  /** A section of dermis on hypodermis for twelve days, with a row every three. */
  const Assignments small = {"Skin/Layers=dermis, hypodermis",
                             "Skin/dermis/Thickness=2 mm",
                             "Skin/dermis/Cells=4",
                             "Skin/hypodermis/Thickness=2 mm",
                             "Skin/hypodermis/Cells=2",
                             "Mesh/Width=5 mm",
                             "Mesh/Cell size=.5 mm",
                             "Mesh/Growth=3",
                             "Time/End=12 d",
                             "Output/Every=3 d"};
  const Assignments plla = {"PLLA/Sessions=0 d, 5 d", "PLLA/Depth=1 mm", "PLLA/Depot radius=.6 mm"};
  const Assignments needles = {"RF microneedling/Sessions=2 d",
                               "RF microneedling/Columns=2",
                               "RF microneedling/Rows=1",
                               "RF microneedling/Tip depth=1.2 mm"};
  const Assignments wound = {"Wound/Sessions=4 d", "Wound/Radius=.8 mm", "Wound/Centres along width=1 mm"};
  const Assignments on_steps = {"Time/Rows=on steps"};
  const Assignments tense = {"Mechanics/Enabled=true", "Mechanics/Tolerance=1e-10"};

  /** What is done together. Needles that fire leave a lesion in closed form. */
  const std::map<std::string, Assignments> combinations = {
    {"particles and a wound", with(with({"Intervention=plla, wound"}, plla), wound)},
    {"particles and needles",
     with(with({"Intervention=plla, rf_microneedling", "RF microneedling/Energy=false"}, plla), needles)},
    {"needles and mechanics", with(with({"Intervention=rf_microneedling"}, needles), tense)}};

  /** Stops a run after so many steps. */
  class Interrupter : public Recorder<2>
  {
  public:
    explicit Interrupter(const unsigned int steps) : steps_(steps) {}
    void step_done(Run<2> &run) override
    {
      if (run.state.clock.steps == steps_)
        run.interrupt();
    }

  private:
    const unsigned int steps_;
  };

  std::unique_ptr<Run<2>> make_run(const Case &problem, MPI_Comm communicator)
  {
    auto run = std::make_unique<Run<2>>(problem, communicator);
    for (const auto &intervention : run->setup.model.interventions)
      if (auto *rf = dynamic_cast<RfMicroneedling *>(intervention.get()))
        rf->set_lesion(table_of_balls(), {});
    return run;
  }

  /** Run a case in a folder; `steps` > 0: it is interrupted after so many. */
  ExitCode run_in(const std::filesystem::path &folder,
                  const Case &problem,
                  const OutputMode mode,
                  const unsigned int steps = 0,
                  Recorder<2> *more = nullptr)
  {
    const auto run = make_run(problem, MPI_COMM_WORLD);
    Interrupter interrupter(steps);
    run->watch(interrupter);
    OutputFolder output(folder, mode, MPI_COMM_WORLD);
    const FolderRecorders<2> recorders(problem, output, false, *run);
    if (more)
      run->watch(*more);
    recorders.begin(*run);
    return run->advance();
  }

  /** Two time series agree to nine digits, but for the iterations of the solves, which a resumed run counts anew. */
  void expect_close(const std::string &text, const std::string &expected, const std::string &name)
  {
    const std::vector<std::string> lines = split(text, '\n'), others = split(expected, '\n');
    ASSERT_EQ(lines.size(), others.size()) << name;
    ASSERT_EQ(lines.front(), others.front()) << name;
    const std::vector<std::string> headers = split(lines.front(), ',');
    for (std::size_t row = 1; row < lines.size() && !lines[row].empty(); ++row)
    {
      const std::vector<std::string> values = split(lines[row], ','), wanted = split(others[row], ',');
      for (std::size_t c = 0; c < headers.size(); ++c)
        if (headers[c].rfind("mechanics_iterations", 0) != 0)
        {
          const double a = std::stod(values[c]), b = std::stod(wanted[c]);
          EXPECT_NEAR(a, b, 1e-9 * std::max(1., std::abs(b))) << name << ": " << headers[c] << ", row " << row;
        }
    }
  }

  /** Values of all blocks at the nodes of this rank, by place in steps far below the size of a cell. */
  std::map<std::array<long, 2>, std::vector<double>> values_by_place(const Run<2> &run)
  {
    std::map<std::array<long, 2>, std::vector<double>> values;
    for (unsigned int i = 0; i < run.discretization.graph.n_owned; ++i)
    {
      const Place &p = run.discretization.places[i];
      std::vector<double> &all = values[{{std::lround(1e6 * p.x), std::lround(1e6 * p.depth)}}];
      for (const Block &block : run.state.blocks)
        if (block.nodes == NodesOf::fields)
          for (unsigned int c = 0; c < block.n_components(); ++c)
            all.push_back(block.values.local_element(i * block.n_components() + c));
    }
    return values;
  }

  /** Keeps what it is told of. */
  class Diary : public Recorder<2>
  {
  public:
    void opened(Run<2> &) override { pages.push_back("opened"); }
    void row_due(Run<2> &run) override { note("row", run); }
    void fields_due(Run<2> &run) override { note("fields", run); }
    void finished(Run<2> &, ExitCode) override { pages.push_back("finished"); }

    std::vector<std::string> pages;

  private:
    void note(const std::string &what, const Run<2> &run)
    {
      pages.push_back(what + " " + format_rounded(run.state.clock.time, 4));
    }
  };
} // namespace

TEST(Run, NeedsNoFolderAndTellsItsRecorders)
{
  const auto problem = read_case(with(small, {"Time/End=5 d", "Output/Fields every=4 d"}));
  SectionRun run(*problem, MPI_COMM_SELF);
  Diary diary;
  run.watch(diary);
  run.start();
  EXPECT_EQ(run.advance(), ExitCode::done);
  EXPECT_EQ(
    diary.pages,
    (std::vector<std::string>{"opened", "row 0", "fields 0", "row 3", "fields 4", "row 5", "fields 5", "finished"}));
  diary.pages.clear();
  run.state.clock.end = 7.;
  run.advance();
  EXPECT_EQ(diary.pages, (std::vector<std::string>{"opened", "row 6", "row 7", "fields 7", "finished"}));
}

TEST(Run, InterruptedAndResumedAnywhereItHasTheSameBits)
{
  for (const auto &[name, assignments] : combinations)
  {
    const TestFolder whole, cut;
    const auto problem = read_case(with(small, assignments));
    EXPECT_EQ(run_in(whole.path, *problem, OutputMode::fresh), ExitCode::done);
    EXPECT_EQ(run_in(cut.path, *problem, OutputMode::fresh, 7), ExitCode::interrupted);
    EXPECT_EQ(run_in(cut.path, *problem, OutputMode::resume, 25), ExitCode::interrupted) << name;
    EXPECT_EQ(run_in(cut.path, *problem, OutputMode::resume), ExitCode::done) << name;
    const std::string expected = content_of(whole.path / "timeseries.csv"),
                      resumed = content_of(cut.path / "timeseries.csv");
    if (!problem->mechanics.enabled)
      EXPECT_EQ(resumed, expected) << name;
    else
      expect_close(resumed, expected, name); // its last solve begins elsewhere
  }
}

TEST(RunMpi, InterruptedBetweenRowsAndResumedItHasTheSameBits)
{
  struct Cut
  {
    Assignments course;
    std::vector<unsigned int> steps; ///< after which it is interrupted; rows are due within the steps that follow
  };
  const Assignments alone = with({"Intervention=plla"}, plla);
  for (const auto &[name, cuts] : std::map<std::string, Cut>{
         {"uniform", {combinations.at("particles and a wound"), {4, 20, 38, 41, 42, 43}}},
         {"adaptive",
          {with(alone, {"Mesh/Adaptive=true", "Mesh/Adapt every=1 d", "Mesh/Most refinements=1"}),
           {4, 7, 13, 14, 15}}}})
  {
    const TestFolder whole, cut;
    const auto problem = read_case(with(small, cuts.course));
    EXPECT_EQ(run_in(whole.path, *problem, OutputMode::fresh), ExitCode::done);
    OutputMode mode = OutputMode::fresh;
    for (const unsigned int steps : cuts.steps)
    {
      EXPECT_EQ(run_in(cut.path, *problem, mode, steps), ExitCode::interrupted) << name << ", " << steps;
      mode = OutputMode::resume;
    }
    EXPECT_EQ(run_in(cut.path, *problem, mode), ExitCode::done) << name;
    const std::string expected = content_of(whole.path / "timeseries.csv"),
                      resumed = content_of(cut.path / "timeseries.csv");
    if (!problem->skin.adaptation.enabled)
      EXPECT_EQ(resumed, expected) << name;
    else
      expect_close(resumed, expected, name); // nodes are numbered anew, and sums taken in another order
  }
}

/** Also late, when particles dissolve within a step and the polynomial falls below zero. */
TEST(RunMpi, MassIsBalancedBetweenSteps)
{
  const TestFolder folder;
  const auto problem =
    read_case(with(with(small, {"Intervention=plla", "Time/End=600 d", "Output/Fields every=600 d"}), plla));
  EXPECT_EQ(run_in(folder.path, *problem, OutputMode::fresh), ExitCode::done);
  const auto checks = nlohmann::json::parse(content_of(folder.path / "summary.json"))["checks"];
  EXPECT_TRUE(checks["mass_is_balanced"]);
  EXPECT_LT(checks["mass_balance_defect"], 1e-9);
  EXPECT_TRUE(checks["not_negative"]);
}

TEST(Run, KeepsEarlierFieldsOnlyWhereTheyAreRead)
{
  for (const auto &[keeps, more] :
       std::vector<std::pair<bool, Assignments>>{{true, {}}, {false, on_steps}, {false, {"Mechanics/Enabled=true"}}})
  {
    const auto problem = read_case(with(small, more));
    SectionRun run(*problem, MPI_COMM_SELF);
    run.start();
    EXPECT_EQ(run.state.has(earlier_fields_blocks[1]), keeps);
    EXPECT_EQ(run.blocks().size(), run.state.blocks.size());
  }
}

namespace
{
  /** Keeps the rows, and sees to it that hanging nodes are the means of their neighbours. */
  class RowKeeper : public Recorder<2>
  {
  public:
    void row_due(Run<2> &run) override
    {
      const double time = run.state.clock.time;
      rows[time] = run.observer.row(run);
      for (const SessionEntry &session : run.state.sessions)
        if (time == session.time)
          return; // sessions change nodes one by one
      NodalVector completed = copy_of(run.state.fields());
      run.discretization.graph.complete(completed, run.layout.n_fields());
      const double *begin = completed.begin();
      EXPECT_TRUE(std::equal(begin, begin + completed.locally_owned_size(), run.state.fields().begin())) << time;
    }

    std::map<double, std::vector<double>> rows;
  };

  /** The largest difference of a mean over the patch between rows that were read off and rows on steps, relative to the
   * largest value of its column. */
  double difference_of_rows(const Assignments &course)
  {
    std::map<std::string, RowKeeper> found;
    std::map<std::string, unsigned int> steps;
    std::vector<std::string> headers;
    for (const std::string where : {"between steps", "on steps"})
    {
      const auto problem = read_case(with(course, {"Time/Rows=" + where}));
      SectionRun run(*problem, MPI_COMM_SELF);
      run.watch(found[where]);
      run.start();
      EXPECT_EQ(run.advance(), ExitCode::done);
      steps[where] = run.state.clock.steps;
      headers = run.observer.headers();
    }
    EXPECT_LT(steps["between steps"], steps["on steps"]);
    const auto &between = found["between steps"].rows, &on = found["on steps"].rows;
    EXPECT_EQ(between.size(), on.size());
    double worst = 0.;
    for (std::size_t c = 0; c < headers.size(); ++c)
      if (headers[c].rfind("mean_", 0) == 0 || headers[c].rfind("collagen", 0) == 0)
      {
        double size = 0., largest = 0.;
        for (const auto &[time, row] : on)
        {
          size = std::max(size, std::abs(row[c]));
          largest = std::max(largest, std::abs(between.at(time)[c] - row[c]));
        }
        worst = std::max(worst, largest / std::max(size, 1e-12));
      }
    return worst;
  }
} // namespace

/**
 * To a few times the tolerance of a step, most for leukocytes while they come and go, and finer with it: longer steps
 * have errors of their own. Also where the mesh changes, whose kinks must not be scaled up.
 */
TEST(Run, RowsBetweenStepsAreThoseOnSteps)
{
  for (const auto &[name, more] : std::map<std::string, Assignments>{
         {"uniform", {}}, {"adaptive", {"Mesh/Adaptive=true", "Mesh/Adapt every=5 d", "Mesh/Most refinements=1"}}})
  {
    const Assignments course =
      with(with(with(small, {"Intervention=plla"}), plla), with(more, {"Time/End=90 d", "Output/Every=1 d"}));
    const double coarse = difference_of_rows(with(course, {"Time/Tolerance=3e-3"})),
                 fine = difference_of_rows(with(course, {"Time/Tolerance=3e-4"}));
    EXPECT_LT(coarse, 4.5 * 3e-3) << name;
    EXPECT_LT(fine, 4.5 * 3e-4) << name;
  }
}

TEST(RunMpi, CombinedInterventionsGiveTheSameOnAnyNumberOfRanks)
{
  for (const auto &[name, assignments] : combinations)
  {
    const auto problem = read_case(with(small, assignments));
    const auto together = make_run(*problem, MPI_COMM_WORLD), alone = make_run(*problem, MPI_COMM_SELF);
    for (const auto &run : {together.get(), alone.get()})
    {
      run->start();
      run->state.clock.end = 8.; // after all sessions; later a solve may take an iteration more on other ranks
      EXPECT_EQ(run->advance(), ExitCode::done);
    }
    EXPECT_EQ(together->state.clock.steps, alone->state.clock.steps) << name;
    EXPECT_EQ(together->state.sessions.size(), alone->state.sessions.size()) << name;
    const auto expected = values_by_place(*alone);
    double largest = 0.;
    for (const auto &[place, values] : values_by_place(*together))
      for (unsigned int k = 0; k < values.size(); ++k)
        largest = std::max(largest, std::abs(values[k] - expected.at(place)[k]) / std::max(1., std::abs(values[k])));
    EXPECT_LT(largest, 1e-8) << name;
    for (const Block &block : together->state.blocks)
      EXPECT_TRUE(keeps_rule(block, 1e-12)) << name << ": " << block.name;
  }
}

TEST(Run, TwoOfTheSameCaseDoNotShareWhatTheyChange)
{
  const auto problem = read_case(with(small, combinations.at("particles and a wound")));
  SectionRun first(*problem, MPI_COMM_SELF), second(*problem, MPI_COMM_SELF);
  first.start();
  first.advance();
  second.start();
  second.advance();
  EXPECT_EQ(first.state.clock.steps, second.state.clock.steps);
  EXPECT_EQ(values_by_place(first), values_by_place(second));
}

namespace
{
  /** A disk that is full when the fields of the second row are due, after the row has been written. */
  class FullDisk : public Recorder<2>
  {
  public:
    void fields_due(Run<2> &run) override
    {
      if (run.state.clock.time > 0.)
        throw RunFailed("The disk is full.");
    }
  };
} // namespace

TEST(Run, ARowThatACheckpointDoesNotKnowOfIsNotDoubled)
{
  const TestFolder folder, whole;
  const auto problem = read_case(with(small, {"Checkpoint/Every=1e-9 min"})); // at every step, so also before that row
  FullDisk disk;
  EXPECT_EQ(sentence_of<RunFailed>([&] { run_in(folder.path, *problem, OutputMode::fresh, 0, &disk); }),
            "The disk is full.");
  EXPECT_TRUE(contains(content_of(folder.path / "timeseries.csv"), "\n3,")) << "the row is there";
  EXPECT_EQ(run_in(folder.path, *problem, OutputMode::resume), ExitCode::done);
  EXPECT_EQ(run_in(whole.path, *problem, OutputMode::fresh), ExitCode::done);
  EXPECT_EQ(content_of(whole.path / "timeseries.csv"), content_of(folder.path / "timeseries.csv"));
}
