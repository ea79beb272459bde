# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the validation table: quality of its data, completeness of its mapping, and its scores."""

import dataclasses
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "scripts")]

from cutis_output import Run
from cutis_runs import RunError
from validation import data, main, mapping, scoring, simulations, tables

LINE = "D001,Study,arm,human,1,quantity,%,10,2,,,5,V,F,somewhere,\n"
HEADER = ",".join(data.COLUMNS) + "\n"


def row(**changes):
    """A row with mean 10 and SD 2."""
    values = dict(id="D001", study="S", arm="a", species="human", day=1.0, quantity="q", unit="%", mean=10.0, sd=2.0)
    values |= dict(lo=None, hi=None, n="5", role="V", read="F", source="s", note="")
    return data.Row(**{**values, **changes})


def entry(**changes):
    values = dict(rows=("D001",), arm="A", place="here", simulation="run", operator="column", arguments={"name": "a"})
    return mapping.Entry(**{**values, "against": "itself", "form": "value", **changes})


class Folder(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def run_of(self, name, days, values):
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        lines = ["time [d],a [1]"] + [f"{day},{value}" for day, value in zip(days, values)]
        (folder / "timeseries.csv").write_text("\n".join(lines) + "\n")
        return Run(folder)


class Data(Folder):
    def fault(self, *lines):
        path = self.folder / "data.csv"
        path.write_text(HEADER + "".join(lines))
        with self.assertRaises(data.DataError) as caught:
            data.read(path)
        return str(caught.exception)

    def test_the_measurements_are_in_order(self):
        rows = data.read()
        self.assertEqual(len(rows), 221)
        self.assertEqual({r.role for r in rows}, set(data.ROLES))

    def test_each_fault_is_found_with_its_line(self):
        cases = (
            (LINE.replace("%", "percent"), "there is no unit 'percent'"),
            (LINE.replace(",V,", ",X,"), "there is no role 'X'"),
            (LINE.replace(",F,", ",G,"), "there is no read 'G'"),
            (LINE.replace(",10,2,", ",ten,2,"), "mean 'ten' is not a number"),
            (LINE.replace(",10,2,", ",nan,2,"), "mean 'nan' is not a number"),
            (LINE.replace(",10,2,", ",10,-2,"), "sd -2 is below 0"),
            (LINE.replace(",10,2,,,", ",10,2,11,12,"), "mean 10 is not within lo 11 and hi 12"),
            (LINE.replace(",10,2,,,", ",10,2,9,,"), "lo and hi belong together"),
            (LINE.replace("%,10", "sign,2"), "a sign is -1, 0 or 1, not '2'"),
            (LINE.replace("somewhere", ""), "source is empty"),
            (LINE.replace("D001", "E1"), "id 'E1' is not D and three digits"),
            (LINE.replace("quantity", "a, quantity"), "is a comma not quoted?"),
        )
        for line, sentence in cases:
            with self.subTest(sentence=sentence):
                message = self.fault(LINE.replace("D001", "D000"), line)
                self.assertIn(":3: ", message)
                self.assertIn(sentence, message)

    def test_rows_are_told_apart_and_days_go_on(self):
        self.assertIn("id D001 is that of line 2", self.fault(LINE, LINE.replace("human,1", "human,2")))
        later = LINE.replace("D001", "D002").replace("human,1", "human,0.5")
        self.assertIn("day 0.5 does not follow day 1", self.fault(LINE, later))

    def test_all_faults_are_named_at_once(self):
        bad = LINE.replace("%", "percent").replace(",V,", ",X,")
        self.assertEqual(self.fault(bad, bad.replace("D001", "D002")).count("there is no"), 4)


class Mapping(Folder):
    def fault(self, text):
        (self.folder / "a.toml").write_text('arm = "A"\n' + text)
        with self.assertRaises(mapping.MappingError) as caught:
            mapping.read([row()], {"run": None}, self.folder)
        return str(caught.exception)

    def test_every_row_has_an_entry_and_every_run_is_used(self):
        rows, known = data.read(), simulations.read()
        entries = mapping.read(rows, known)
        self.assertEqual(set(entries), {r.id for r in rows})
        used = {name for e in entries.values() for name in e.simulations()}
        self.assertEqual(used, set(known))
        for r in rows:  # a sign-only row that is tested has a direction
            if not entries[r.id].untested and r.role == "Q" and entries[r.id].within is None:
                self.assertIsNotNone(scoring.measured_sign(r, entries[r.id]), r.id)

    def test_faults_name_the_entry_and_what_is_near(self):
        good = '[[entry]]\nrows = ["D001"]\nsimulation = "run"\noperator = "column"\narguments = { name = "a" }\n'
        good += 'against = "itself"\nas = "value"\n'
        cases = (
            ("", "row D001 (S, q) has no entry"),
            (good + good, "row D001 has an entry already"),
            (good.replace("D001", "D009"), "there is no row D009; did you mean 'D001'?"),
            (good.replace('"column"', '"colum"'), "there is no operator 'colum'; did you mean 'column'?"),
            (good.replace('"run"', '"rum"'), "there is no simulation 'rum'; did you mean 'run'?"),
            (good.replace("name =", "nam ="), "has no argument 'nam'; did you mean 'name'?"),
            (good.replace("as =", "so ="), "there is no key 'so'"),
            (good.replace('"value"', '"fold"'), "as = 'value' and against = 'itself' belong together"),
            (good.replace('"itself"', '"control"'), "`control` and against = 'control' belong together"),
            (good + 'untested = "no such thing here"', "is untested and names a simulation"),
            ('[[entry]]\nrows = ["D001"]\nuntested = "no"', "shorter than three words"),
        )
        for text, sentence in cases:
            with self.subTest(sentence=sentence):
                self.assertIn(sentence, self.fault(text))

    def test_a_simulation_of_no_file_is_refused(self):
        path = self.folder / "s.toml"
        path.write_text('[x]\ntext = "t"\nfile = "nothing.prm"\nmesh = 1\n')
        with self.assertRaisesRegex(RunError, "(?s)no key `mesh`.*no parameter file"):
            simulations.read(path)

    def test_a_run_that_is_like_an_earlier_one_differs_in_its_own_settings(self):
        path = self.folder / "s.toml"
        first = '[defaults.settings]\n"c" = "0"\n[x]\ntext = "t"\nfile = "none.prm"\nsettings = { "a" = "1", "b" = "2" }\n'
        path.write_text(first + '[y]\ntext = "u"\nlike = "x"\nsettings = { "b" = "3" }\n')
        x, y = simulations.read(path).values()
        self.assertEqual((y.file, dict(y.settings)), (x.file, {"c": "0", "a": "1", "b": "3"}))
        path.write_text(first + '[y]\ntext = "u"\nlike = "z"\n')
        with self.assertRaisesRegex(RunError, r"(?s)no \[z\] before it.*`file` is missing"):
            simulations.read(path)


class Scores(Folder):
    def score(self, r, e, days=(0, 1, 10), values=(1, 2, 4), control=None):
        runs = {"run": self.run_of("run", days, values)}
        if control:
            runs["other"] = self.run_of("other", days, control)
        return scoring.score(r, e, runs)

    def verdict(self, value, **changes):
        kind, distance, met = scoring.verdict(row(**changes), entry(null=0), value)
        return kind, round(distance, 6), met

    def test_thresholds(self):
        self.assertEqual(self.verdict(12), ("SD", 1, True))
        self.assertEqual(self.verdict(12.1), ("SD", 1.05, False))
        self.assertEqual(self.verdict(12, sd=None, lo=8, hi=16), ("interval", 0.5, True))
        self.assertEqual(self.verdict(7.9, sd=None, lo=8, hi=16), ("interval", 0.525, False))
        self.assertEqual(self.verdict(12.5, sd=None), ("25 %", 1, True))
        self.assertEqual(self.verdict(12.6, sd=None), ("25 %", 1.04, False))
        self.assertEqual(self.verdict(5.1, role="Q"), ("sign", 1, True))
        self.assertEqual(self.verdict(4.9, role="Q"), ("sign", 0, False))
        self.assertEqual(self.verdict(-0.06, unit="sign", mean=-1, sd=None), ("sign", -1, True))
        self.assertEqual(self.verdict(0.04, unit="sign", mean=0, sd=None), ("sign", 0, True))

    def test_a_number_that_stands_for_no_change_is_a_direction_if_the_mapping_says_so(self):
        r, e = row(mean=0.0, sd=None), entry(sign=0)
        self.assertEqual(scoring.verdict(r, e, 4.9), ("sign", 0.0, True))
        self.assertEqual(scoring.verdict(r, e, 5.1), ("sign", 1.0, False))
        self.assertTrue(self.score(r, e).null_meets)

    def test_a_direction_of_a_ratio_is_about_one(self):
        r = row(unit="fold", mean=0.5, role="Q")
        self.assertEqual(scoring.verdict(r, entry(null=1), 0.9)[1:], (-1, True))

    def test_normalisations(self):
        r = row(day=10.0)
        for form, against, expected in (
            ("fold", "start", 4),
            ("percent change", "start", 300),
            ("change", "rest", 3),
            ("log2", "start", 2),
            ("percent of", "final", 100),
        ):
            self.assertAlmostEqual(self.score(r, entry(form=form, against=against)).simulated, expected)
        self.assertAlmostEqual(self.score(row(day=1.0), entry(against="final", form="percent of")).simulated, 50)
        with_control = entry(against="control", form="fold", control="other")
        self.assertAlmostEqual(self.score(r, with_control, control=(1, 1, 8)).simulated, 0.5)
        at_start = dataclasses.replace(with_control, control_day=0.0)
        self.assertAlmostEqual(self.score(r, at_start, control=(1, 1, 8)).simulated, 4)

    def test_shapes_are_measured_and_simulated_from_the_same_anchor(self):
        e = entry(against="start", form="share of anchor", anchor=10.0, data_anchor=40.0)
        result = self.score(row(mean=20, sd=None, lo=12, hi=28), e)  # .5 (.3 to .7) of the end; the run has 1/3
        self.assertAlmostEqual(result.simulated, 1 / 3)
        self.assertEqual((result.status, result.kind), ("met", "interval"))
        flat = self.score(row(), e, values=(1, 2, 1.001))
        self.assertEqual(flat.status, "untested")
        self.assertIn("too near to nothing to be an anchor", flat.reason)

    def test_what_is_missing_is_untested_and_not_zero(self):
        missing = scoring.score(row(), entry(), {})
        self.assertEqual((missing.status, missing.simulated), ("untested", None))
        self.assertIn("run has not come to its end", missing.reason)
        self.assertEqual(self.score(row(day=99.0), entry()).status, "untested")
        self.assertEqual(self.score(row(), entry(form="fold", against="start"), values=(0, 1, 2)).status, "untested")
        self.assertEqual(self.score(row(), entry(), values=(1, float("nan"), 2)).status, "untested")
        self.assertEqual(self.score(row(mean=0.0, sd=None), entry()).status, "untested")
        self.assertEqual(scoring.score(row(), entry(untested="there is no such field"), {}).reason, "there is no such field")

    def test_whether_nothing_would_be_met_as_well(self):
        self.assertTrue(self.score(row(mean=1.0, sd=2.0), entry(null=0)).null_meets)
        self.assertFalse(self.score(row(mean=1.0, sd=0.5), entry(null=0)).null_meets)
        self.assertIsNone(self.score(row(), entry()).null_meets)

    def test_summary_and_files(self):
        scores = [self.score(row(mean=2.0), entry()), self.score(row(mean=9.0, sd=1.0), entry())]
        scores.append(scoring.score(row(role="C"), entry(untested="not in the model", arm="B | C"), {}))
        tables.write(scores, self.folder / "score", {"program": "none"})
        count = tables.counts(scores)
        self.assertEqual(count["A"]["V"]["met"], 1)
        self.assertEqual(count["A"]["V"]["not met"], 1)
        self.assertEqual(count["B | C"]["C"]["untested"], 1)
        text = (self.folder / "score" / "table.md").read_text()
        self.assertIn("B \\| C", text)
        self.assertEqual(len((self.folder / "score" / "table.csv").read_text().splitlines()), 4)

    def test_only_declared_rows_are_demanded(self):
        bad = row(mean=9.0, sd=1.0)
        scores = [self.score(bad, entry()), self.score(bad, entry(demand=True)), self.score(row(mean=2.0), entry(demand=True))]
        self.assertEqual(len(main.demanded(scores, "V")), 1)
        self.assertEqual(main.demanded(scores, "C"), [])


class Cells(unittest.TestCase):
    def test_cells_of_a_run_can_be_made_finer(self):
        known = simulations.read()
        for simulation in known.values():
            size = dict(simulation.settings)[main.CELLS]
            finer = dict(main.finer(simulation, 0.5).settings)[main.CELLS]
            self.assertEqual(float(finer.split()[0]), 0.5 * float(size.split()[0]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
