# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of studies: the file, the runs that it means, outcomes, table and figure; nothing is run by Snakemake here."""

import math
import pathlib
import sys
import tempfile
import unittest

import h5py
import numpy as np
import pandas as pd

SCRIPTS = str(pathlib.Path(__file__).resolve().parents[2] / "scripts")
sys.path.insert(0, SCRIPTS)

import study_figure
import study_table
from cutis_campaign import Campaign
from cutis_runs import RunError, fnv1a, write_json
from study_design import covering, points_of
from study_file import StudyError, read_study
from study_outcome import OutcomeOfRun

HEAD = 'parameters = "case.prm"\n'
DOSES = '[factors]\n"PLLA/Dose" = ["50 mg", "100 mg", "150 mg"]\n'


class InFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        for name in ("case.prm", "other.prm", "dark.prm"):
            (self.folder / name).write_text(f"set Title = {name}\n", encoding="utf-8")
        self.file = self.folder / "x.toml"

    def study(self, text):
        self.file.write_text(text, encoding="utf-8")
        return read_study(self.file)

    def points(self, text):
        return points_of(self.study(text), self.folder / "results")

    def problems(self, text):
        with self.assertRaises(StudyError) as caught:
            self.study(text)
        return caught.exception.problems


class Files(InFolder):
    def test_all_problems_are_said_at_once_each_with_its_key(self):
        problems = self.problems(
            'parameters = "cas.prm"\nrank = 2\n[set]\n"Time/End" = [3]\n[factors]\n"Host/Age" = { from = 60, to = 40, n = 3 }\n'
            '"A/B" = []\n[factors.skin]\na = { includ = "x" }\n[sample]\nmethod = "sobbol"\nn = 5\n[outcomes]\n'
            'x = { column = 3, take = "finl" }\n[slurm]\nwarning = "two"\n'
        )
        wanted = [
            "parameters: there is no parameter file .*cas.prm; did you mean 'case.prm'",
            "rank: there is no such key; did you mean 'ranks'",
            r"set.Time/End: \[3\] is a list; expected a text, a number",
            "factors.Host/Age: goes from 60 to 40; expected from < to",
            "factors.A/B: has no values",
            "factors.skin.a.includ: there is no such key; did you mean 'include'",
            "sample.method: 'sobbol' is not one of the choices; did you mean 'sobol'",
            "sample.range: is missing",
            "outcomes.x.column: 3 is a whole number; expected a column",
            "outcomes.x.take: 'finl' is not one of the choices; did you mean 'final'",
            "slurm.warning: 'two' is a text; expected a whole number",
        ]
        for sentence in wanted:
            self.assertTrue([p for p in problems if p.startswith(str(self.file))], problems)
            self.assertRegex("\n".join(problems), sentence)
        self.assertEqual(len(problems), len(wanted), problems)

    def test_a_parameter_is_set_by_one_place_only(self):
        cases = {
            '[set]\n"plla / dose" = "1 mg"\n': "is set more than once, by set and by factors.PLLA/Dose",
            '[factors.skin]\na = { set = { "PLLA/Dose" = "1 mg" } }\nb = {}\n': "by factors.PLLA/Dose and by factors.skin",
            '[sample]\nmethod = "sobol"\nn = 4\n[sample.range]\n"PLLA/Dose" = { from = 1, to = 2 }\n': "by sample.range",
        }
        for text, sentence in cases.items():
            with self.subTest(text=text):
                text = HEAD + text + DOSES if text.startswith("[set]") else HEAD + DOSES + text
                self.assertRegex("\n".join(self.problems(text)), sentence)

    def test_what_makes_no_study_is_said(self):
        for text, sentence in (
            (HEAD, "nothing varies"),
            (DOSES, "parameters: is missing"),
            (HEAD + "[factors\n", "this is not TOML: .*line 2"),
            (HEAD + DOSES + '[sample]\nmethod = "sobol"\nn = 48\n[sample.range."A/B"]\nfrom = 1\nto = 2\n', "no power of two.*take 32 or 64"),
            (HEAD + DOSES + '[outcomes]\nx = { column = "c", take = "time to" }\n', "needs `above` or `below`"),
            (HEAD + DOSES + '[outcomes]\nx = { column = "c", take = "final", day = 3 }\n', "says nothing with"),
            (HEAD + DOSES + '[outcomes]\nstate = { column = "c", take = "final" }\n', "name of another column"),
            (HEAD + '[factors."A/B"]\nfrom = 0\nto = 2\nn = 3\nscale = "log"\n', "0 < from < to"),
            (HEAD + "[factors]\na.x.parameters = 'case.prm'\nb.y.parameters = 'other.prm'\n", "only one factor may"),
        ):
            with self.subTest(text=text):
                self.assertRegex("\n".join(self.problems(text)), sentence)


