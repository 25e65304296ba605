"""The dramatis personae: who is in a play, and what the list says of each.

>>> [(role.names, role.description) for role in roles_in("PUCK, or ROBIN GOODFELLOW, a fairy")]
[(('Puck', 'Robin Goodfellow'), 'a fairy')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from litgraph.drama import Role
from litgraph.names.grammar import fold
from litgraph.names.titles import find_title
from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.divisions.paragraph import Paragraph
from litgraph.reading.mapped import Block
from litgraph.reading.plays.labels import DIRECTION
from litgraph.types import Gender

_HEADER = re.compile(
    r"\W*(?:the )?(?:dramatis person(?:ae|æ|a)|(?:list of )?(?:characters|persons|personages|people|parts)"
    r"(?: (?:represented|(?:in|of) th(?:e|is) (?:play|drama|comedy|tragedy|piece)))?|cast(?: of characters)?"
    r"|act(?:o|ou?)rs['’]? names|persons? of the dialogue|interlocutors|speakers"
    r"|personnages|personen|personaggi|personajes)(?:\W*in (?:the )?order of (?:their )?(?:appearance|entrance))?\W*",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"[(\[*<]|\d|(?:the )?(?:scene|action|time|period|place|setting|costumes?)\b|(?:scenes?|act)[.:—]"
    r"|(?:the play|copyright|all rights|other|others|several|various|two|three|four|five|six|many)\b",
    re.IGNORECASE,
)
_SCENE = re.compile(r"\W*(?:the )?scene\b", re.IGNORECASE)
_LONGEST_ENTRY = 300  # characters; a longer paragraph below the list is a preface or a scene's description
_MOST_ENTRIES = 200
# What an entry may stand behind: a number, a bullet, marks of bold; and the brackets around its name.
_BULLET = re.compile(r"\A\s*(?:\d{1,2}[.)]\s+|[•·‣–—-]\s+|\*+\s?(?=[A-ZÀ-Þ]{2}))")
_NAME_IN_BRACKETS = re.compile(r"\A\s*\[([^\[\]]{2,40})\]")
_NEXT_ENTRY = re.compile(r";\s+(?=(?:[A-Z][a-z]{1,3}\.\s)?[A-ZÀ-Þ]{2})")
_COLUMNS = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
_LEADERS = re.compile(r"\s*(?:\.\s?){3,}.*$|\s*…+.*$")  # "NORA ........ Miss Achurch" names the player
_ASTERISK = re.compile(r"[*†‡]+|\[\d+\]|\(\d+\)")
_SPLIT = re.compile(
    r"\s*[,;:(]\s*|\s*[—–]+\s*|\s+=\s+|(?<=[^\W\d_]{3})\.\s+(?=[\w(])"
    r"|(?<=\w)\s+(?=to (?:the|[A-Z])|in (?:the|love)\b|of the\b)"
)
_OTHER_NAME = re.compile(
    r"(?:or|alias|called|known as|afterwards|later|the former)\s+(?=[A-Z])(?P<name>[^,;()]+)[,;()]?\s*"
)
_AND_ANOTHER = re.compile(r"(?:and|&)\s+(?:an?\s+|his\s+|her\s+|the\s+)?(?P<name>[A-Z][^,;()]+)[,;()]?\s*")
_AND = re.compile(r" (?:and|AND|&) ")
_AFTERWARDS = re.compile(r"\bafterwards ((?:[A-Z]{2,} )+[A-Z]+)\b")
_OF_WHOM = re.compile(r"\b(?:to|of|in|at)\b|,")
_ARTICLE = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)
_FEMALE = frozenset(
    "wife widow daughter sister mother aunt niece queen princess duchess countess lady maid maidservant housemaid "
    "nurse woman girl mistress housekeeper heroine actress hostess abbess nun governess shepherdess witch".split()
)
_MALE = frozenset(
    "husband son brother father uncle nephew king prince duke earl lord gentleman man boy bastard servant-man butler "
    "footman bishop archbishop monk friar priest pastor parson hero".split()
)


def list_places(blocks: Sequence[Block]) -> range:
    """Which blocks are the dramatis personae, its header included; none if there is no header.

    It ends at the next heading, where the scene is said, or where somebody enters.
    """
    for start, block in enumerate(blocks):
        if not _HEADER.fullmatch(block.content.text.split("\n", 1)[0].strip()):
            continue
        end = start + 1
        while end < len(blocks) and not _ends_list(blocks[end]):
            end += 1
        return range(start, end)
    return range(0)


def _ends_list(block: Block) -> bool:
    text = block.content.text
    heading = parse_heading(" ".join(text.split("\n", 1)[0].split()))
    if block.heading or (heading and heading.rank in ("group", "leaf", "story")):
        return True
    is_paragraph = len(text) > _LONGEST_ENTRY * max(1, text.count("\n") / 2)
    return is_paragraph or DIRECTION.match(text) is not None or _SCENE.match(text) is not None


def cut_list(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks of a dramatis personae, cut into its entries, which get the role "cast"."""
    below = [line for block in blocks for line in block.content.text.split("\n")[1:]]
    indents = Counter(map(_indent, below)).most_common(1)
    margin = indents[0][0] if indents else 0
    for number, block in enumerate(blocks):
        if block.role:
            yield block
            continue
        first = 0 if number else 1
        starts = _entry_starts(block.content.text.split("\n"), first, margin)
        for place, (start, end) in enumerate(pairwise([*sorted(starts), len(block.content)])):
            if piece := block.content[start:end].strip():
                is_entry = place >= first and len(piece) <= _LONGEST_ENTRY
                yield replace(block, content=piece, role="cast" if is_entry else "")


