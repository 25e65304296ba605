"""The people of a play: its dramatis personae, the labels of its speeches, and the names that mean them.

A label is the role whose names it is, whose words it has ("ROBERT" for Robert Falconbridge), whose name it shortens
("Ham."), or whose description has its words ("Nurse" for "Anne, their nurse"; only if that role has no other label).
Where it could be several, roles with labels of their own are left out: "TESMAN" is George, for Hedda Tesman speaks as
"HEDDA". A label that is no role's is a person of its own. Names in speeches and stage directions mean the only person
whose label or role has their words, if no title speaks against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from litgraph.cast.address import is_address
from litgraph.names.grammar import Name, fold, parse_name
from litgraph.names.lexicon import gender_of_given_name
from litgraph.names.titles import find_title
from litgraph.types import Gender, Mention, Play, Role, Voice

_NOBODYS = frozenset("all both omnes together several others everybody everyone voices ambo tous alle beide".split())
_SMALL = frozenset("the of and a an to de du von van la le".split())
_EQUAL, _WORDS, _SHORTENED, _DESCRIBED = 4, 3, 2, 1
_SLIP = 10  # times that a label must come for one that differs in a single letter to be a misprint of it
_CALLED, _CALLED_SHARE = 3, 0.6  # times that a person must be called by a name that no list has, of all such calls


@dataclass(eq=False)
class Player:
    """Somebody who speaks in a play, or whom its dramatis personae list.

    Attributes:
        name: as the dramatis personae print it, or else the label.
        names: all names and labels, folded.
        gender: from the list, a title or the given name.
        mentions: indexes of labels and of other mentions by name.
    """

    name: str
    names: list[str] = field(default_factory=list)
    gender: Gender = "unknown"
    mentions: list[int] = field(default_factory=list)


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
        index: _key(mention.text)
        for index, mention in enumerate(mentions)
        if mention.start in label_starts and mention.end == label_starts[mention.start].label.end
    }
    by_role = [Player(role.names[0], [_key(name) for name in role.names], _gender(role)) for role in play.roles]
    _add_married_names(play.roles, by_role)
    ids = {role.id: number for number, role in enumerate(play.roles) if role.id}
    marked = {
        labels[index]: ids[who[0]]
        for index in labels
        if len(who := label_starts[mentions[index].start].who) == 1 and who[0] in ids
    }
    role_of = marked | _roles_of_labels(Counter(key for key in labels.values() if key not in marked), play.roles)
    others: dict[str, Player] = {}
    taken: dict[int, str] = {}
    for index, key in labels.items():
        taken[index] = printed = _printed(mentions[index].text)
        if _is_nobodys(key, role_of):
            continue
        if key in role_of:
            player = by_role[role_of[key]]
        else:
            player = others.setdefault(key, Player(printed, [key], _gender_of_name(printed)))
        if key not in player.names:
            player.names.append(key)
        player.mentions.append(index)
    people = [*by_role, *others.values()]
    _add_names(people, mentions, taken)
    if _learn_full_names(people, mentions, taken):
        _add_names(people, mentions, taken)
    _add_called(people, mentions, taken, text, voices)
    return Players([player for player in people if player.mentions], taken)


def _key(name: str) -> str:
    return fold(" ".join(name.replace(".", ". ").split()))


def _words(key: str) -> list[str]:
    return [word for word in key.split() if word not in _SMALL] or key.split()


def _printed(label: str) -> str:
    """A label in ordinary case."""
    if not label.isupper():
        return label
    return " ".join(
        word if len(word.rstrip(".")) < 2 else word.lower() if index and fold(word) in _SMALL else word.capitalize()
        for index, word in enumerate(label.split())
    )


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


def _roles_of_labels(times: Counter[str], roles: Sequence[Role]) -> dict[str, int]:
    """Which role each label is, by its index; none for a label that is no role's."""
    fitting: dict[str, dict[int, int]] = {}
    for key in times:
        levels = {number: level for number, role in enumerate(roles) if (level := _fit(_words(key), key, role))}
        best = max(levels.values(), default=0)
        fitting[key] = {number: level for number, level in levels.items() if level == best}
    found: dict[str, int] = {}
    for least in (_SHORTENED, _DESCRIBED):
        open_ = [key for key in fitting if key not in found and max(fitting[key].values(), default=0) >= least]
        while open_:
            owned = set(found.values())
            settled = {}
            for key in open_:
                several = len(fitting[key]) > 1 or least == _DESCRIBED
                left = [number for number in fitting[key] if not several or number not in owned]
                if len(left) == 1:
                    settled[key] = left[0]
            if not settled:  # several who have no other label: the first of the list
                left = [number for number in fitting[open_[0]] if number not in owned]
                settled = {open_[0]: left[0]} if left else {}
                open_ = open_ if left else open_[1:]
            found |= settled
            open_ = [key for key in open_ if key not in found]
    return found | _misprints(times, found)


