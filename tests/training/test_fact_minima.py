"""From what confidence on facts are edges: as many right as shall be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.facts.belief import usual_minimum
from litgraph.training.facts import SURE_ENOUGH, least_for

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=20, max_size=60)


@given(JUDGED, st.floats(0.1, 0.9))
def test_from_the_least_confidence_on_as_many_are_right_and_from_no_lower_one(
    judged: list[tuple[float, bool]], share: float
) -> None:
    least = least_for(judged, share)

    def enough(from_: float) -> bool:
        above = [right for confidence, right in judged if confidence >= from_]
        return len(above) >= 20 and sum(above) >= share * len(above)

    steps = [step / 100 for step in range(100)]
    reached = [step for step in steps if enough(step) and all(_many(judged, lower) for lower in steps if lower <= step)]
    assert least == (reached[0] if reached else None)


def _many(judged: list[tuple[float, bool]], from_: float) -> bool:
    return sum(confidence >= from_ for confidence, _ in judged) >= 20


def test_of_a_few_edges_nothing_is_read_off() -> None:
    assert least_for([(0.9, True)] * 19, 0.8) is None
    assert least_for([(0.9, True)] * 20 + [(0.3, False)] * 20, 0.8) == 0.31


@pytest.mark.parametrize("family", sorted(SURE_ENOUGH))
def test_what_comes_along_has_a_least_confidence_for_each_family(family: str) -> None:
    assert 0.2 < usual_minimum(family) < 0.9  # type: ignore[arg-type]
