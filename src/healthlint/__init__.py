"""healthlint: a linter for health articles."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from healthlint.analysis.claims import ClaimStrength, claim_strength
    from healthlint.config import Config
    from healthlint.engine import Finding, lint, lint_text

__version__ = "0.1.0"
__all__ = ["ClaimStrength", "Config", "Finding", "__version__", "claim_strength", "lint", "lint_text"]

_HOMES = {"ClaimStrength": "analysis.claims", "claim_strength": "analysis.claims", "Config": "config"} | dict.fromkeys(
    ("Finding", "lint", "lint_text"), "engine"
)


def __getattr__(name: str) -> Any:
    """What is public, imported when it is first asked for: the command line needs a part of it only."""
    if name not in _HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
