"""Who says "I": narrators with and without a name, one or several, and books that have none."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from marked import bearer, marked

from litgraph.cast import Edits, resolve
from litgraph.cast.meanings import with_entities
from litgraph.pairs import co_occurrences
from litgraph.types import Cast, Mention, Sentence

HUCK = (
    "{I} never seen anybody but lied one time or another. The [Widow Douglas] she took {me} for her son, and allowed "
    "she would sivilize {me}; but it was rough living in the house all the time. So when {I} couldn't stand it no "
    "longer {I} lit out. {I} got into {my} old rags, and was free and satisfied.\n"
    "[Miss Watson] would say, “Don't put your feet up there, [Huckleberry];” and “Don't scrunch up like that, "
    "[Huck Finn]—set up straight.” [Tom Sawyer] came. {I} went with [Tom Sawyer].",
    "“Who dah? Say, who is you?” [Jim] said. {I} set down. {I} says: “Is it you, [Jim]?” “Yes, [Huck], it's [Jim].” "
    "{I} laughed. “[Huck], does you reck'n we gwyne to run acrost any mo' kings?” {I} said there warn't. {My} pap was "
    "dead, and {I} knowed it, and [Jim] was good to {me}. “Well, [Huck], it's a mistake.”",
)


def narrator_of(text: str, mentions: list[Mention], cast: Cast) -> dict[int, set[str]]:
    """By chapter the entities that "I" and the like mean."""
    found: dict[int, set[str]] = {}
    for mention in mentions:
        if mention.form == "pronoun" and mention.id in cast.entity_of:
            found.setdefault(mention.chapter, set()).add(cast.entity_of[mention.id])
    return found


def test_a_narrator_is_named_by_those_who_address_him() -> None:
    text, mentions = marked(*HUCK)
    cast = resolve(mentions, text=text)
    huck = bearer(cast, "Huck")
    assert narrator_of(text, mentions, cast) == {1: {huck.id}, 2: {huck.id}}
    assert (huck.mentions, huck.first, huck.last) == (4 + 15, 1, 2)


def test_a_narrator_meets_whom_he_tells_of() -> None:
    text, mentions = marked(*HUCK)
    cast = resolve(mentions, text=text)
    count = max(mention.sentence for mention in mentions) + 1
    chapter_of = {mention.sentence: mention.chapter for mention in mentions}
    sentences = [Sentence(index, index, index + 1, chapter_of.get(index, 1), 0) for index in range(count)]
    met = {(pair.left, pair.right) for pair in co_occurrences(sentences, with_entities(mentions, cast))}
    assert ("huck-finn", "tom-sawyer") in met and ("huck-finn", "widow-douglas") in met


def test_a_narrator_says_his_name() -> None:
    told = (
        "Call {me} [Ishmael]. Some years ago, having little or no money in {my} purse, {I} thought {I} would sail "
        "about a little. Whenever {I} find {myself} growing grim about the mouth, {I} know it is time to get to sea."
    )
    text, mentions = marked(told)
    cast = resolve(mentions, text=text)
    assert bearer(cast, "Ishmael").mentions == 8
    told = (
        "{My} father's family name being [Pirrip], and {my} Christian name [Philip], {my} infant tongue could make of "
        "both names nothing longer than Pip. So, {I} called {myself} [Pip]. {I} give [Pirrip] as {my} father's name. "
        "“And now, [Pip],” said [Joe], “old chap, here we are!” {I} and [Joe] sat. “Lord, [Pip]!” “Well, [Pip].”"
    )
    text, mentions = marked(told)
    cast = resolve(mentions, text=text)
    assert bearer(cast, "Pip").mentions == 4 + 8


def test_a_narrator_without_a_name_is_the_narrator() -> None:
    told = (
        "{I} saw [Rebecca]'s desk. {My} hand shook. {I} was afraid of [Mrs. Danvers]. {I} ran to {my} room, and wept. "
    )
    text, mentions = marked(told, told)
    cast = resolve(mentions, text=text)
    narrator = next(entity for entity in cast.entities if entity.id == "narrator")
    assert (narrator.name, narrator.kind, narrator.aliases, narrator.mentions) == ("Narrator", "character", (), 10)


def test_a_person_says_who_an_unnamed_narrator_is() -> None:
    told = (
        "{I} saw [Rebecca]'s desk. {My} hand shook. {I} was afraid of [Mrs. Danvers]. {I} ran to {my} room, and wept. "
    )
    text, mentions = marked(told, told + "Nobody heard of [Daphne].")
    merged = resolve(mentions, Edits(merged={"narrator": "daphne"}), text=text)
    assert bearer(merged, "Daphne").mentions == 1 + 10
    assert "narrator" not in {entity.id for entity in merged.entities}
    renamed = resolve(mentions, Edits(names={"narrator": "The second Mrs. de Winter"}), text=text)
    assert {entity.id: entity.name for entity in renamed.entities}["narrator"] == "The second Mrs. de Winter"
    dropped = resolve(mentions, Edits(dropped=("narrator",)), text=text)
    assert narrator_of(text, mentions, dropped) == {}


def test_several_narrators_tell_their_chapters() -> None:
    letter = (
        "{I} arrived here yesterday, and {my} first task is to assure {my} dear sister of {my} welfare. {I} write a "
        "few lines in haste to say that {I} am safe. Heaven bless {my} beloved [Margaret]!\n"
        "Your affectionate brother, [Robert Walton]"
    )
    tale = (
        "{I} am by birth a Genevese. {My} ancestors had been for many years counsellors, and {my} father had filled "
        "several public situations. “My dear [Victor],” said [Elizabeth], “be calm.” {I} told [Clerval] of {my} dream. "
        "“[Victor], what, for God’s sake, is the matter?” cried [Clerval]. {I} wept. “Dear [Victor], speak!”"
    )
    text, mentions = marked(letter, letter, tale, tale, tale)
    cast = resolve(mentions, text=text)
    assert narrator_of(text, mentions, cast) == {
        1: {"robert-walton"}, 2: {"robert-walton"}, 3: {"victor"}, 4: {"victor"}, 5: {"victor"}
    }  # fmt: skip


def test_a_name_that_a_narrator_goes_by_for_a_while_is_no_other_narrator() -> None:
    disguised = (
        "“[George Jackson], do you know the Shepherdsons?” said [Buck]. {I} said no. “Well, [George Jackson], come "
        "in.” {I} come in. “Set down, [George Jackson].” {I} set down; {my} heart thumped. {I} looked at {my} feet."
    )
    text, mentions = marked(HUCK[0], disguised, HUCK[1], HUCK[1])
    cast = resolve(mentions, text=text)
    assert narrator_of(text, mentions, cast)[2] == {"huck-finn"}


def test_speech_and_a_letter_make_no_narrator() -> None:
    told = (
        "[Elizabeth] was sitting with [Jane]. [Mr. Bingley] had not come. The carriage stood before the house of the "
        "Bennets for an hour. [Mrs. Bennet] spoke: “{I} do not see why {I} should be surprised; {my} nerves! {I} am "
        "sure {I} shall hear of {my} {I}—but you know {me}.” Nobody answered her. [Mr. Bennet] read his book. "
    )
    letter = (
        "{I} hope, dear sir, that {I} may call. {My} wife and {I} send {my} regards. {I} am yours. [William Collins]"
    )
    text, mentions = marked(*[told] * 6, told + letter, *[told] * 6)
    cast = resolve(mentions, text=text)
    assert narrator_of(text, mentions, cast) == {}


def test_pronouns_of_a_chain_follow_the_narrator() -> None:
    text, mentions = marked(
        "“[Watson],” said [Holmes], “the case is yours.” {I:c1} rose. {I:c1} took {my:c1} hat. “Well, [Watson]?” "
        "{I:c1} went to <the door's keeper:c1> and {I:c1} rang. “Good-bye, [Watson].” {I:c1} left {my:c1} friend."
    )
    mentions = [mention for mention in mentions if "keeper" not in mention.text]
    cast = resolve(mentions, text=text)
    assert bearer(cast, "Watson").mentions == 3 + 7


_PROGRAM = """
import json, sys
from litgraph.cast import resolve
from litgraph.types import Mention
text, rows = json.load(sys.stdin)
cast = resolve([Mention(**row) for row in rows], text=text)
print(json.dumps([[e.id, e.name, e.mentions] for e in cast.entities] + sorted(cast.entity_of.items())))
"""


def test_the_same_narrators_for_every_hash_seed() -> None:
    from dataclasses import asdict

    text, mentions = marked(*HUCK, *HUCK)
    given = json.dumps([text, [asdict(mention) for mention in mentions]])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM], input=given, capture_output=True, text=True, check=True,
            encoding="utf-8", env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("0", "1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1 and "huck-finn" in outputs.pop()


def test_where_no_mark_tells_speech_nobody_tells_by_an_i_that_may_be_said() -> None:
    said = (
        "You are late, said [Mr. Treg]. {I} have waited for you, and {I} have lost {my} temper; {I} shall go.\n\n"
        "Then go, said [Margaret]. {I} told {my} brother that {I} would come.\n\n"
        "[Edmund] came. {I} have {my} lantern, he said. {I} see {my} way.\n\n"
    )
    text, mentions = marked(said * 4)
    assert not any(entity.narrator for entity in resolve(mentions, text=text).entities)
    text, mentions = marked(
        "{I} went to sea, and {my} father wept. {I} was young, and {I} had {my} way.\n\n" * 4 + said
    )
    assert any(entity.narrator for entity in resolve(mentions, text=text).entities)