def _fit(words: Sequence[str], key: str, role: Role) -> int:
    """How well a label fits a role."""
    names = [_key(name) for name in role.names]
    if key in names:
        return _EQUAL
    own = [word for name in names for word in _words(name)]
    if all(word in own for word in words):
        return _WORDS
    if all(any(_shortens(word, whole) for whole in own) for word in words):
        return _SHORTENED
    described = [*own, *_words(fold(" ".join(role.description.replace(",", " ").replace(";", " ").split())))]
    if all(any(word == whole or (len(word) > 2 and whole.endswith(word)) for whole in described) for word in words):
        return _DESCRIBED
    return 0


def _shortens(word: str, whole: str) -> bool:
    if word == whole:
        return True
    return whole.startswith(word) and (len(word) > 1 or find_title(whole) is not None)


def _misprints(times: Counter[str], found: Mapping[str, int]) -> dict[str, int]:
    """Labels that differ in one letter from a much more frequent one ("Menders" for "Manders")."""
    patterns: dict[str, str] = {}
    for key in found:
        for place in range(len(key)):
            patterns.setdefault(f"{key[:place]}?{key[place + 1 :]}", key)
    slips: dict[str, int] = {}
    for key in times:
        if key not in found and len(key) > 3:
            for place in range(len(key)):
                right = patterns.get(f"{key[:place]}?{key[place + 1 :]}")
                if right and times[right] >= _SLIP * times[key]:
                    slips[key] = found[right]
    return slips


def _is_nobodys(key: str, role_of: Mapping[str, int]) -> bool:
    """Do several people speak under a label ("ALL", "TESMAN and MRS. ELVSTED")?"""
    if key in role_of:
        return False
    words = key.split()
    return words[0] in _NOBODYS or "and" in words[1:-1] or "&" in words[1:-1]


