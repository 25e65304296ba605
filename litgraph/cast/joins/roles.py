"""People whom a book calls by what they are: the duke and the king of *Huckleberry Finn*, the landlord, the mariner.

"The duke" is no name, yet it stands for one where it comes again and again in one part of the book. Words that mean
now this one, now that one ("the man", "the lady", "the mother") are left to coreference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

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
    found: defaultdict[str, list[int]] = defaultdict(list)
    names: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    chapters: set[int] = set()
    for index, mention in enumerate(mentions):
        chapters.add(mention.chapter)
        if mention.form == "name" and mention.chain and mention.label == "PER":
            names[mention.chain].append((index, mention.text))
        elif mention.form == "noun" and mention.label == "PER":
            role = _ROLE.fullmatch(mention.text)
            if role and role[1] in ROLES:
                found[role[1]].append(index)
    named: dict[int, str] = {}
    for role_word, indexes in found.items():
        if len(indexes) < _OFTEN or not _is_together([mentions[i].chapter for i in indexes], len(chapters)):
            continue
        meant = Counter(name for i in indexes if (name := _name_before(i, names.get(mentions[i].chain, []))))
        if not meant or max(meant.values()) < _SOMEBODYS * len(indexes):
            named.update(dict.fromkeys(indexes, f"the {role_word.capitalize()}"))
    return named


def _is_together(chapters: Sequence[int], of_book: int) -> bool:
    """Are most of them in one part of the book?"""
    part = max(1, round(_PART * of_book))
    most = max(bisect_right(chapters, chapter + part - 1) - place for place, chapter in enumerate(chapters))
    return most >= _PART_SHARE * len(chapters)


def _name_before(index: int, names: Sequence[tuple[int, str]]) -> str:
    """The nearest name before a mention in its chain, else the first after it; "" if there is none."""
    if not names:
        return ""
    place = bisect_right(names, (index, ""))
    return names[max(0, place - 1)][1]
