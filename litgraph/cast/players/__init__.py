"""The people of a play: its dramatis personae, the labels of its speeches, and the names that mean them.

The dramatis personae come first; a label that is no role's is a person of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litgraph.cast.players.called import add_called
from litgraph.cast.players.labels import is_nobodys, roles_of_labels, shortened
from litgraph.cast.players.names import add_names, learn_full_names
from litgraph.cast.players.person import SMALL_WORDS, Player, name_key
from litgraph.drama import Play, Role
from litgraph.names.grammar import fold
from litgraph.names.lexicon import gender_of_given_name
from litgraph.names.titles import find_title
from litgraph.types import Gender, Mention, Voice

__all__ = ["Player", "Players", "players"]


@dataclass(frozen=True, slots=True)
class Players:
    """Who is in a play.

    Attributes:
        people: those who are mentioned at least once, in the order of the list, then of their first label.
        taken: indexes of mentions that are somebody's here, or nobody's ("ALL"), with the name as it is printed.
    """

    people: Sequence[Player]
    taken: Mapping[int, str]


def players(mentions: Sequence[Mention], play: Play, text: str, voices: Sequence[Voice] = ()) -> Players:
    """The people of a play and the mentions by name that are theirs.

    Args:
        mentions: of the whole book, in text order, its labels among them.
        play: its labels and its dramatis personae.
        text: ``Book.text``.
        voices: its speeches; who hears them tells whom a name means that no list has.
    """
    label_starts = {speech.label.start: speech for speech in play.speeches}
    labels = {
        index: name_key(mention.text)
        for index, mention in enumerate(mentions)
        if mention.start in label_starts and mention.end == label_starts[mention.start].label.end
    }
    by_role = [Player(role.names[0], [name_key(name) for name in role.names], _gender(role)) for role in play.roles]
    _add_married_names(play.roles, by_role)
    ids = {role.id: number for number, role in enumerate(play.roles) if role.id}
    marked = {
        labels[index]: ids[who[0]]
        for index in labels
        if len(who := label_starts[mentions[index].start].who) == 1 and who[0] in ids
    }
    role_of = marked | roles_of_labels(Counter(key for key in labels.values() if key not in marked), play.roles)
    whole = shortened(dict.fromkeys(key for key in labels.values() if key not in role_of))
    others: dict[str, Player] = {}
    taken: dict[int, str] = {}
    for index, key in labels.items():
        taken[index] = printed = _printed(mentions[index].text)
        if is_nobodys(key, role_of):
            continue
        if key in role_of:
            player = by_role[role_of[key]]
        else:
            long = whole.get(key, key)
            player = others.setdefault(long, Player(printed, [long], _gender_of_name(printed)))
            player.name = printed if key == long else player.name
        if key not in player.names:
            player.names.append(key)
        player.mentions.append(index)
    people = [*by_role, *others.values()]
    add_names(people, mentions, taken)
    if learn_full_names(people, mentions, taken):
        add_names(people, mentions, taken)
    add_called(people, mentions, taken, text, voices)
    return Players([player for player in people if player.mentions], taken)


def _printed(label: str) -> str:
    """A label in ordinary case."""
    if not label.isupper():
        return label
    words = [word if len(word.rstrip(".")) < 2 else word.capitalize() for word in label.split()]
    return " ".join(word.lower() if index and fold(word) in SMALL_WORDS else word for index, word in enumerate(words))


def _gender(role: Role) -> Gender:
    return role.gender if role.gender != "unknown" else _gender_of_name(role.names[0])


def _gender_of_name(name: str) -> Gender:
    words = name.split()
    title = find_title(words[0]) if words else None
    if title and title.gender != "unknown":
        return title.gender
    return gender_of_given_name(fold(words[0])) if words else "unknown"


def _add_married_names(roles: Sequence[Role], people: Sequence[Player]) -> None:
    """ "Nora, his wife" below Torvald Helmer is Mrs. Helmer, too."""
    for number, role in enumerate(roles):
        if number and fold(role.description).startswith("his wife"):
            surname = people[number - 1].names[0].split()[-1]
            people[number].names.append(f"mrs {surname}")
