"""Names by which people of a play are called and that no list has: "Christine" is Mrs. Linde, who hears it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from litgraph.cast.address import is_address
from litgraph.cast.players.person import Player, agree, has_no_given_name
from litgraph.names.grammar import Name, fold, parse_name
from litgraph.names.lexicon import gender_of_given_name
from litgraph.types import Mention, Voice

_NOBODY = -1
_SOLE = 0.5  # probability above which somebody is the only hearer
_CALLED, _CALLED_SHARE = 3, 0.6  # times that a person must be called by a name that no list has, of all such calls


def add_called(
    people: Sequence[Player], mentions: Sequence[Mention], taken: dict[int, str], text: str, voices: Sequence[Voice]
) -> None:
    """Give a single name that no list has to the one who hears it whenever somebody is called so.

    Mrs. Linde, to whom Nora says "Christine", has no given name in the list.
    """
    owner = {mentions[index].id: number for number, player in enumerate(people) for index in player.mentions}
    calls: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for index, voice in _spoken(mentions, voices):
        name = parse_name(mentions[index].text) if index not in taken else None
        person = name is not None and _is_called(name) and mentions[index].label == "PER"
        if name and person and is_address(text, mentions[index].start, mentions[index].end):
            heard = [owner[id_] for id_, share in voice.hearer if share > _SOLE and id_ in owner]
            calls[name.text][heard[0] if heard else _NOBODY] += 1
    means: dict[str, int] = {}
    for called, hearers in calls.items():
        number, times = max(hearers.items(), key=lambda one: (one[1], -one[0]))
        enough = times >= _CALLED and times >= _CALLED_SHARE * hearers.total()
        if number != _NOBODY and enough and _may_be_called(people[number], called):
            means[called] = number
    for index, mention in enumerate(mentions):
        if mention.form == "name" and mention.label == "PER" and index not in taken:
            name = parse_name(mention.text)
            if name and name.text in means:
                people[means[name.text]].mentions.append(index)
                taken[index] = name.text


def _is_called(name: Name) -> bool:
    """Is it a given name as people are called by, "Christine" or "Aunt Julia"?"""
    return len(name.words) == 1 and all(
        fold(title.text) in ("aunt", "uncle", "miss", "master") for title in name.titles
    )


def _may_be_called(player: Player, called: str) -> bool:
    """May somebody be called by a name that no list has: by a given name, who has none, or by a short form of it?"""
    word = fold(called.split()[-1])
    if not agree(gender_of_given_name(word), player.gender):
        return False
    given = [name.split()[-2] for name in player.names if not has_no_given_name(name)]
    return not given or any(own.startswith(word) for own in given)


def _spoken(mentions: Sequence[Mention], voices: Sequence[Voice]) -> Iterator[tuple[int, Voice]]:
    """The mentions by name that are spoken, with their speeches; both come in text order."""
    place = 0
    for index, mention in enumerate(mentions):
        while place < len(voices) and voices[place].end <= mention.start:
            place += 1
        if place < len(voices) and mention.form == "name" and voices[place].start <= mention.start:
            yield index, voices[place]
