from __future__ import annotations

import math
import subprocess
import sys
from collections import OrderedDict, deque
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any

import networkx
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.attributes import plain_graph
from litgraph.attributes.values import NoForm, duration_text, is_plain, plain
from litgraph.errors import ExportError, LitgraphWarning


class Rank(Enum):
    BARONET = "baronet"


PARIS = timezone(timedelta(hours=1))
TABLE: list[tuple[object, Any]] = [
    (numpy.int64(3), 3),
    (numpy.uint8(255), 255),
    (numpy.float32(0.5), 0.5),
    (numpy.float64(0.25), 0.25),
    (numpy.bool_(True), True),
    (numpy.str_("Emma"), "Emma"),
    (numpy.array([1, 2]), [1, 2]),
    (numpy.array([[0.5], [1.5]]), [[0.5], [1.5]]),
    (numpy.array(7), 7),
    (numpy.datetime64("1813-01-28"), "1813-01-28"),
    (numpy.datetime64("1813"), "1813-01-01"),
    (numpy.datetime64("1813-01-28T10:05", "ns"), "1813-01-28T10:05:00"),
    (numpy.timedelta64(90, "m"), "PT1H30M"),
    (numpy.array(["1813-01-28"], dtype="M8[D]"), ["1813-01-28"]),
    (date(1813, 1, 28), "1813-01-28"),
    (datetime(1813, 1, 28, 10, 5), "1813-01-28T10:05:00"),
    (datetime(1813, 1, 28, 10, 5, tzinfo=PARIS), "1813-01-28T10:05:00+01:00"),
    (time(10, 5), "10:05:00"),
    (timedelta(days=1, hours=3), "P1DT3H"),
    ({3, 1, 2}, [1, 2, 3]),
    (frozenset({"b", "a"}), ["a", "b"]),
    ({"b": 1}.keys(), ["b"]),
    ({"b", 2, 10, None}, [2, 10, "b", None]),
    (PurePosixPath("books/emma.txt"), "books/emma.txt"),
    (("Emma", 1), ["Emma", 1]),
    (deque([1]), [1]),
    (range(2), [0, 1]),
    (OrderedDict(one=numpy.int8(1)), {"one": 1}),
    ({1: {2: "b"}}, {"1": {"2": "b"}}),
    (Decimal("1.5"), 1.5),
    (Fraction(1, 4), 0.25),
    (Rank.BARONET, "baronet"),
    (10**30, 10**30),
    (None, None),
]


@pytest.mark.parametrize(
    ("value", "becomes"), TABLE, ids=[f"{at} {type(row[0]).__name__}" for at, row in enumerate(TABLE)]
)
def test_the_table(value: object, becomes: Any) -> None:
    missing: list[str] = []
    made = plain(value, missing, temporal=False)
    assert (made, type(made), missing) == (becomes, type(becomes), [])
    assert is_plain(made)


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        -math.inf,
        numpy.float32("nan"),
        Decimal("sNaN"),
        Decimal("1e999"),
        Fraction(10**400, 3),
        10**5000,
        1j,
        numpy.complex64(1),
        b"Emma",
        memoryview(b"Emma"),
        object(),
        len,
        iter([1]),
        numpy.datetime64("NaT"),
        numpy.timedelta64("NaT"),
        numpy.datetime64("20000-01-01"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_form(value: object) -> None:
    with pytest.raises(NoForm):
        plain(value, [], temporal=False)
    missing: list[str] = []
    assert plain({"a": [1, value], "b": value}, missing, temporal=False) == {"a": [1]}
    assert len(missing) == 2


def test_a_list_in_itself_ends() -> None:
    endless: list[Any] = [1]
    endless.append(endless)
    missing: list[str] = []
    made = plain(endless, missing, temporal=False)
    assert missing and made[0] == 1
    assert not is_plain(endless)


def test_times_stay_times_where_they_may() -> None:
    moments = [date(1813, 1, 28), datetime(1813, 1, 28, 10), time(10, 5), timedelta(days=1)]
    assert [plain(moment, [], temporal=True) for moment in moments] == moments
    assert plain(numpy.datetime64("1813-01-28"), [], temporal=True) == date(1813, 1, 28)
    assert plain(numpy.datetime64("1813-01-28", "ns"), [], temporal=True) == datetime(1813, 1, 28)


def test_values_of_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"age": [21], "share": [0.5], "rich": [True], "born": [pandas.Timestamp("1775-12-16")]})
    made = {name: plain(table[name].iloc[0], [], temporal=True) for name in table}
    assert made == {"age": 21, "share": 0.5, "rich": True, "born": datetime(1775, 12, 16)}
    assert [type(value) for value in made.values()] == [int, float, bool, datetime]
    assert plain(pandas.Timestamp("1913-01-28 10:00", tz="UTC"), [], temporal=False) == "1913-01-28T10:00:00+00:00"
    assert plain(pandas.Timedelta("1 day 3h"), [], temporal=False) == "P1DT3H"
    assert plain(table["age"], [], temporal=False) == [21]
    for missing in (pandas.NA, pandas.NaT, table):
        with pytest.raises(NoForm):
            plain(missing, [], temporal=False)


