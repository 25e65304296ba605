"""A made-up novel with enough of everything that each question of the cookbook has an answer; the same each time."""

from __future__ import annotations

import random

import networkx
from graphs import edge, piece, spoken

from litgraph.ontology import RELATIONS

PEOPLE, PLACES = 36, 6
RELATIONSHIPS = {
    "sibling_of": 16, "spouse_of": 9, "child_of": 10, "parent_father_of": 8, "lover_of": 22, "rival_of": 12,
    "enemy_of": 12, "friend_of": 14, "companion_of": 8, "employer_of": 8, "leader_of": 4, "co_occurs_with": 60,
    "speaks_to": 60,
}  # fmt: skip
AT = {"lives_in": 20, "visits": 14, "travel_to": 8, "born_in": 4}


def society(book: str, seed: int = 1813) -> networkx.MultiDiGraph:
    """People with kin, lovers, rivals, and places to be; "Ann 0" is connected with many and meets "Ben 1"."""
    choose = random.Random(seed)
    graph = networkx.MultiDiGraph(identifier=book, title="A made-up novel", author="Nobody")
    first_names = ("Ann", "Ben", "Cat", "Dan")
    for number in range(PEOPLE):
        begin = choose.randrange(1, 30)
        graph.add_node(
            f"p{number}", kind="character", name=f"{first_names[number % 4]} {number}", aliases=[f"P{number}"],
            gender=("female", "male")[number % 2], mentions=choose.randrange(1, 400), first=begin,
            last=begin + choose.choice((0, 5, 20)), ambiguous=False,
        )  # fmt: skip
    for number in range(PLACES):
        graph.add_node(
            f"h{number}", kind="place", name=f"House {number}", aliases=[], gender="unknown", mentions=number, first=1,
            last=9, ambiguous=False,
        )  # fmt: skip

    def say(head: str, relation: str, tail: str) -> None:
        told = [piece(choose.randrange(1, 40), choose.randrange(10**6), f"{head} {tail}.") for _ in range(2)]
        told.sort(key=lambda one: one["start"])
        pieces, confidence = told[: choose.choice((1, 2))], round(choose.random(), 4)
        data = (
            spoken(*pieces, confidence=confidence)
            if relation == "speaks_to"
            else edge(relation, *pieces, confidence=confidence)
        )
        if (relation in RELATIONS and RELATIONS[relation].symmetric) or relation == "co_occurs_with":
            head, tail = sorted((head, tail))
        else:
            data["directed"] = True
        graph.add_edge(head, tail, relation, **data)

    say("p0", "co_occurs_with", "p1")
    say("p0", "speaks_to", "p1")
    say("p1", "speaks_to", "p0")
    say("p0", "sibling_of", "p1")
    say("p0", "lives_in", "h0")
    for relation, count in RELATIONSHIPS.items():
        for _ in range(count):
            one, other = choose.sample(range(PEOPLE), 2)
            say(f"p{one}", relation, f"p{other}")
    for relation, count in AT.items():
        for _ in range(count):
            say(f"p{choose.randrange(PEOPLE)}", relation, f"h{choose.randrange(PLACES)}")
    return graph
