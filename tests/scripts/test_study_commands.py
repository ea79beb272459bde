# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of scripts/study on runs that are there: cohort, sensitivity with its picture, what is refused and with which exit code."""

import contextlib
import io
import os
import sys
import unittest
import unittest.mock

import matplotlib.pyplot as plt
import numpy as np

from test_cohort import Described  # puts scripts/ on the path
from test_studies import DOSES, HEAD

import study
import study_analysis
from cutis_campaign import Campaign
from cutis_runs import RunError, fnv1a, write_json
from study_design import points_of
from study_table import make_table

OUTCOMES = '[outcomes]\nend = { column = "collagen", take = "final" }\n'
COHORT = (
    '[sample]\nmethod = "latin hypercube"\nn = 20\n[sample.range."A/Rate"]\ndistribution = "uniform"\nfrom = 1\nto = 3\n'
    'unit = "1/d"\nsource = "x"\n'
)
MORRIS = (
    '[sample]\nmethod = "morris"\nn = 6\n[sample.range]\n"A/Rate" = { from = 0, to = 1 }\n"A/Share" = { from = 0, to = 1 }\n'
    '"A/Narrow" = { from = 0, to = 1 }\n'
)


class Finished(Described):
    """Studies whose runs are written here: collagen goes straight from 1 to a function of the values on day 10."""

    def finished(self, text, function):
        opened = self.study(HEAD + text + OUTCOMES)
        points = points_of(opened, self.folder / "results")
        runs = Campaign(None, self.folder / "results", sys.executable).runs([point.variant for point in points])
        case = {"file": str(self.folder / "case.prm"), "fnv1a": fnv1a(self.folder / "case.prm")}
        for point, run in zip(points, runs):
            end = function(*(float(value.split()[0]) for value in point.values.values()))
            run.directory.mkdir(parents=True)
            (run.directory / "timeseries.csv").write_text(f"time [d],collagen [%]\n0,1\n10,{end}\n")
            write_json(run.directory / "provenance.json", {"runs": [{"inputs": [case], "exit": "done"}]})
            run.note(state="finished", results=run.results(), seconds=1, **{"exit code": 0})
        return opened, make_table(opened, points, runs)

    def call(self, command, *arguments):
        """(exit code, output, errors) of scripts/study on the file."""
        words = ["study", command, str(self.file), "--folder", str(self.folder / "results"), "--program", sys.executable, *arguments]
        output, errors, before = io.StringIO(), io.StringIO(), os.getcwd()
        with unittest.mock.patch("sys.argv", words), contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            try:
                code = study.main()
            except SystemExit as end:
                code = end.code
            finally:
                os.chdir(before)
        return code, output.getvalue(), errors.getvalue()


class Cohort(Finished):
    def test_shares_and_a_fan_over_time(self):
        self.finished(COHORT, lambda rate: rate)
        picture = self.folder / "fan.png"
        code, output, _ = self.call("cohort", "--outcome", "end", "--above", "2", "--course", "collagen", "--picture", str(picture))
        self.assertEqual(code, 0)
        self.assertIn("end: 20 hosts, in units of %", output)
        self.assertIn("above 2: 10 of 20 hosts, 50.0% (95 % confidence 29.9% to 70.1%)", output)  # a stratum for each host
        self.assertTrue(picture.is_file())

    def test_courses_are_those_of_the_hosts_and_over_the_start(self):
        import study_cohort

        opened, frame = self.finished(COHORT, lambda rate: rate)
        times, values, unit = study_cohort.courses(frame, self.folder / "results", "collagen")
        np.testing.assert_array_equal(times, [0, 10])
        np.testing.assert_allclose(values[:, 1], frame["A/Rate"])
        self.assertEqual(unit, "%")
        figure = study_cohort.draw(times, values, "collagen", "A cohort", above=2)
        self.addCleanup(plt.close, figure)
        np.testing.assert_allclose(figure.axes[0].lines[0].get_ydata(), [1, np.median(frame["A/Rate"])])
        np.testing.assert_allclose(figure.axes[1].lines[0].get_ydata(), [0, 50])
        with self.assertRaisesRegex(RunError, "No run has a column 'colagen'; did you mean 'collagen'"):
            study_cohort.courses(frame, self.folder / "results", "colagen")

    def test_what_is_missing_or_wrong_is_said(self):
        _, frame = self.finished(COHORT, lambda rate: rate)
        for arguments, code, sentence in (
            ((), 2, "a cohort needs --outcome or --course"),
            (("--outcome", "end", "--above", "1", "--below", "2"), 2, "one at a time"),
            (("--outcome", "ende"), 1, "no outcome 'ende' in this study; did you mean 'end'"),
        ):
            found, _, errors = self.call("cohort", *arguments)
            self.assertEqual(found, code)
            self.assertIn(sentence, errors)
        (self.folder / "results" / frame["run"][3] / "timeseries.csv").write_text("time [d],collagen [%]\n0,1\n")
        code, _, errors = self.call("cohort", "--outcome", "end")
        self.assertEqual(code, 1)
        self.assertIn("1 of the 20 runs of the cohort are not finished", errors)
        self.finished(MORRIS.replace("n = 6", "n = 7"), lambda a, b, c: a)
        self.assertIn("A cohort needs a sample with distributions", self.call("cohort", "--outcome", "end")[2])