def _entry_starts(lines: Sequence[str], first: int, margin: int) -> set[int]:
    """Where the entries of a list begin, as offsets into its lines joined: one a line, or two in columns.

    A line goes on the one before if it begins with a small letter or farther to the right, or if that one ends with a
    comma, or without a stop where the others have one.
    """
    starts = {0}
    ends_with_stop = [line.rstrip().endswith((".", ")")) for line in lines[first:]]
    stops = sum(ends_with_stop) * 2 > len(ends_with_stop)
    position = 0
    for index, line in enumerate(lines):
        body = line.lstrip()
        before = lines[index - 1].rstrip() if index > first else ""
        goes_on = bool(before) and (
            body[:1].islower()
            or before.endswith(",")
            or _indent(line) > margin + 1
            or (stops and before[-1] not in ".)*")
        )
        if index >= first and not goes_on:
            starts.add(position)
            starts |= {position + match.start() for match in _COLUMNS.finditer(line)}
        position += len(line) + 1
    return starts


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def listed_names(entries: Iterable[Block]) -> frozenset[str]:
    """The names in the entries of a dramatis personae, their words but titles, and how these begin ("Ham"), folded."""
    names = {
        name
        for entry in entries
        if entry.role == "cast"
        for role in roles_in(" ".join(entry.content.text.split()))
        for name in role.names
    }
    words = {word for name in names for word in name.split() if find_title(word) is None}
    whole = {fold(name) for name in (*names, *words)}
    return frozenset(whole | {word[:length] for word in map(fold, words) for length in range(3, len(word))})


def roles_of(paragraphs: Iterable[Paragraph]) -> tuple[Role, ...]:
    """The dramatis personae: paragraphs of role "cast", as roles; nobody twice."""
    roles: dict[str, Role] = {}
    for paragraph in paragraphs:
        if paragraph.role != "cast" or len(roles) >= _MOST_ENTRIES:
            continue
        for role in roles_in(paragraph.text):
            placed = replace(role, start=paragraph.span.start, end=paragraph.span.end, id=paragraph.who)
            roles.setdefault(fold(role.names[0]), placed)
    return tuple(roles.values())


def with_ids(printed: Sequence[Role], listed: Iterable[Role]) -> tuple[Role, ...]:
    """The roles that the markup lists, with what the printed list says of them; then those that only that has.

    Args:
        printed: the dramatis personae.
        listed: beside the text, with the ids that speeches point to.
    """
    roles: list[Role] = []
    left = {fold(name): role for role in reversed(printed) for name in role.names}
    by_id = {role.id: role for role in printed if role.id}
    for role in listed:
        known = by_id.get(role.id) or left.get(fold(role.names[0]))
        if known:
            names = tuple(dict.fromkeys((*known.names, *role.names)))
            gender = role.gender if role.gender != "unknown" else known.gender
            roles.append(replace(known, names=names, id=role.id, gender=gender))
        else:
            roles.append(role)
    taken = {(role.start, role.names[0]) for role in roles}
    return (*roles, *(role for role in printed if (role.start, role.names[0]) not in taken))


