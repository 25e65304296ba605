"""The cast in a run folder: the machine's proposal and a person's edits, kept apart and brought together.

``cast.proposed.toml`` is the machine's, ``cast.toml`` the person's; what differs are the edits. When the machine
proposes anew, because the mentions have changed, the edits are applied to the new proposal and both files written
again. A journal makes the two writes one: a run killed between them does not take its own new proposal for edits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from litgraph import formats, stages
from litgraph.cast.castfile import CastFile, edits, parse
from litgraph.cast.edits import Edits
from litgraph.cast.render import render
from litgraph.cast.resolve import resolve
from litgraph.errors import CastFileError
from litgraph.files import write_json, write_text
from litgraph.run import Stage, Units
from litgraph.types import Book, Cast, Mention, Sentence

EDITED, PROPOSED, PREVIOUS = "cast.toml", "cast.proposed.toml", "cast.previous.toml"
_JOURNAL = ".cast.journal"


@dataclass
class EditableCast:
    """The cast stage of one run.

    Attributes:
        folder: the run folder; None for a run without one, which nobody can edit.
        book, sentences, found: what the cast is made from; the mentions have no entities yet.
        notices: edits that had no effect, in words.
    """

    folder: Path | None
    book: Book
    sentences: Sequence[Sentence]
    found: Sequence[Mention]
    notices: list[str] = field(default_factory=list)

    @property
    def stage(self) -> Stage[Cast]:
        """How it is kept."""
        return Stage(
            "cast",
            (stages.CAST_FILE, EDITED, PROPOSED),
            self._save,
            stages.load_cast,
            lambda cast: stages.count_cast(cast, len(self.found)),
        )

    def depends_on(self) -> list[object]:
        """All that the cast depends on, the person's file included."""
        return [self.found, self._read(EDITED), self._read(PROPOSED)]

    def compute(self, _: Units) -> Cast:
        """The cast as the person wants it.

        Raises:
            CastFileError: the edits contradict themselves or name what is not there.
        """
        self._finish_journal()
        automatic = self._automatic
        decided = self._edits(automatic)
        if not decided:
            return automatic
        names = [alias for entity in automatic.entities for alias, _ in entity.aliases]
        self.notices += decided.notices(names)
        return resolve(self.found, decided, text=self.book.text)

    @cached_property
    def _automatic(self) -> Cast:
        return resolve(self.found, text=self.book.text)

    def _edits(self, automatic: Cast) -> Edits:
        edited = self._read(EDITED)
        if edited is None:
            return Edits()
        # Without a proposal the file was brought from another run: it is compared with what the machine says now.
        proposed = self._read(PROPOSED) or render(automatic)
        return edits(self._parse(EDITED, edited), self._parse(PROPOSED, proposed))

    def _save(self, folder: Path, cast: Cast) -> None:
        automatic = self._automatic
        decided = self._edits(automatic)
        proposal = render(automatic, self._context(automatic))
        if proposal != self._read(PROPOSED):
            self._write_both(folder, render(cast, self._context(cast), edits=decided), proposal)
        write_json(folder / stages.CAST_FILE, formats.cast_to_json(cast.entities))
        stages.save_mentions(folder, self.found, cast)

    def _write_both(self, folder: Path, edited: str, proposed: str) -> None:
        before = self._read(EDITED)
        if before not in (None, edited):
            write_text(folder / PREVIOUS, str(before))
        write_json(folder / _JOURNAL, {"before": before, "proposed": proposed})
        write_text(folder / EDITED, edited)
        write_text(folder / PROPOSED, proposed)
        (folder / _JOURNAL).unlink()

    def _finish_journal(self) -> None:
        text = self._read(_JOURNAL)
        if self.folder is None or text is None:
            return
        journal = json.loads(text)
        if self._read(EDITED) != journal["before"]:  # the new file is in place, the proposal it was made from is not
            write_text(self.folder / PROPOSED, journal["proposed"])
        (self.folder / _JOURNAL).unlink()

    def _context(self, cast: Cast) -> Mapping[str, str]:
        """For each ambiguous entity the first sentence that mentions it."""
        unsure = {entity.id for entity in cast.entities if entity.ambiguous}
        context: dict[str, str] = {}
        for mention in self.found:
            entity = cast.entity_of.get(mention.id, "")
            if entity in unsure and entity not in context:
                sentence = self.sentences[mention.sentence]
                context[entity] = self.book.text[sentence.start : sentence.end]
        return context

    def _parse(self, name: str, text: str) -> CastFile:
        return parse(text, path=str(self.folder / name) if self.folder else name)

    def _read(self, name: str) -> str | None:
        if self.folder is None:
            return None
        with suppress(FileNotFoundError):
            try:
                return (self.folder / name).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                if isinstance(error, FileNotFoundError):
                    raise
                raise CastFileError(
                    f"{self.folder / name} cannot be read: {error}.", "Save it as UTF-8 text, with rights to read it."
                ) from error
        return None
