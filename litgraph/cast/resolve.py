"""Who and what is in the book: mentions in, cast out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from litgraph.cast.file.edits import Edits
from litgraph.cast.joins.forms import Form, collect_forms
from litgraph.cast.joins.kinds import decide_kinds
from litgraph.cast.joins.order import join_names
from litgraph.cast.joins.people import Person
from litgraph.cast.narrator import narrators
from litgraph.names.grammar import is_seat_word, parse_name, slug
from litgraph.types import Cast, Entity, EntityKind, Gender, Mention

_UNNAMED = Entity("narrator", "Narrator", "character")
_FEW = 2  # times that a full name must occur to be a common form


@dataclass(eq=False)
class _Cluster:
    """Mentions that are one entity, on the way to an ``Entity``."""

    kind: EntityKind
    mentions: list[int] = field(default_factory=list)
    told: list[int] = field(default_factory=list)  # pronouns of the first person that mean it as the narrator
    gender: Gender = "unknown"
    ambiguous: bool = False
    id: str = ""
    name: str = ""


def resolve(mentions: Sequence[Mention], edits: Edits | None = None, *, text: str = "") -> Cast:
    """Decide which mentions by name mean the same character, group, place, organisation or vehicle.

    Args:
        mentions: of the whole book, in text order. Noun phrases are left out of the cast, and so are pronouns but those
            by which a narrator means himself.
        edits: what a person decided; it wins over everything.
        text: ``Book.text``; with it, the words before a name help to tell places from people, and a narrator in the
            first person is found.

    Returns:
        The cast. The same for every hash seed, and near-linear in time.
    """
    forms, aliases = collect_forms(mentions, text)
    decide_kinds(forms, mentions, text)
    forms = [form for form in forms if form.mentions]
    people = join_names([form for form in forms if form.kind == "character"], mentions)
    clusters = [_of_person(person) for person in people]
    clusters += _things([form for form in forms if form.kind != "character"])
    if text:
        clusters = _with_narrators(clusters, mentions, text)
    _give_ids(clusters, aliases)
    if edits:
        clusters = _edited(clusters, aliases, edits)
    return _cast(clusters, aliases, mentions, edits or Edits())


def _of_person(person: Person) -> _Cluster:
    indexes = sorted([index for form in person.forms for index in form.mentions] + person.shared)
    return _Cluster("character", indexes, gender=person.gender, ambiguous=person.ambiguous)


def _with_narrators(clusters: list[_Cluster], mentions: Sequence[Mention], text: str) -> list[_Cluster]:
    """The clusters, with the pronouns of whoever tells the book in the first person; he may have no name."""
    people = [cluster for cluster in clusters if cluster.kind == "character" and not cluster.ambiguous]
    told = narrators(mentions, [cluster.mentions for cluster in people], text)
    for person, indexes in told.items():
        if person is None:
            clusters.append(_Cluster("character", told=indexes, name=_UNNAMED.name))
        else:
            people[person].told = indexes
    return clusters


def _things(forms: Sequence[Form]) -> list[_Cluster]:
    """Groups, places, organisations and vehicles: one cluster a name, "Longbourn House" with "Longbourn"."""
    by_words: dict[tuple[str, tuple[object, ...]], _Cluster] = {}
    clusters: list[_Cluster] = []
    for form in sorted(forms, key=lambda form: len(form.name.words)):
        name = form.name
        key = (form.kind, (tuple(title.text for title in name.titles), name.folded, name.of, name.suffix, name.group))
        seat = (form.kind, (key[1][0], name.folded[:-1], name.of, name.suffix, name.group))
        joins_seat = form.kind == "place" and len(name.words) > 1 and is_seat_word(name.words[-1])
        cluster = by_words.get(key) or (by_words.get(seat) if joins_seat else None)
        if cluster is None:
            cluster = _Cluster(form.kind)
            clusters.append(cluster)
        by_words[key] = cluster
        cluster.mentions = sorted([*cluster.mentions, *form.mentions])
    return clusters


def _give_ids(clusters: list[_Cluster], aliases: dict[int, str]) -> None:
    """Slugs of the names; of two that are the same, the one with fewer mentions gets "-2"."""
    taken: set[str] = set()
    clusters.sort(key=lambda cluster: (cluster.ambiguous, -len(cluster.mentions), *cluster.mentions[:1]))
    for cluster in clusters:
        if cluster.mentions:
            cluster.name = _canonical_name(Counter(aliases[index] for index in cluster.mentions), cluster.kind)
        base = slug(cluster.name)
        if cluster.ambiguous:
            base += "-ambiguous"
        cluster.id, number = base, 2
        while cluster.id in taken:
            cluster.id, number = f"{base}-{number}", number + 1
        taken.add(cluster.id)


def _edited(clusters: Sequence[_Cluster], aliases: dict[int, str], edits: Edits) -> list[_Cluster]:
    """The clusters as a person wants them: every mention goes to the row of its alias, else stays."""
    proposed = {cluster.id: cluster for cluster in clusters}
    result: dict[str, _Cluster] = {}
    for cluster in clusters:
        for index in (*cluster.mentions, *cluster.told):
            named = index in aliases
            row = edits.row_of(aliases[index], cluster.id) if named else edits.narrator_of(cluster.id, _UNNAMED.id)
            if not row:
                continue
            if row not in result:
                known = proposed.get(row) or edits.kept.get(row) or (_UNNAMED if row == _UNNAMED.id else None)
                model = known or cluster
                result[row] = _Cluster(model.kind, gender=model.gender, id=row)
                if known:
                    result[row].name, result[row].ambiguous = known.name, known.ambiguous
            (result[row].mentions if named else result[row].told).append(index)
    for cluster in result.values():
        cluster.mentions.sort()
        cluster.told.sort()
        cluster.kind = edits.kinds.get(cluster.id, cluster.kind)
        cluster.gender = edits.genders.get(cluster.id, cluster.gender)
        cluster.ambiguous = edits.ambiguous.get(cluster.id, cluster.ambiguous)
    return list(result.values())


def _cast(clusters: Iterable[_Cluster], aliases: dict[int, str], mentions: Sequence[Mention], edits: Edits) -> Cast:
    entities: list[Entity] = []
    entity_of: dict[str, str] = {}
    for cluster in clusters:
        counts = Counter(aliases[index] for index in cluster.mentions)
        name = cluster.name or (_canonical_name(counts, cluster.kind) if counts else cluster.id)
        indexes = sorted([*cluster.mentions, *cluster.told])
        chapters = [mentions[index].chapter for index in indexes]
        entities.append(
            Entity(
                id=cluster.id,
                name=edits.names.get(cluster.id) or name,
                kind=cluster.kind,
                aliases=tuple(sorted(counts.items(), key=lambda alias: (-alias[1], alias[0]))),
                gender=cluster.gender,
                mentions=len(indexes),
                first=min(chapters),
                last=max(chapters),
                ambiguous=cluster.ambiguous,
                narrator=bool(cluster.told),
            )
        )
        entity_of.update((mentions[index].id, cluster.id) for index in indexes)
    entities.sort(key=lambda entity: (-entity.mentions, entity.id))
    in_order = {mention.id: entity_of[mention.id] for mention in mentions if mention.id in entity_of}
    return Cast(tuple(entities), in_order)


def _canonical_name(aliases: Counter[str], kind: EntityKind) -> str:
    """The fullest common form: "Elizabeth Bennet" though she is mostly "Elizabeth", but "Mr. Darcy" where his given
    name stands but once."""
    ranked = sorted(aliases, key=lambda alias: (-aliases[alias], alias))
    commonest = ranked[0]
    if kind != "character":
        return commonest
    full = [alias for alias in ranked if (name := parse_name(alias)) and len(name.words) > 1]
    spoken = {
        name.folded[0]: aliases[alias]
        for alias in ranked
        if (name := parse_name(alias)) and len(name.words) == 1 and not name.titles
    }
    for alias in sorted(
        full,
        key=lambda alias: (
            _title_weight(alias),
            len(_given(alias)) == 1,
            -spoken.get(_given(alias), 0),
            -aliases[alias],
            alias,
        ),
    ):
        called_so = spoken.get(_given(alias), 0) == aliases[commonest] and len(alias.split()) <= 3
        if aliases[alias] >= _FEW or called_so or len(aliases) * 5 >= aliases.total():
            return alias
    titled = [alias for alias in ranked if _has_title(alias)]
    enough = [alias for alias in titled if aliases[alias] >= _FEW and aliases[alias] * 20 >= aliases[commonest]]
    return enough[0] if enough else commonest


def _given(alias: str) -> str:
    name = parse_name(alias)
    return name.given if name else ""


def _title_weight(alias: str) -> int:
    """Sir, Lady and other ranks belong to a name; Mr. and Miss only stand before it."""
    name = parse_name(alias)
    title = name.title if name else None
    if title is None:
        return 1
    return 2 if title.rank in ("mr", "mrs", "miss", "master", "kin") else 0


def _has_title(alias: str) -> bool:
    name = parse_name(alias)
    return bool(name and name.titles)
