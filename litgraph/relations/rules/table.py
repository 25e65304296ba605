"""The rules, one a line, in order of precedence: of several that match a pair, the first one speaks.

Patterns are in the language of :mod:`litgraph.relations.rules.patterns`. To add a rule, add a line, run
``python tests/benchmarks/rules_on_litbank.py DATA`` and copy its counts on the training passages into
:mod:`litgraph.relations.rules.measured`.
"""

from __future__ import annotations

from dataclasses import dataclass

from litgraph.relations.rules.patterns import Pattern, compile_pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording and the relation that it states.

    Attributes:
        name: several rules of one name are variants of one wording.
        pattern: see :mod:`litgraph.relations.rules.patterns`.
        relation: its name; "" where a role noun says it; None where the wording, despite its look, states nothing.
        event: the wording reports something, so that a negation, condition, wish or question takes it back. A
            possessive does not: "if only his wife knew" presupposes that he has one.
    """

    name: str
    pattern: Pattern
    relation: str | None
    event: bool = False


def _role(name: str, pattern: str) -> Rule:
    return Rule(name, compile_pattern(pattern), "")


def _states(relation: str, name: str, pattern: str) -> Rule:
    return Rule(name, compile_pattern(pattern), relation)


def _event(relation: str, name: str, pattern: str) -> Rule:
    return Rule(name, compile_pattern(pattern), relation, event=True)


def _nothing(name: str, pattern: str) -> Rule:
    return Rule(name, compile_pattern(pattern), None)


RULES: tuple[Rule, ...] = (
    # Married couples.
    _states("spouse_of", "couple", "HEAD[ {sir} ] and|& TAIL[ {lady}"),
    _states("spouse_of", "couple", "HEAD[ sir|lord ... ] and TAIL[ lady"),
    _states("spouse_of", "couple", "HEAD[ {sir} and|& TAIL[ {lady}"),
    _states("spouse_of", "couple", "HEAD[ TAIL[ {sir} and|& {lady}"),
    _states("spouse_of", "parents", "HEAD[ ... father|papa|dad ] and TAIL[ mother|mamma|mum ]"),
    _states("spouse_of", "parents", "HEAD[ ... mother|mamma ] and TAIL[ father|papa ]"),
    # Role nouns.
    _nothing("close of a letter", "BEARER[ OWNER {modifier}* {courtesy} {modifier}* {role} ]"),
    _nothing("own master", "BEARER[ OWNER own master|mistress"),
    _states("born_in", "native land", "TAIL[ HEAD native {modifier}"),
    _states(
        "lived_in", "former home", "TAIL[ HEAD {modifier}* old|former|childhood|girlhood|boyhood {modifier}* home|house"
    ),
    _role("possessive", "BEARER[ OWNER 's|'? {modifier}* {role}"),
    _role("role of", "BEARER[ {determiner}? {modifier}* {role} of|to OWNER ]"),
    _role("role of", "BEARER[ {determiner}? {modifier}* {role} of|to OWNER"),
    _role("possessive, name", "OWNER 's|'? {modifier}* {role} ,? BEARER:name"),
    _role("possessive, noun", "OWNER 's|'? {modifier}* {role} , BEARER:noun"),
    _role("nearest possessive", "OWNER:PER.name {word}* {word}* ,? his|her {modifier}* {role} ,? BEARER:name"),
    _role("name, possessive", "BEARER:name|noun ,|( OWNER 's|'? {modifier}* {role}"),
    _role("name, role of", "BEARER:name|noun ,|( {determiner}? {modifier}* {role} of|to OWNER"),
    _role("is possessive", "BEARER {lead_in}* {be} OWNER 's|'? {modifier}* {role}"),
    _role("is role of", "BEARER {lead_in}* {be} {determiner}? {modifier}* {role} of|to OWNER"),
    _role("has role", "OWNER {lead_in}* had|has|have BEARER[ {determiner}? {modifier}* {role}"),
    _role("has role", "OWNER 've|'s|'d got BEARER[ {determiner}? {modifier}* {role}"),
    _role("two roles", "OWNER 's|'? {modifier} {modifier}* and BEARER[ {role} ]"),
    # What people do.
    _event("spouse_of", "married", "HEAD {lead_in}* {marry} TAIL"),
    _event("spouse_of", "married to", "HEAD {lead_in}* married|wedded to TAIL"),
    _event("spouse_of", "they married", "HEAD and TAIL {lead_in}* married"),
    _event("lover_of", "engaged to", "HEAD {lead_in}* engaged|betrothed|affianced to TAIL"),
    _event("lover_of", "in love with", "HEAD {lead_in}* fell|fallen? {particle}* in love with TAIL"),
    _event("enemy_of", "hates", "HEAD {lead_in}* {hate} TAIL"),
    _event("parent_mother_of", "gave birth to", "HEAD {lead_in}* gave|given birth to TAIL"),
    _event("adopted_by", "adopted", "TAIL {lead_in}* adopted HEAD"),
    _event("adopted_by", "brought up by", "HEAD {lead_in}* adopted|reared|raised|brought up? by TAIL"),
    _event("leader_of", "leads", "HEAD {lead_in}* {lead} TAIL"),
    _event("teacher_of", "taught", "HEAD {lead_in}* {teach} TAIL"),
    _event("teacher_of", "taught", "TAIL {lead_in}* {teach} by HEAD"),
    _event("employer_of", "employed", "HEAD {lead_in}* {employ} TAIL:PER"),
    _event("protector_of", "protected", "HEAD {lead_in}* {protect} TAIL"),
    _event("owns", "owned", "HEAD {lead_in}* {own} TAIL"),
    _event("owns", "belongs to", "TAIL {lead_in}* belongs|belonged|belonging to HEAD"),
    _event("companion_of", "went with", "HEAD {lead_in}* {motion} {particle}* with TAIL"),
    _event("companion_of", "went together", "HEAD and TAIL {lead_in}* {motion}"),
    _event("companion_of", "accompanied", "HEAD {lead_in}* accompanied by? TAIL"),
    # Where people are.
    _event("born_in", "born in", "HEAD {lead_in}* born in|at|near TAIL"),
    _event("born_in", "born in", "HEAD {lead_in}* born {word}* {word}* ,? in|at TAIL"),
    _states("lived_in", "formerly of", "HEAD ,|(? formerly|late of TAIL"),
    _event("lived_in", "had lived in", "HEAD {lead_in}* had|'d {lead_in}* {once_lived} {particle}* in|at TAIL"),
    _event("lives_in", "lives in", "HEAD {lead_in}* {live} {particle}* in|at TAIL"),
    _event("lives_in", "settled in", "HEAD {lead_in}* settled {particle}* in|at TAIL"),
    _event("travel_to", "went to a place", "HEAD {lead_in}* {motion} {particle}* {towards} TAIL:GPE|LOC"),
    _event("travel_to", "and went to", "HEAD {word}* {word}* and {motion} {particle}* {towards} TAIL:GPE|LOC"),
    _event("travel_to", "reached", "HEAD {lead_in}* reached|reaching TAIL"),
    _event("visits", "entered", "HEAD {lead_in}* entered TAIL:FAC"),
    _event("visits", "and entered", "HEAD {word}* {word}* and entered TAIL:FAC"),
    _event("travel_to", "entered", "HEAD {lead_in}* entered TAIL:GPE|LOC"),
    _event("visits", "visited", "HEAD {lead_in}* visited|visiting|visits TAIL"),
    _event("visits", "stayed at", "HEAD {lead_in}* staying|stayed|stopped|stopping|put {particle}* at|in TAIL"),
    _event("travels_by", "aboard", "HEAD {word}* {word}* aboard|board TAIL"),
    _event("travels_by", "boarded", "HEAD {lead_in}* boarded TAIL:VEH"),
    _event("travels_by", "in a vehicle", "HEAD {lead_in}* {word}? {word}? in|into|by TAIL:VEH"),
    _event("located_in", "sat in", "HEAD {lead_in}* {stay} {particle}* in|on|at|by|near TAIL:FAC|LOC"),
    _event("located_in", "walked in", "HEAD {lead_in}* walked|walking|ran|passed|crossed {particle}* TAIL:FAC|LOC"),
    _event("located_in", "found oneself in", "HEAD {lead_in}* found himself|herself|myself|themselves in|at|on TAIL"),
    _event("located_in", "oneself in", "HEAD:pronoun[ himself|herself|myself|themselves ] in|at|on TAIL:FAC|LOC"),
    _event("located_in", "was in", "HEAD:PER {lead_in}* {be} {particle}* in|at|on TAIL:FAC|LOC"),
    _event("located_in", "alone in", "HEAD:PER.name|noun in|on TAIL:FAC|LOC"),
    _event("leader_of", "under", "TAIL {word}* {word}* under HEAD:PER.name"),
    # Places and their places.
    _states("part_of", "part of a house", "HEAD:FAC[ {any_determiner}? {modifier} {modifier}* of TAIL:FAC"),
    _states("part_of", "part of a town", "HEAD:FAC[ {any_determiner}? {modifier} {modifier}* of TAIL:GPE|VEH"),
    _states("part_of", "part of a region", "HEAD:LOC[ {any_determiner}? {modifier} {modifier}* of TAIL:LOC|GPE|FAC"),
    _states("located_in", "place in place", "HEAD:FAC|GPE|LOC[ {any_determiner}? {modifier}* in|on|at|upon TAIL"),
    _states("located_in", "place, in place", "HEAD:FAC|GPE|LOC ,? in|on|at TAIL:GPE"),
    _states("located_in", "place, in house", "HEAD:FAC ,? in|on|at TAIL:FAC|LOC"),
    _states("located_in", "place, place", "HEAD:FAC|GPE|LOC.name , TAIL:GPE.name .|-|!|;"),
    _states("travels_in", "vehicle in place", "HEAD:VEH {lead_in}* {word}? in|on|upon|through|across TAIL:FAC|GPE|LOC"),
    _states("travels_in", "vehicle in place", "HEAD:VEH[ {any_determiner}? {modifier}* in|on|upon TAIL:FAC|GPE|LOC"),
    _states("part_of", "place 's part", "HEAD:LOC[ TAIL:LOC|GPE 's|'? {modifier}"),
    _states("based_in", "body of place", "HEAD:ORG[ {determiner}? {modifier}* of|in|at TAIL"),
    # People of places.
    _states("lives_in", "name of place", "HEAD:PER.name ,? of TAIL:FAC|GPE.name"),
    _states("lives_in", "from", "HEAD:PER[ {determiner}? {modifier}* from TAIL:GPE|LOC"),
    _states("member_of", "people of body", "HEAD:PER[ {determiner}? {modifier}* of TAIL:ORG"),
)
