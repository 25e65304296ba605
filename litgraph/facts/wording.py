"""Facts in words: "Jane is Elizabeth's sibling"."""

from __future__ import annotations

from collections.abc import Mapping

_NOUNS: Mapping[str, str] = {
    "parent_father_of": "father",
    "parent_mother_of": "mother",
    "child_of": "child",
    "sibling_of": "brother or sister",
    "spouse_of": "husband or wife",
    "relative_of": "relative",
    "friend_of": "friend",
    "enemy_of": "enemy",
    "companion_of": "companion",
    "rival_of": "rival",
    "employer_of": "employer",
    "teacher_of": "teacher",
    "mentor_of": "mentor",
    "protector_of": "protector",
    "leader_of": "leader",
}


def in_words(relation: str, head: str, tail: str) -> str:
    """What an edge says, as a clause.

    >>> in_words("parent_father_of", "Mr. Bennet", "Jane"), in_words("lives_in", "Jane", "Longbourn")
    ("Mr. Bennet is Jane's father", 'Jane lives in Longbourn')

    Args:
        relation: a name of the vocabulary.
        head: by name.
        tail: by name.
    """
    if relation in _NOUNS:
        return f"{head} is {tail}'s {_NOUNS[relation]}"
    if relation == "lover_of":
        return f"{head} loves {tail}"
    return f"{head} {relation.replace('_', ' ')} {tail}"
