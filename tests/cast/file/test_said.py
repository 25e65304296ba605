"""How two are related, by a person's word in cast.toml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import marked

from litgraph.cast import resolve
from litgraph.cast.file.compare import edits
from litgraph.cast.file.edits import Edits
from litgraph.cast.file.parsing import parse
from litgraph.cast.file.render import render, render_edited
from litgraph.cast.file.said import SaidFact, parse_said, render_said
from litgraph.errors import CastFileError
from litgraph.ontology import RELATIONS

TEXT, MENTIONS = marked("[Elizabeth Bennet] met [Mr. Darcy] at [Bath|GPE]. [Jane Bennet] slept. [Lizzy] laughed.")
PROPOSED = resolve(MENTIONS, text=TEXT)
PROPOSAL = render(PROPOSED)


def table(head: str, relation: str, tail: str, *more: str) -> str:
    return "\n".join(["\n[[fact]]", f'head = "{head}"', f'relation = "{relation}"', f'tail = "{tail}"', *more, ""])


def changes(text: str) -> Edits:
    return edits(parse(text, path="cast.toml"), parse(PROPOSAL, path="cast.proposed.toml"))


def refused(text: str) -> CastFileError:
    with pytest.raises(CastFileError) as caught:
        changes(text)
    return caught.value


def test_facts_are_read_and_written_anew() -> None:
    text = PROPOSAL + table("jane-bennet", "sibling_of", "elizabeth-bennet")
    text += table("mr-darcy", "lives_in", "bath", "deny = true")
    said = changes(text).said
    assert said == (
        SaidFact("jane-bennet", "sibling_of", "elizabeth-bennet"),
        SaidFact("mr-darcy", "lives_in", "bath", deny=True),
    )
    again = render_edited(resolve(MENTIONS, changes(text), text=TEXT), changes(text), PROPOSED)
    assert changes(again).said == said


def test_what_is_said_of_a_merged_row_is_said_of_the_row_that_stays() -> None:
    text = PROPOSAL.replace('id = "lizzy"', 'id = "lizzy"\nmerge_into = "elizabeth-bennet"')
    text += table("lizzy", "spouse_of", "mr-darcy")
    assert changes(text).said == (SaidFact("elizabeth-bennet", "spouse_of", "mr-darcy"),)


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        (table("jane-bennet", "sister_of", "mr-darcy"), "unknown relation 'sister_of'"),
        (table("jane-bennet", "sibling_of", "kitty"), "'kitty' is no row"),
        (table("jane-bennet", "sibling_of", "jane-bennet"), "the same row"),
        (table("jane-bennet", "sibling_of", "lizzy", "denied = true"), "unknown key 'denied'"),
        (table("jane-bennet", "sibling_of", "lizzy", 'deny = "yes"'), "deny must be true or false"),
        (table("jane-bennet", "sibling_of", ""), "tail must be text"),
        ('\n[[fact]]\nhead = "jane-bennet"\ntail = "lizzy"\n', "no relation"),
        ('\n[fact]\nhead = "jane-bennet"\n', "list of tables"),
        (
            table("jane-bennet", "sibling_of", "lizzy") + table("jane-bennet", "sibling_of", "lizzy", "deny = true"),
            "asserted and denied",
        ),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_line(tables: str, what: str) -> None:
    error = refused(PROPOSAL + tables)
    assert what in str(error)
    assert "list of tables" in what or ", line " in str(error)


def test_nothing_can_be_said_of_a_dropped_row_or_of_two_that_are_one() -> None:
    dropped = PROPOSAL.replace('id = "lizzy"', 'id = "lizzy"\ndrop = true')
    assert "is dropped" in str(refused(dropped + table("lizzy", "friend_of", "mr-darcy")))
    merged = PROPOSAL.replace('id = "lizzy"', 'id = "lizzy"\nmerge_into = "elizabeth-bennet"')
    assert "merged into one" in str(refused(merged + table("lizzy", "friend_of", "elizabeth-bennet")))


ENDS = st.text(min_size=1, max_size=12)


@given(ENDS, ENDS, st.sampled_from(sorted(RELATIONS)), st.booleans())
def test_any_fact_is_read_as_it_was_written(head: str, tail: str, relation: str, deny: bool) -> None:
    one = SaidFact(_clean(head), relation, _clean(tail), deny)
    if one.head != one.tail:
        text = render_said(one)
        assert parse(text, path="cast.toml").said == (one,)


def _clean(text: str) -> str:
    """What a file can hold: no half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")


def test_no_facts_are_no_facts() -> None:
    assert parse_said([], [], "cast.toml") == ()
