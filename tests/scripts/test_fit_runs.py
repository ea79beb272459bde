# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A fit with its runs and their records: interrupted, gone on with, called again; what it writes."""

import csv
import io
import json
import pathlib
import sys
import unittest
import unittest.mock

import numpy as np

from test_cohort import Described  # puts scripts/ on the path
from test_studies import HEAD

from cutis_campaign import Campaign, Interrupted
from cutis_runs import fnv1a, write_json
from study_file import StudyError
from study_fit_command import fit_and_tell


class Direct(Campaign):
    """
    A campaign that makes its runs here, without Snakemake or a program, and keeps the records of one. Collagen goes as
    1 + Share (1 - exp(-Rate t)), in the arm `twice` with twice the share; each run that is made is noted in `starts`.
    """

    starts = []

    def _run_all(self, pending, progress):
        for run in pending:
            Direct.starts.append(run.name)
            settings = dict(run.plan["settings"])
            rate, share = float(settings["A/Rate"].split()[0]), float(settings["A/Share"]) * float(settings.get("Times", 1))
            rows = [f"{t},{1 + share * (1 - np.exp(-rate * t))}" for t in range(11)]
            run.directory.mkdir(parents=True)
            (run.directory / "timeseries.csv").write_text("\n".join(["time [d],collagen [%]", *rows]) + "\n")
            inputs = [{"file": run.plan["parameters"], "fnv1a": fnv1a(pathlib.Path(run.plan["parameters"]))}]
            write_json(run.directory / "provenance.json", {"runs": [{"inputs": inputs, "exit": "done"}]})
            run.note(state="finished", results=run.results(), seconds=1, **{"exit code": 0})


STUDY = HEAD + (
    '[factors.arm]\nonce = {}\ntwice = { set = { "Times" = 2 } }\n'
    '[fit]\ndata = "data.csv"\nfirst = 2\nstarts = 1\n'
    '[fit.constant."A/Rate"]\nprior = "lognormal"\nmedian = 0.5\ngsd = 1.5\nunit = "1/d"\nsource = "x"\n'
    '[fit.constant."A/Share"]\nprior = "uniform"\nfrom = 0.2\nto = 0.6\nsource = "x"\n'
)
RATE, SHARE, SD = 0.6, 0.4, 0.004


class Engine(Described):
    def setUp(self):
        super().setUp()
        Direct.starts = []
        lines = ["time [h],observable,value,sd,arm"]
        for number, (hours, arm) in enumerate([(24, "once"), (72, "once"), (240, "once"), (24, "twice"), (240, "twice")]):
            exact = 1 + (1 + (arm == "twice")) * SHARE * (1 - np.exp(-RATE * hours / 24))
            lines.append(f"{hours},collagen [%],{exact + SD * (-1) ** number},{SD},{arm}")
        self.data = "\n".join(lines) + "\n"
        (self.folder / "data.csv").write_text(self.data)

    def fit(self, campaign=Direct):
        study = self.study(STUDY)
        with unittest.mock.patch("sys.stdout", io.StringIO()) as output:
            fit_and_tell(study, self.folder / "results", campaign(None, self.folder / "results", sys.executable))
        return output.getvalue()

    def test_an_interrupted_fit_goes_on_and_each_run_is_made_once(self):
        class Ending(Direct):
            rounds = 0

            def run(self, variants):
                Ending.rounds += 1
                if Ending.rounds == 4:
                    raise Interrupted("Interrupted; the same command goes on.")
                return super().run(variants)

        with self.assertRaises(Interrupted):
            self.fit(Ending)
        before = list(Direct.starts)
        said = self.fit()
        starts = list(Direct.starts)
        self.assertGreater(len(starts), len(before))
        self.assertEqual(len(starts), len(set(starts)))
        written = json.loads((self.folder / "results" / "fit" / "fit.json").read_text())
        self.assertEqual(len(starts), 2 * written["points"])  # both arms
        for row, true in zip(written["constants"], (RATE, SHARE)):
            self.assertLess(row["interval"][0], true)
            self.assertGreater(row["interval"][1], true)
            self.assertEqual(row["informed"], "yes")
        self.assertIn("5 measurements", said)
        with open(self.folder / "results" / "fit" / "residuals.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(row["line"], row["arm"], row["time [d]"]) for row in rows][:2], [("2", "once", "1"), ("3", "once", "3")])
        residuals = [float(row["residual over sd"]) for row in rows]
        self.assertAlmostEqual(sum(r**2 for r in residuals), written["misfit"], places=3)
        included = (self.folder / "results" / "fit" / "fitted.prm").read_text()
        self.assertRegex(included, r"subsection A\n  set Rate = 0\.[56]\d* 1/d  # 95 %")
        for name in ("fit.png", "constants.png", "posterior.csv"):
            self.assertTrue((self.folder / "results" / "fit" / name).is_file(), name)
        self.fit()
        self.assertEqual(Direct.starts, starts)  # and nothing again

    def test_what_only_a_run_can_tell_of_the_measurements_is_said_after_the_first(self):
        rows = ["264,collagen,1,1,once", "24,colagen,1,1,once", "24,collagen [mm],1,1,twice"]
        (self.folder / "data.csv").write_text(self.data + "\n".join(rows) + "\n")
        with self.assertRaises(StudyError) as caught:
            self.fit()
        problems = "\n".join(caught.exception.problems)
        self.assertRegex(problems, r"data.csv:7: time: 11 d is beyond the end of the runs, 10 d")
        self.assertRegex(problems, r"data.csv:8: observable: the runs have no column 'colagen'; did you mean 'collagen'")
        self.assertRegex(problems, r"data.csv:9: observable: collagen is in %, and not in mm")
        self.assertEqual(len(Direct.starts), 2)


if __name__ == "__main__":
    unittest.main(buffer=True)