class Designs(InFolder):
    def test_all_combinations_with_the_settings_of_each(self):
        points = self.points(HEAD + '[set]\n"Time/End" = "9 d"\n' + DOSES + '"Host/Age" = { from = 30, to = 70, n = 3, unit = "year" }\n')
        self.assertEqual(len({point.variant.name for point in points}), 9)
        self.assertEqual([p.values["Host/Age"] for p in points[:3]], ["30 year", "50 year", "70 year"])
        self.assertEqual(points[0].variant.settings, (("Time/End", "9 d"), ("PLLA/Dose", "50 mg"), ("Host/Age", "30 year")))
        self.assertEqual(points[0].variant.name, "Dose_50_mg__Age_30_year")

    def test_choices_cross_interventions_with_skins(self):
        points = self.points(
            "[factors.intervention]\nplla.parameters = 'case.prm'\nother.parameters = 'other.prm'\n[factors.skin]\n"
            "light = {}\ndark = { include = 'dark.prm', set = { 'Host/Age' = 40 } }\n"
        )
        self.assertEqual([p.variant.name for p in points][:2], ["intervention_plla__skin_light", "intervention_plla__skin_dark"])
        self.assertEqual(points[2].variant.parameter_file, (self.folder / "other.prm").resolve())
        self.assertEqual(points[3].variant.settings, (("Host/Age", "40"),))
        lines = points[3].variant.parameter_file.read_text().splitlines()[1:]
        self.assertEqual(lines, [f"include {(self.folder / name).resolve()}" for name in ("other.prm", "dark.prm")])

    def test_ranges_are_even_on_their_scale(self):
        text = HEAD + '[factors."A/B"]\nfrom = 1\nto = 100\nn = 3\nscale = "log"\nunit = "1/d"\n'
        self.assertEqual([point.values["A/B"] for point in self.points(text)], ["1 1/d", "10 1/d", "100 1/d"])

    SAMPLE = HEAD + '[sample]\nmethod = "{}"\nn = {}\n[sample.range]\n"A/B" = {{ from = 0, to = 1 }}\n"A/C" = {{ from = 1, to = 9, unit = "d" }}\n'

    def test_each_stratum_of_a_latin_hypercube_has_one_point(self):
        points = self.points(self.SAMPLE.format("latin hypercube", 10))
        for path, low, width in (("A/B", 0, 0.1), ("A/C", 1, 0.8)):
            strata = sorted(int((float(p.values[path].split()[0]) - low) / width) for p in points)
            self.assertEqual(strata, list(range(10)))

    def test_a_longer_sobol_sequence_begins_with_the_same_runs(self):
        short, long = (self.points(self.SAMPLE.format("sobol", n)) for n in (8, 16))
        self.assertEqual([p.variant for p in short], [p.variant for p in long[:8]])
        halves = [float(p.values["A/B"]) < 0.5 for p in long]
        self.assertEqual(sum(halves), 8)  # balanced, as only a power of two is

    def test_names_are_short_and_different(self):
        values = ", ".join(f'"{"x" * 200}{k}"' for k in range(3))
        names = [p.variant.name for p in self.points(HEAD + f'[factors]\n"A/B" = [{values}, "1/2", "1_2"]\n')]
        self.assertEqual(len(set(names)), 5)
        self.assertLess(max(map(len, names)), 80)

    def test_some_runs_cover_all_levels(self):
        text = HEAD + DOSES + '"Host/Age" = ["30 year", "40 year"]\n'
        some = covering(self.study(text), self.points(text))
        self.assertEqual({p.values["PLLA/Dose"] for p in some}, {"50 mg", "100 mg", "150 mg"})
        self.assertLess(len(some), 6)


class Outcomes(unittest.TestCase):
    TIMES, VALUES = [0, 10, 20, 60], [1.0, 2.0, 1.0, 0.5]

    def of(self, take, key="", limit=None):
        return OutcomeOfRun("x", "c", take, key, limit).of(self.TIMES, self.VALUES)

    def test_numbers_of_a_time_series_of_straight_lines(self):
        self.assertEqual([self.of("final"), self.of("peak"), self.of("lowest")], [0.5, 2, 0.5])
        self.assertAlmostEqual(self.of("mean"), (15 + 15 + 30) / 60)
        self.assertAlmostEqual(self.of("value at", "day", 24), 0.95)
        self.assertTrue(math.isnan(self.of("value at", "day", 61)))
        self.assertAlmostEqual(self.of("time to", "above", 1.5), 5)
        self.assertAlmostEqual(self.of("time to", "below", 0.75), 40)
        self.assertEqual(self.of("time to", "above", 0.5), 0)
        self.assertTrue(math.isnan(self.of("time to", "above", 3)))

    def test_units(self):
        self.assertEqual(OutcomeOfRun("x", "c", "time to").unit({"c": "mm"}), "d")
        self.assertEqual(OutcomeOfRun("x", "c", "peak").unit({"c": "mm"}), "mm")


