// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/heat/contact_heat.h"

#include <gtest/gtest.h>

using namespace cutis;

namespace
{
  constexpr double basal_layer = .08; // mm

  double dead(const double temperature, const double seconds, const double depth = basal_layer)
  {
    return damaged_fraction(ContactHeat{temperature, seconds}.damage(skin_burn, depth));
  }
} // namespace

TEST(ContactHeat, SpreadsAsInAHalfSpaceAndCoolsDown)
{
  const ContactHeat contact{74., 10.};
  EXPECT_EQ(contact.temperature_at(0., 5.), 74.) << "the surface has the temperature of what touches it";
  EXPECT_EQ(contact.temperature_at(1., 0.), 34.);
  // erfc(.5) where z = sqrt(a t)
  const double z = std::sqrt(ContactHeat::diffusivity() * 4.);
  EXPECT_NEAR(contact.temperature_at(z, 4.), 34. + 40. * .4795001222, 1e-8);
  EXPECT_EQ(contact.temperature_at(0., 10.5), 34.) << "cooled as soon as it is over";
  EXPECT_GT(contact.temperature_at(2., 15.), contact.temperature_at(2., 10.)) << "heat still comes from above";
  EXPECT_LT(contact.temperature_at(2., 1e4), 34.1);
}

TEST(ContactHeat, BurnsWhenSkinWasSeenToBurn)
{
  // Henriques and Moritz, Am. J. Pathol. 23 (1947): the whole epidermis dies at 60 degrees after 5 s, at 55 after about
  // half a minute, at 70 within a second, and at 50 after about five minutes.
  EXPECT_GT(dead(60., 5.), .5);
  EXPECT_LT(dead(60., .5), .1);
  EXPECT_GT(dead(70., 1.), .5);
  EXPECT_GT(dead(55., 60.), .5);
  EXPECT_LT(dead(55., 5.), .2);
  EXPECT_LT(dead(50., 60.), .1);
  EXPECT_GT(dead(50., 1200.), .5);
  EXPECT_LT(dead(44., 3600.), .1);
}

TEST(ContactHeat, ReachesDeeperThanItDenatures)
{
  const ContactHeat contact{75., 10.};
  const double cells = contact.depth_of_half(skin_burn), collagen = contact.depth_of_half(collagen_denaturation);
  EXPECT_NEAR(contact.damage(skin_burn, cells), half_damage, 1e-6);
  EXPECT_GT(cells, collagen);
  EXPECT_GT(collagen, 0.);
  EXPECT_EQ((ContactHeat{45., 1.}.depth_of_half(skin_burn)), 0.) << "nothing is burnt";
  EXPECT_LT((ContactHeat{75., 1.}.depth_of_half(skin_burn)), cells);
}

TEST(ContactHeat, FinerStepsChangeNothing)
{
  // The same by steps of a thousandth of the contact, and a hundred times that long after it.
  const ContactHeat contact{75., 10.};
  double omega = 0., before = contact.temperature_at(.5, 0.);
  for (int i = 1; i <= 100000; ++i)
  {
    const double after = contact.temperature_at(.5, i * 1e-3);
    omega = skin_burn.advance(omega, before, after, 1e-3);
    before = after;
  }
  EXPECT_NEAR(contact.damage(skin_burn, .5), omega, 1e-3 * omega);
}