class Effects(Finished):
    def test_the_picture_ranks_the_parameters_by_their_effects(self):
        opened, frame = self.finished(MORRIS, lambda rate, share, narrow: rate - 3 * share + rate * narrow)
        figure = study_analysis.draw_effects(frame, opened, "end", {})
        self.addCleanup(plt.close, figure)
        bars, scatter = figure.axes
        self.assertEqual(bars.get_yticklabels()[0].get_text(), "1  Share")
        self.assertAlmostEqual(bars.patches[0].get_width(), 3)
        size, spread = np.array(scatter.collections[0].get_offsets())[1]
        self.assertAlmostEqual(size, 3)
        self.assertAlmostEqual(spread, 0)
        self.assertNotEqual(bars.patches[0].get_facecolor(), bars.patches[1].get_facecolor())  # one lowers, the other raises

    def test_the_command_tells_and_draws(self):
        self.finished(MORRIS, lambda rate, share, narrow: rate - 3 * share)
        picture = self.folder / "effects.png"
        code, output, _ = self.call("sensitivity", "--outcome", "end", "--picture", str(picture))
        self.assertEqual(code, 0)
        self.assertRegex(output.splitlines()[2], r"A/Share +3 ")
        self.assertTrue(picture.is_file())

    def test_other_samples_are_refused(self):
        opened, frame = self.finished(COHORT, lambda rate: rate)
        with self.assertRaisesRegex(RunError, "Sensitivity needs a sample for it"):
            study_analysis.draw_effects(frame, opened, "end", {})
        code, _, errors = self.call("sensitivity", "--outcome", "end")
        self.assertEqual(code, 1)
        self.assertIn("Sensitivity needs a sample for it", errors)


class Checked(Described):
    """A program that is content with every run, to day 10, and tells its columns."""

    PROGRAM = """#!/bin/sh
case "$1" in
  list) printf 'time [d]\\ncollagen [1]\\nmean_KEY [unit of KEY]\\nat_N_KEY [unit of KEY]\\n' ;;
  check) echo 'output    to day 10, a row every 1 d: 11 rows' ;;
esac
"""
    OUTCOME = '{{ column = "{}", take = "value at", day = {} }}\n'

    def check(self, *outcomes):
        program = self.folder / "program"
        program.write_text(self.PROGRAM)
        program.chmod(0o755)
        rows = [f"o{n} = " + self.OUTCOME.format(*outcome) for n, outcome in enumerate(outcomes)]
        self.file.write_text(HEAD + DOSES + "[outcomes]\n" + "".join(rows))
        words = ["study", "check", str(self.file), "--folder", str(self.folder / "results"), "--program", str(program)]
        errors = io.StringIO()
        with unittest.mock.patch("sys.argv", words), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
            return study.main(), errors.getvalue()

    def test_columns_and_days_that_cannot_be_are_said_before_anything_is_run(self):
        code, errors = self.check(("colagen", 5), ("mean_x", 5), ("at_2_x", 10), ("at_x_y", 5), ("collagen", 11))
        self.assertEqual(code, 2)
        self.assertIn("outcomes.o0.column: no run has a column 'colagen'; did you mean 'collagen'?", errors)
        self.assertIn("outcomes.o3.column: no run has a column 'at_x_y'", errors)
        self.assertIn("outcomes.o4.day: 11 d is beyond the end of the run, 10 d.\n3 problems", errors)
        self.assertEqual(self.check(("collagen", 10), ("mean_x", 5)), (0, ""))


class Refusals(Finished):
    FIT = '[fit]\ndata = "data.csv"\n[fit.constant."A/Rate"]\nprior = "normal"\nmean = 2\nsd = 1\nunit = "1/d"\nsource = "x"\n'

    def test_a_fit_is_made_by_fit_and_nothing_else_is(self):
        (self.folder / "data.csv").write_text("time [d],observable,value,sd\n1,c,1,1\n")
        self.file.write_text(HEAD + self.FIT)
        code, _, errors = self.call("run")
        self.assertEqual(code, 2)
        self.assertIn("scripts/study fit makes its runs", errors)
        self.file.write_text(HEAD + COHORT)
        code, _, errors = self.call("fit")
        self.assertEqual(code, 2)
        self.assertIn("there is no table [fit]", errors)

    def test_more_ranks_than_cores_are_refused_before_anything_is_checked(self):
        self.file.write_text(HEAD + "ranks = 3\n" + DOSES)
        with unittest.mock.patch("study.check_runs", side_effect=AssertionError("checked")):
            code, output, errors = self.call("run", "--cores", "1")
        self.assertEqual((code, output), (1, ""))
        self.assertIn("Each run has 3 ranks, and 1 core may be in use at a time", errors)

    def test_a_surrogate_of_too_few_runs_is_refused_and_nothing_is_written(self):
        self.finished(COHORT.replace("n = 20", "n = 5"), lambda rate: rate)
        code, _, errors = self.call("surrogate")
        if "OpenTURNS" not in errors:
            self.assertEqual(code, 2)
            self.assertIn("takes n = 11 runs", errors)
        self.assertFalse((self.folder / "results" / "surrogate").exists())


if __name__ == "__main__":
    unittest.main(buffer=True)
