"""The grammar of names in novels: what "my dear Miss Eliza Bennet's" says by itself, without any context.

Pure functions on strings. Whether a single word such as "Darcy" is a given name or a surname, and whose, is not for
the grammar to know: see ``litgraph.cast.joins.people``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from litgraph.names.abbreviations import full_given_name, initials, is_initial
from litgraph.names.titles import Title, find_title

_EPITHETS = frozenset(
    "dear dearest darling poor old little young late honest good sweet beloved fair lovely pretty great big "
    "worthy".split()
)
_FUNCTION_WORDS = frozenset(
    "my own our your his her their its the a an this that these those said cried both two three oh o ah eh no yes well "
    "nay why pray but and or so then when while where if now even only not what who how you i he she it we they as at "
    "in to for from with by on is was did do dont".split()
)
_PARTICLES = frozenset("de du des d' la le van von der den ten ter di da del della dello dos y zu zur".split())
_SAINTS = frozenset("st saint san santa ste".split())
_INSIDE = frozenset("of the and & or".split()) | _PARTICLES
_SUFFIXES = frozenset("esq esquire jr junior sr senior jun sen md phd ra mp kc qc bart fils père".split())
_BEGIN_NAMES = ("mr", "mrs", "miss", "lady", "sir")  # ranks of titles that stand at the beginning of a name
_ADDRESSES = frozenset(
    "ladyship ladyships lordship lordships majesty majesties highness excellency honour honor worship reverence "
    "holiness eminence sirrah ma'am maam gentlemen gentleman ladies sirs messieurs god lord christ heaven "
    "st heavens begone ay aye shucks alas hurrah hush hark bah pooh-pooh pshaw faugh tut adieu farewell goodbye "
    "good-bye good-by amen bravo halloo hallo hullo hello hey humph hum hem tush begad egad forsooth nonsense "
    "rubbish bless thank curse damn hang bosh".split()
)
_GENERATIONS = frozenset(
    ("jr", "junior", "jun", "sr", "senior", "sen", "fils", "père", "pere", "the elder", "the younger", "the first")
)
_FAMILY = frozenset(
    "family families girls girl's boys brothers sisters ladies children twins household clan cousins couple people "
    "daughters sons party".split()
)
_HEADING = re.compile(
    r"^(?:CHAPTER|CHAP\.?|VOLUME|VOL\.?|BOOK|PART|LETTER|SCENE|ACT|Chapter|Volume|Letter)\s+(?:[IVXLCDM]+|\d+)\b[.:]?\s*"
)
_BREAK = re.compile(r"\s*(?:—+|―+|--+|…|\.\.\.+|[;:!?\"“”«»()\[\]{}]|,\s|\.\s*$)\s*")
_FULL_STOP = re.compile(r"([^\W\d_]{3,})\.\s+(?=[^\W\d_])")
_STOP_AFTER_POSSESSIVE = re.compile(r"'s?\.+$")
_POSSESSIVE = re.compile(r"(?:(?<=[sSzZxX])'|'[sS])$")
_EDGE = " \t'‘`_*,;:-–~.^"
_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe"})  # NFKD takes the others apart
_ROMAN = re.compile(r"^[IVX]+$")
_PATRONYMIC = re.compile(r"(?:(?:ov|ev|y|k|m)itch|(?:ov|ev)ich|(?:ov|ev|ich)na)$")
_PLACE_WORDS = frozenset(
    "house park hall abbey street road lane square place lodge manor court castle cottage priory grange farm inn hotel "
    "villa palace church cathedral chapel bridge river lake sea bay island isle islands mount mountain mountains hill "
    "hills wood woods forest valley vale moor common green gardens garden terrace crescent row alley avenue boulevard "
    "rue town city county village station school college university prison gaol jail tavern theatre museum hospital "
    "parsonage vicarage rectory mill market port harbour heath downs fields gate tower pension shire yard wharf".split()
)
_PLACE_BEGINNINGS = frozenset(
    "rue boulevard quai faubourg place pont barrière chateau château via piazza ponte palazzo calle plaza mount mont "
    "lake loch cape fort".split()
)
_SEAT_WORDS = frozenset(
    "house park hall abbey place lodge manor court castle cottage priory grange farm villa palace".split()
)


@dataclass(frozen=True)
class Name:
    """A name, taken apart.

    Attributes:
        text: the name as one would print it, with its titles: "Miss Elizabeth Bennet".
        titles: in order.
        words: given names and surname; particles stay with the surname ("de Bourgh"), "St." with its name ("St. John").
        suffix: "Jr.", "II", "the elder"; "" if none.
        of: "Hearts" in "King of Hearts", "Pemberley" in "Mr. Darcy of Pemberley"; "" if none.
        group: it means several people: "Miss Bennets", "the Bennet girls", "Mr. and Mrs. Bennet".
        article: "the" stood before it.
    """

    text: str
    titles: tuple[Title, ...] = ()
    words: tuple[str, ...] = ()
    suffix: str = ""
    of: str = ""
    group: bool = False
    article: bool = False

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words, for comparing: without case, accents and full stops; "J.K." before others is "J. K."."""
        if len(self.words) == 1:
            return (fold(self.words[0]),)
        return tuple(fold(part) for word in self.words for part in initials(word) or [word])

    @property
    def title(self) -> Title | None:
        """The title that tells most: Mr., Mrs., Miss, Lady, Sir or Lord before others ("Rev. Mr. Collins")."""
        for title in self.titles:
            if title.rank in ("mr", "mrs", "miss", "lady", "sir", "lord"):
                return title
        return self.titles[0] if self.titles else None

    @cached_property
    def key(self) -> tuple[object, ...]:
        """Equal for two spellings of one name: "MR. DARCY" and "Mr Darcy"."""
        titles = tuple(title.text for title in self.titles)
        return titles, self.folded, fold(self.suffix), fold(self.of), self.group, self.article and not self.words

    @property
    def given(self) -> str:
        """First word of a name that has several, folded; "" otherwise."""
        return self.folded[0] if len(self.words) > 1 else ""

    @property
    def surname(self) -> str:
        """Last word of a name that has several, folded; "" otherwise, and for a Russian patronymic."""
        return self.folded[-1] if len(self.words) > 1 and not is_patronymic(self.folded[-1]) else ""

    @property
    def middle(self) -> tuple[str, ...]:
        """What stands between given name and surname, folded; a patronymic too."""
        return self.folded[1:-1] if self.surname else self.folded[1:]


