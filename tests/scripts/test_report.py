# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of scripts/report on small run folders: laws that every report keeps, and what it says of single cases."""

import json
import re
import unittest

import numpy as np

from report_runs import PARAMETERS, Page, Reports, command, test_scripts
from cutis_output import Run
from cutis_report import checks, columns, maps, outcomes, settings, words
from cutis_report.knowledge import Knowledge


class EveryReport(Reports):
    """Laws of all kinds of reports."""

    def setUp(self):
        super().setUp()
        a, b = self.make_run("a"), self.make_run("b", gain=0.1)
        killed = self.make_run("killed", days=(0, 28), finished=False)
        (self.folder / "study").mkdir()
        table = "run,PLLA/Dose,exit code,final.collagen_total\nx,50 mg,0,0.8\ny,100 mg,0,0.9\nz,200 mg,1,\n"
        (self.folder / "study" / "sweep.csv").write_text(table, encoding="utf-8")
        self.reports = {
            "run": self.report(a),
            "against": self.report(a, "--against", b),
            "unfinished": self.report(killed),
            "comparison": self.report(a, b),
            "study": self.report(self.folder / "study"),
        }

    def test_nothing_is_fetched_from_elsewhere(self):
        for name, html in self.reports.items():
            with self.subTest(name):
                page = Page(html)
                for _, attributes, _ in page.elements:
                    for key in ("src", "href", "srcset", "data", "action", "poster"):
                        self.assertRegex(attributes.get(key) or "#", r"^(#|data:image/(png|svg\+xml);base64,)")
                self.assertFalse(page.all("link") + page.all("iframe") + page.all("base"))
                self.assertNotRegex(html, r"url\(|@import|https?://|//[a-z]+\.[a-z]")

    def test_pages_are_well_formed_and_can_be_read_by_all(self):
        for name, html in self.reports.items():
            with self.subTest(name):
                page = Page(html)
                self.assertTrue(html.startswith("<!DOCTYPE html>"))
                self.assertEqual(page.all("html")[0][0]["lang"], "en")
                self.assertEqual(len(page.all("h1")), 1)
                levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
                self.assertTrue(all(later - level <= 1 for level, later in zip(levels, levels[1:])), levels)
                identities = [a["id"] for _, a, _ in page.elements if "id" in a]
                self.assertEqual(len(set(identities)), len(identities))
                for a, _ in page.all("a"):
                    self.assertIn(a["href"][1:], identities)
                self.assertTrue(page.all("img"))
                for a, _ in page.all("img"):
                    self.assertGreater(len(a["alt"]), 20)
                self.assertTrue(all("scope" in a for a, _ in page.all("th")))
                for table in re.finditer("<table", html):  # a wide table scrolls in its own box
                    self.assertRegex(html[: table.start()].rstrip()[-120:], r'<div class="box"[^>]*>$')

    def test_sources_say_the_same_bytes_twice(self):
        self.assertEqual(self.reports["run"], self.report(self.folder / "a"))

    def test_no_place_of_the_machine_is_told(self):
        for name, html in self.reports.items():
            with self.subTest(name):
                self.assertNotIn(str(self.folder), html)
                self.assertNotIn("/somewhere", html)


