# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""How the tools of this folder begin and end: in a sentence, never in a traceback of something that is to be expected."""

import os
import sys

READER_HAS_LEFT = 128 + 13  # what a shell says of a program that SIGPIPE ended


def run(main, *expected):
    """Run `main`, whose result is the exit code. `expected` errors become a sentence and 1; where the reader of the
    output has left, as `head` does, there is nobody to talk to any more."""
    try:
        code = outcome_of(main, expected)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more when it ends, which must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = READER_HAS_LEFT
    sys.exit(code)


def outcome_of(main, expected):
    try:
        return main()
    except expected as error:
        return f"Error: {error}"
    except SystemExit as end:  # of a command line, whose help is not written before the flush
        return end.code
