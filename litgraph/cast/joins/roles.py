"""People whom a book calls by what they are: the duke and the king of *Huckleberry Finn*, the landlord, the mariner.

"The duke" is no name, yet it stands for one where it comes again and again in one part of the book. Words that mean
now this one, now that one ("the man", "the lady", "the mother") are left to coreference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from litgraph.names.titles import TITLES
from litgraph.types import Mention

_RANKS = ("noble", "military", "clergy", "profession")
_OCCUPATIONS = frozenset(
    "ambassador apothecary archbishop architect attorney auctioneer bailiff baker banker barber barman beadle beggar "
    "blacksmith boatman bookseller brakeman butcher butler carpenter carrier cashier chamberlain chambermaid chaplain "
    "chauffeur chemist clergyman clerk coachman cobbler commissary conductor conjuror constable convict cook "
    "coroner courier croupier dentist detective doctor dressmaker driver dwarf editor engineer executioner falconer "
    "farmer ferryman fiddler fisherman footman gamekeeper gaoler gardener gendarme ghost governess grocer groom "
    "guard guide gunner hangman harpooner hermit host hostess housekeeper housemaid huntsman innkeeper inspector "
    "interpreter jailer jailor jester jeweller judge juggler landlady landlord lawyer librarian lieutenant locksmith "
    "magician magistrate manager mariner mate mayor mechanic merchant messenger midwife miller miner minister monk "
    "musician notary nun nurse orderly organist ostler page painter parson pawnbroker peddler pedlar philosopher "
    "photographer physician pilot pirate poet policeman porter postman postmaster preacher priest prince princess "
    "printer prisoner proprietor publican quartermaster rector registrar reporter salesman schoolmaster "
    "schoolmistress sculptor secretary sergeant sexton sheriff shepherd shoemaker shopkeeper skipper "
    "smith smuggler solicitor squire stationmaster steward stewardess student superintendent surgeon tailor teacher "
    "thief tutor undertaker usher vicar waiter waitress warden warder watchman weaver widow wizard witch".split()
)
ROLES: frozenset[str] = _OCCUPATIONS | {
    word
    for word, title in TITLES.items()
    if title.rank in _RANKS and not title.plural and word.isalpha() and len(word) > 3
}

_ROLE = re.compile(r"[Tt]he ([a-z][a-z-]+)")
_OFTEN = 8  # times that "the duke" must stand
_PART, _PART_SHARE = 0.34, 0.6  # in such a part of the book's chapters such a share of these times
_SOMEBODYS = 0.5  # of these times in chains with one and the same name: then the role is his


def role_names(mentions: Sequence[Mention]) -> dict[int, str]:
    """The noun phrases that name people by their roles.

    Args:
        mentions: of the whole book, in text order.

    Returns:
        Index of the mention and the role written as a name: "the Duke".
    """
    times: defaultdict[str, list[int]] = defaultdict(list)
    names: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        if mention.form == "name" and mention.chain and mention.label == "PER":
            names[mention.chain].append((index, mention.text))
        elif role := _role(mention):
            times[role].append(index)
    chapters = len({mention.chapter for mention in mentions})
    names_of_roles: dict[int, str] = {}
    for role, indexes in times.items():
        often = len(indexes) >= _OFTEN and _is_together([mentions[index].chapter for index in indexes], chapters)
        if often and not _is_somebodys(indexes, mentions, names):
            names_of_roles.update(dict.fromkeys(indexes, f"the {role.capitalize()}"))
    return names_of_roles


def _role(mention: Mention) -> str:
    """The role in a noun phrase such as "the duke"; "" for all other mentions."""
    phrase = _ROLE.fullmatch(mention.text) if mention.form == "noun" and mention.label == "PER" else None
    return phrase[1] if phrase and phrase[1] in ROLES else ""


def _is_somebodys(
    indexes: Sequence[int], mentions: Sequence[Mention], names: Mapping[str, Sequence[tuple[int, str]]]
) -> bool:
    """Do the chains of most of the mentions have one and the same name before them?

    Args:
        indexes: of the mentions of a role.
        mentions: of the whole book.
        names: by chain, index and text of the names in it.
    """
    chains = ((index, names.get(mentions[index].chain, ())) for index in indexes)
    times = Counter(name for index, chain in chains if (name := _name_before(index, chain)))
    return max(times.values(), default=0) >= _SOMEBODYS * len(indexes)


def _is_together(chapters: Sequence[int], in_book: int) -> bool:
    """Are most of the chapters in one part of the book, which has so many?"""
    part = max(1, round(_PART * in_book))
    most = max(bisect_right(chapters, chapter + part - 1) - place for place, chapter in enumerate(chapters))
    return most >= _PART_SHARE * len(chapters)


def _name_before(index: int, names: Sequence[tuple[int, str]]) -> str:
    """The nearest name before a mention in its chain, else the first after it; "" if there is none."""
    if not names:
        return ""
    place = bisect_right(names, (index, ""))
    return names[max(0, place - 1)][1]
