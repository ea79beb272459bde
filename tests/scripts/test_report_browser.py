# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Reports in a real browser, headless Chromium, if there is one (Debian package chromium, which no other part of Cutis needs).

A copy of the report gets a script at its end that measures the page and moves the slider; what it finds is read from the
document that the browser prints.
"""

import json
import os
import re
import shutil
import subprocess
import unittest
from html import escape

from report_runs import Reports

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WATCH = """<script>
window.troubles = [];
window.addEventListener("error", function (e) { window.troubles.push(String(e.message || e.target.tagName)); }, true);
["error", "warn"].forEach(function (kind) { console[kind] = function (text) { window.troubles.push(String(text)); }; });
</script>"""
MEASURE = """<script>
window.addEventListener("load", function () {
  function seen(image) { return image.getClientRects().length > 0; }
  var all = Array.from(document.images), maps = Array.from(document.querySelectorAll(".moments img"));
  var root = document.documentElement, slider = document.getElementById("moment");
  var found = { troubles: window.troubles, inner: window.innerWidth, page: root.scrollWidth, images: all.length, maps: maps.length };
  found.broken = all.filter(function (image) { return !image.complete || image.naturalWidth === 0; }).length;
  found.outside = Array.from(document.querySelectorAll("body *")).filter(function (e) {
    return !e.closest(".box") && e.getBoundingClientRect().right > window.innerWidth + 1; }).length;
  found.shown = [];
  [0, slider.max].forEach(function (value) {
    slider.value = value;
    slider.dispatchEvent(new Event("input"));
    found.shown.push(maps.map(function (image, k) { return seen(image) ? k : -1; }).filter(function (k) { return k >= 0; }));
    found["label" + value] = document.getElementById("moment-day").textContent;
  });
  window.parent.document.body.setAttribute("data-found", JSON.stringify(found));
});
</script>"""


@unittest.skipIf(BROWSER is None, "There is no browser to look at reports with; the Debian package chromium is one.")
class InBrowser(Reports):
    def setUp(self):
        super().setUp()
        self.html = self.report(self.make_run("a"))

    def browse(self, html, width):
        """The document as the browser has it after loading: the page in a frame, because no window is as narrow as a phone."""
        html = f'<!DOCTYPE html><body><iframe width="{width}" height="800" style="border:0" srcdoc="{escape(html)}"></iframe></body>'
        file = self.folder / "page.html"
        file.write_text(html, encoding="utf-8")
        words = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder / 'profile'}"]
        words += ["--window-size=1500,900", "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", file.as_uri()]
        result = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300, env={**os.environ, "LC_ALL": "C.UTF-8"})
        return result.stdout

    def measured(self, width, html=None):
        html = (html or self.html).replace("<style>", WATCH + "<style>", 1).replace("</body>", MEASURE + "</body>")
        text = re.search(r'data-found="([^"]*)"', self.browse(html, width)).group(1)
        return json.loads(text.replace("&quot;", '"').replace("&amp;", "&"))

    def test_a_screen_and_a_phone(self):
        for width in (1400, 390):
            with self.subTest(width=width):
                found = self.measured(width)
                self.assertEqual(found["inner"], width)
                self.assertEqual(found["troubles"], [])
                self.assertEqual(found["broken"], 0, "pictures that the browser cannot show")
                self.assertGreater(found["images"], 6)
                self.assertLessEqual(found["page"], width, "the page scrolls sideways")
                self.assertEqual(found["outside"], 0, "something sticks out of the page and out of a box that scrolls")
                first, last = found["shown"]
                self.assertEqual(len(first), found["maps"] // 2)  # two times, one of which is shown
                self.assertEqual([k + 1 for k in first], last)
                self.assertEqual((found["label0"], found["label1"]), ("day 0", "day 56 (month 2)"))

    def test_without_javascript_all_times_are_there_to_read(self):
        bare = re.sub(r"<script>.*?</script>", "", self.html, flags=re.S)
        found = self.browse(bare.replace("</body>", "<script>window.parent.document.body.dataset.shown = Array.from("
            "document.querySelectorAll('.moments img')).filter(i => i.getClientRects().length).length</script></body>"), 1400)
        self.assertEqual(int(re.search(r'data-shown="(\d+)"', found).group(1)), self.html.count('class="moment"'))
        self.assertGreater(self.html.count('class="moment"'), 3)


if __name__ == "__main__":
    unittest.main()
