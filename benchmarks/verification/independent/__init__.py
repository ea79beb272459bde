# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What the independent programs share. They are written from the formulas in docs/ and call nothing of Cutis."""
