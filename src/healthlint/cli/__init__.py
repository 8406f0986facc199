"""The command line. Exit status: 0 clean, 1 findings at or above --fail-on, 2 the run itself went wrong."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence

from healthlint.catalogue import UnknownRule
from healthlint.cli.arguments import UsageError
from healthlint.strict import Mistake

_SAME = ("claims", "explain", "rules", "baseline", "comment", "due", "schema", "init")
COMMANDS = {name: name for name in _SAME} | {"config": "settings", "test": "packtest"}
"""The words that are commands if they stand first, each with the module here whose `main` it runs."""
_RESERVED = ("audit", "desk", "lsp")
_INTERRUPTED, _BROKEN_PIPE = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  closed by who started us
    sys.stderr = sys.stderr or sys.stdout
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = _run(words)
        sys.stdout.flush()
    except (UsageError, UnknownRule, Mistake) as error:
        return _complain(str(error))
    except SystemExit as done:  # argparse, after --help and --version
        return int(done.code or 0)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return _BROKEN_PIPE
    except OSError as error:
        _forget_output()
        return _complain(f"the findings cannot be written: {error.strerror or error}")
    except Exception as error:
        if os.environ.get("HEALTHLINT_DEBUG"):
            import traceback

            traceback.print_exc()
        return _complain(f"internal error: {type(error).__name__}: {error}; please report it")
    return status


def _run(words: list[str]) -> int:
    command = words[0] if words else ""
    if command in COMMANDS:
        words, module = words[1:], COMMANDS[command]
    elif command in _RESERVED:
        raise UsageError(f"the command '{command}' is not built yet; a file or folder of this name is './{command}'")
    else:
        module = "lint"
    status: int = importlib.import_module(f"healthlint.cli.{module}").main(words)
    return status


def _complain(sentence: str) -> int:
    print(f"healthlint: {sentence}", file=sys.stderr)
    return 2


def _forget_output() -> None:
    """Nobody reads standard output any more; keep the interpreter from complaining about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
