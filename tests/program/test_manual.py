# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The manual as scripts/manual makes it: no warning, no dead link in its HTML, nothing asked of the network, a search
that finds words, and every page in the table of contents.

Usage: test_manual.py CUTIS [unittest arguments]
"""

import html.parser
import importlib.util
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
CUTIS = ""


class Page(html.parser.HTMLParser):
    """What a page loads, where it links to, and what can be linked to in it."""

    def __init__(self, path):
        super().__init__()
        self.loads, self.links, self.anchors = [], [], {""}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.anchors.add(given.get("id") or "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag in ("script", "img", "iframe", "source") and given.get("src"):
            self.loads.append(given["src"])
        elif tag == "link" and given.get("rel") not in ("index", "search", "next", "prev", "canonical"):
            self.loads.append(given["href"])


class Manual(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="cutis-manual-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.output = folder / "manual"
        command = [str(ROOT / "scripts" / "manual"), "--man", "--output", str(cls.output), "--program", CUTIS]
        cls.result = subprocess.run(command, capture_output=True, text=True, check=False)
        cls.pages = {path: Page(path) for path in cls.output.rglob("*.html")} if cls.result.returncode == 0 else {}

    def setUp(self):
        self.assertEqual(self.result.returncode, 0, self.result.stdout + self.result.stderr)

    def test_sphinx_says_nothing(self):
        self.assertEqual(self.result.stderr, "")

    def test_every_link_leads_somewhere(self):
        wrong, checked = [], 0
        for path, page in self.pages.items():
            for link in page.links + page.loads:
                if not link.startswith(("http:", "https:", "mailto:")):
                    file, _, anchor = urllib.parse.unquote(link).partition("#")
                    there = (path.parent / file.partition("?")[0]).resolve() if file else path
                    checked += 1
                    if not there.is_file() or (there in self.pages and anchor not in self.pages[there].anchors):
                        wrong.append(f"{path.relative_to(self.output)}: {link}")
        self.assertEqual(wrong, [])
        self.assertGreater(checked, 500)

    def test_nothing_is_asked_of_the_network(self):
        loaded = [load for page in self.pages.values() for load in page.loads if "//" in load]
        self.assertEqual(loaded, [])
        model = (self.output / "docs" / "model.html").read_text(encoding="utf-8")
        self.assertIn("_static/mathjax/MathJax.js?config=TeX-AMS_SVG", model)
        self.assertTrue((self.output / "_static" / "mathjax" / "config" / "TeX-AMS_SVG.js").is_file())
        self.assertGreater(model.count('<span class="math'), 50)
        self.assertNotIn("$", model.partition("<article")[2].partition("</article>")[0], "a formula was left as text")

    def test_the_search_finds_words(self):
        index = (self.output / "searchindex.js").read_text(encoding="utf-8")
        for word in ("fibronectin", "checkpoint", "keratinocyt"):
            self.assertIn(word, index)

    def test_pages_that_nobody_listed_come_last(self):
        spec = importlib.util.spec_from_file_location("conf", ROOT / "docs" / "manual" / "conf.py")
        conf = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(conf)
        listed = "# T\n[x](no.md)\n## One\n- [a](model.md), [b](../CHANGELOG.md)\n- [c](https://example.org)\n"
        chapters = dict(conf.contents(listed))
        self.assertEqual(chapters["One"], ["docs/model", "CHANGELOG"])
        self.assertIn("docs/wounds", chapters["More"])
        self.assertNotIn("docs/model", chapters["More"])

    def test_the_manual_page_is_made(self):
        page = (self.output / "man" / "cutis.1").read_text(encoding="utf-8")
        self.assertIn('.TH "CUTIS" "1"', page)
        self.assertIn(".SH OPTIONS", page)

    def test_a_folder_that_is_no_manual_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "mine").touch()
            command = [str(ROOT / "scripts" / "manual"), "--output", folder, "--program", "/nowhere"]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn("holds no manual", result.stderr)
            self.assertTrue((pathlib.Path(folder) / "mine").is_file())


if __name__ == "__main__":
    CUTIS = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