def is_title(text: str) -> bool:
    """Is this a title and nothing else, such as "Mr." or "Lady"?"""
    return find_title(text.strip()) is not None


def is_patronymic(word: str) -> bool:
    """Is this a Russian patronymic, such as "Ivanovitch" or "Vassilievna"?"""
    return len(word) > 5 and _PATRONYMIC.search(word.casefold()) is not None


def fold(text: str) -> str:
    """Text for comparing: no case, accents, ligatures, apostrophes or full stops. Letters that are not Latin stay."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[.'’‘`]", "", bare.casefold()).translate(_LIGATURES).strip()


def slug(text: str) -> str:
    """A readable identifier: lower case, words joined by "-", no accents; letters that are not Latin stay.

    Never empty: text without a letter or digit gives "unnamed".

    >>> slug("Lady Catherine de Bourgh"), slug("Emma's"), slug("Thénardier")
    ('lady-catherine-de-bourgh', 'emmas', 'thenardier')
    """
    return re.sub(r"[\W_]+", "-", fold(text)).strip("-") or "unnamed"


def singulars(word: str) -> tuple[str, ...]:
    """What a folded plural surname may be the plural of: "lucases" -> ("lucase", "lucas")."""
    if len(word) <= 3:
        return ()
    endings = (("s", ""), ("es", ""), ("ies", "y"))
    return tuple(word.removesuffix(plural) + singular for plural, singular in endings if word.endswith(plural))


def is_place_word(word: str) -> bool:
    """Does a name that ends in this word name a place ("Street", "Abbey")?"""
    return fold(word).rstrip("s") in _PLACE_WORDS or fold(word) in _PLACE_WORDS


def begins_place(word: str) -> bool:
    """Does a name of several words that begins with this one name a place ("Rue Plumet", "Mount Etna")?"""
    return word.casefold() in _PLACE_BEGINNINGS


def is_seat_word(word: str) -> bool:
    """Is this left out in common speech ("Longbourn House", "Longbourn")? Not so in "Oxford Street"."""
    return fold(word) in _SEAT_WORDS


@lru_cache(maxsize=65536)
def parse_name(text: str) -> Name | None:
    """Take a mention's text apart.

    Possessives, quotes, underscores, dashes with what is cut off by them, headings and epithets ("dear", "poor",
    "the late") are dropped; ALL CAPITALS become ordinary ones.

    Returns:
        The name; None if no name is in it ("Madam", "my lord", "--").
    """
    pieces = [piece for piece in (_parse_piece(piece) for piece in _pieces(text)) if piece is not None]
    if not pieces:
        return None
    # "mortals.—Frank Churchill", "Emma—you": the longest name is the one that the tagger meant; the first of equals.
    return max(pieces, key=lambda name: len(name.titles) + len(name.words) + bool(name.of))


def _pieces(text: str) -> list[str]:
    text = " ".join(unicodedata.normalize("NFC", text).translate({0x2019: "'", 0x2018: "'", 0x2BC: "'"}).split())
    text = _HEADING.sub("", text.strip(_EDGE))
    return [piece for piece in _BREAK.split(_FULL_STOP.sub(_end_of_sentence, text)) if piece]


def _end_of_sentence(stop: re.Match[str]) -> str:
    return stop.group() if find_title(stop.group(1)) or full_given_name(stop.group(1)) else f"{stop.group(1)}; "


def _parse_piece(piece: str) -> Name | None:
    tokens, article = _without_epithets(_tokens(piece))
    tokens = _from_inner_title(_up_to_lower_case(tokens))
    if not tokens:
        return None
    titles = _leading_titles(tokens)
    if _names_several(tokens):
        surnames = tuple(_surname_words(tokens))
        return Name(" ".join(tokens), titles, surnames, group=True, article=article) if surnames or titles else None
    inner, inner_article = _without_epithets(tokens[len(titles) :]) if titles else (tokens, False)
    words, suffix, of = _words(inner)
    if not _is_name(titles, words, of, article=article):
        return None
    if words and any(title.plural for title in titles):
        return Name(" ".join(tokens), titles, words, group=True, article=article)
    text = " ".join([*tokens[: len(titles)], *(["the"] if inner_article and not words else []), *inner])
    return Name(text, titles, words, suffix, of, article=article)


def _is_name(titles: Sequence[Title], words: Sequence[str], of: str, *, article: bool) -> bool:
    """Do the parts make a name? "The Duchess" does; "Duchess" alone, and "Heaven", are forms of address."""
    if not words and not of:
        return bool(titles) and article
    return bool(titles or of) or len(words) > 1 or fold(words[0]) not in _ADDRESSES


def _tokens(piece: str) -> list[str]:
    """The words of a piece of a mention, without what printing adds to them."""
    stripped = _STOP_AFTER_POSSESSIVE.sub(lambda stop: stop.group().rstrip("."), piece.strip(_EDGE.replace(".", "")))
    words = _POSSESSIVE.sub("", stripped).split()
    tokens = [token for token in (word.strip("_*,;:~^`") for word in words) if token]
    if all(map(str.isupper, tokens)) and max(map(len, tokens), default=0) > 1:
        tokens = [_natural_case(token) for token in tokens]
    if len(tokens) > 1 and tokens[-1] == "I":
        tokens = tokens[:-1]  # the pronoun of the next sentence
    return [*tokens[:-1], _without_full_stop(tokens[-1])] if tokens else []


def _without_full_stop(token: str) -> str:
    """The last word of a name without the full stop of its sentence; titles, initials and "Jr." keep theirs."""
    if not token.endswith(".") or find_title(token) or len(token) <= 2:
        return token
    bare = token.rstrip(".")
    return f"{bare}." if fold(token) in _SUFFIXES else bare


def _natural_case(token: str) -> str:
    if _ROMAN.match(token) or len(token.rstrip(".")) < 2:
        return token
    if token.casefold() in _INSIDE:
        return token.casefold()
    return "-".join(part[:1].upper() + part[1:].lower() for part in token.split("-"))


def _without_epithets(tokens: list[str]) -> tuple[list[str], bool]:
    """Drop what stands before the name; the second value tells whether "the" was dropped."""
    count = 0
    while count < len(tokens) and _is_no_name(tokens[count], last=count == len(tokens) - 1):
        count += 1
    return tokens[count:], any(fold(token) == "the" for token in tokens[:count])


def _is_no_name(token: str, *, last: bool) -> bool:
    """Is this a word such as "my" or "dear"? Not so an initial ("A."), nor "Old" as the only word that is left."""
    word = fold(token)
    if len(word) == 1 and token[0].isupper() and token[-1] == ".":
        return False
    return word in _FUNCTION_WORDS or (word in _EPITHETS and not (last and token[0].isupper()))


def _up_to_lower_case(tokens: list[str]) -> list[str]:
    """Up to the first word that is no part of a name; and from the first one that is."""
    start = next((index for index, token in enumerate(tokens) if _starts_name(token)), len(tokens))
    while start and fold(tokens[start - 1]) in _PARTICLES:
        start -= 1
    end = _end_of_name(tokens, start)
    if start < end < len(tokens):
        return [*tokens[start : end - 1], _POSSESSIVE.sub("", tokens[end - 1])]
    return tokens[start:end]


def _from_inner_title(tokens: list[str]) -> list[str]:
    """From the last "Mrs." or the like that stands behind other words: "Heaven Mrs. Hilbery", "Honourable Lady Ann"."""
    if _names_several(tokens):
        return tokens
    for place in range(len(tokens) - 2, 0, -1):
        title = find_title(tokens[place])
        if (
            title
            and title.rank in _BEGIN_NAMES
            and not find_title(tokens[place - 1])
            and not is_initial(tokens[place - 1])
        ):
            return tokens[place:]
    return tokens


def _end_of_name(tokens: Sequence[str], start: int) -> int:
    """The index after the last word of the name that begins with the word ``tokens[start]``."""
    end = start
    while end < len(tokens) and (_starts_name(tokens[end]) or _folds_into(tokens[end])):
        end += 1
        if end < len(tokens) and tokens[end - 1].endswith("'s") and tokens[end][0].islower():
            break
    while end > start and not _starts_name(tokens[end - 1]) and fold(tokens[end - 1]) not in _FAMILY:
        end -= 1
    return end


def _starts_name(token: str) -> bool:
    bare = token.lstrip("'\"‘“")
    return (bool(bare) and (bare[0].isupper() or (bare[0].isalpha() and not bare[0].islower()))) or token.startswith(
        "d'"
    )


def _folds_into(token: str) -> bool:
    return token.casefold() in _INSIDE or fold(token) in _FAMILY


def _names_several(tokens: list[str]) -> bool:
    lowered = [token.casefold() for token in tokens]
    if "and" in lowered or "&" in lowered:
        return True
    return len(tokens) > 1 and fold(tokens[-1]) in _FAMILY and not find_title(tokens[-1])


def _surname_words(tokens: list[str]) -> list[str]:
    return [token for token in tokens if _starts_name(token) and not find_title(token) and fold(token) not in _FAMILY]


def _leading_titles(tokens: list[str]) -> tuple[Title, ...]:
    titles: list[Title] = []
    for index, token in enumerate(tokens):
        title = find_title(token)
        if _is_first_initial(tokens, index):
            break
        # "Madam" in "Madam Merle", but the last word is a title only if it stands alone: "Father Pope", "Emma King".
        if title is None or (titles and index == len(tokens) - 1 and not token.endswith(".")):
            break
        titles.append(title)
    return tuple(titles)


def _is_first_initial(tokens: Sequence[str], index: int) -> bool:
    """Is "M." an initial before others ("M. E. Braddon"), and no Monsieur?"""
    return index + 2 < len(tokens) and is_initial(tokens[index]) and is_initial(tokens[index + 1])


def _words(tokens: list[str]) -> tuple[tuple[str, ...], str, str]:
    """Words, suffix and the place or thing after "of"."""
    tokens, epithet, of = _without_epithet_behind(tokens)
    count = len(tokens)
    while count > 1 and _is_suffix(tokens[count - 1]):
        count -= 1
    # "John Smith Jr., Esq.": the first suffix counts, and "Esq." tells nothing.
    suffix = next((token for token in tokens[count:] if not fold(token).startswith("esq")), epithet)
    words = _joined_particles(tokens[:count])
    if len(words) == 1 and suffix and fold(suffix) not in _GENERATIONS:
        # "Louis XVI", "William the Conqueror": what follows a lone given name tells its bearers apart as surnames do
        words, suffix = [*words, suffix], ""
    return tuple(words), suffix, of


def _without_epithet_behind(tokens: list[str]) -> tuple[list[str], str, str]:
    """What stands before "of" or "the", then "the Conqueror", then what stands after "of"; "" for what is not there."""
    lowered = [token.casefold() for token in tokens]
    if "of" in lowered:
        place = lowered.index("of")
        return tokens[:place], "", " ".join(token for token in tokens[place + 1 :] if token.casefold() != "the")
    if "the" in lowered[1:]:
        place = lowered.index("the", 1)
        return tokens[:place], " ".join(tokens[place:]), ""
    return tokens, "", ""


def _is_suffix(token: str) -> bool:
    return fold(token).replace(" ", "") in _SUFFIXES or _ROMAN.match(token) is not None


def _joined_particles(tokens: Sequence[str]) -> list[str]:
    """The words, particles joined to what they stand before: "de Bourgh", "St. John"."""
    words: list[str] = []
    particles: list[str] = []
    for token in tokens:
        if token is not tokens[-1] and (fold(token) in _PARTICLES or fold(token) in _SAINTS):
            particles.append(token)
        else:
            words.append(" ".join([*particles, token]))
            particles = []
    return words
