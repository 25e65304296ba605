"""Pronouns and noun phrases find their people through links, as far as their own words allow.

Mentions without antecedents, which a reader of one's own may give and a person may add, follow their chains.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import linked_back

from litgraph.cast import Edits, resolve, resolve_names
from litgraph.cast.file.parsing import parse
from litgraph.cast.meanings import with_entities
from litgraph.cast.meant.follow import followed, with_meanings
from litgraph.pairs import candidate_pairs
from litgraph.runs.cast_stage import EDITED, EditableCast
from litgraph.runs.folder import RunFolder
from litgraph.types import Book, Cast, Entity, EntityLabel, Mention, MentionForm, Sentence

PRONOUNS = {"he", "him", "she", "her", "I", "you", "they", "it", "we", "who"}


def mentions_of(*rows: tuple[str, str] | tuple[str, str, EntityLabel]) -> list[Mention]:
    """One mention a sentence: text, chain and, unless it is a person's, label. Capitals make a name."""
    mentions = []
    for index, (text, chain, *label) in enumerate(rows):
        form: MentionForm = "pronoun" if text in PRONOUNS else "name" if text[0].isupper() else "noun"
        kind = label[0] if label else "PER"
        start = index * 40
        mentions.append(
            Mention(f"m{index}", start, start + len(text), text, kind, form, index, index // 50 + 1, "", chain)
        )
    return mentions


def means(mentions: Sequence[Mention], edits: Edits | None = None) -> list[str]:
    cast = resolve(mentions, edits)
    return [cast.entity_of.get(mention.id, "") for mention in mentions]


def test_a_pronoun_means_the_nearest_name_before_it_in_its_chain() -> None:
    found = means(mentions_of(("Emma", "c0"), ("she", "c0"), ("Jane", "c0"), ("she", "c0")))
    assert found == ["emma", "emma", "jane", "jane"]


def test_without_a_name_before_it_means_the_one_that_leads_back_to_it() -> None:
    mentions = mentions_of(("the stranger", "c0"), ("he", "c0"), ("Mr. Knightley", "c0"), ("Mr. Elton", "c1"))
    assert means(linked_back(mentions)) == ["mr-knightley", "mr-knightley", "mr-knightley", "mr-elton"]


def test_an_uncertain_link_is_not_followed() -> None:
    mentions = mentions_of(("Emma", ""), ("the girl", ""), ("the girl", ""), ("the girl", ""))
    for index, shares in ((1, (("m0", 0.3),)), (2, (("m0", 0.9),)), (3, (("m1", 0.8), ("m2", 0.2)))):
        mentions[index] = replace(mentions[index], antecedents=shares)
    # The last is .8 · .3 + .2 · .9 = .42 likely.
    assert means(mentions) == ["emma", "", "emma", ""]


def test_a_link_of_a_chain_is_as_certain_as_the_mention() -> None:
    mentions = mentions_of(("Emma", "c0"), ("the girl", "c0"), ("the girl", "c0"))
    mentions[1] = replace(mentions[1], certainty=0.6)
    assert means(mentions) == ["emma"] * 3
    assert resolve(mentions).certainty_of == {"m1": 0.6, "m2": 0.6}
    mentions[2] = replace(mentions[2], certainty=0.6)
    assert means(mentions) == ["emma", "emma", ""]  # .6 · .6


def test_a_chain_without_a_name_stays_outside_of_the_cast() -> None:
    mentions = mentions_of(("Emma", "c0"), ("the stranger", "c1"), ("he", "c1"))
    assert means(mentions) == ["emma", "", ""]
    assert [entity.id for entity in resolve(mentions).entities] == ["emma"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        (("Mr. Bennet", "c0"), ("she", "c0")),
        (("Mrs. Bennet", "c0"), ("him", "c0")),
        (("Longbourn House", "c0", "FAC"), ("she", "c0")),
        (("Longbourn House", "c0", "FAC"), ("I", "c0")),
        (("Longbourn House", "c0", "FAC"), ("his friend", "c0")),
        (("the Miss Bennets", "c0"), ("she", "c0")),
        (("Mr. Bennet", "c0"), ("they", "c0")),
        (("Mr. Bennet", "c0"), ("the village", "c0", "GPE")),
    ],
)
def test_a_word_that_denies_it_does_not_follow_its_chain(name: tuple[str, str], word: tuple[str, str]) -> None:
    assert means(mentions_of(name, word)) == [means(mentions_of(name))[0], ""]