class OneRun(Reports):
    def test_numbers_are_those_of_the_summary(self):
        folder = self.make_run("a")
        summary = json.loads((folder / "summary.json").read_text())
        summary["final"]["collagen_total"] = 0.98765432  # not that of the last row: the summary counts
        (folder / "summary.json").write_text(json.dumps(summary))
        page = Page(self.report(folder))
        rows = [a["data-column"] for a, _ in page.all("tr") if "data-column" in a]
        shown = [c for c in rows if c in {entry["column"] for entry in columns.arrangement()["outcome"]}]
        self.assertEqual(shown[:3], ["collagen_total", "dermal_thickness", "plla_mass"])
        finals, peaks = page.all("data", class_="final"), page.all("data", class_="peak")
        for column, (a, text), (b, peak_text) in zip(shown, finals, peaks):
            scale = next(e.get("scale", 1) for e in columns.arrangement()["outcome"] if e["column"] == column)
            self.assertEqual(float(a["value"]), summary["final"][column])
            self.assertAlmostEqual(float(text) / scale, summary["final"][column], delta=6e-4 * summary["final"][column])
            self.assertEqual(float(b["value"]), summary["peak"][column]["value"])
            self.assertAlmostEqual(float(peak_text) / scale, summary["peak"][column]["value"], delta=6e-4 * abs(float(peak_text)))

    def test_every_column_is_drawn_or_listed_once(self):
        folder = self.make_run("a", noise=np.array([1, 1 + 1e-9, 1]), flat=np.array([7.0, 7.0, 7.0]))
        page = Page(self.report(folder))
        drawn = [c for a, _ in page.all("figure") for c in (a.get("data-columns") or "").split()]
        listed = re.findall(r'<tr data-column="(\w+)"', self.report(folder).split('id="constants"')[1])
        self.assertEqual(sorted(drawn + listed), sorted(Run(folder).timeseries.columns))
        self.assertEqual(set(listed), {"noise", "flat", "min_elastin", "mean_elastin", "mass_balance_defect"})

    def test_changes_are_against_the_start_and_against_untreated_skin_of_the_same_day(self):
        treated, none = self.make_run("a", gain=0.2), self.make_run("none", gain=-0.1)
        rows = {row.column: row for row in outcomes.table(Run(treated), Run(none))}
        self.assertAlmostEqual(rows["collagen_total"].untreated.value, 0.641234)
        self.assertEqual(rows["collagen_total"].difference, f"+30 (+46.8{words.THIN}%)")
        self.assertEqual(rows["collagen_total"].change, f"+20 (+27{words.THIN}%)")
        sentence = outcomes.in_short(Run(treated), Run(none))[0]
        self.assertIn("from 74.1 to 94.1 %", sentence)
        self.assertIn("the treatment makes +30 points", sentence)

    def test_a_companion_with_other_skin_is_no_silent_measure(self):
        other = PARAMETERS.replace("set Age = 55", "set Age = 70").replace("set Intervention = plla", "set Intervention = none")
        treated, none = self.make_run("a"), self.make_run("none", parameters=other)
        html = self.report(treated, "--against", none)
        self.assertIn("differs in more than what is done to the skin", html)
        self.assertRegex(html, r"Host/Age \(55 year / 70 year\)\.")

    def test_an_unfinished_run_is_reported_as_such(self):
        html = self.report(self.make_run("killed", days=(0, 14), finished=False))
        self.assertIn("It came to day 14 of 56, 25 %.", html)
        self.assertIn("has no summary.json", html)
        self.assertNotIn("in the end", html.split("<nav")[0])
        states = [text.split()[-1] for a, text in Page(html).all("span", class_="open")]
        self.assertEqual(len(states), 5)  # finite, negative, balance, steps, warnings
        folder = self.make_run("interrupted", days=(0, 14))
        text = (folder / "summary.json").read_text().replace('"done"', '"interrupted"')
        (folder / "summary.json").write_text(text)
        self.assertIn("was interrupted, and can be resumed. It came to day 14", self.report(folder))

    def test_failed_checks_and_warnings_of_the_log_are_told(self):
        folder = self.make_run("a")
        text = (folder / "summary.json").read_text().replace('"not_negative": true', '"not_negative": false')
        (folder / "summary.json").write_text(text)
        log = self.folder / "a.log"
        log.write_text("[09:00:00] info: fine\n[09:00:01] warning: The surface is closed.\n 5 %  day 1\r10 %  day 2\n")
        found = {check.name: check for check in checks.checks_of(Run(folder), command.pages.status_of(Run(folder)))}
        self.assertEqual(found["No field is negative"].state, checks.BAD)
        self.assertEqual((found["Warnings"].state, found["Warnings"].text), (checks.BAD, "The surface is closed."))
        self.assertEqual(found["Mass is balanced"].state, checks.GOOD)

    def test_missing_fields_are_named_and_the_rest_is_reported(self):
        folder = self.make_run("a")
        (folder / "fields" / "fields_1.h5").unlink()
        html = self.report(folder)
        self.assertIn("fields_1.h5, which does not exist", html)
        self.assertIn('id="outcome-table"', html)
        (folder / "solution.xdmf").unlink()
        self.assertIn("the run wrote no fields", self.report(folder))

    def test_maps_show_the_chosen_times_and_name_what_they_leave_out(self):
        html = self.report(self.make_run("a"))
        page = Page(html)
        self.assertEqual([a["data-field"] for a, _ in page.all("figure", class_="map")][:2], ["collagen_total", "collagen_new"])
        labels = [a["data-label"] for a, _ in page.all("div", class_="moment")]
        self.assertEqual(labels[:2], ["day 0", "day 56 (month 2)"])
        self.assertRegex(html, "because they do not change: .*elastin")
        self.assertEqual(maps.chosen_days(list(range(0, 101)), 4), [0, 17, 52, 100])

    def test_a_block_is_cut_where_the_biopsy_is(self):
        field = {"tgf_beta": lambda x: 1 + x[:, 1]}
        run = test_scripts.write_run(self.folder / "block", (4, 4, 2), (0, 0, -4), (4, 8, 0), [(0, field)])
        self.assertAlmostEqual(maps.plane_of(run, run.fields[0])["tgf_beta"].mean(), 1, places=6)
        run.parameters["Output/Site along length"] = "9"  # outside: the middle
        self.assertAlmostEqual(maps.plane_of(run, run.fields[0])["tgf_beta"].mean(), 5, places=6)

    def test_parameters_are_held_against_their_defaults(self):
        knowledge = Knowledge(self.program)
        rows, unknown = settings.differences(Run(self.make_run("a")), knowledge)
        found = {row["path"]: (row["value"], row["default"], row["mark"], row["source"]) for row in rows}
        self.assertEqual(found["PLLA/Dose"], ("150 mg mg", "100 mg", "setting", ""))  # the file of this test has the unit in the value
        self.assertEqual(found["Network/dermis/TGF-beta decay"], ("0.24 per d", "0.3 per d", "assumed", "a guess"))
        self.assertNotIn("Host/Age", found)
        self.assertIn("Mesh/Width", unknown)

    def test_what_people_write_is_text_and_no_markup(self):
        nasty = PARAMETERS + "\nset Title = <script>alert(1)</script> & more\n"
        html = self.report(self.make_run("a", parameters=nasty))
        self.assertNotIn("<script>alert", html)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more", html)


