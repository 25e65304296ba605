"""Keys of stages: equal for equal values only, and no large value told twice."""

from __future__ import annotations

from litgraph.runs.keys import Digests, stage_key


class Counted:
    """A value that counts how often it is asked for its words."""

    def __init__(self) -> None:
        self.asked = 0

    def __repr__(self) -> str:
        self.asked += 1
        return "counted"


def test_keys_differ_by_stage_and_by_value() -> None:
    keys = {stage_key("a", [1]), stage_key("b", [1]), stage_key("a", ["1"]), stage_key("a", [1, 1]), stage_key("a", [])}
    assert len(keys) == 5


def test_what_is_known_of_a_value_leaves_the_key_as_it_is() -> None:
    digests = Digests()
    values = [("Elizabeth", 1), ["Jane", 2], "Bingley"]
    assert {stage_key("a", values, digests), stage_key("a", values, digests)} == {stage_key("a", values)}


def test_a_tuple_is_told_once_and_a_list_that_may_have_changed_every_time() -> None:
    digests, one, other = Digests(), Counted(), Counted()
    fixed, open_ = (one,), [other]
    for stage in ("a", "b", "c"):
        stage_key(stage, [fixed, open_], digests)
    assert (one.asked, other.asked) == (1, 3)


def test_another_tuple_in_the_place_of_one_that_is_gone_has_its_own_digest() -> None:
    digests = Digests()
    assert len({digests.of((number,)) for number in range(100)}) == 100