def _add_names(people: Sequence[Player], mentions: Sequence[Mention], taken: dict[int, str]) -> None:
    """Give the people the mentions by name that mean them alone."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, player in enumerate(people):
        for word in dict.fromkeys(word for name in player.names for word in _words(name)):
            having[word].append(number)
    bearer: dict[str, int | None] = {}
    for index, mention in enumerate(mentions):
        if mention.form == "name" and index not in taken:
            if mention.text not in bearer:
                bearer[mention.text] = _bearer(mention.text, people, having)
            number = bearer[mention.text]
            name = parse_name(mention.text)
            # "Judge Brack" is he, whatever a reader takes him for; "Norfolk" may be the county.
            if number is not None and name and (mention.label == "PER" or len(name.text.split()) > 1):
                people[number].mentions.append(index)
                taken[index] = name.text
                if people[number].gender == "unknown" and name.title:
                    people[number].gender = name.title.gender


def _learn_full_names(people: Sequence[Player], mentions: Sequence[Mention], taken: Mapping[int, str]) -> bool:
    """Learn given names and maiden names of those whom the list calls by one name; True if there are any.

    "Jacob Engstrand" is Engstrand, and "Christine Linde" Mrs. Linde, if nobody else of that surname is without a given
    name. "Hedda Gabler" is Hedda Tesman if she is somebody's wife.
    """
    by_surname: defaultdict[str, list[Player]] = defaultdict(list)
    wives: defaultdict[str, list[Player]] = defaultdict(list)
    for player in people:
        if _has_no_given_name(player.names[0]):
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
        if len(bearers) == 1 and _agree(gender, bearers[0].gender):
            bearers[0].names.append(_key(name.text))
            learned = True
    return learned


def _bearer(text: str, people: Sequence[Player], having: Mapping[str, Sequence[int]]) -> int | None:
    """The index of the only one whom a name can mean; None if it means nobody, or may mean several."""
    name = parse_name(text)
    if name is None or name.group:
        return None
    key = _key(name.text)
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


def _title_fits(titles: Sequence[object], player: Player, words: Sequence[str]) -> bool:
    """Does no title speak against a person? Mr. Krogstad may be Nils Krogstad; Captain Alving is not Oswald Alving."""
    for title in titles:
        text, gender, rank = (getattr(title, name) for name in ("text", "gender", "rank"))
        with_words = [name for name in player.names if set(words) & set(name.split())]
        if any(fold(text) in name.split() for name in with_words):
            continue
        if not _agree(gender, player.gender):
            return False
        others = {other.rank for name in with_words if (other := find_title(name.split()[0]))}
        if (rank not in ("mr", "mrs", "miss") and fold(text) != "master") or not others <= {rank, "other"}:
            return False
    return True


def _agree(one: Gender, other: Gender) -> bool:
    return "unknown" in (one, other) or one == other


def _add_called(
    people: Sequence[Player], mentions: Sequence[Mention], taken: dict[int, str], text: str, voices: Sequence[Voice]
) -> None:
    """Give a single name that no list has to the one who hears it whenever somebody is called so.

    Mrs. Linde, to whom Nora says "Christine", has no given name in the list.
    """
    owner = {mentions[index].id: number for number, player in enumerate(people) for index in player.mentions}
    calls: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for index, voice in _spoken(mentions, voices):
        name = parse_name(mentions[index].text) if index not in taken else None
        if name and len(name.words) == 1 and _is_called(name) and mentions[index].label == "PER":
            if is_address(text, mentions[index].start, mentions[index].end):
                heard = [owner[id_] for id_, share in voice.hearer if share > 0.5 and id_ in owner]
                calls[name.text][heard[0] if heard else -1] += 1
    means: dict[str, int] = {}
    for called, hearers in calls.items():
        number, times = max(hearers.items(), key=lambda one: (one[1], -one[0]))
        enough = times >= _CALLED and times >= _CALLED_SHARE * hearers.total()
        if number >= 0 and enough and _may_be_called(people[number], called):
            means[called] = number
    for index, mention in enumerate(mentions):
        if mention.form == "name" and mention.label == "PER" and index not in taken:
            name = parse_name(mention.text)
            if name and name.text in means:
                people[means[name.text]].mentions.append(index)
                taken[index] = name.text


def _is_called(name: Name) -> bool:
    """Is it a given name as people are called by, "Christine" or "Aunt Julia"?"""
    return all(fold(title.text) in ("aunt", "uncle", "miss", "master") for title in name.titles)


def _may_be_called(player: Player, called: str) -> bool:
    """May somebody be called by a name that no list has: by a given name, who has none, or by a short form of it?"""
    word = fold(called.split()[-1])
    if not _agree(gender_of_given_name(word), player.gender):
        return False
    given = [name.split()[-2] for name in player.names if not _has_no_given_name(name)]
    return not given or any(own.startswith(word) for own in given)


def _spoken(mentions: Sequence[Mention], voices: Sequence[Voice]) -> Iterator[tuple[int, Voice]]:
    """The mentions by name that are spoken, with their speeches; both come in text order."""
    place = 0
    for index, mention in enumerate(mentions):
        while place < len(voices) and voices[place].end <= mention.start:
            place += 1
        if place < len(voices) and mention.form == "name" and voices[place].start <= mention.start:
            yield index, voices[place]


def _has_no_given_name(key: str) -> bool:
    words = key.split()
    return len(words) == 1 or (len(words) == 2 and find_title(words[0]) is not None)
