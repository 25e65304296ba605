"""The one table of rules for what an attribute's value becomes, the same for all files and databases.

| value | becomes |
|---|---|
| text (``str``, ``numpy.str_``) | text |
| whole numbers (``int``, ``numpy.int64`` …) | an integer |
| other numbers (``float``, ``numpy.float32``, ``Decimal``, ``Fraction`` …) | a float, if it is finite |
| ``True``, ``False`` (``numpy.bool_``), ``None`` | themselves |
| dates, times, durations (``datetime``, ``numpy.datetime64``, ``pandas.Timestamp`` …) | ISO 8601 text; for Neo4j such |
| paths | text |
| members of enumerations | their values |
| lists, tuples, arrays, series | lists |
| sets | sorted lists |
| dictionaries | dictionaries whose names are text |

Anything else, and a number that is not finite, has no form. Values of numpy and pandas are known by what they can do,
so that neither is imported here.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from numbers import Integral, Real
from typing import Any

Moment = date | time | timedelta
"""A point in time or a length of it; ``datetime`` is a ``date``."""

DEEPEST = 100
"""Lists and dictionaries that may stand in one another; JSON's writers and readers give up at about a thousand."""

_MOST_BITS = 13_000  # of an integer: Python writes out 4,300 digits at most, which are 14,285 bits


class NoForm(Exception):
    """A value has no form; says why in a few words."""


def is_plain(value: object, depth: int = 0) -> bool:
    """Is it one already: text, a number, true, false, None, a list or a dictionary of these?"""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return value.bit_length() <= _MOST_BITS  # type: ignore[attr-defined, no-any-return]
    if kind is float:
        return math.isfinite(value)  # type: ignore[arg-type]
    if depth > DEEPEST:
        return False
    if kind is list:
        items = value
    elif kind is dict and all(type(name) is str for name in value):  # type: ignore[attr-defined]
        items = value.values()  # type: ignore[attr-defined]
    else:
        return False
    return all(type(item) is str or is_plain(item, depth + 1) for item in items)  # type: ignore[attr-defined]


def plain(value: object, missing: list[str], *, temporal: bool, depth: int = 0) -> Any:
    """What a value becomes by the table above.

    Args:
        value: anything.
        missing: gets a reason for each item inside of it that has no form and is left out.
        temporal: whether dates, times and durations stay such; else they become ISO 8601 text.
        depth: how many lists and dictionaries it stands in.

    Raises:
        NoForm: the value itself has none.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value, missing, temporal=temporal, depth=depth + 1)
    if isinstance(value, str):
        return str.__str__(value)
    if _counts_time(value):
        return plain(_python_time(value), missing, temporal=temporal, depth=depth + 1)
    if isinstance(value, (Real, Decimal)):
        return _number(value)
    if isinstance(value, Moment):
        moment = _moment(value)
        return moment if temporal else iso_text(moment)
    if isinstance(value, os.PathLike):
        path = os.fspath(value)
        return os.fsdecode(path)
    if depth > DEEPEST:
        raise NoForm("too many lists or dictionaries in one another")
    if isinstance(value, Mapping):
        return _dictionary(value, missing, temporal, depth)
    if isinstance(value, Set):
        return sorted(_items(value, missing, temporal, depth), key=_order)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return _items(value, missing, temporal, depth)
    return plain(_listed(value), missing, temporal=temporal, depth=depth + 1)


def iso_text(moment: Moment) -> str:
    """A date, a time or a duration as ISO 8601 has it."""
    if isinstance(moment, timedelta):
        return duration_text(0, moment.days, moment.seconds, moment.microseconds * 1000)
    return moment.isoformat()


def duration_text(months: int, days: int, seconds: int, nanoseconds: int = 0) -> str:
    """A duration as ISO 8601 has it, in the units that Neo4j writes: ``P1DT3H``."""
    sign = -1 if seconds < 0 else 1
    minutes, rest = divmod(abs(seconds), 60)
    fraction = f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""
    clock = _amounts((sign * (minutes // 60), "H"), (sign * (minutes % 60), "M"))
    if rest or fraction:
        clock += f"{'-' if sign < 0 else ''}{rest}{fraction}S"
    calendar = _amounts((int(months / 12), "Y"), (int(math.fmod(months, 12)), "M"), (days, "D"))
    return f"P{calendar}{'T' + clock if clock else ''}" if calendar or clock else "PT0S"


def _amounts(*amounts: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in amounts if number)


def _number(value: Real | Decimal) -> int | float:
    if isinstance(value, Integral):
        whole = int(value)
        if whole.bit_length() > _MOST_BITS:
            raise NoForm("a number of more than four thousand digits")
        return whole
    try:
        number = float(value)
    except (ArithmeticError, ValueError):
        raise NoForm("a number beyond what a float holds") from None
    if not math.isfinite(number):
        raise NoForm(f"{number} is no finite number")
    return number


def _moment(value: Moment) -> Moment:
    """Of Python's own types, and with a fixed offset instead of a time zone."""
    if value != value:  # pandas.NaT
        raise NoForm("NaT is no time")
    if isinstance(value, timedelta):
        return timedelta(value.days, value.seconds, value.microseconds)
    if isinstance(value, datetime):
        clock = (value.hour, value.minute, value.second, value.microsecond)
        return datetime(value.year, value.month, value.day, *clock, tzinfo=_offset(value))
    if isinstance(value, time):
        offset = value.utcoffset()
        clock = (value.hour, value.minute, value.second, value.microsecond)
        return time(*clock, tzinfo=None if offset is None else _Offset(offset))
    return date(value.year, value.month, value.day)


