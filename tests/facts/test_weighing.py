"""From claims to facts: what is said of the Bennets, weighed."""

from __future__ import annotations

import pytest

from litgraph.cast.file.said import SaidFact
from litgraph.cast.kin.slots import Filler, KinSlot
from litgraph.cast.kin.words import Kin
from litgraph.facts.belief import Weights, usual_weights
from litgraph.facts.evidence import Evidence, gather
from litgraph.facts.features import features
from litgraph.facts.weighing import facts_of
from litgraph.sentences import segment
from litgraph.types import Book, Cast, Chapter, Entity, Fact, Mention, MentionForm, Quotation, Relation, Span

TEXT = (
    "Mr. Bennet spoke to his daughter Jane. Mrs. Bennet came in. “Mamma!” said Jane. "
    "Jane loved her sister Lizzy, and Mr. Bingley loved Jane."
)
BOOK = Book(TEXT, divisions=(Chapter(1, "", 0, len(TEXT)),), paragraphs=(Span(0, len(TEXT)),))
SENTENCES = segment(BOOK)
PEOPLE = {
    "mr-bennet": ("Mr. Bennet", "male"),
    "mrs-bennet": ("Mrs. Bennet", "female"),
    "jane": ("Jane Bennet", "female"),
    "lizzy": ("Lizzy Bennet", "female"),
    "mr-bingley": ("Mr. Bingley", "male"),
}
CAST = Cast(
    tuple(
        Entity(id_, name, "character", ((name, 3),), "male" if gender == "male" else "female", mentions=3)
        for id_, (name, gender) in PEOPLE.items()
    )
)
FATHER_OF_JANE = ("mr-bennet", "parent_father_of", "jane")
SISTERS = ("jane", "sibling_of", "lizzy")
WEIGHTS = Weights(
    {"kin": {"always": -3.0, "said": 5.0, "kin phrase": 5.0, "by name": 5.0, "called so": 5.0}},
    {"kin": {"always": -3.0, "said": 5.0, "kin phrase": 5.0, "by name": 5.0, "called so": 5.0, "follows": 4.0}},
)


def mention(words: str, entity: str, number: int) -> Mention:
    start = TEXT.index(words)
    sentence = next(one for one in SENTENCES if one.start <= start < one.end)
    form: MentionForm = "noun" if words[0].islower() else "name"
    return Mention(f"m{number}", start, start + len(words), words, "PER", form, sentence.index, 1, entity)


MENTIONS = [
    mention("Mr. Bennet", "mr-bennet", 0),
    mention("his daughter Jane", "jane", 1),
    mention("Mrs. Bennet", "mrs-bennet", 2),
    mention("her sister Lizzy", "lizzy", 3),
    mention("Mr. Bingley", "mr-bingley", 4),
]
SLOTS = [
    KinSlot("mr-bennet", Kin("daughter", "child", "female"), (Filler("jane", 0.95, ("m1",)),), ("m1",)),
    KinSlot("jane", Kin("sister", "sibling", "female"), (Filler("lizzy", 0.95, ("m3",)),), ("m3",)),
]


def said(head: str, relation: str, tail: str, confidence: float, source: str = "literary-1") -> Relation:
    return Relation(head, relation, tail, confidence, relation, source, "m0", "m4", 0, 38, 1)


def evidence(*relations: Relation, slots: list[KinSlot] = SLOTS) -> Evidence:
    start = TEXT.index("“Mamma!”")
    quotations = [Quotation("q0", start, start + 8, 1, "jane", ("mrs-bennet",), certainty=1.0)]
    return gather(BOOK, SENTENCES, MENTIONS, CAST, quotations, slots, relations)


def by_edge(*relations: Relation) -> dict[tuple[str, str, str], Fact]:
    return {(one.head, one.relation, one.tail): one for one in facts_of(evidence(*relations), WEIGHTS)}


def test_phrases_of_kinship_address_and_names_are_claims_with_their_sentences() -> None:
    facts = by_edge()
    father = facts["mr-bennet", "parent_father_of", "jane"]
    assert father.basis == "stated" and father.confidence > 0.8 and father.sources == ("kin phrases",)
    assert [TEXT[start:end] for _, start, end in father.evidence] == ["Mr. Bennet spoke to his daughter Jane."]
    assert facts["mrs-bennet", "parent_mother_of", "jane"].sources == ("address",)
    assert facts["mr-bennet", "spouse_of", "mrs-bennet"].claims == ("n0",)


def test_what_follows_says_from_what() -> None:
    facts = by_edge()
    by_id = {fact.id: edge for edge, fact in facts.items()}
    father = facts["mr-bennet", "parent_father_of", "lizzy"]
    assert father.basis == "inferred" and not father.claims and father.evidence
    assert {by_id[id_] for id_ in father.because} == {
        ("mr-bennet", "parent_father_of", "jane"),
        ("jane", "sibling_of", "lizzy"),
    }


def test_what_follows_is_at_least_as_likely_as_that_its_premises_hold() -> None:
    facts = by_edge()
    first = {edge: facts[edge].confidence for edge in (FATHER_OF_JANE, SISTERS)}
    follows = facts["mr-bennet", "parent_father_of", "lizzy"].confidence
    assert follows >= 0.9 * first[FATHER_OF_JANE] * first[SISTERS] > 0.5