def test_what_is_denied_by_the_nearest_name_may_mean_the_next() -> None:
    rows = [("Mr. Bennet", "c0"), ("Mrs. Bennet", "c0"), ("he", "c0"), ("she", "c0"), ("I", "c0")]
    found = means(linked_back(mentions_of(*rows)))
    assert found == ["mr-bennet", "mrs-bennet", "mr-bennet", "mrs-bennet", "mrs-bennet"]


def test_forms_of_address_are_no_names_but_follow_their_chain() -> None:
    assert means(linked_back(mentions_of(("Emma", "c0"), ("Madam", "c0")))) == ["emma", "emma"]


def test_figures_count_all_mentions_and_names_decide_the_order() -> None:
    rows = [*[("rain", "")] * 45, ("Emma", "c0"), ("Emma", "c1"), ("Jane", "c2"), *[("her", "c2")] * 10]
    mentions = mentions_of(*rows)
    names = resolve_names(mentions)
    cast = with_meanings(followed(names, mentions), mentions)
    assert [(entity.id, entity.mentions, entity.first, entity.last) for entity in cast.entities] == [
        ("emma", 2, 1, 1),
        ("jane", 11, 1, 2),
    ]
    assert [entity.aliases for entity in cast.entities] == [entity.aliases for entity in names.entities]
    assert list(cast.entity_of) == [mention.id for mention in mentions[45:]]


def test_what_somebody_is_called_tells_the_gender_that_the_name_does_not() -> None:
    calls = [("Tulkinghorn", "c0"), ("he", "c0"), ("him", "c0"), ("she", "c0"), ("he", "c0")]
    mentions = mentions_of(*calls)
    cast = resolve(mentions)
    assert cast.entities[0].gender == "male"
    assert "m3" not in cast.entity_of  # and then the stray "she" is denied
    for doubtful in (calls[:3], [*calls, ("she", "c0"), ("her", "c0")]):
        assert resolve(mentions_of(*doubtful)).entities[0].gender == "unknown"


def test_a_gender_that_a_person_decided_stands() -> None:
    mentions = mentions_of(("Tulkinghorn", "c0"), *[("he", "c0")] * 5)
    found = followed(resolve_names(mentions), mentions, genders_told={"tulkinghorn"})
    assert found.entities[0].gender == "unknown"


@pytest.mark.parametrize("word", ["he", "the man"])
def test_who_means_somebody_whom_a_person_took_out_of_the_cast_leaves_it_too(word: str) -> None:
    mentions = mentions_of(("Mr. Elton", "c0"), ("Mr. Weston", "c0"), (word, "c0"), ("Mr. Elton", "c0"), (word, "c0"))
    assert means(mentions, Edits(dropped=("mr-weston",))) == ["mr-elton", "", "", "mr-elton", "mr-elton"]


def test_a_noun_phrase_and_the_pronoun_inside_it_are_a_pair() -> None:
    text = "Mr. Bennet and Mrs. Bennet spoke. His wife smiled."
    spans = [
        ("Mr. Bennet", "name", "c0"),
        ("Mrs. Bennet", "name", "c1"),
        ("His wife", "noun", "c1"),
        ("His", "pronoun", "c0"),
    ]
    mentions = [
        Mention(f"m{n}", text.index(t), text.index(t) + len(t), t, "PER", form, int(n > 1), 1, "", chain)  # type: ignore[arg-type]
        for n, (t, form, chain) in enumerate(spans)
    ]
    sentences = [Sentence(0, 0, 33, 1, 0), Sentence(1, 34, len(text), 1, 0)]
    cast = resolve(mentions, text=text)
    pairs = [(p.head.text, p.tail.text) for p in candidate_pairs(text, sentences, with_entities(mentions, cast))]
    assert pairs == [("Mr. Bennet", "Mrs. Bennet"), ("His wife", "His")]


names = st.sampled_from(["Mr. Darcy", "Miss Bingley", "Pemberley House", "the Miss Bennets", "Alex", "Madam"])
words = st.sampled_from([*sorted(PRONOUNS), "his wife", "the park"]) | names
rows = st.tuples(words, st.sampled_from(["", "c0", "c1", "c2"]), st.sampled_from(["PER", "PER", "FAC", "ORG"]))