class _Offset(tzinfo):
    """A fixed offset which also tells that of a time without a date, as Neo4j's driver asks; ``timezone`` does not."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset

    def utcoffset(self, moment: datetime | None) -> timedelta:
        return self._offset

    def dst(self, moment: datetime | None) -> None:
        return None

    def tzname(self, moment: datetime | None) -> None:
        return None


def _offset(value: datetime) -> timezone | None:
    offset = value.utcoffset()
    return None if offset is None else timezone(offset)


def _items(values: Sequence[object] | Set[object], missing: list[str], temporal: bool, depth: int) -> list[Any]:
    items = []
    for value in values:
        try:
            items.append(plain(value, missing, temporal=temporal, depth=depth + 1))
        except NoForm as reason:
            missing.append(str(reason))
    return items


def _dictionary(values: Mapping[Any, object], missing: list[str], temporal: bool, depth: int) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for name, value in values.items():
        if str(name) in items:
            missing.append(f'two names are written "{name}"')
            continue
        try:
            items[str(name)] = plain(value, missing, temporal=temporal, depth=depth + 1)
        except NoForm as reason:
            missing.append(str(reason))
    return items


def _order(item: Any) -> tuple[int, float, str]:
    """Numbers first, then all else by its text."""
    if isinstance(item, (bool, int, float)):
        return 0, item, ""
    return 1, 0, item if isinstance(item, str) else json.dumps(item, default=iso_text)


def _counts_time(value: object) -> bool:
    """Is it a time or a duration of numpy's, or an array of them? To Python, numpy's durations are whole numbers."""
    return type(value).__module__ == "numpy" and getattr(getattr(value, "dtype", None), "kind", "") in ("m", "M")


def _python_time(value: Any) -> object:
    """What numpy holds in years, days or nanoseconds as Python has it; a date where it counts no hours."""
    kind = value.dtype.kind
    is_date = kind == "M" and str(value.dtype).endswith(("[Y]", "[M]", "[W]", "[D]"))
    made = value.astype(f"{kind}8[{'D' if is_date else 'us'}]").tolist()
    if made is None or isinstance(made, int):  # an integer for years that Python does not know
        raise NoForm(f"{value} is no time from the years 1 to 9999")
    return made


def _listed(value: object) -> object:
    """What numpy and pandas (and others who follow them) hold, in Python's own types."""
    tolist = getattr(type(value), "tolist", None)
    listed = value if tolist is None or isinstance(value, memoryview) else tolist(value)
    if type(listed) is type(value):
        raise NoForm(f"a value of the type {type(value).__name__} has no form")
    return listed
