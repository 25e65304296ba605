"""Titles that stand before names in English novels and in English translations of French, Russian, German,
Italian and Spanish ones: what each says of its bearer.

Sources: the forms of address of the novels of Project Gutenberg; the grouping into ranks is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from litgraph.types import Gender

Rank = Literal["mr", "mrs", "miss", "sir", "lady", "lord", "noble", "military", "clergy", "profession", "kin", "master"]
Takes = Literal["surname", "given", "either"]


@dataclass(frozen=True, slots=True)
class Title:
    """A title of address.

    Attributes:
        text: the canonical spelling, such as "Mr."; foreign equals keep their own ("Madame").
        rank: what kind of title it is; two people of one surname and different rank are two people.
        gender: of its bearer.
        takes: which part of a name follows when only one word does ("Mr. Darcy", "Sir William", "Miss Elizabeth").
        plural: it announces several people ("Messrs.", "the Misses").
    """

    text: str
    rank: Rank
    gender: Gender
    takes: Takes = "surname"
    plural: bool = False


def _titles() -> dict[str, Title]:
    """Every spelling (casefolded, without full stops) and what it means. Spellings of one title are joined by "/"."""
    table: tuple[tuple[str, Rank, Gender, Takes], ...] = (
        ("Mr./Mr/Mister/Mistah", "mr", "male", "surname"),
        ("Monsieur/M/Mons Mossoo", "mr", "male", "surname"),
        ("Herr Signor Signore Señor Senor Mynheer Senhor", "mr", "male", "surname"),
        ("Mrs./Mrs/Missus/Missis/Miz Mistress Goody", "mrs", "female", "surname"),
        ("Madame/Mme Madam Frau Signora Señora Senora Pani", "mrs", "female", "surname"),
        ("Miss", "miss", "female", "either"),
        ("Ms.", "miss", "female", "either"),
        ("Mademoiselle/Mlle/Mdlle Mam'selle Mamzelle", "miss", "female", "either"),
        ("Fräulein Fraulein Signorina Señorita Senorita", "miss", "female", "either"),
        ("Sir", "sir", "male", "given"),
        ("Dame", "lady", "female", "given"),
        ("Lady", "lady", "female", "either"),
        ("Lord/Ld", "lord", "male", "either"),
        ("Don Dom Signorino", "master", "male", "given"),
        ("Doña Dona Donna", "miss", "female", "given"),
        ("Master/Mars/Marse/Massa", "master", "male", "either"),
        ("Duke Marquis Marquess Marchese Earl Viscount Vicomte Count Comte Conte Graf", "noble", "male", "surname"),
        ("Baron Baronet Chevalier Squire Laird Bey Pasha Rajah", "noble", "male", "surname"),
        ("Duchess Marquise Marchioness Marchesa Countess Contessa Comtesse Viscountess", "noble", "female", "surname"),
        ("Vicomtesse Baroness Baronne Gräfin", "noble", "female", "surname"),
        ("Prince King Emperor Tsar Czar Sultan Grand-Duke", "noble", "male", "either"),
        ("Princess Queen Empress Tsarina Grand-Duchess", "noble", "female", "either"),
        ("Captain/Capt Colonel/Col Lieutenant/Lieut General/Gen Major/Maj", "military", "male", "surname"),
        ("Sergeant/Serjeant/Sergt Corporal/Corp Ensign Cornet Admiral Commodore", "military", "male", "surname"),
        ("Commander Brigadier Marshal Midshipman Field-Marshal Boatswain", "military", "male", "surname"),
        ("Lieutenant-Colonel/Lieut.-Col/Lt.-Col Major-General/Maj.-Gen", "military", "male", "surname"),
        ("Lieutenant-General/Lieut.-Gen/Lt.-Gen Brigadier-General/Brig.-Gen", "military", "male", "surname"),
        ("Sergeant-Major/Sergt.-Maj", "military", "male", "surname"),
        ("Reverend/Rev Parson Vicar Canon Dean Archdeacon Rector Curate Deacon", "clergy", "male", "surname"),
        ("Bishop/Bp Archbishop Cardinal Abbé Abbe Monsignor Monseigneur Curé Rabbi Pope", "clergy", "male", "either"),
        ("Father/Fr Brother/Br Friar Fra", "kin", "male", "either"),
        ("Sister Mother Nurse", "kin", "female", "either"),
        ("Uncle Grandfather Grandpa Granfer Gaffer", "kin", "male", "either"),
        ("Aunt Auntie Aunty Grandmother Grandma Granny Nanny Gammer", "kin", "female", "either"),
        ("Cousin Comrade Citizen", "kin", "unknown", "either"),
        ("Doctor/Dr Professor/Prof Judge Justice Magistrate", "profession", "unknown", "surname"),
        ("Inspector Detective Constable Superintendent Sheriff Coroner Officer", "profession", "unknown", "surname"),
        ("Governor President Senator Mayor Alderman Councillor Counsellor", "profession", "unknown", "surname"),
        ("Lawyer Deputy Chancellor Ambassador Secretary Minister", "profession", "unknown", "surname"),
    )
    titles: dict[str, Title] = {}
    for words, rank, gender, takes in table:
        for word in words.split():
            canonical, *others = word.split("/")
            title = Title(canonical, rank, gender, takes)
            for spelling in (canonical, *others):
                titles[spelling.rstrip(".").casefold()] = title
    titles["messrs"] = titles["messieurs"] = titles["mm"] = Title("Messrs.", "mr", "male", "surname", plural=True)
    titles["misses"] = Title("Misses", "miss", "female", "either", plural=True)
    titles["mesdames"] = titles["mmes"] = Title("Mesdames", "mrs", "female", "surname", plural=True)
    titles["mesdemoiselles"] = Title("Mesdemoiselles", "miss", "female", "either", plural=True)
    for plural in ("Colonels", "Captains", "Doctors", "Ladies", "Lords", "Generals", "Brothers", "Sisters", "Aunts"):
        singular = titles["lady" if plural == "Ladies" else plural[:-1].casefold()]
        titles[plural.casefold()] = Title(plural, singular.rank, singular.gender, singular.takes, plural=True)
    return titles


TITLES: dict[str, Title] = _titles()

_EXCLUSIVE: frozenset[str] = frozenset({"mr", "mrs", "miss", "lady", "sir", "lord"})
_BORNE_TOGETHER: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("mr", "clergy"),
        ("mr", "profession"),
        ("mr", "kin"),
        ("sir", "military"),
        ("lord", "military"),
        ("lord", "noble"),
        ("lady", "noble"),
        ("mrs", "kin"),
        ("miss", "kin"),
        ("lady", "kin"),
        ("military", "kin"),
        ("military", "profession"),
        ("clergy", "profession"),
        ("clergy", "kin"),
        ("profession", "kin"),
        ("sir", "kin"),
        ("noble", "kin"),
        ("sir", "profession"),
        ("noble", "military"),
        ("mr", "noble"),
        ("mrs", "noble"),
    )
)


def find_title(word: str) -> Title | None:
    """The title that a word is, however it is written ("MR", "Mr.", "mme"); None if it is none."""
    return TITLES.get(word.rstrip(".").casefold())


def titles_conflict(first: Title, second: Title, *, same_given_name: bool) -> bool:
    """Do two titles before one surname show two people?

    Mr., Mrs., Miss, Lady, Sir and Lord always do. A captain and a Mr. of one surname do too (Captain Wentworth and his
    brother), unless they share their given name: people are promoted.
    """
    if {first.gender, second.gender} == {"male", "female"}:
        return True
    if first.rank == second.rank:
        return False
    if first.rank in _EXCLUSIVE and second.rank in _EXCLUSIVE:
        return True
    return not same_given_name and frozenset((first.rank, second.rank)) not in _BORNE_TOGETHER
