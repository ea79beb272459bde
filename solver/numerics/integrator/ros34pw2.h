// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

/**
 * Coefficients of the W-method ROS34PW2 (Rang and Angermann, BIT 45 (2005)) in the form
 *
 *     U_i = g W^-1 [h F(t + alpha_i h, u + sum a_ij U_j) + sum c_ij U_j],   u+ = u + sum m_i U_i,   e = sum d_i U_i.
 *
 * The last stage has a_4j = m_j and m_4 = 1: the new value is its argument plus U_4.
 */
namespace cutis::ros34pw2
{
  inline constexpr double g = .43586652150845900;
  inline constexpr double alpha[4] = {0., .871733043016918, .7315799577888524, 1.};
  inline constexpr double a[4][3] = {{0., 0., 0.},
                                     {2., 0., 0.},
                                     {1.4192173174557647, -.25923221167296973, 0.},
                                     {4.1847604823191604, -.28519201735549599, 2.2942803602790418}};
  inline constexpr double c[4][3] = {{0., 0., 0.},
                                     {-4.5885607205580836, 0., 0.},
                                     {-4.1847604823191604, .28519201735549599, 0.},
                                     {-6.3681792001283597, -6.7956209444668367, 2.8700986043310555}};
  inline constexpr double d[4] = {.2777499476479681, -1.4032398951759988, 1.7726301276675502, .5};
} // namespace cutis::ros34pw2
