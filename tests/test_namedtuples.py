"""Classes of `healthlint.namedtuples` do what those of the standard library do."""

import pickle
import typing
from collections.abc import Callable

import pytest

from healthlint import namedtuples


def _made(base: typing.Any) -> typing.Any:
    class Word(base):  # type: ignore[misc]
        place: int
        word: str = "a"
        rest: tuple[int, ...] = ()

        @property
        def end(self) -> int:
            return self.place + len(self.word)

    Word.__qualname__ = Word.__name__ = "Ours" if base is namedtuples.NamedTuple else "Theirs"
    return Word


Ours, Theirs = _made(namedtuples.NamedTuple), _made(typing.NamedTuple)


USES: list[Callable[[typing.Any], object]] = [
    lambda made: tuple(made(1)),
    lambda made: tuple(made(1, "bc", (2,))),
    lambda made: tuple(made(rest=(2,), place=1)),
    lambda made: made(1, word="bc").end,
    lambda made: tuple(made(1)._replace(word="bc")),
    lambda made: made(1, "bc")._asdict(),
    lambda made: tuple(made._make([1, "bc", ()])),
    lambda made: (made._fields, made._field_defaults, made.__match_args__),
    lambda made: repr(made(1)).removeprefix(made.__name__),
    lambda made: tuple(pickle.loads(pickle.dumps(made(1, "bc")))),
    lambda made: (made(1) == made(1), made(1) < made(2), hash(made(1)) == hash((1, "a", ()))),
    lambda made: hasattr(made(1), "__dict__"),
]

MISUSES: list[Callable[[typing.Any], object]] = [
    lambda made: made(),
    lambda made: made(1, "a", (), 2),
    lambda made: made(1, place=2),
    lambda made: made(1, words="b"),
    lambda made: setattr(made(1), "place", 2),
    lambda made: setattr(made(1), "other", 2),
]


@pytest.mark.parametrize("use", USES)
def test_uses(use: Callable[[typing.Any], object]) -> None:
    assert use(Ours) == use(Theirs)


@pytest.mark.parametrize("misuse", MISUSES)
def test_misuses(misuse: Callable[[typing.Any], object]) -> None:
    with pytest.raises((TypeError, AttributeError)) as theirs:
        misuse(Theirs)
    with pytest.raises(theirs.type):
        misuse(Ours)
