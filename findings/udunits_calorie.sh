#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# UDUNITS 2.2.28 (udunits-bin 2.2.28-5 of Debian 12).
#
# `cal` is the calorie of the International Steam Table, 4.1868 J, and so is `kcal`. The activation energies of protein
# denaturation and of thermal damage are printed in kcal/mol with the thermochemical calorie of 4.184 J, which UDUNITS
# knows only under the name `thermochemical_calorie`. Expected: the calorie of chemistry, at least per mole, as the
# tables of chemistry mean it. The difference of .067 % stands in an exponent: with 150 kcal/mol at 60 degrees Celsius
# the rate of damage comes out 14 % too small.
#
# Output seen:
#   1 kcal/mol = 4186.8 J/mol
#   1 thermochemical_calorie = 4.184 J
#   ratio of the Arrhenius rates at 150 kcal/mol and 333.15 K: 0.859
#
# Exit code 0: as described; 1: the behaviour has changed.
set -euo pipefail
if ! dpkg-query -W -f '${Version}' udunits-bin 2>/dev/null | grep -qx '2.2.28-5'; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends udunits-bin=2.2.28-5
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
{
  udunits2 -H kcal/mol -W J/mol | grep '^ *1 ' | sed 's/^ *//'
  udunits2 -H thermochemical_calorie -W J | grep '^ *1 ' | sed 's/^ *//'
  awk 'BEGIN {printf "ratio of the Arrhenius rates at 150 kcal/mol and 333.15 K: %.3f\n",
              exp(-150 * (4186.8 - 4184) / (8.314462618 * 333.15))}'
} >seen
cat >expected <<'END'
1 kcal/mol = 4186.8 J/mol
1 thermochemical_calorie = 4.184 J
ratio of the Arrhenius rates at 150 kcal/mol and 333.15 K: 0.859
END
cat seen
diff expected seen
