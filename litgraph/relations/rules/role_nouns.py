"""Nouns that say how their bearer is related to their owner: *Elizabeth's sister*, *the servants of the house*.

Written as a thesaurus: one entry a relation and direction. ``BEARER`` is whom or what the noun names ("sister"),
``OWNER`` whose it is ("Elizabeth's"). A noun stands twice only where the kind of the owner tells its senses apart:
the master of a servant employs him, the master of a house owns it. Nouns that are as often something else ("boy",
"lady", "lord", "heir") are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun says. ``bearer_is_head``: the bearer is the head of the relation, the owner its tail."""

    relation: str
    bearer_is_head: bool


THESAURUS: tuple[tuple[str, str], ...] = (
    # kin
    ("BEARER parent_father_of OWNER", "father papa pa dad daddy"),
    ("BEARER parent_mother_of OWNER", "mother mamma mama mammy mum mummy ma"),
    ("OWNER child_of BEARER", "parent parents"),
    ("BEARER child_of OWNER", "son sons daughter daughters child children offspring baby infant first-born"),
    (
        "BEARER sibling_of OWNER",
        "brother brothers sister sisters twin twin-brother twin-sister half-brother half-sister brethren",
    ),
    (
        "BEARER spouse_of OWNER",
        "wife wives husband husbands spouse bride bridegroom widow widower relict consort helpmate",
    ),
    (
        "BEARER relative_of OWNER",
        "uncle uncles aunt aunts aunty auntie nephew nephews niece nieces cousin cousins cousin-german "
        "grandfather grandmother grandfathers grandparents grand-father grand-mother grandpapa grandmamma grandma "
        "grandpa granny great-grandfather great-grandmother great-uncle great-aunt great-nephew great-niece "
        "grandson grandsons granddaughter granddaughters grandchild grandchildren grand-son grand-daughter "
        "brother-in-law brothers-in-law sister-in-law sisters-in-law father-in-law mother-in-law son-in-law "
        "daughter-in-law stepfather stepmother step-father step-mother stepson stepdaughter step-son "
        "step-daughter stepbrother stepsister step-brother step-sister kinsman kinsmen kinswoman kin kindred "
        "kinsfolk relative relatives relation relations ancestor ancestors forefather forefathers descendant "
        "descendants posterity progeny family families folks",
    ),
    ("OWNER adopted_by BEARER", "foster-father foster-mother foster-parents"),
    # friendship and love
    (
        "BEARER friend_of OWNER",
        "friend friends crony cronies chum chums confidant confidante pal pals playmate playmates",
    ),
    (
        "BEARER companion_of OWNER",
        "companion companions comrade comrades partner colleague colleagues fellow-traveller fellow-travellers "
        "associate associates schoolfellow schoolfellows",
    ),
    (
        "BEARER lover_of OWNER",
        "lover lovers suitor suitors admirer admirers wooer betrothed fiancé fiancée fiance fiancee sweetheart "
        "intended paramour",
    ),
    # conflict
    (
        "BEARER enemy_of OWNER",
        "enemy enemies foe foes persecutor persecutors antagonist tormentor tormentors assailant",
    ),
    ("BEARER rival_of OWNER", "rival rivals competitor competitors"),
    # work
    (
        "OWNER employer_of BEARER",
        "servant servants maid maids maidservant manservant man-servant servant-maid valet footman footmen butler "
        "coachman cook housekeeper housemaid waiting-maid waiting-woman handmaid handmaiden lady's-maid "
        "chambermaid groom page slave slaves employee employees clerk clerks secretary steward gardener "
        "gamekeeper charwoman attendant attendants apprentice hireling workman workmen",
    ),
    ("BEARER employer_of OWNER", "master mistress employer employers masters owner owners"),
    (
        "BEARER teacher_of OWNER",
        "tutor tutors governess teacher teachers schoolmaster schoolmistress instructor preceptor",
    ),
    ("OWNER teacher_of BEARER", "pupil pupils scholar scholars student students disciple disciples"),
    ("BEARER mentor_of OWNER", "mentor adviser advisor patron patroness"),
    ("BEARER protector_of OWNER", "nurse nurses ayah protector protectress rescuer deliverer preserver bodyguard"),
    (
        "BEARER leader_of OWNER",
        "captain leader chief kings monarch monarchs commander commanders colonel general king queen emperor "
        "empress sovereign ruler governor president mayor sultan duke prince head chieftain admiral headman",
    ),
    (
        "OWNER leader_of BEARER",
        "followers follower lieutenant troops soldiers army crew subjects regiment henchman henchmen",
    ),
    ("BEARER member_of OWNER", "member members"),
    (
        "BEARER associated_with OWNER",
        "neighbour neighbours neighbor neighbors landlord landlady godfather godmother godson",
    ),
    # people and places
    (
        "BEARER lives_in OWNER",
        "inhabitant inhabitants resident residents citizen citizens tenant tenants inmate inmates people children "
        "women men folk ladies girls boys gentry housewives",
    ),
    ("BEARER owns OWNER", "master mistress owner owners proprietor proprietress"),
    ("BEARER born_in OWNER", "native natives"),
    # places and property
    (
        "OWNER lives_in BEARER",
        "house home cottage lodgings lodging hut dwelling dwelling-house abode apartments flat mansion residence "
        "town village hovel wigwam",
    ),
    (
        "BEARER occupied_by OWNER",
        "room bedroom bed-room bedchamber parlour dormitory nursery study cell dressing-room sitting-room boudoir "
        "sleeping-room chamber camp",
    ),
    (
        "OWNER owns BEARER",
        "garden gardens farm shop estate estates land lands homestead store mill mines park property grounds "
        "stable stables barn school business establishment hotel plantation car carriage carriages ship ships "
        "boat yacht canoe wagon gig coach vessel automobile",
    ),
    ("OWNER based_in BEARER", "office offices chambers counting-house headquarters desk"),
    ("OWNER born_in BEARER", "country birthplace fatherland"),
)


def _by_noun() -> dict[str, tuple[Role, ...]]:
    roles: dict[str, tuple[Role, ...]] = {}
    for triple, nouns in THESAURUS:
        head, relation, _ = triple.split()
        for noun in nouns.split():
            roles[noun] = (*roles.get(noun, ()), Role(relation, head == "BEARER"))
    return roles


ROLES: Mapping[str, tuple[Role, ...]] = MappingProxyType(_by_noun())
"""Noun (lower case, singular and plural) -> what it says; of several roles, the first that the kinds allow."""
