"""Who is whose kin, on sentences of novels with the mentions that a reader finds in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from marked import marked

from litgraph.cast.kin.fill import fill_slots
from litgraph.cast.kin.slots import KinSlots
from litgraph.cast.kin.words import find_kin
from litgraph.types import Entity, Gender, Mention, MentionForm


class Told:
    """What was found in a passage."""

    def __init__(self, found: KinSlots, mentions: list[Mention]) -> None:
        self.found = found
        self.mentions = mentions

    def fills(self, possessor: str, word: str) -> set[str]:
        return {
            filler.entity
            for slot in self.found.slots
            if (slot.possessor, slot.kin.word) == (possessor, word)
            for filler in slot.fillers
        }

    def confidence(self, possessor: str, word: str) -> float:
        """Of the surest filler; 0 if there is none."""
        slots = [slot for slot in self.found.slots if (slot.possessor, slot.kin.word) == (possessor, word)]
        return slots[0].fillers[0].confidence if slots and slots[0].fillers else 0.0

    def means(self, phrase: str) -> list[str]:
        """Whom each mention of the phrase means, in order."""
        meant = self.found.meant
        return [meant[m.id].entity if m.id in meant else "" for m in self.mentions if m.text == phrase]


def person(name: str, gender: Gender, *, narrator: bool = False) -> Entity:
    return Entity(name, name, "character", ((name, 3),), gender, 3, 1, 1, narrator=narrator)


def told(
    passage: str,
    people: Mapping[str, Gender],
    *,
    pronouns: Mapping[str, str] | None = None,
    speech: tuple[str, tuple[str, ...]] | None = None,
    narrator: str = "",
) -> Told:
    """Fill the slots of a passage.

    Args:
        passage: as ``marked`` has it; "<{his} wife>" is a phrase with a pronoun in it.
        people: name -> gender; entities have their names for ids.
        pronouns: whom each pronoun means, by its words.
        speech: who speaks all quotations to whom.
        narrator: the name of the one who says "I".
    """
    text, mentions = _nested(passage)
    meant = {m.id: m.text for m in mentions if m.form == "name" and m.text in people}
    meant.update({m.id: (pronouns or {})[m.text] for m in mentions if m.text in (pronouns or {})})
    entities = [person(name, gender, narrator=name == narrator) for name, gender in people.items()]
    return Told(
        fill_slots(mentions, meant, entities, text, speakers=(lambda _: speech) if speech else None),
        mentions,
    )


def _nested(passage: str) -> tuple[str, list[Mention]]:
    """``marked``, and in each noun phrase a mention of its possessor, or else of its first word."""
    text, mentions = marked(passage)
    every = list(mentions)
    for mention in mentions:
        if mention.form == "noun":
            owner = re.search(r"(?<=\sof\s)\w+$", mention.text) or re.match(r".+?(?=['’]s\s)|\w+", mention.text)
            assert owner is not None
            form: MentionForm = "pronoun" if owner.group().casefold() in ("my", "your", "his", "her") else "name"
            start, end = (mention.start + offset for offset in owner.span())
            every.append(Mention("", start, end, owner.group(), "PER", form, mention.sentence, 1))
    every.sort(key=lambda m: (m.start, -m.end))
    numbered = [
        Mention(f"m{n}", m.start, m.end, m.text, m.label, m.form, m.sentence, m.chapter, "", m.chain, m.certainty)
        for n, m in enumerate(every)
    ]
    return text, numbered


RAIN = "It rained. " * 5
PEOPLE: dict[str, Gender] = {
    "Frederick": "male", "Louisa": "female", "Henrietta": "female", "Charles": "male", "Anne": "female",
    "Mary": "female",
}  # fmt: skip


def test_a_name_beside_the_phrase_once_tells_all_its_places() -> None:
    for stated in ("<his sister> [Louisa] came.", "[Louisa], <his sister>, came.", "[Louisa] was <his sister>.",
                   "<his sister>, [Louisa], came.", "<his sister> was called [Louisa]."):  # fmt: skip
        found = told(
            f"[Charles] sat. {stated} It rained. It rained. It rained. It rained. It rained. He wrote to <his sister>.",
            PEOPLE,
            pronouns={"his": "Charles"},
        )
        assert found.fills("Charles", "sister") == {"Louisa"}, stated
        assert found.means("his sister") == ["Louisa", "Louisa"], stated


def test_who_is_joined_to_the_phrase_is_another() -> None:
    passage = "[Louisa] and <his sister> came."
    assert told(passage, PEOPLE, pronouns={"his": "Charles"}).means("his sister") == [""]


def test_who_is_joined_to_the_phrase_is_another_whatever_the_reader_links() -> None:
    passage = "[Louisa:c1] sang. {0} <her sister:c1> sat. [Louisa:c2] sang. {0} <her sister:c2> wept."
    assert told(passage.format("[Louisa] and"), PEOPLE, pronouns={"her": "Anne"}).means("her sister") == ["", ""]
    assert told(passage.format("So"), PEOPLE, pronouns={"her": "Anne"}).means("her sister") == ["Louisa", "Louisa"]
    wife = told("[Mary] was <his wife>. [Mary] and <his wife> sat.", PEOPLE, pronouns={"his": "Charles"})
    assert wife.means("his wife") == ["Mary", ""]


def test_whom_one_speaks_of_is_neither_speaker_nor_hearer() -> None:
    passage = "[Louisa:c1] sat. “<my sister:c1> is ill.” [Louisa:c2] rose. “<my sister:c2> is well.”"
    assert told(passage, PEOPLE, speech=("Anne", ("Mary",))).means("my sister") == ["Louisa", "Louisa"]
    assert told(passage, PEOPLE, speech=("Anne", ("Louisa",))).means("my sister") == ["", ""]


def test_mr_and_mrs_are_a_couple() -> None:
    couple: dict[str, Gender] = {"Mr. Bennet": "male", "Mrs. Bennet": "female"}
    passage = f"[Mr. Bennet] sat. {RAIN}<his wife> wept. [Mrs. Bennet] sang."
    found = told(passage, couple, pronouns={"his": "Mr. Bennet"})
    assert found.fills("Mr. Bennet", "wife") == {"Mrs. Bennet"}
    doubtful = told(passage, {**couple, "Mr. John Bennet": "male"}, pronouns={"his": "Mr. Bennet"})
    assert found.confidence("Mr. Bennet", "wife") > doubtful.confidence("Mr. Bennet", "wife")


def test_a_possessor_by_name_and_one_behind() -> None:
    found = told("<Louisa's brother>, [Charles], sat.", PEOPLE)
    assert found.fills("Louisa", "brother") == {"Charles"}
    assert told("[Charles] was <the brother of Louisa>.", PEOPLE).fills("Louisa", "brother") == {"Charles"}


def test_gender_tells_whom_a_word_cannot_mean() -> None:
    found = told("[Charles] was <her sister>.", PEOPLE, pronouns={"her": "Anne"})
    assert found.fills("Anne", "sister") == set() and not found.found.meant


def test_links_of_the_reader_tell() -> None:
    passage = "[Louisa:c1] sang. <her sister:c1> laughed. [Louisa:c2] sang. <her sister:c2> wept."
    linked = told(passage, PEOPLE, pronouns={"her": "Henrietta"})
    assert linked.means("her sister") == ["Louisa", "Louisa"]
    unlinked = told(passage.replace(":c1>", ">").replace(":c2>", ">"), PEOPLE, pronouns={"her": "Henrietta"})
    assert unlinked.means("her sister") == ["", ""]


def test_my_and_your_are_the_speakers_and_the_hearers() -> None:
    passage = "“[Louisa] is <my sister>. <my sister> is ill. And [Charles] is <your brother>.”"
    found = told(passage, PEOPLE, speech=("Henrietta", ("Anne",)))
    assert found.fills("Henrietta", "sister") == {"Louisa"}
    assert found.fills("Anne", "brother") == {"Charles"}
    assert told(passage, PEOPLE).found == KinSlots()


def test_papa_is_the_hearer() -> None:
    found = told("“Oh, <papa>, look!”", PEOPLE, speech=("Louisa", ("Charles",)))
    assert found.fills("Louisa", "father") == {"Charles"}
    assert found.means("papa")[0] == "Charles"


def test_what_is_said_to_several_is_the_one_father_that_one_of_them_is_known_to_have() -> None:
    text, mentions = _nested("[Louisa] sat. [Charles] was <her father>. “Ask <your father>.”")
    meant = {m.id: m.text for m in mentions if m.text in PEOPLE} | {m.id: "Louisa" for m in mentions if m.text == "her"}
    entities = [person(name, gender) for name, gender in PEOPLE.items()]
    found = fill_slots(mentions, meant, entities, text, speakers=lambda _: ("Anne", ("Louisa", "Henrietta")))
    assert Told(found, mentions).means("your father") == ["Charles"]


def test_a_narrator_has_kin() -> None:
    text = "<My brother>, [Charles], came."
    found = told(text, PEOPLE, narrator="Anne")
    assert found.fills("Anne", "brother") == {"Charles"}


def test_a_person_has_one_husband_but_several_sisters() -> None:
    passage = "[Charles] was <her husband>. [Charles], <her husband>, sat. [Frederick], <her husband>, sat."
    assert told(passage, PEOPLE, pronouns={"her": "Mary"}).fills("Mary", "husband") == {"Charles"}
    sisters = told("[Louisa], <her sister>, sat. [Henrietta], <her sister>, sat.", PEOPLE, pronouns={"her": "Mary"})
    assert sisters.fills("Mary", "sister") == {"Louisa", "Henrietta"}
    assert sisters.means("her sister") == ["Louisa", "Henrietta"]


def test_an_inverse_slot_tells() -> None:
    passage = "[Charles] was <her husband>. It rained. It rained. It rained. It rained. It rained. <his wife> wept."
    found = told(passage, PEOPLE, pronouns={"her": "Mary", "his": "Charles"})
    assert found.means("his wife") == ["Mary"]


def test_a_sisters_father_is_ones_father() -> None:
    passage = "[Charles:c1] was <her father>. {} [Charles:c1] spoke. <Henrietta's father:c1> slept."
    sisters = told(passage.format("[Henrietta], <her sister>, sat."), PEOPLE, pronouns={"her": "Louisa"})
    strangers = told(passage.format("[Henrietta] sat."), PEOPLE, pronouns={"her": "Louisa"})
    assert sisters.fills("Henrietta", "father") == {"Charles"}
    assert sisters.confidence("Henrietta", "father") > strangers.confidence("Henrietta", "father")


def test_of_several_sisters_the_one_of_whom_the_book_speaks_most_is_meant() -> None:
    often = "[Louisa], <her sister>, sat. " * 5
    passage = f"{often}[Henrietta], <her sister>, sat. {RAIN}<her sister> wept."
    found = told(passage, PEOPLE, pronouns={"her": "Mary"})
    assert found.means("her sister")[-2:] == ["Henrietta", "Louisa"]
    last = [mention.id for mention in found.mentions if mention.text == "her sister"][-1]
    assert found.found.meant[last].confidence > 0.7  # both are surely sisters


def test_any_two_are_one_thing_to_each_other() -> None:
    passage = "[Louisa] was <her sister>. [Louisa], <her sister>, sat. [Louisa], <her daughter>, sat."
    found = told(passage, PEOPLE, pronouns={"her": "Anne"})
    assert found.fills("Anne", "sister") == {"Louisa"} and found.fills("Anne", "daughter") == set()


def test_a_known_meaning_stands_and_evidence_is_shown() -> None:
    found = told("[Louisa], <his sister>, came. <his sister> wept.", PEOPLE,
                 pronouns={"his": "Charles", "his sister": "Henrietta"})  # fmt: skip
    assert found.means("his sister") == ["", ""]
    slot = next(slot for slot in told("[Louisa], <his sister>, came. <his sister> wept.", PEOPLE,
                                      pronouns={"his": "Charles"}).found.slots)  # fmt: skip
    assert slot.kin == find_kin("sister") and len(slot.phrases) == 2
    assert slot.fillers[0].entity == "Louisa" and slot.phrases[0] in slot.fillers[0].evidence


COUPLE: dict[str, Gender] = {"Mr. Philips": "male", "Mrs. Philips": "female", "Jane": "female", "Lydia": "female"}


def test_an_aunt_of_a_name_that_means_her_husband_is_his_wife() -> None:
    found = told("“[Lydia] came after <my aunt> [Mr. Philips],” said she.", COUPLE, speech=("Jane", ()))
    assert found.fills("Jane", "aunt") == {"Mrs. Philips"}


def test_her_father_between_commas_is_nobody_who_is_spoken_to() -> None:
    about = "“The old man, <her father>, used to come,” said he. “<Her father>, you know, is poor.”"
    assert (
        told(about, PEOPLE, pronouns={"her": "Louisa", "Her": "Louisa"}, speech=("Anne", ("Charles",))).found.meant
        == {}
    )
    to = told(
        "“Well, <my father>, you know me,” said she.", PEOPLE, pronouns={"my": "Anne"}, speech=("Anne", ("Charles",))
    )
    assert to.fills("Anne", "father") == {"Charles"}


def test_my_child_says_nothing_of_whose_child_it_is() -> None:
    found = told("“Good night, <my child>.” “Good night, <my dear child>!”", PEOPLE, speech=("Anne", ("Louisa",)))
    assert found.found.slots == ()


PIECES = "[Louisa:c1]/[Charles:c2]/<his sister:c1>/<her brother>/<Anne's wife>/<papa>/“/”/,/was/and".split("/")
words = st.sampled_from(PIECES)


@settings(deadline=None, max_examples=60)
@given(st.lists(words, max_size=25))
def test_whatever_the_text_meanings_are_of_people_and_likely(pieces: list[str]) -> None:
    found = told(" ".join(pieces) + ".", PEOPLE, pronouns={"his": "Charles", "her": "Louisa"},
                 speech=("Anne", ("Mary",)))  # fmt: skip
    for meaning in found.found.meant.values():
        assert meaning.entity in PEOPLE and 0.5 <= meaning.confidence <= 1
    for slot in found.found.slots:
        assert all(filler.entity != slot.possessor and filler.confidence >= 0.5 for filler in slot.fillers)
        assert len(slot.fillers) <= 1 or not slot.kin.sole


def test_the_same_for_every_hash_seed() -> None:
    script = (
        "import sys; sys.path[:0] = ['tests/cast', 'tests/support']\n"
        "from test_kin_slots import PEOPLE, told\n"
        "print(told('[Louisa], <his sister>, sat. [Henrietta] was <his sister>. [Mary] and <his sister> came.',"
        " PEOPLE, pronouns={'his': 'Charles'}).found)"
    )
    every = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(every) == 1
