# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
