"""`typing.NamedTuple` for the start of a command: a class is made in a tenth of the time.

The standard library writes and compiles a constructor for each class, and compiles each annotation. With a hundred
classes that was a tenth of a start. Here all share one constructor; the classes are used, typed and pickled alike.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Maker(type):
        def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            made = super().__new__(mcs, name, bases, {**space, "__slots__": ()})
            fields = tuple(made.__annotations__)
            made._fields = made.__match_args__ = fields
            made._field_defaults = {field: space[field] for field in fields if field in space}
            for place, field in enumerate(fields):
                setattr(made, field, _tuplegetter(place, f"Field {place}."))
            return made

    class NamedTuple(tuple, metaclass=_Maker):
        """A tuple whose places have names, with what `collections.namedtuple` gives."""

        def __new__(cls, *values: Any, **named: Any) -> NamedTuple:
            """One with these values, by place or by name; `TypeError` where they do not fit the fields."""
            if named or len(values) != len(cls._fields):
                values = cls._bound(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _bound(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
            rest = cls._fields[len(values) :]
            given = {**cls._field_defaults, **named}
            missing = [field for field in rest if field not in given]
            extra = [name for name in named if name not in rest]
            if missing or extra or len(values) > len(cls._fields):
                problem = f"missing {missing}" if missing else f"cannot take {extra or values[len(cls._fields) :]}"
                raise TypeError(f"{cls.__name__}(): {problem}")
            return (*values, *[given[field] for field in rest])

        @classmethod
        def _make(cls, values: Any) -> NamedTuple:
            return cls(*values)

        def _replace(self, **named: Any) -> NamedTuple:
            return type(self)(**{**self._asdict(), **named})

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"
