"""The grammar of a speaker's label: what the beginning of one line says by itself.

Printers set ``NORA.``, ``NORA:``, ``Nora.``, ``Ham.``, ``NORA (busy with the parcels).``, ``NORA, aside.``, or ``NORA``
on a line of its own; transcribers also ``[NORA]``, ``NORA>``, ``NORA |`` or ``NORA`` before a gap. Whether what may be
a label *is* one, only the whole text can tell: see ``recognition``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from litgraph.names.grammar import fold
from litgraph.names.titles import find_title
from litgraph.reading.divisions.headings import parse_heading

Style = Literal["capitals", "ordinary"]

_MOST_WORDS = 6
_LONGEST = 60  # characters
_WORD = re.compile(r"\S+")
_MARKS = "_*=~+"
_IN_BRACKETS = re.compile(
    r"[\s_*]*(?:\[([^\[\]]+)\]|\(([^()]+)\)|<([^<>]+)>|\{([^{}]+)\})[_*.:]*\s*(?P<rest>.*)", re.DOTALL
)
_WITHOUT_MARKS = str.maketrans("", "", _MARKS)
_STOPS = ".:"
_ENDS = ",>"  # may stand behind a name as a stop does
_BEFORE_SPEECH = ("—", "–", "--", "- ", "|", "/ ", "…", "...")
_GAP = re.compile(r"[_*]* ?(?:\t| {3,})")
_NUMBER = re.compile(r"\d{1,2}(?:st|nd|d|rd|th)?\.?", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'&-]*", re.UNICODE)
_STOPPED = re.compile(
    r"[_*]*[^\W\d_][\w’'-]*[_*]*[.:](?=[—–\[(-])|[_*]*[^\W\d_][\w’'-]*(?=[\[(])|[A-ZÀ-Þ][A-ZÀ-Þ’']+(?=--|[—–])"
)
_HOW = re.compile(r"[a-z][^.:,]{2,60}[.:]")  # "MACBETH, aside. If chance …"
_SMALL = frozenset("of the and de du la le von van der to & a an".split())
_ROMAN = re.compile(r"[IVXLC]+")
DIRECTION = re.compile(
    r"[\W_]*(?:(?:Re-?)?[Ee]nter|ENTER|[Ee]xit|EXIT|[Ee]xeunt|EXEUNT|Manet|Manent|Alarums?|Flourish|Sennet|Trumpets?"
    r"|Hautboys|Curtain|CURTAIN)\b(?!\s+(?:the|into|not|in)\b(?-i:\s+[a-z]))"
)
"""How a stage direction begins that stands without brackets."""
# Words that stand before a stop at the beginning of a line, and are nobody.
_NOBODY = frozenset(
    "act scene curtain finis note notes song time place chapter part book yes no well oh o ah aye ay nay why "
    "good come go what who how nothing never now then here there thanks right true please so but and or if indeed "
    "certainly exactly end perhaps hush hark alas amen farewell adieu enough sir madam copyright contents "
    "setting monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """What could be a speaker's label at the beginning of a line.

    Attributes:
        text: without marks of italics, and without the punctuation behind it.
        style: in capitals or in ordinary letters.
        alone: nothing follows it on the line.
        bracketed: it stands in brackets, as directions do; so do all labels of a play, or none.
    """

    text: str
    style: Style
    alone: bool
    bracketed: bool = False

    @property
    def key(self) -> str:
        """Equal for two spellings of one label: "NORA" and "Nora"."""
        return fold(" ".join(self.text.split()))


def labels(line: str) -> list[Label]:
    """What could be labels at the beginning of a line, the shorter first: "JOS", and "JOS. SURF".

    >>> [label.text for label in labels("  Mrs. Alving (rises). Never!")]
    ['Mrs. Alving']

    Args:
        line: of a paragraph, hard-wrapped or not.
    """
    if (inside := _IN_BRACKETS.match(line)) and (name := "".join(filter(None, inside.groups()[:4]))):
        found = [] if DIRECTION.match(name) else labels(f"{name}:")
        return [Label(one.text, one.style, not inside["rest"], bracketed=True) for one in found if one.alone]
    bare = line.lstrip(f" \t{_MARKS}")
    if not bare or not (bare[0].isupper() or bare[0].isdigit()) or DIRECTION.match(bare):
        return []
    found = list(_found(line[: _LONGEST * 2]))
    heading = parse_heading(" ".join(line.split())) if found else None
    return [] if heading and not (heading.rank == "bare" and heading.title) else found  # "FIRST LORD." is no heading


def _found(line: str) -> Iterator[Label]:
    words: list[str] = []
    for match in _WORD.finditer(line):
        cut, stopped = _cut_at_stop(match.group())
        word = cut.translate(_WITHOUT_MARKS)
        bare = word.rstrip(_STOPS + _ENDS)
        if not _may_be_in_label(bare) or len(words) == _MOST_WORDS:
            return
        words.append(word)
        text = " ".join(words).rstrip(_STOPS + _ENDS + "—-")
        rest = line[match.start() + len(cut) :].lstrip(_MARKS + " ")
        ends = stopped or word[-1:] in _STOPS or rest[:1] in ("(", "[") or (not rest and len(words) > 0)
        ends = ends or rest.startswith(_BEFORE_SPEECH) or word[-1:] == ">"
        ends = ends or _GAP.match(line, match.end()) is not None or (word[-1:] == "," and bool(_HOW.match(rest)))
        if ends and len(text) <= _LONGEST and (style := _style(words)) and _is_somebody(words, text):
            open_end = not stopped and word[-1:] not in _STOPS
            if not open_end or rest[:1] in ("", "(", "[") or style == "capitals":
                yield Label(text, style, not rest)
        if stopped or word.endswith(":"):
            return


def _cut_at_stop(word: str) -> tuple[str, bool]:
    """A word up to a stop that something follows without a space: "NORA.—Yes", "NORA:[rises]"."""
    match = _STOPPED.match(word)
    return (match.group(), True) if match else (word, False)


def _may_be_in_label(word: str) -> bool:
    if word.casefold() in _SMALL or _NUMBER.fullmatch(word):
        return True
    return _NAME_WORD.fullmatch(word) is not None and word[0].isupper()


def _style(words: list[str]) -> Style | None:
    """The style of a label; None for what is none, such as a number of a heading or a title alone."""
    tells = [word.rstrip(_STOPS + ",") for word in words if word.casefold().rstrip(_STOPS) not in _SMALL]
    names = [word for word in tells if not _NUMBER.fullmatch(word)]
    capitals = [word for word in names if word.isupper() and len(word) > 1]
    if capitals and all(word.isupper() or find_title(f"{word}.") for word in names):
        return "capitals"
    return "ordinary" if any(len(word) > 1 for word in names) else None


def _is_somebody(words: list[str], text: str) -> bool:
    last, folded = words[-1], fold(text)
    if folded.removeprefix("the ") in _NOBODY or last.casefold().rstrip(_STOPS) in _SMALL:
        return False
    if len(words) == 1 and (_ROMAN.fullmatch(text) or sum(map(str.isalpha, text)) < 2):
        return False
    title = find_title(last)
    # "Mrs." is the beginning of a label; "KING." is one.
    return not (title and title.rank in ("mr", "mrs", "miss"))
