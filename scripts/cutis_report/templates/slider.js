/* SPDX-License-Identifier: Apache-2.0. Copyright (C) 2026 the Cutis authors. */
// One slider for all maps: it shows the moment with its number and hides the others. Without it all moments are shown.
(function () {
  var slider = document.getElementById("moment");
  if (!slider) return;
  var output = document.getElementById("moment-day");
  var maps = document.querySelectorAll(".moments");
  function show() {
    var number = Number(slider.value);
    maps.forEach(function (map) {
      Array.prototype.forEach.call(map.children, function (moment, k) { moment.classList.toggle("shown", k === number); });
    });
    var label = maps[0].children[number].dataset.label;
    output.textContent = label;
    slider.setAttribute("aria-valuetext", label);
  }
  document.documentElement.classList.add("js");
  slider.addEventListener("input", show);
  show();
})();
