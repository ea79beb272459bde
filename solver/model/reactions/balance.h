// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

namespace cutis
{
  using DenseMatrix = std::vector<std::vector<double>>;

  /**
   * Factors f of the reactions such that the balanced fields rest: sum_r S_sr f_r rate_r = 0 for every field s that
   * is balanced by a reaction, f = 1 for all other reactions. A balanced field on which nothing acts keeps f = 1, and
   * one that is absent and only disappears gets f = 0.
   *
   * @param stoichiometry  fields x reactions
   * @param rates          of the reactions in the state that is to rest [field unit / d]
   * @param balanced       field balanced by each reaction, or -1
   * BadInput if a factor is negative or undefined: the constants then contradict a healthy skin.
   */
  std::vector<double> balancing_factors(const DenseMatrix &stoichiometry,
                                        const std::vector<double> &rates,
                                        const std::vector<int> &balanced,
                                        const std::vector<std::string> &keys);

  /** Basis of the weights w with sum_s w_s S_sr = 0 for all reactions, each scaled so that its largest entry is 1. */
  std::vector<std::vector<double>> left_null_space(const DenseMatrix &stoichiometry);
} // namespace cutis