class SeveralRuns(Reports):
    def test_runs_side_by_side(self):
        more = PARAMETERS.replace("150 mg", "300 mg").replace("0 d, 28 d", "7 d")
        one, two = self.make_run("one"), self.make_run("two", gain=0.4, days=(0, 28, 84), parameters=more)
        html = self.report(one, two, "--names", "low,high")
        page = Page(html)
        finals = {(a["data-run"], a["data-column"]): float(a["value"]) for a, _ in page.all("data", class_="final")}
        for name, folder in (("low", one), ("high", two)):
            summary = json.loads((folder / "summary.json").read_text())
            self.assertEqual(finals[name, "collagen_total"], summary["final"]["collagen_total"])
        differences = html.split('id="differences"')[1].split("</section>")[0]
        for text in ("PLLA/Dose", "300 mg", "PLLA/Sessions"):
            self.assertIn(text, differences)
        self.assertNotIn("Mesh/Width", differences)
        self.assertIn("The runs end on different days. On day 56", html)
        curve = next(a["alt"] for a, _ in page.all("img") if a["alt"].startswith("Collagen of the dermis"))
        self.assertRegex(curve, "low: 74.12 on day 0, 94.12 on day 56.*high: 74.12 on day 0, 114.1 on day 84")

    def test_a_study_is_its_table_and_its_outcomes_against_each_factor(self):
        folder = self.folder / "study"
        folder.mkdir()
        head = "run,PLLA/Dose,Host/Smoker,exit code,exit,final.collagen_total\n"
        rows = [f"r{d}{s},{d} mg,{s},0,done,{0.5 + d / 1000 + 0.1 * k}\n" for d in (50, 100) for k, s in enumerate(("true", "false"))]
        (folder / "sweep.csv").write_text(head + "".join(rows) + "bad,200 mg,true,1,,\n", encoding="utf-8")
        html = self.report(folder)
        page = Page(html)
        values = [float(a["value"]) for a, _ in page.all("data") if a.get("data-column") == "collagen_total"]
        np.testing.assert_allclose(values, [0.55, 0.65, 0.6, 0.7])
        self.assertIn("1 failed and have no outcomes: bad", html)
        texts = [a["alt"] for a, _ in page.all("img")]
        self.assertEqual(len(texts), 2)
        self.assertIn("against PLLA/Dose (50 mg, 100 mg). Smoker true: 55, 60; Smoker false: 65, 70.", texts[0])


if __name__ == "__main__":
    unittest.main()
