# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Reports of runs as one HTML file: what was asked, what came of it, what was checked, and what the model does not say."""


class ReportError(Exception):
    """The report cannot be made; `problems` are all the reasons, a sentence each."""

    def __init__(self, problems):
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))
