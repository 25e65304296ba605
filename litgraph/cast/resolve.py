"""Who and what is in the book: mentions in, cast out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from litgraph.cast.by_hand import rows_by_hand
from litgraph.cast.canonical import canonical_name
from litgraph.cast.file.edits import Edits
from litgraph.cast.joins.forms import Form, collect_forms
from litgraph.cast.joins.kinds import decide_kinds
from litgraph.cast.joins.namesakes import part_namesakes
from litgraph.cast.joins.order import join_names
from litgraph.cast.joins.people import Person
from litgraph.cast.joins.stated_kin import state_kin
from litgraph.cast.kin.slots import KinSlot
from litgraph.cast.meant.attribution import attribute
from litgraph.cast.meant.follow import followed, with_meanings
from litgraph.cast.narrator import narrators
from litgraph.cast.players import Player, Players, players
from litgraph.drama import Play
from litgraph.names.grammar import is_seat_word, slug
from litgraph.speech.quotations import Quotations
from litgraph.types import Cast, Entity, EntityKind, Gender, Mention, Quotation, Voice
from litgraph.typography import modern_letters, plain_type

_UNNAMED = Entity("narrator", "Narrator", "character")


@dataclass(eq=False)
class _Cluster:
    """Mentions that are one entity, on the way to an ``Entity``."""

    kind: EntityKind
    mentions: list[int] = field(default_factory=list)
    first_person: list[int] = field(default_factory=list)  # pronouns that mean it as the narrator
    others: list[int] = field(default_factory=list)  # pronouns and noun phrases that a person gave it
    gender: Gender = "unknown"
    ambiguous: bool = False
    id: str = ""
    name: str = ""
    reasons: Mapping[int, str] = field(default_factory=dict)  # why a mention is here though its name is another


def resolve(
    mentions: Sequence[Mention],
    edits: Edits | None = None,
    *,
    text: str = "",
    voices: Sequence[Voice] = (),
    play: Play | None = None,
) -> Cast:
    """Who and what is in the book, and whom each mention means: names first, then all others.

    Args:
        mentions: of the whole book, in text order.
        edits: what a person decided; it wins over everything.
        text: ``Book.text``; with it, the words before a name help to tell places from people, and a narrator in the
            first person is found.
        voices: the quotations of the book; with them, "I" and "you" mean those who speak and hear.
        play: the marks of a play, whose dramatis personae and labels come before all other names.

    Returns:
        The cast. The same for every hash seed, and near-linear in time.
    """
    return understand(mentions, edits, text=text, voices=voices, play=play).cast


class Understanding(NamedTuple):
    """Who is in a book, whom each mention means, who says what to whom, and who is whose kin by phrases of kinship."""

    cast: Cast
    quotations: tuple[Quotation, ...]
    kin: tuple[KinSlot, ...] = ()


def understand(
    mentions: Sequence[Mention],
    edits: Edits | None = None,
    *,
    text: str = "",
    voices: Sequence[Voice] = (),
    play: Play | None = None,
) -> Understanding:
    """The cast as ``resolve`` gives it, with the quotations and the kin: one is found out with the other.

    Args:
        mentions: as for ``resolve``.
        edits: too.
        text: too.
        voices: the quotations of the book, and what points to those who say and hear them.
        play: as for ``resolve``.
    """
    mentions, text = _in_plain_type(mentions), plain_type(text)
    names, by_hand = _resolved(mentions, edits or Edits(), text, voices, play)
    told = frozenset(mentions[index].id for index in by_hand)
    meant = followed(names, mentions, voices, text=text, genders_told=edits.genders if edits else (), meaning_told=told)
    cast = with_meanings(meant, mentions)
    return Understanding(cast, attribute(voices, meant.speech, mentions, cast.entity_of), meant.kin)


def resolve_names(
    mentions: Sequence[Mention],
    edits: Edits | None = None,
    *,
    text: str = "",
    voices: Sequence[Voice] = (),
    play: Play | None = None,
) -> Cast:
    """Decide which mentions by name mean the same character, group, place, organisation or vehicle.

    Args:
        mentions: of the whole book, in text order. Noun phrases are left out of the cast, and so are pronouns but those
            by which a narrator means himself.
        edits: what a person decided; it wins over everything.
        text: ``Book.text``; with it, the words before a name help to tell places from people, and a narrator in the
            first person is found.
        voices: the speeches of a play.
        play: its marks; a play has no narrator.

    Returns:
        The cast. The same for every hash seed, and near-linear in time.
    """
    return _resolved(mentions, edits or Edits(), text, voices, play)[0]


def _resolved(
    mentions: Sequence[Mention], edits: Edits, text: str, voices: Sequence[Voice], play: Play | None
) -> tuple[Cast, Mapping[int, str]]:
    """The cast by names, and for the index of each mention that a person gave to somebody the id of the row."""
    mentions, text = _in_plain_type(mentions), plain_type(text)
    acting = players(mentions, play, text, voices) if play else Players((), {})
    forms, aliases = collect_forms(mentions, text, acting.taken)
    aliases |= acting.taken
    state_kin(forms, mentions, text)
    decide_kinds(forms, mentions, text)
    forms = part_namesakes([form for form in forms if form.mentions], mentions, text)
    quotations = Quotations("" if play else text)
    clusters = [_of_player(player) for player in acting.people]
    clusters += _people(forms, mentions, text, quotations) + _things(forms)
    if text and play is None:
        clusters = _with_narrators(clusters, mentions, text, quotations)
    _give_ids(clusters, aliases)
    by_hand = rows_by_hand(edits, mentions, aliases, text)
    if edits:
        clusters = _edited(clusters, aliases, edits, by_hand)
    return _cast(clusters, aliases, mentions, edits), by_hand


def _in_plain_type(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions with their words in modern letters: "Miſs Clariſſa" is Miss Clarissa."""
    if all(modern_letters(mention.text) == mention.text for mention in mentions):
        return mentions
    return [replace(mention, text=modern_letters(mention.text)) for mention in mentions]


