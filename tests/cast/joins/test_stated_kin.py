"""Names of people whom the text calls each other's kin: two people, however well the names would fit one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import marked

from litgraph.cast import resolve
from litgraph.cast.joins.forms import collect_forms
from litgraph.cast.joins.kinds import decide_kinds
from litgraph.cast.joins.stated_kin import state_kin


def owners(passage: str) -> dict[str, str]:
    text, mentions = marked(passage)
    cast = resolve(mentions, text=text)
    return {mention.text: cast.entity_of[mention.id] for mention in mentions if mention.id in cast.entity_of}


# Each name often enough alone that one sentence with both says nothing by itself.
LONG = "[{0}] sat. [{0}] rose. [{0}] slept. [{0}] woke. [{0}] ate. [{0}] read. [{0}] went. [{0}] came. "


@pytest.mark.parametrize(
    ("statement", "elder", "younger"),
    [
        ("[Mrs. Orme] was the mother of [Nelly Orme].", "Mrs. Orme", "Nelly Orme"),
        ("[Mr. Orme] was the only surviving brother of [Hugh Orme].", "Mr. Orme", "Hugh Orme"),
        ("[Mr. Orme], the grandfather of [Hugh Orme], was old.", "Mr. Orme", "Hugh Orme"),
        ("[Mr. Orme] was [Hugh]'s father.", "Mr. Orme", "Hugh Orme"),
        ("[Mr. Orme], [Hugh]’s elder brother, was there.", "Mr. Orme", "Hugh Orme"),
        ("[Mr. Orme] loved his brother [Hugh].", "Mr. Orme", "Hugh Orme"),
        ("[Mrs. Orme] and her daughter, [Nelly Orme], were there.", "Mrs. Orme", "Nelly Orme"),
        ("[Nelly Orme], whose mother was [Mrs. Orme], wept.", "Mrs. Orme", "Nelly Orme"),
        ("[Nelly]'s mother, [Mrs. Orme], wept.", "Mrs. Orme", "Nelly Orme"),
        ("[Mr. Orme] was the father of [Tom Dale] and of [Hugh Orme].", "Mr. Orme", "Hugh Orme"),
    ],
)
def test_the_two_of_a_statement_are_two(statement: str, elder: str, younger: str) -> None:
    found = owners(f"{statement} {LONG.format(elder)} {LONG.format(younger)} {LONG.format(younger.split()[0])}")
    assert found[elder] != found[younger] == found[younger.split()[0]]


@pytest.mark.parametrize(
    "passage",
    [
        "[Mr. Orme] was the friend of [Hugh Orme].",
        "[Nelly]'s sister was there. [Nelly Orme] wept.",
        "[Nelly]'s sister was there, and [Nelly Orme] wept.",
        "[Hugh] lost his hat, and [Hugh Orme] laughed.",
        "[Hugh] was the pride of [Hugh Orme].",
    ],
)
def test_what_states_no_kinship_parts_nobody(passage: str) -> None:
    text, mentions = marked(passage)
    forms, _ = collect_forms(mentions, text)
    state_kin(forms, mentions, text)
    assert not any(form.kin for form in forms)


def test_a_pronoun_says_whose_sister_she_is() -> None:
    text, mentions = marked("[Georgie Orme] smiled. [Miss Orme] was {her} sister.")
    mentions[2] = replace(mentions[2], antecedents=((mentions[0].id, 0.8),))
    forms, _ = collect_forms(mentions, text)
    state_kin(forms, mentions, text)
    assert list(forms[0].kin) == [forms[1]] and list(forms[1].kin) == [forms[0]]


def test_who_is_somebodys_kin_is_a_person() -> None:
    text, mentions = marked("[Mr. Heath] was the father of [Linton Heath|GPE]. [Linton Heath|GPE] wept.")
    forms, _ = collect_forms(mentions, text)
    state_kin(forms, mentions, text)
    decide_kinds(forms, mentions, text)
    assert [form.kind for form in forms] == ["character", "character"]


def test_a_title_whose_full_stop_was_taken_for_a_sentences_belongs_to_the_name() -> None:
    found = owners("[André Morel] came. M. [Morel] kissed [André]. [Monsieur Morel] sat. M. [Morel] kissed [André].")
    assert found["Morel"] == found["Monsieur Morel"] != found["André Morel"]