def roles_in(entry: str) -> Iterator[Role]:
    """The roles that one entry of a dramatis personae lists; none if it speaks of groups, of the scene or the time.

    Args:
        entry: on one line.
    """
    entry = _NAME_IN_BRACKETS.sub(r"\1", _BULLET.sub("", entry, count=1), count=1)
    if entry[:2].isupper() and (between := _NEXT_ENTRY.search(entry)):
        yield from roles_in(entry[: between.start()])
        yield from roles_in(entry[between.end() :])
        return
    text = _ASTERISK.sub("", _LEADERS.sub("", entry)).strip(" .,;:")
    if not text or _NO_PERSON.match(entry.strip()) or not text[0].isupper():
        return
    split = next((match for match in _SPLIT.finditer(text) if not _behind_title(text, match)), None)
    name, rest = (text[: split.start()], text[split.end() :].strip(" .")) if split else (text, "")
    names, others = [name], []
    while rest:
        head = rest.split(",", 1)[0].strip()
        if match := _OTHER_NAME.match(rest):
            names.append(match["name"])
        elif match := _AND_ANOTHER.match(rest):
            others.append(match["name"])
        elif name.isupper() and head.isupper() and not find_title(head.split()[0]) and len(head) > 2:
            others.append(head)
            rest = rest[len(head) :].lstrip(" ,;")
            continue
        else:
            break
        rest = rest[match.end() :].strip()
    if len(pair := _AND.split(name, maxsplit=1)) > 1 and (
        name.replace("and", "AND").isupper() or len(name.split()) == 3
    ):
        names[0] = pair[0]
        others.append(pair[1])
    names += [match[1] for match in _AFTERWARDS.finditer(rest)]
    description = rest.rstrip(" ).]")
    if _several(names[0]):
        return
    for called in (names, *([other] for other in others)):
        clean = tuple(_printed(one) for one in called if _printed(one))
        if clean:
            yield Role(clean, description, gender=gender_of(clean, description))


def _behind_title(text: str, split: re.Match[str]) -> bool:
    """Does the full stop belong to "Mrs."?"""
    return split.group()[0] == "." and find_title(text[: split.start()].split()[-1]) is not None


def _printed(name: str) -> str:
    """A name in ordinary case, without article."""
    words = _ARTICLE.sub("", name.strip(" .,;:)\"“”'_"), count=1).split()
    capitals = all(word.isupper() for word in words if word.casefold() not in ("of", "the", "and", "de"))
    return " ".join(_ordinary(word, index) if capitals else word for index, word in enumerate(words))


def _ordinary(word: str, index: int) -> str:
    if word.casefold() in ("of", "the", "and", "de", "du", "von", "to") and index:
        return word.casefold()
    if re.fullmatch(r"[IVX]+\.?", word):
        return word
    return re.sub(r"[^\W\d_][\w’']*", lambda part: part[0][:1] + part[0][1:].lower(), word)


def _several(name: str) -> bool:
    """Do the words mean several people ("Lords", "Citizens of Angiers", "Helmer's three young children")?"""
    words = [fold(word) for word in name.split()]
    behind = next((index for index, word in enumerate(words) if index and word in ("of", "on", "in")), len(words))
    head = words[behind - 1] if words else ""
    return head in _GROUPS or not {"two", "three"}.isdisjoint(words)


_GROUPS = frozenset(
    "lords ladies gentlemen men women children people citizens soldiers officers guards servants heralds sailors "
    "musicians players pages clowns peasants guests witches shepherds murderers senators attendants fairies spirits "
    "scribes aldermen watchmen outlaws messengers nobles courtiers secretaries monks nuns girls boys maids &c".split()
)


def gender_of(names: Sequence[str], description: str) -> Gender:
    """The gender that a title or the head word of a description tells: "his wife", "daughter to Egeus"."""
    for name in names:
        title = find_title(name.split()[0])
        if title and title.gender != "unknown":
            return title.gender
    words = [fold(word) for word in re.findall(r"[\w-]+", _OF_WHOM.split(description, maxsplit=1)[0])]
    for word in [*words, *(fold(part) for part in names[0].split())]:
        if word in _FEMALE or word in _MALE:
            return "female" if word in _FEMALE else "male"
    return "unknown"