def test_a_person_whom_the_reader_puts_in_a_place_visits_it() -> None:
    london = Entity("london", "London", "place", (("London", 3),), mentions=3)
    cast = Cast((*CAST.entities, london))
    claims = [said("mr-bennet", "located_in", "london", 0.9), said("jane", "located_in", "london", 0.9, source="me")]
    known = gather(BOOK, SENTENCES, MENTIONS, cast, [], [], claims)
    assert ("mr-bennet", "visits", "london") in known.claims
    assert ("jane", "located_in", "london") in known.claims  # a person's words stay as they are


def test_what_is_only_said_is_told_from_narration() -> None:
    start = TEXT.index("Mr. Bingley")
    spoken = [Quotation("q0", start - 2, start + 30, 1, "jane", ("lizzy",), certainty=1.0)]
    claims = [said("mr-bennet", "sibling_of", "mr-bingley", 0.9)]
    inside = gather(BOOK, SENTENCES, MENTIONS, CAST, spoken, [], claims)
    outside = gather(BOOK, SENTENCES, MENTIONS, CAST, [], [], claims)
    assert (inside.spoken, outside.spoken) == ({"r0"}, frozenset())
    key = ("mr-bennet", "sibling_of", "mr-bingley")
    assert "told" not in features(key, inside, {}) and features(key, outside, {})["told"] == 0.9


def test_phrases_of_a_mother_make_the_only_mrs_of_the_name_the_mother() -> None:
    mother = KinSlot("lizzy", Kin("mother", "parent", "female"), (), ("m1", "m3"))
    known = evidence(slots=[mother])
    (claim,) = known.claims["mrs-bennet", "parent_of", "lizzy"]
    assert (claim.form, claim.source) == ("names", "names") and len(claim.windows) == 2
    assert not any(key[1] == "parent_of" for key in evidence(slots=[]).claims if key[0] == "mr-bennet")


def test_a_likelier_fact_excludes_another() -> None:
    facts = by_edge(said("jane", "spouse_of", "mr-bennet", 0.5))
    wife = facts["jane", "spouse_of", "mr-bennet"]
    assert wife.against == facts["mr-bennet", "parent_father_of", "jane"].id
    assert wife.confidence <= 1 - facts["mr-bennet", "parent_father_of", "jane"].confidence + 1e-9


def test_what_a_person_or_another_labeller_says_is_as_sure_as_said() -> None:
    facts = by_edge(
        said("mr-bennet", "rival_of", "mr-bingley", 0.7, source="me"), said("mr-bingley", "lover_of", "jane", 0.9)
    )
    assert facts["mr-bennet", "rival_of", "mr-bingley"].confidence == pytest.approx(0.7)
    assert facts["mr-bingley", "lover_of", "jane"].confidence == 0  # of love these weights know nothing


def test_the_order_of_claims_makes_no_difference() -> None:
    claims = (said("jane", "friend_of", "lizzy", 0.4), said("lizzy", "child_of", "mr-bennet", 0.6))
    forward, backward = (facts_of(evidence(*order, slots=[]), WEIGHTS) for order in (claims, claims[::-1]))
    assert [(one.head, one.relation, one.tail, one.confidence) for one in forward] == [
        (one.head, one.relation, one.tail, one.confidence) for one in backward
    ]


def test_a_book_without_people_has_no_facts() -> None:
    assert facts_of(gather(BOOK, SENTENCES, [], Cast(()), [], [], []), WEIGHTS) == ()


def test_the_numbers_that_come_along_know_each_family_and_each_novel_without_itself() -> None:
    assert set(usual_weights().second) == {"kin", "love", "social", "roles", "places"}
    assert usual_weights(without="PrideAndPrejudice") != usual_weights()
    assert usual_weights(without="a novel of its own") == usual_weights()


def by_hand(*said: SaidFact, relations: tuple[Relation, ...] = ()) -> dict[tuple[str, str, str], Fact]:
    known = gather(BOOK, SENTENCES, MENTIONS, CAST, [], SLOTS, relations, said)
    return {(one.head, one.relation, one.tail): one for one in facts_of(known, WEIGHTS)}


def test_what_a_person_asserts_is_certain_and_excludes_what_the_machine_believes() -> None:
    facts = by_hand(SaidFact("jane", "child_of", "mr-bingley"))
    father = facts["mr-bingley", "parent_father_of", "jane"]
    assert (father.confidence, father.basis, father.sources, father.against) == (1.0, "stated", ("by hand",), "")
    assert facts["mr-bennet", "parent_father_of", "jane"].against == father.id


def test_what_follows_from_a_persons_word_is_inferred() -> None:
    facts = by_hand(SaidFact("mr-bingley", "spouse_of", "lizzy"))
    in_law = facts["jane", "relative_of", "mr-bingley"]
    assert in_law.basis == "inferred" and in_law.confidence > 0.2


def test_what_a_person_denies_is_not_believed_and_nothing_follows_from_it() -> None:
    facts = by_hand(SaidFact("jane", "sibling_of", "lizzy", deny=True))
    sisters = facts["jane", "sibling_of", "lizzy"]
    assert sisters.confidence == 0 and "by hand" in sisters.sources
    assert ("mr-bennet", "parent_father_of", "lizzy") not in facts


def test_two_facts_of_a_persons_word_hold_beside_each_other() -> None:
    facts = by_hand(SaidFact("jane", "child_of", "mr-bennet"), SaidFact("jane", "child_of", "mr-bingley"))
    assert all(facts[one, "parent_father_of", "jane"].confidence == 1 for one in ("mr-bennet", "mr-bingley"))