@pytest.mark.parametrize(
    ("amounts", "text"),
    [
        ((0, 0, 0), "PT0S"),
        ((14, 1, 0), "P1Y2M1D"),
        ((0, 0, 5401), "PT1H30M1S"),
        ((0, 0, 1, 500_000_000), "PT1.5S"),
        ((0, -1, 5), "P-1DT5S"),
        ((0, 0, -86395), "PT-23H-59M-55S"),
    ],
)
def test_durations_in_words_of_iso_8601(amounts: tuple[int, ...], text: str) -> None:
    assert duration_text(*amounts) == text


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=8,
)


@given(anything, st.dictionaries(st.text(), anything, max_size=3))
@settings(deadline=None, max_examples=60)
def test_a_graph_of_anything_becomes_plain_and_stays_so(value: object, attributes: dict[str, Any]) -> None:
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from([("a", attributes)])
    graph.add_edges_from([("a", "a", 0, {"value": value})])
    told: list[str] = []
    made = plain_graph(graph, told.append)
    again: list[str] = []
    assert plain_graph(made, again.append) is made and not again
    assert (made is graph) <= (not told)
    left_out = any(line.startswith('The attribute "value" of the edge') for line in told)
    assert ("value" in made.edges["a", "a", 0]) is not left_out


@pytest.mark.parametrize("kind", [networkx.Graph, networkx.DiGraph, networkx.MultiGraph, networkx.MultiDiGraph])
def test_a_graph_of_any_kind_keeps_its_kind_and_order(kind: type[networkx.Graph]) -> None:
    graph = kind(made=date(2024, 1, 1))
    graph.add_edge("c", "a", weight=numpy.int64(2))
    graph.add_edge("b", "a", weight=1)
    made = plain_graph(graph)
    assert type(made) is kind and made.graph == {"made": "2024-01-01"}
    assert list(made.edges(data=True)) == list(graph.edges(data=True))
    assert all(type(weight) is int for *_, weight in made.edges(data="weight"))
    assert type(graph.edges[next(iter(graph.edges))]["weight"]) is numpy.int64  # the graph itself stays as it was


def test_ids_are_numbers_or_text() -> None:
    graph = networkx.MultiDiGraph()
    graph.add_edge(numpy.int64(1), ("Emma", 2), Path("knows"))
    graph.add_node(math.nan)
    made = plain_graph(graph)
    assert list(made.edges(keys=True)) == [(1, "('Emma', 2)", "knows")]
    assert list(made) == [1, "('Emma', 2)", "nan"]
    graph.add_node("nan")
    with pytest.raises(ExportError, match="same id"):
        plain_graph(graph)


def test_a_notice_names_the_attribute_and_who_bears_it() -> None:
    graph = networkx.MultiDiGraph(maker=object())
    graph.add_node("emma", height=math.nan, scores=[1, math.nan])
    graph.add_nodes_from(range(2000), height=math.nan)
    graph.add_edge("emma", 1, "aunt_of", relation="aunt_of", since=b"1815")
    told: list[str] = []
    plain_graph(graph, told.append)
    assert told == [
        'The attribute "maker" of the graph is left out: a value of the type object has no form.',
        'The attribute "height" of the nodes emma, 0, 1, 2, 3 and 1,996 more is left out: nan is no finite number.',
        'A part of the attribute "scores" of the node emma is left out: nan is no finite number.',
        'The attribute "since" of the edge emma → 1 (aunt_of) is left out: a value of the type bytes has no form.',
    ]
    with pytest.warns(LitgraphWarning, match="is left out") as caught:
        plain_graph(graph)
    assert {warning.filename for warning in caught} == {__file__}


def test_numpy_and_pandas_are_not_imported_for_it() -> None:
    code = """
import sys
from datetime import date
from litgraph.attributes.values import plain
plain({"a": {1, 2}, "b": [date(1813, 1, 28), 1.5]}, [], temporal=False)
print([name for name in ("numpy", "pandas") if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