class Tables(InFolder):
    """Tables and figures of runs that are written here: collagen is dose times age / 1000, in %."""

    TEXT = HEAD + DOSES + '"Host/Age" = { from = 30, to = 50, n = 3, unit = "year" }\n[outcomes]\nend = { column = "collagen", take = "final" }\n'

    def setUp(self):
        super().setUp()
        self.opened = self.study(self.TEXT)
        self.points_there = points_of(self.opened, self.folder / "results")
        campaign = Campaign(None, self.folder / "results", sys.executable)
        self.runs = campaign.runs([point.variant for point in self.points_there])
        for point, run in zip(self.points_there[:-2], self.runs):
            dose, age = (float(point.values[name].split()[0]) for name in ("PLLA/Dose", "Host/Age"))
            run.directory.mkdir(parents=True)
            (run.directory / "timeseries.csv").write_text(f"time [d],collagen [%]\n0,0\n9,{dose * age / 1000}\n")
            inputs = [{"file": str(self.folder / "case.prm"), "fnv1a": fnv1a(self.folder / "case.prm")}]
            write_json(run.directory / "provenance.json", {"runs": [{"inputs": inputs, "exit": "done"}]})
            run.note(state="finished", results=run.results(), seconds=1, **{"exit code": 0})
        self.runs[-2].note(state="failed", seconds=1, message="It, failed.", **{"exit code": 1})

    def table(self):
        return study_table.make_table(self.opened, self.points_there, self.runs)

    def test_a_row_for_each_run_whatever_has_become_of_it(self):
        frame = study_table.write_tables(self.opened, self.points_there, self.runs, self.folder)
        self.assertEqual(list(frame["state"]), 7 * ["finished"] + ["failed", "new"])
        read = pd.read_csv(self.folder / "table.csv")
        self.assertEqual(list(read)[:3], ["run", "PLLA/Dose [mg]", "Host/Age [year]"])
        np.testing.assert_allclose(read["end [%]"][:7], (read["PLLA/Dose [mg]"] * read["Host/Age [year]"] / 1000)[:7])
        self.assertTrue(read["end [%]"][7:].isna().all())
        self.assertEqual((read["exit code"][7], read["message"][7]), (1, "It, failed."))
        with h5py.File(self.folder / "table.h5") as file:
            self.assertEqual(file["PLLA|Dose"].attrs["unit"], "mg")
            np.testing.assert_allclose(file["end"][:7], read["end [%]"][:7])
            self.assertEqual(file["end"].attrs["unit"], "%")
            self.assertEqual(file["state"][8], b"new")

    def test_a_column_that_no_run_has_is_named(self):
        self.opened = self.study(self.TEXT.replace('"collagen"', '"colagen"'))
        with self.assertRaisesRegex(RunError, "outcomes.end.column: no run has a column 'colagen'; did you mean 'collagen'"):
            self.table()

    def draw(self, over, **where):
        figure = study_figure.draw(self.table(), self.opened, "end", over, where)
        return figure.axes[0]

    def test_figures_show_the_numbers_of_the_table(self):
        (mesh,) = self.draw(["PLLA/Dose", "Host/Age"]).collections
        np.testing.assert_allclose(mesh.get_array().ravel()[:3], [1.5, 3.0, 4.5])
        (line,) = self.draw(["PLLA/Dose"], **{"Host/Age": "30 year"}).lines
        np.testing.assert_allclose(line.get_xydata(), [[50, 1.5], [100, 3], [150, 4.5]])

    def test_a_figure_that_would_mix_runs_is_refused(self):
        with self.assertRaisesRegex(RunError, 'also varies Host/Age: .*--where "Host/Age=30 year"'):
            self.draw(["PLLA/Dose"])
        with self.assertRaisesRegex(RunError, "no factor 'PLLA/Dos' in this study; did you mean 'PLLA/Dose'"):
            self.draw(["PLLA/Dos"])
        with self.assertRaisesRegex(RunError, "'31 year' is no value of this factor; did you mean '30 year'"):
            self.draw(["PLLA/Dose"], **{"Host/Age": "31 year"})


if __name__ == "__main__":
    unittest.main(buffer=True)