def is_denied(mention: Mention, entity: Entity) -> bool:
    """Do a mention's own words, or its label, deny that it means the entity?"""
    word = mention.text.casefold()
    if (mention.label == "PER" and entity.kind not in ("character", "group")) or (
        mention.label == "FAC" and entity.kind in ("character", "group")
    ):
        return True
    if word in ("he", "him", "his", "himself"):
        return entity.kind != "character" or entity.gender == "female"
    if word in ("she", "her", "hers", "herself"):
        return entity.kind not in ("character", "vehicle") or entity.gender == "male"
    return word in ("they", "them", "their", "we", "us", "our") and entity.kind in ("character", "vehicle")


@settings(deadline=None, max_examples=200)
@given(st.lists(rows, max_size=60))
def test_chains_never_lead_where_words_deny_it(found: list[tuple[str, str, EntityLabel]]) -> None:
    mentions = mentions_of(*found)
    before = resolve_names(mentions)
    cast = with_meanings(followed(before, mentions), mentions)
    assert {id_: cast.entity_of[id_] for id_ in before.entity_of} == dict(before.entity_of)
    entities = {entity.id: entity for entity in cast.entities}
    for mention in mentions:
        entity = cast.entity_of.get(mention.id)
        if mention.id in before.entity_of or entity is None:
            continue
        assert not is_denied(mention, entities[entity])
        if not {"he", "him", "she", "her"} & {other.text for other in mentions}:  # who is about may be "he" and "she"
            assert any(
                other.chain == mention.chain != "" and before.entity_of.get(other.id) == entity for other in mentions
            )
    assert [(e.id, e.name, e.kind, e.aliases) for e in cast.entities] == [
        (e.id, e.name, e.kind, e.aliases) for e in before.entities
    ]
    for entity_ in cast.entities:
        chapters = [mention.chapter for mention in mentions if cast.entity_of.get(mention.id) == entity_.id]
        assert (entity_.mentions, entity_.first, entity_.last) == (len(chapters), min(chapters), max(chapters))


def test_edits_carry_the_pronouns_along(tmp_path: Path) -> None:
    mentions = mentions_of(
        ("Emma", "c0"), ("she", "c0"), ("Miss Woodhouse", "c1"), ("her", "c1"), ("Alex", "c2"), *[("he", "c2")] * 3
    )
    sentences = [Sentence(mention.sentence, mention.start, mention.start + 39, 1, 0) for mention in mentions]

    def build() -> Cast:
        editable = EditableCast(tmp_path, Book("." * 1000), sentences, mentions)
        return RunFolder(tmp_path).keep(editable.stage, editable.compute, editable.depends_on)

    build()
    rows = {row.id: row for row in parse((tmp_path / EDITED).read_text(encoding="utf-8"), path=EDITED).rows}
    assert rows["alex"].gender == "male" and rows["emma"].aliases == ("Emma",)
    text = (tmp_path / EDITED).read_text(encoding="utf-8")
    edited = text.replace('id = "miss-woodhouse"', 'merge_into = "emma"\nid = "miss-woodhouse"')
    edited = edited.replace('gender = "male"', 'gender = "unknown"')
    (tmp_path / EDITED).write_text(edited, encoding="utf-8", newline="\n")
    for _ in range(2):
        cast = build()
        assert [cast.entity_of[f"m{index}"] for index in range(5)] == ["emma"] * 4 + ["alex"]
        assert {entity.id: entity.mentions for entity in cast.entities} == {"emma": 4, "alex": 4}
        assert next(entity for entity in cast.entities if entity.id == "alex").gender == "unknown"
    assert (tmp_path / EDITED).read_text(encoding="utf-8") == edited


def test_the_same_for_every_hash_seed() -> None:
    script = """
from litgraph.cast import resolve
from litgraph.types import Mention
rows = [(t, f"c{i % 3}") for i, t in enumerate(["Emma", "she", "Mr. Weston", "he", "they", "Alex", "him", "her"] * 6)]
mentions = [
    Mention(f"m{i}", i, i + 1, t, "PER", "name" if t[0].isupper() else "pronoun", i, 1, "", c)
    for i, (t, c) in enumerate(rows)
]
print(resolve(mentions))
"""
    found = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert len(found) == 1