def _people(forms: Iterable[Form], mentions: Sequence[Mention], text: str, quotations: Quotations) -> list[_Cluster]:
    people = join_names([form for form in forms if form.kind == "character"], mentions, text, quotations)
    return [_of_person(person) for person in people]


def _of_person(person: Person) -> _Cluster:
    indexes = sorted([index for form in person.forms for index in form.mentions] + person.shared)
    return _Cluster("character", indexes, gender=person.gender, ambiguous=person.ambiguous, reasons=person.reasons)


def _of_player(player: Player) -> _Cluster:
    return _Cluster("character", sorted(player.mentions), gender=player.gender, name=player.name)


def _with_narrators(
    clusters: list[_Cluster], mentions: Sequence[Mention], text: str, quotations: Quotations
) -> list[_Cluster]:
    """The clusters, with the pronouns of whoever tells the book in the first person; he may have no name."""
    people = [cluster for cluster in clusters if cluster.kind == "character" and not cluster.ambiguous]
    for person, indexes in narrators(mentions, [cluster.mentions for cluster in people], text, quotations).items():
        if person is None:
            clusters.append(_Cluster("character", first_person=indexes, name=_UNNAMED.name))
        else:
            people[person].first_person = indexes
    return clusters


def _things(forms: Iterable[Form]) -> list[_Cluster]:
    """Groups, places, organisations and vehicles: one cluster a name, "Longbourn House" with "Longbourn"."""
    by_words: dict[_Words, _Cluster] = {}
    clusters: list[_Cluster] = []
    things = [form for form in forms if form.kind != "character"]
    for form in sorted(things, key=lambda form: len(form.name.words)):
        words = _words(form)
        cluster = by_words.get(words) or (by_words.get(_words(form, seat=True)) if _is_seat(form) else None)
        if cluster is None:
            cluster = _Cluster(form.kind)
            clusters.append(cluster)
        by_words[words] = cluster
        cluster.mentions = sorted([*cluster.mentions, *form.mentions])
    return clusters


_Words = tuple[object, ...]


def _words(form: Form, *, seat: bool = False) -> _Words:
    """What two names of one thing have in common; ``seat``: without "House" at the end."""
    name = form.name
    titles = tuple(title.text for title in name.titles)
    return form.kind, titles, name.folded[:-1] if seat else name.folded, name.of, name.suffix, name.group


def _is_seat(form: Form) -> bool:
    return form.kind == "place" and len(form.name.words) > 1 and is_seat_word(form.name.words[-1])


def _give_ids(clusters: list[_Cluster], aliases: dict[int, str]) -> None:
    """Slugs of the names; of two that are the same, the one with fewer mentions gets "-2"."""
    taken: set[str] = set()
    clusters.sort(key=lambda cluster: (cluster.ambiguous, -len(cluster.mentions), *cluster.mentions[:1]))
    for cluster in clusters:
        if not cluster.name:
            cluster.name = canonical_name(Counter(aliases[index] for index in cluster.mentions), cluster.kind)
        base = slug(cluster.name)
        if cluster.ambiguous:
            base += "-ambiguous"
        cluster.id, number = base, 2
        while cluster.id in taken:
            cluster.id, number = f"{base}-{number}", number + 1
        taken.add(cluster.id)


