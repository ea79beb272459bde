# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The validation table: measurements, what is simulated for each, and how far the two are apart."""
