# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Fit of the constants that the arms share to rows of role C: priors, runs, surrogate, posterior, report."""