def _edited(
    clusters: Sequence[_Cluster], aliases: Mapping[int, str], edits: Edits, by_hand: Mapping[int, str]
) -> list[_Cluster]:
    """The clusters as a person wants them: a mention goes to whom it was given, else to the row of its alias, or stays.

    Args:
        clusters: as the machine made them.
        aliases: for the index of each mention by name the name as the cast lists it.
        edits: what the person decided.
        by_hand: for the indexes of mentions that were given to a row, its id; "" for nobody.
    """
    proposed = {cluster.id: cluster for cluster in clusters}
    rows: dict[str, _Cluster] = {}

    def row_of(id_: str, source: _Cluster) -> _Cluster:
        if id_ not in rows:
            rows[id_] = _row(id_, proposed.get(id_), edits.kept.get(id_), source)
        return rows[id_]

    for cluster in clusters:
        for index in cluster.mentions:
            if index not in by_hand and (row := edits.row_of(aliases[index], cluster.id)):
                row_of(row, cluster).mentions.append(index)
        first_person = [index for index in cluster.first_person if index not in by_hand]
        narrator = edits.narrator_of(cluster.id, _UNNAMED.id) if first_person else ""
        if narrator:
            row_of(narrator, cluster).first_person += first_person
    for index, row in by_hand.items():
        if row:
            cluster = row_of(row, _Cluster("character"))
            (cluster.mentions if index in aliases else cluster.others).append(index)
    for cluster in rows.values():
        cluster.mentions.sort()
        cluster.first_person.sort()
        cluster.kind = edits.kinds.get(cluster.id, cluster.kind)
        cluster.gender = edits.genders.get(cluster.id, cluster.gender)
        cluster.ambiguous = edits.ambiguous.get(cluster.id, cluster.ambiguous)
    return list(rows.values())


def _row(id_: str, proposed: _Cluster | None, kept: Entity | None, source: _Cluster) -> _Cluster:
    """A row of an edited cast, still without mentions.

    Args:
        id_: its id.
        proposed: what the machine proposes for the id.
        kept: what the row was when a person edited it.
        source: whose mention comes to it; a row of which nothing else is known is of its kind and gender.
    """
    known = proposed or kept or (_UNNAMED if id_ == _UNNAMED.id else None)
    if known is None:
        return _Cluster(source.kind, gender=source.gender, id=id_)
    reasons = proposed.reasons if proposed else {}
    return _Cluster(
        known.kind, gender=known.gender, ambiguous=known.ambiguous, id=id_, name=known.name, reasons=reasons
    )


def _cast(clusters: Iterable[_Cluster], aliases: dict[int, str], mentions: Sequence[Mention], edits: Edits) -> Cast:
    entities: list[Entity] = []
    entity_of: dict[str, str] = {}
    for cluster in clusters:
        indexes = sorted([*cluster.mentions, *cluster.first_person, *cluster.others])
        counts = Counter(aliases[index] for index in cluster.mentions)
        reasons = {aliases[index]: cluster.reasons[index] for index in cluster.mentions if index in cluster.reasons}
        chapters = [mentions[index].chapter for index in indexes]
        entity = _entity(cluster, counts, reasons, chapters, edits.names.get(cluster.id, ""))
        entities.append(replace(entity, same_as=edits.same_as.get(cluster.id, "")))
        entity_of.update((mentions[index].id, cluster.id) for index in indexes)
    entities.sort(key=lambda entity: (-entity.mentions, entity.id))
    in_order = {mention.id: entity_of[mention.id] for mention in mentions if mention.id in entity_of}
    return Cast(tuple(entities), in_order)


def _entity(
    cluster: _Cluster,
    counts: Counter[str],
    reasons: Mapping[str, str],
    chapters: Sequence[int],
    name_by_person: str,
) -> Entity:
    """The entity of a cluster.

    Args:
        cluster: with its id, kind and gender.
        counts: how often it is called what.
        reasons: by name, why it is the entity's though it shares no word with the others.
        chapters: the chapter of each of its mentions.
        name_by_person: what a person calls it; "" if nobody renamed it.
    """
    name = name_by_person or cluster.name or (canonical_name(counts, cluster.kind) if counts else cluster.id)
    return Entity(
        id=cluster.id,
        name=name,
        kind=cluster.kind,
        aliases=tuple(sorted(counts.items(), key=lambda alias: (-alias[1], alias[0]))),
        gender=cluster.gender,
        mentions=len(chapters),
        first=min(chapters),
        last=max(chapters),
        ambiguous=cluster.ambiguous,
        narrator=bool(cluster.first_person),
        joined=tuple(sorted(reasons.items())) if len(reasons) < len(counts) else (),
    )
