"""Beliefs travel along the reader's links, forwards and back, and stay probabilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.cast.meant.beliefs import Belief, from_later, onwards
from litgraph.types import Mention, Shares


def chain(*antecedents: Shares, text: str = "the girl") -> list[Mention]:
    """Mentions "m0", "m1" … with their antecedents."""
    return [
        Mention(f"m{index}", index * 10, index * 10 + 3, text, "PER", "noun", index, 1, antecedents=shares)
        for index, shares in enumerate(antecedents)
    ]


def beliefs(
    mentions: Sequence[Mention], known: Mapping[str, Belief], fits: Callable[[Mention, str], bool]
) -> dict[str, Belief]:
    return onwards(mentions, known, from_later(mentions, known), fits)


def anyone(mention: Mention, entity: str) -> bool:
    return True


def test_a_mention_means_whom_its_antecedents_mean_as_far_as_they_do() -> None:
    mentions = chain((), (), (("m1", 0.6), ("m0", 0.3)), (("m2", 1.0),))
    found = beliefs(mentions, {"m0": {"emma": 1.0}, "m1": {"jane": 1.0}}, anyone)
    assert found["m2"] == pytest.approx({"jane": 0.6, "emma": 0.3})
    assert found["m3"] == pytest.approx({"jane": 0.6, "emma": 0.3})


def test_he_and_she_are_never_new() -> None:
    mentions = chain((), (), (("m1", 0.4), ("m0", 0.2)), text="she")
    found = beliefs(mentions, {"m0": {"emma": 1.0}, "m1": {"jane": 1.0}}, anyone)
    assert found["m2"] == pytest.approx({"jane": 2 / 3, "emma": 1 / 3})


def test_links_of_what_is_known_do_not_count() -> None:
    mentions = chain((), (("m0", 1.0),))
    assert beliefs(mentions, {"m0": {"emma": 1.0}, "m1": {"jane": 1.0}}, anyone)["m1"] == {"jane": 1.0}
    assert beliefs(mentions, {"m0": {"emma": 1.0}, "m1": {}}, anyone)["m1"] == {}


def test_a_name_that_comes_later_tells_who_was_meant() -> None:
    # A gentleman came; he bowed. Mr. Bingley smiled.
    mentions = chain((), (("m0", 0.9),), (("m1", 0.5),))
    found = beliefs(mentions, {"m2": {"mr-bingley": 1.0}}, anyone)
    assert found["m0"]["mr-bingley"] > 0.3 and found["m1"]["mr-bingley"] > 0.4
    assert beliefs(mentions, {}, anyone) == {"m0": {}, "m1": {}, "m2": {}}


def test_whom_the_words_deny_gives_his_share_to_the_others() -> None:
    mentions = chain((), (), (("m1", 0.6), ("m0", 0.3)))
    known = {"m0": {"mr-bennet": 1.0}, "m1": {"mrs-bennet": 1.0}}
    found = beliefs(mentions, known, lambda mention, entity: entity == "mr-bennet")
    assert found["m2"] == pytest.approx({"mr-bennet": 0.9})
    assert beliefs(mentions, known, lambda mention, entity: False)["m2"] == {}


def test_of_many_the_likeliest_few_are_kept_and_have_all() -> None:
    many = {f"e{number}": 0.025 * number for number in range(1, 9)}
    found = beliefs(chain((), (("m0", 1.0),)), {"m0": many}, anyone)["m1"]
    assert sorted(found) == ["e3", "e4", "e5", "e6", "e7", "e8"]
    assert sum(found.values()) == pytest.approx(sum(many.values()))


def test_what_is_hardly_likely_is_nobody() -> None:
    assert beliefs(chain((), (("m0", 0.005),)), {"m0": {"emma": 1.0}}, anyone)["m1"] == {}


def test_shares_that_are_too_much_stay_probabilities() -> None:
    """As a person may have written them."""
    found = beliefs(chain((), (), (("m0", 0.9), ("m1", 0.9))), {"m0": {"emma": 1.0}, "m1": {"jane": 1.0}}, anyone)
    assert sum(found["m2"].values()) == pytest.approx(1)


PEOPLE = ["emma", "jane", "mr-knightley", "mr-weston"]


@st.composite
def linked(draw: st.DrawFn) -> tuple[list[Mention], dict[str, dict[str, float]], dict[tuple[str, str], bool]]:
    """Mentions with links, what is known of some, and who may be meant; shares are in eighths."""

    def parts(keys: list[str]) -> tuple[tuple[str, float], ...]:
        chosen = draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)) if keys else []
        left, found = 8, []
        for key in chosen:
            share = draw(st.integers(0, left))
            left -= share
            found.append((key, share / 8))
        return tuple(found)

    count = draw(st.integers(1, 12))
    ids = [f"m{index}" for index in range(count)]
    mentions = [
        replace(one, text=draw(st.sampled_from(["she", "the girl"])))
        for one in chain(*(parts(ids[:index]) for index in range(count)))
    ]
    known = {id_: dict(parts(PEOPLE)) for id_ in draw(st.lists(st.sampled_from(ids), unique=True))}
    fits = {(id_, entity): draw(st.booleans()) for id_ in ids for entity in PEOPLE}
    return mentions, known, fits


@given(linked())
def test_beliefs_are_probabilities_of_those_who_may_be_meant(
    case: tuple[list[Mention], dict[str, dict[str, float]], dict[tuple[str, str], bool]],
) -> None:
    mentions, known, fits = case
    found = beliefs(mentions, known, lambda mention, entity: fits[mention.id, entity])
    assert list(found) == [mention.id for mention in mentions]
    somebody = {entity for belief in known.values() for entity in belief}
    for mention in mentions:
        belief = found[mention.id]
        assert sum(belief.values()) <= 1 + 1e-9 and all(0 <= share <= 1 + 1e-9 for share in belief.values())
        assert belief.keys() <= somebody
        if mention.id in known:
            assert belief == known[mention.id]
        else:
            assert all(fits[mention.id, entity] for entity in belief)


def alike(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Equal, but for the last bit, which may lift somebody over what is hardly likely."""
    return all(
        abs(one.get(name, 0.0) - other.get(name, 0.0)) < 1e-9 or max(one.get(name, 0), other.get(name, 0)) < 0.0101
        for name in {*one, *other}
    )


@given(linked())
def test_the_order_of_what_is_known_does_not_matter(
    case: tuple[list[Mention], dict[str, dict[str, float]], dict[tuple[str, str], bool]],
) -> None:
    mentions, known, fits = case
    other = {id_: dict(reversed(belief.items())) for id_, belief in reversed(known.items())}
    one, two = (beliefs(mentions, told, lambda mention, entity: fits[mention.id, entity]) for told in (known, other))
    assert all(alike(one[mention.id], two[mention.id]) for mention in mentions)
