"""Whom the names in the speeches and stage directions of a play mean.

A name means the only person whose label or role has its words, if no title speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from litgraph.cast.players.person import Player, agree, has_no_given_name, name_key, telling_words
from litgraph.names.grammar import fold, parse_name
from litgraph.names.lexicon import gender_of_given_name
from litgraph.names.titles import Title, find_title
from litgraph.types import Mention


def add_names(people: Sequence[Player], mentions: Sequence[Mention], taken: dict[int, str]) -> None:
    """Give the people the mentions by name that mean them alone."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, player in enumerate(people):
        for word in dict.fromkeys(word for name in player.names for word in telling_words(name)):
            having[word].append(number)
    bearer: dict[str, int | None] = {}
    for index, mention in enumerate(mentions):
        if mention.form == "name" and index not in taken:
            if mention.text not in bearer:
                bearer[mention.text] = _bearer(mention.text, people, having)
            owner = bearer[mention.text]
            name = parse_name(mention.text)
            # "Judge Brack" is he, whatever a reader takes him for; "Norfolk" may be the county.
            if owner is not None and name and (mention.label == "PER" or len(name.text.split()) > 1):
                people[owner].mentions.append(index)
                taken[index] = name.text
                if people[owner].gender == "unknown" and name.title:
                    people[owner].gender = name.title.gender


def learn_full_names(people: Sequence[Player], mentions: Sequence[Mention], taken: Mapping[int, str]) -> bool:
    """Learn given names and maiden names of those whom the list calls by one name; True if there are any.

    "Jacob Engstrand" is Engstrand, and "Christine Linde" Mrs. Linde, if nobody else of that surname is without a given
    name. "Hedda Gabler" is Hedda Tesman if she is somebody's wife.
    """
    by_surname: defaultdict[str, list[Player]] = defaultdict(list)
    wives: defaultdict[str, list[Player]] = defaultdict(list)
    for player in people:
        if has_no_given_name(player.names[0]):
            by_surname[player.names[0].split()[-1]].append(player)
        elif any(name.startswith("mrs ") for name in player.names[1:]):
            wives[player.names[0].split()[0]].append(player)
    learned = False
    for text in dict.fromkeys(
        one.text for index, one in enumerate(mentions) if one.form == "name" and index not in taken
    ):
        name = parse_name(text)
        if name is None or name.titles or name.group or name.of or len(name.words) != 2:
            continue
        given, surname = name.folded
        bearers = by_surname.get(surname, ()) or wives.get(given, ())
        gender = gender_of_given_name(given)
        if len(bearers) == 1 and agree(gender, bearers[0].gender):
            bearers[0].names.append(name_key(name.text))
            learned = True
    return learned


def _bearer(text: str, people: Sequence[Player], having: Mapping[str, Sequence[int]]) -> int | None:
    """The index of the only one whom a name can mean; None if it means nobody, or may mean several."""
    name = parse_name(text)
    if name is None or name.group:
        return None
    key = name_key(name.text)
    words = [*name.folded, *(fold(word) for word in name.of.split())]
    if not words:
        words = [fold(title.text) for title in name.titles]
    candidates = [number for number in having.get(words[0], ()) if _has(people[number], words, bool(name.titles))]
    equal = [number for number in candidates if key in people[number].names]
    fitting = equal or [number for number in candidates if _title_fits(name.titles, people[number], words)]
    if len(fitting) > 1 and name.title:
        told = [number for number in fitting if people[number].gender == name.title.gender]
        fitting = told or fitting
    if len(fitting) != 1:
        return None
    if len(words) == 1 and not (equal or name.titles) and _is_anothers(words[0], people[fitting[0]], people, having):
        return None
    return fitting[0]


def _is_anothers(word: str, player: Player, people: Sequence[Player], having: Mapping[str, Sequence[int]]) -> bool:
    """Is a word the surname of somebody and also of a Mrs. or a Miss? "Alving" may be Mrs. Alving's late husband."""
    others = [people[number] for number in having[word] if people[number] is not player]
    titled = any(one.names[0].startswith(("mrs ", "miss ")) and word in one.names[0].split() for one in others)
    return titled and all(word != name.split()[0] for name in player.names)


def _has(player: Player, words: Sequence[str], titled: bool) -> bool:
    """Do the names of a person have all the words? Nobody calls Mrs. Hale "Hale": that is her husband."""
    own = [name.split() for name in player.names]
    known = {word for name in own if titled or len(name) > 2 or name[0] not in ("mrs", "miss") for word in name}
    return set(words) <= known


def _title_fits(titles: Sequence[Title], player: Player, words: Sequence[str]) -> bool:
    """Does no title speak against a person? Mr. Krogstad may be Nils Krogstad; Captain Alving is not Oswald Alving."""
    for title in titles:
        with_words = [name for name in player.names if set(words) & set(name.split())]
        if any(fold(title.text) in name.split() for name in with_words):
            continue
        if not agree(title.gender, player.gender):
            return False
        others = {other.rank for name in with_words if (other := find_title(name.split()[0]))}
        if title.rank not in ("mr", "mrs", "miss", "master") or not others <= {title.rank}:
            return False
    return True
