"""The cast in a run folder: the machine's proposal and a person's edits, kept apart and brought together.

``cast.proposed.toml`` is the machine's, ``cast.toml`` the person's; what differs are the edits. When the machine
proposes anew, because the mentions have changed, the edits are applied to the new proposal and both files written
again, as one: a run killed in between does not take its own new proposal for edits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from litgraph.cast.by_hand import without_effect
from litgraph.cast.file.compare import edits
from litgraph.cast.file.edits import Edits
from litgraph.cast.file.given import with_places, write_places
from litgraph.cast.file.parsing import CastFile, parse
from litgraph.cast.file.render import render, render_edited
from litgraph.cast.file.said import SaidFact
from litgraph.cast.kin.slots import KinSlot
from litgraph.cast.resolve import Understanding, resolve_names, understand
from litgraph.errors import CastFileError
from litgraph.files import move, write_json, write_text
from litgraph.progress import Resume
from litgraph.runs import formats, stages
from litgraph.runs.folder import Stage
from litgraph.runs.loading import CAST_FILE, MENTIONS_FILE, load_cast
from litgraph.runs.proposal import signed, still_stands, unsigned
from litgraph.types import Book, Cast, Mention, Quotation, Sentence, Voice

EDITED, PROPOSED, PREVIOUS = "cast.toml", "cast.proposed.toml", "cast.previous.toml"
_NEW_EDITED, _NEW_PROPOSED = ".cast.toml.new", ".cast.proposed.toml.new"


class EditableCast:
    """The cast stage of one run. What a killed run left half-replaced is put right first.

    Args:
        folder: the run folder; None for a run without one, which nobody can edit.
        book: the book.
        sentences: all its sentences.
        found: the mentions that the cast is made from; they have no entities yet.
        voices: the quotations of the book.

    Attributes:
        notices: edits that had no effect, in words.
    """

    def __init__(
        self,
        folder: Path | None,
        book: Book,
        sentences: Sequence[Sentence],
        found: Sequence[Mention],
        voices: Sequence[Voice] = (),
    ) -> None:
        self.folder = folder
        self.book = book
        self.sentences = sentences
        self.found = found
        self.voices = voices
        self.notices: list[str] = []
        self._known: dict[bool, Understanding] = {}
        if folder is not None:
            finish_replacing(folder)
        # Read once: what a person saves while this run works is the next run's.
        self._edited, self._proposed = read_cast_file(folder, EDITED), read_cast_file(folder, PROPOSED)

    @property
    def stage(self) -> Stage[Cast]:
        """How it is kept."""
        return Stage(
            "cast",
            (CAST_FILE, MENTIONS_FILE),
            self._save,
            load_cast,
            lambda cast: stages.count_cast(cast, len(self.found)),
        )

    def depends_on(self) -> list[object]:
        """All that the cast depends on: the person's file, and the entities that this stage writes to the mentions."""
        entities = read_cast_file(self.folder, MENTIONS_FILE)
        return [self.found, self.voices, self.book.play, entities, self._edited, self._proposed]

    def compute(self, _: Resume) -> Cast:
        """The cast as the person wants it.

        Raises:
            CastFileError: the edits contradict themselves or name what is not there.
        """
        if not self._edits:
            return self._automatic
        absent = [f"“{name}”" for row in self._edits.absent(self._names).values() for name in row]
        self._tell_of_absent(absent, "names")
        given = without_effect(self._edits.given, self.found, self.book.text)
        self._tell_of_absent([one.what for one in given], "mentions")
        return self._understood(self._edits).cast

    def _tell_of_absent(self, absent: Sequence[str], sort: str) -> None:
        if absent:
            listed = ", ".join(absent[:5]) + (" …" if len(absent) > 5 else "")
            self.notices.append(
                f"{EDITED} speaks of {len(absent)} {sort} that the book, as it is read now, does not have ({listed}); "
                "what it says of them is kept without effect."
            )

    @cached_property
    def _automatic(self) -> Cast:
        return self._understood(Edits()).cast

    def quotations(self) -> tuple[Quotation, ...]:
        """Who says what, as it was found out with the cast."""
        return self._understood(self._edits).quotations

    def now(self, id_: str) -> str:
        """The id, in the cast as the person wants it, of whoever had this one before; "" if he or she is left out."""
        rows = {row.id: row for row in self._parse(EDITED, self._edited or "").rows}
        seen: set[str] = set()
        while id_ in rows and rows[id_].merge_into and id_ not in seen:
            seen.add(id_)
            id_ = rows[id_].merge_into
        return id_ if any(one.id == id_ for one in self._understood(self._edits).cast.entities) else ""

    def kin(self) -> tuple[KinSlot, ...]:
        """Who is whose kin by phrases of kinship, as it was found out with the cast."""
        return self._understood(self._edits).kin

    def said(self) -> tuple[SaidFact, ...]:
        """Facts that a person asserts or denies."""
        return self._edits.said

    def _understood(self, wanted: Edits) -> Understanding:
        """What is found out with such edits; each is found out once."""
        key = bool(wanted)
        if key not in self._known:
            edits = wanted if key else None
            self._known[key] = understand(
                self.found, edits, text=self.book.text, voices=self.voices, play=self.book.play
            )
        return self._known[key]

    @cached_property
    def _edits(self) -> Edits:
        if self._edited is None:
            return Edits()
        # Without a proposal the file was brought from another run: it is compared with what the machine says now.
        proposed = self._proposed or render(self._automatic)
        found = edits(self._parse(EDITED, self._edited), self._parse(PROPOSED, proposed), self._names)
        return replace(found, given=with_places(found.given, self.found))

    @cached_property
    def _names(self) -> list[str]:
        """All names that the book has, as it is read now."""
        if self._proposal_stands and self._proposed:
            return [name for row in self._parse(PROPOSED, self._proposed).rows for name in row.names]
        cast = resolve_names(self.found, text=self.book.text, voices=self.voices, play=self.book.play)
        return [alias for entity in cast.entities for alias, _ in entity.aliases]

    @cached_property
    def _made_from(self) -> list[object]:
        """All that the machine's proposal depends on."""
        return [self.book.text, self.book.play, self.sentences, self.found, self.voices]

    @cached_property
    def _proposal_stands(self) -> bool:
        """Would the machine propose again just what it did?"""
        return still_stands(self._proposed, self._made_from)

    def _save(self, folder: Path, cast: Cast) -> None:
        if self._edited is None or not self._proposal_stands:
            self._propose(folder, cast)
        given = self._parse(EDITED, self._edited or "").given
        edited = write_places(self._edited or "", given, with_places(given, self.found))
        if edited != self._edited:
            write_text(folder / EDITED, edited)
            self._edited = edited
        write_json(folder / CAST_FILE, formats.cast_to_json(cast.entities))
        stages.save_mentions(folder, self.found, cast)

    def _propose(self, folder: Path, cast: Cast) -> None:
        """Write the machine's proposal and, if it is a new one, the same edits of it."""
        proposal = render(self._automatic, self._context(self._automatic))
        proposed, before = signed(proposal, self._made_from), unsigned(self._proposed or "")
        if proposal == before and self._edited is not None:
            write_text(folder / PROPOSED, proposed)
        else:
            edited = render_edited(cast, self._edits, self._automatic, self._context(cast))
            now = read_cast_file(folder, EDITED)
            if now not in (None, before, edited):
                write_text(folder / PREVIOUS, str(now))
            if now != self._edited:
                self.notices.append(
                    f"{EDITED} was changed while it was read, and is written anew with the changes of before; as you "
                    f"left it, it is {PREVIOUS}."
                )
            _replace_both(folder, edited, proposed)
            self._edited = edited
        self._proposed = proposed

    def _context(self, cast: Cast) -> Mapping[str, str]:
        """For each ambiguous entity the first sentence that names it."""
        unsure = {entity.id for entity in cast.entities if entity.ambiguous}
        context: dict[str, str] = {}
        for mention in self.found:
            entity = cast.entity_of.get(mention.id, "")
            if entity in unsure and entity not in context and mention.form == "name":
                sentence = self.sentences[mention.sentence]
                context[entity] = self.book.text[sentence.start : sentence.end]
        return context

    def _parse(self, name: str, text: str) -> CastFile:
        return parse(text, path=str(self.folder / name) if self.folder else name)


