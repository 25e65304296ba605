"""Verbs of speech and of thought, with their inflections.

The lists are litgraph's own: verbs that stand beside quotations in LitBank's training passages and in 320 passages of
80 other novels of the public domain, and their like.
"""

from __future__ import annotations

import re

_IRREGULAR = (
    "say said says saying tell told tells telling speak spoke speaks speaking spake cry cried cries crying begin began "
    "begun begins beginning quoth beseech besought beseeches burst bursts weep wept weeps weeping write wrote writes "
    "writing read reads reading sing sang sings singing beg begged begs begging sob sobbed sobs sobbing nod nodded "
    "snap snapped snaps snapping quip quipped chat chatted demur demurred demurs admit admitted admits admitting "
    "submit submitted concur concurred concurs"
)
_REGULAR = (
    "accede accost accuse acknowledge acquiesce add address admonish adjure advise affirm agree allow amend announce "
    "answer apologise apologize appeal argue articulate ask assent assert assure aver babble bark bawl bellow blare "
    "blaze bleat blubber blurt boast boom breathe cackle cajole call caution challenge chant chatter chide chime chirp "
    "chorus chuckle clamour coax command comment complain concede conclude confess confide confirm console continue "
    "contradict coo correct counsel counter croak croon crow curse debate declaim declare demand deny dictate direct "
    "disagree drawl drone echo ejaculate emphasise emphasize enjoin enquire entreat enunciate exclaim exhale exhort "
    "explain explode expostulate falter finish fume gabble gasp giggle grin groan growl grumble grunt guffaw gulp "
    "gurgle hail hazard hint hiss holler howl implore inform inquire insinuate insist instruct interject interpose "
    "interpolate interrogate interrupt intimate invite jeer jest joke lament laugh lecture lisp maintain mention mimic "
    "moan moralise mumble murmur mutter object observe offer opine order pant persist petition pipe plead pray preach "
    "predict proceed proclaim proffer promise pronounce prompt prophesy propose protest purr pursue quaver query "
    "question quote rail rally rap rasp rave reason reassure rebuke recall recite recommence reiterate rejoin relate "
    "remark remind remonstrate repeat reply report reprove request respond resume retort return reveal roar scoff "
    "scold scream screech shout shriek shrill sigh smile snarl sneer sniff snigger snort snuffle soothe splutter "
    "sputter squeak squeal stammer state storm stutter suggest supplement sympathise taunt tease testify thunder "
    "titter trill twitter urge utter venture vociferate volunteer vow wail warn wheedle wheeze whimper whine whisper "
    "whistle yell yelp"
)
_THOUGHT = (
    "think thinks thought thinking ponder ponders pondered muse muses mused reflect reflects reflected wonder wonders "
    "wondered meditate meditates meditated soliloquise soliloquised soliloquize soliloquized decide decided"
)
_PHRASES = "went on|goes on|going on|put in|puts in|broke in|breaks in|broke out|struck in|threw in"


def _inflected(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb, its first one included."""
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb in ("chat", "grin", "mimic", "quip", "rap"):
        more = verb + ("k" if verb == "mimic" else verb[-1])
        return verb, f"{verb}s", f"{more}ed", f"{more}ing"
    return verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "o")) else "s"), f"{verb}ed", f"{verb}ing"


SPEECH: frozenset[str] = frozenset(_IRREGULAR.split()).union(*map(_inflected, _REGULAR.split()))
"""Single words; none is a verb of thought."""

THOUGHT: frozenset[str] = frozenset(_THOUGHT.split())


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


SPEECH_VERB = rf"(?:{_alternatives(SPEECH)}|{_PHRASES})"
"""A pattern of the verbs of speech and phrases such as "went on"; to be matched between word boundaries."""

THOUGHT_VERB = rf"(?:{_alternatives(THOUGHT)})"

HAS_SPEECH_VERB = re.compile(rf"\b{SPEECH_VERB}\b")
