"""Words that say what people are to each other: "wife", "papa", "sister-in-law"; and "friend", "master", "governess".

Most are words of kinship. The others behave alike ("his sister", "his friend"), but exclude nothing: a cousin may be a
friend, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from litgraph.types import Gender

Bond = Literal[
    "spouse", "betrothed", "sibling", "parent", "child", "grandparent", "grandchild", "uncle", "nephew", "cousin",
    "parent-in-law", "child-in-law", "sibling-in-law", "step-parent", "step-child", "step-sibling", "godparent",
    "godchild", "guardian", "ward", "relative",
    "friend", "companion", "enemy", "rival", "admirer", "beloved",
    "employer", "servant", "teacher", "pupil", "patron", "protégé",
]  # fmt: skip
"""What somebody is to the possessor, whatever the gender."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A word of kinship, or of another bond.

    Attributes:
        word: in its plain form: "mother" for "mamma".
        bond: what whom it means is to the possessor.
        gender: of whom it means.
    """

    word: str
    bond: Bond
    gender: Gender

    @property
    def sole(self) -> bool:
        """Has a person but one at a time?"""
        return self.bond in _SOLE

    @property
    def family(self) -> bool:
        """Is it kinship, and no other bond?"""
        return self.bond not in _OTHER_BONDS

    @property
    def inverse(self) -> Bond:
        """What the possessor is to whom the word means."""
        return _INVERSE[self.bond]


_SOLE: frozenset[Bond] = frozenset({"spouse", "betrothed", "parent", "parent-in-law", "step-parent", "guardian"})
_OTHER_BONDS: frozenset[Bond] = frozenset(
    {"friend", "companion", "enemy", "rival", "admirer", "employer", "servant", "teacher", "pupil", "patron"}
)
_INVERSE: dict[Bond, Bond] = {
    "spouse": "spouse",
    "betrothed": "betrothed",
    "sibling": "sibling",
    "parent": "child",
    "child": "parent",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "uncle": "nephew",
    "nephew": "uncle",
    "cousin": "cousin",
    "parent-in-law": "child-in-law",
    "child-in-law": "parent-in-law",
    "sibling-in-law": "sibling-in-law",
    "step-parent": "step-child",
    "step-child": "step-parent",
    "step-sibling": "step-sibling",
    "godparent": "godchild",
    "godchild": "godparent",
    "guardian": "ward",
    "ward": "guardian",
    "relative": "relative",
    "friend": "friend",
    "companion": "companion",
    "enemy": "enemy",
    "rival": "rival",
    "admirer": "beloved",
    "employer": "servant",
    "servant": "employer",
    "teacher": "pupil",
    "pupil": "teacher",
    "patron": "protégé",
}
# What somebody is whom two steps reach: a sister's father is one's father, a father's wife one's mother.
_RELAYS: dict[tuple[Bond, Bond], Bond] = {
    ("sibling", "parent"): "parent",
    ("parent", "spouse"): "parent",
    ("spouse", "child"): "child",
    ("child", "sibling"): "child",
    ("parent", "child"): "sibling",
    ("sibling", "sibling"): "sibling",
    ("sibling", "uncle"): "uncle",
    ("parent", "sibling"): "uncle",
    ("uncle", "spouse"): "uncle",
    ("sibling", "child"): "nephew",
    ("spouse", "nephew"): "nephew",
    ("sibling", "cousin"): "cousin",
    ("uncle", "child"): "cousin",
    ("sibling", "grandparent"): "grandparent",
    ("parent", "parent"): "grandparent",
    ("child", "child"): "grandchild",
    ("spouse", "parent"): "parent-in-law",
    ("child", "spouse"): "child-in-law",
    ("spouse", "sibling"): "sibling-in-law",
    ("sibling", "spouse"): "sibling-in-law",
    ("parent", "nephew"): "cousin",
    ("cousin", "sibling"): "cousin",
    ("nephew", "sibling"): "nephew",
    ("grandchild", "sibling"): "grandchild",
    ("sibling", "relative"): "relative",
    ("parent", "relative"): "relative",
    ("parent", "cousin"): "relative",
}
# Spellings of one word are joined by "/", the plain one first.
_TABLE: tuple[tuple[Bond, str, str, str], ...] = (
    ("spouse", "husband/hubby", "wife/wifie/widow/bride", ""),
    ("betrothed", "", "", "betrothed/fiancé/fiancée/fiance/fiancee/affianced"),
    ("sibling", "brother/half-brother", "sister/half-sister", ""),
    ("parent", "father/papa/pappa/pa/dad/daddy", "mother/mamma/mama/ma/mammy/mum/mummy/maman", ""),
    ("child", "son", "daughter", "child"),
    ("grandparent", "grandfather/grandpapa/grandpa", "grandmother/grandmamma/grandmama/grandma/granny", ""),
    ("grandchild", "grandson", "granddaughter/grand-daughter", "grandchild"),
    ("uncle", "uncle/great-uncle", "aunt/auntie/aunty/great-aunt", ""),
    ("nephew", "nephew/grand-nephew", "niece/grand-niece", ""),
    ("cousin", "", "", "cousin"),
    ("parent-in-law", "father-in-law", "mother-in-law", ""),
    ("child-in-law", "son-in-law", "daughter-in-law", ""),
    ("sibling-in-law", "brother-in-law", "sister-in-law", ""),
    ("step-parent", "stepfather/step-father", "stepmother/step-mother", ""),
    ("step-child", "stepson/step-son", "stepdaughter/step-daughter", ""),
    ("step-sibling", "stepbrother/step-brother", "stepsister/step-sister", ""),
    ("godparent", "godfather", "godmother", ""),
    ("godchild", "godson", "goddaughter/god-daughter", "godchild"),
    ("guardian", "", "", "guardian"),
    ("ward", "", "", "ward"),
    ("relative", "kinsman", "kinswoman", "relative/relation"),
    ("friend", "", "", "friend/schoolfellow/playfellow/playmate/comrade/chum/confidante/confidant"),
    ("companion", "", "", "companion"),
    ("enemy", "", "", "enemy/foe/persecutor/adversary"),
    ("rival", "", "", "rival"),
    ("admirer", "", "", "lover/admirer/suitor/sweetheart/wooer"),
    ("employer", "master", "mistress", "employer"),
    *(("servant", word, "", "") for word in "manservant/man-servant footman valet butler coachman steward".split()),
    *(
        ("servant", "", word, "")
        for word in "maid/maidservant/maid-servant housemaid housekeeper nurse/nursemaid".split()
    ),
    *(("servant", "", "", word) for word in "servant secretary clerk cook gardener bailiff".split()),
    ("teacher", "schoolmaster", "governess", "teacher/instructor"),
    ("teacher", "", "schoolmistress", "tutor"),
    ("pupil", "", "", "pupil"),
    ("patron", "benefactor", "benefactress", "patron"),
    ("patron", "", "patroness", "protector"),
)
_GENDERS: tuple[Gender, ...] = ("male", "female", "unknown")


def _words() -> dict[str, Kin]:
    by_spelling: dict[str, Kin] = {}
    for bond, *columns in _TABLE:
        for gender, spellings in zip(_GENDERS, columns, strict=True):
            plain, *others = spellings.split("/")
            if plain:
                by_spelling.update(dict.fromkeys((plain, *others), Kin(plain, bond, gender)))
    return by_spelling


_KIN = _words()


def find_kin(word: str) -> Kin | None:
    """What a word of kinship says, however it is spelled; None if it is none.

    >>> find_kin("Mamma").word, find_kin("house")
    ('mother', None)
    """
    return _KIN.get(word.casefold())


def relayed(first: Bond, then: Bond) -> Bond | None:
    """What somebody's kin's kin is to him: his sister's father is his father; None if that is not settled.

    >>> relayed("sibling", "parent"), relayed("cousin", "cousin")
    ('parent', None)
    """
    return _RELAYS.get((first, then))