def _replace_both(folder: Path, edited: str, proposed: str) -> None:
    """Write both files. The order of the steps tells the next run how far this one came, see ``finish_replacing``."""
    write_text(folder / _NEW_EDITED, edited)
    write_text(folder / _NEW_PROPOSED, proposed)
    move(folder / _NEW_EDITED, folder / EDITED)
    move(folder / _NEW_PROPOSED, folder / PROPOSED)


def finish_replacing(folder: Path) -> None:
    """Finish or undo what a killed run began: as long as the new edited file waits, neither has been replaced."""
    if (folder / _NEW_EDITED).exists():
        (folder / _NEW_PROPOSED).unlink(missing_ok=True)
        (folder / _NEW_EDITED).unlink()
    elif (folder / _NEW_PROPOSED).exists():
        move(folder / _NEW_PROPOSED, folder / PROPOSED)


def read_cast_file(folder: Path | None, name: str) -> str | None:
    """The text of a cast file; None if there is none.

    Raises:
        CastFileError: it cannot be read.
    """
    if folder is None:
        return None
    try:
        return (folder / name).read_text(encoding="utf-8-sig")  # Notepad writes a byte order mark
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise CastFileError(
            f"{folder / name} cannot be read: {error}.", "Save it as UTF-8 text, with rights to read it."
        ) from error
