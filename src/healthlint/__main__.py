"""`python -m healthlint`, and the installed command."""

import gc
import os
import sys

_SELDOM = 200_000
"""Between two searches for garbage in cycles. Rules, tables and findings have none; documents are few at a time."""


def run() -> None:
    """Run the command line to the end of the process, which does not wait until every object is freed."""
    gc.set_threshold(_SELDOM)
    from healthlint.cli import main

    status = main()
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
