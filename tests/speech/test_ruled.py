"""Who says each piece of speech."""

from __future__ import annotations

from litgraph.cast.meant.attribution import attribute
from litgraph.speech.ruled import voices_by_rule
from litgraph.speech.turns import heard
from litgraph.types import Book, Cast, Chapter, Entity, Mention, Quotation

TEXT = (
    "“Is he married or single?” asked Mr. Bennet.\n\n“Oh! single, my dear, to be sure!” cried Mrs. Bennet.\n\n"
    "“How so?”\n\n“How can you be so tiresome!”\n\nMr. Bennet smiled. “Is that his design?”\n\n“Design!” she said.\n\n"
    "“I see,” said I."
)
PEOPLE = {"Mr. Bennet": "mr-bennet", "Mrs. Bennet": "mrs-bennet", "she": "", "I": "narrator"}


def read(text: str) -> tuple[Quotation, ...]:
    mentions = []
    start = 0
    while start < len(text):
        name = next((name for name in PEOPLE if text.startswith(name, start)), "")
        if name and not text[start - 1].isalpha() and not text[start + len(name)].isalpha():
            form = "name" if name.startswith("M") else "pronoun"
            mentions.append(Mention(f"m{start}", start, start + len(name), name, "PER", form, 0, 1))  # type: ignore[arg-type]
        start += len(name) or 1
    cast = Cast(
        (
            Entity("mr-bennet", "Mr. Bennet", "character", gender="male"),
            Entity("mrs-bennet", "Mrs. Bennet", "character"),
            Entity("narrator", "Narrator", "character"),
        ),
        {mention.id: PEOPLE[mention.text] for mention in mentions if PEOPLE[mention.text]},
    )
    book = Book(text, divisions=(Chapter(1, "", 0, len(text)),))
    voices = voices_by_rule(book, mentions)
    speech = heard(voices, {id_: {entity: 1.0} for id_, entity in cast.entity_of.items()})
    return attribute(voices, speech, mentions, cast.entity_of)


def test_speakers_are_stated_act_or_take_turns() -> None:
    found = read(TEXT)
    husband, wife = "mr-bennet", "mrs-bennet"
    # Nobody has told whom "she" means.
    assert [one.speaker for one in found] == [husband, wife, husband, wife, husband, "", "narrator"]
    assert [one.how for one in found] == ["named", "named", "turn", "turn", "named", "described", "narrator"]
    assert [one.addressees for one in found[:4]] == [(wife,), (husband,), (wife,), (husband,)]
    assert found[0].certainty > found[4].certainty > found[2].certainty > 0
    assert [TEXT[one.start : one.end] for one in found][4] == "“Is that his design?”"
    assert {one.chapter for one in found} == {1} and [one.id for one in found] == [f"q{i}" for i in range(7)]


def test_nobody_is_made_up() -> None:
    (one,) = read("“How so?” And nothing moved.")
    assert (one.speaker, one.addressees, one.cue, one.certainty) == ("", (), "", 0.0)


def test_he_and_she_do_not_take_the_turn_of_the_other() -> None:
    found = read("“Yes,” said Mr. Bennet.\n\n“No,” cried Mrs. Bennet.\n\n“Yes,” she said.\n\n“No.”")
    assert [one.speaker for one in found] == ["mr-bennet", "mrs-bennet", "", "mrs-bennet"]
