"""How often each rule is right: the confidence of what it says.

Counts of facts on the 80 training passages of LitBank with its own mentions and coreference, as printed by
``python tests/benchmarks/rules_on_litbank.py DATA --counts``: what the rule gave, how many different facts, how many
of them annotated.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COUNTED = """
possessive: child_of 60 53
possessive: relative_of 56 50
part of a region: part_of 50 39
possessive: lives_in 44 29
possessive: parent_father_of 43 41
place in place: located_in 40 33
possessive: owns 38 32
possessive: parent_mother_of 38 36
possessive: spouse_of 38 35
possessive: occupied_by 32 23
possessive: friend_of 30 28
possessive: sibling_of 30 28
possessive: employer_of 27 21
part of a house: part_of 24 20
went to a place: travel_to 22 18
place, in house: located_in 18 11
place, in place: located_in 18 16
role of: child_of 17 12
role of: lives_in 17 15
possessive: associated_with 16 12
walked in: located_in 16 9
possessive: companion_of 15 14
alone in: located_in 14 8
part of a town: part_of 13 8
possessive: leader_of 12 9
possessive, name: relative_of 11 10
role of: leader_of 11 6
entered: visits 10 7
was in: located_in 10 5
in a vehicle: travels_by 9 5
place 's part: part_of 9 7
role of: relative_of 9 8
from: lives_in 7 5
parents: spouse_of 7 6
place, place: located_in 7 4
possessive: enemy_of 7 6
reached: travel_to 7 4
role of: owns 7 3
lives in: lives_in 6 3
name, role of: child_of 6 6
native land: born_in 6 5
oneself in: located_in 6 4
people of body: member_of 6 5
possessive, name: sibling_of 6 6
role of: employer_of 6 2
role of: friend_of 6 4
vehicle in place: travels_in 6 4
possessive, name: child_of 5 5
possessive: based_in 5 4
sat in: located_in 5 5
two roles: parent_mother_of 5 4
married: spouse_of 4 3
name, role of: leader_of 4 2
possessive, name: friend_of 4 3
possessive: born_in 4 3
possessive: teacher_of 4 4
role of: sibling_of 4 3
stayed at: visits 4 4
and went to: travel_to 3 1
has role: child_of 3 2
has role: friend_of 3 1
is role of: child_of 3 3
name of place: lives_in 3 3
name, possessive: employer_of 3 2
name, possessive: sibling_of 3 2
name, role of: relative_of 3 2
possessive, noun: child_of 3 3
possessive, noun: parent_father_of 3 2
role of: member_of 3 2
two roles: child_of 3 3
went together: companion_of 3 2
aboard: travels_by 2 2
accompanied: companion_of 2 2
body of place: based_in 2 2
born in: born_in 2 2
couple: spouse_of 2 2
has role: parent_father_of 2 2
has role: relative_of 2 2
married to: spouse_of 2 2
name, possessive: relative_of 2 1
name, role of: friend_of 2 2
possessive, name: spouse_of 2 2
possessive, noun: relative_of 2 1
possessive, noun: spouse_of 2 2
possessive: protector_of 2 2
role of: based_in 2 0
role of: born_in 2 1
role of: lover_of 2 0
role of: parent_mother_of 2 2
role of: spouse_of 2 2
settled in: lives_in 2 0
taught: teacher_of 2 2
two roles: relative_of 2 2
visited: visits 2 2
belongs to: owns 1 1
boarded: travels_by 1 1
employed: employer_of 1 0
former home: lived_in 1 1
formerly of: lived_in 1 0
found oneself in: located_in 1 1
has role: lives_in 1 1
has role: owns 1 1
has role: sibling_of 1 1
is possessive: associated_with 1 1
is possessive: friend_of 1 1
is possessive: leader_of 1 1
is possessive: parent_father_of 1 0
is possessive: spouse_of 1 0
is possessive: teacher_of 1 1
is role of: born_in 1 1
is role of: employer_of 1 1
is role of: relative_of 1 1
is role of: sibling_of 1 1
name, possessive: child_of 1 1
name, possessive: owns 1 1
name, possessive: spouse_of 1 1
name, role of: employer_of 1 0
name, role of: owns 1 0
name, role of: spouse_of 1 1
owned: owns 1 1
possessive, name: employer_of 1 1
possessive, name: owns 1 1
possessive, noun: associated_with 1 0
possessive, noun: enemy_of 1 0
possessive, noun: leader_of 1 0
possessive, noun: owns 1 0
possessive, noun: sibling_of 1 1
possessive: lover_of 1 1
possessive: rival_of 1 1
protected: protector_of 1 1
role of: companion_of 1 1
role of: occupied_by 1 0
role of: parent_father_of 1 1
two roles: associated_with 1 1
two roles: companion_of 1 1
two roles: sibling_of 1 1
two roles: teacher_of 1 0
went with: companion_of 1 1
"""


def _parse(table: str) -> dict[str, tuple[int, int]]:
    rows = (line.rsplit(" ", 2) for line in table.strip().splitlines())
    return {raw: (int(fired), int(correct)) for raw, fired, correct in rows}


COUNTS: Mapping[str, tuple[int, int]] = MappingProxyType(_parse(COUNTED))
"""Rule and relation, such as "possessive: sibling_of" -> facts given, facts correct."""

OVERALL = sum(correct for _, correct in COUNTS.values()) / sum(fired for fired, _ in COUNTS.values())


def confidence(raw: str) -> float:
    """The precision to expect of this rule: its count, drawn towards the precision of all rules where it fired rarely.

    That is the m-estimate of probability with m = 2 (Cestnik, ECAI 1990), rounded to two decimals.
    """
    fired, correct = COUNTS.get(raw, (0, 0))
    return round((correct + 2 * OVERALL) / (fired + 2), 2)
