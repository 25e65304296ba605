"""Corrections that a page sends, each written to the run folder at once; undone one by one, and built in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

from litgraph.errors import CastFileError, LitgraphError, RunFolderError
from litgraph.files import write_text
from litgraph.pipeline import rebuild_run
from litgraph.runs.cast_changes import Change, change_cast
from litgraph.runs.cast_stage import EDITED, read_cast_file
from litgraph.runs.loading import QUOTATIONS_FILE
from litgraph.runs.lock import locked
from litgraph.runs.quotation_changes import change_speaker
from litgraph.types import ENTITY_KINDS, Gender

Item = TypeVar("Item")

SPEAKER = "speaker"
"""The verb that is written to ``quotations.jsonl``; all others are written to ``cast.toml``."""
VERBS: tuple[str, ...] = (*get_args(get_type_hints(Change)["verb"]), SPEAKER)
CHOICES: Mapping[str, tuple[str, ...]] = {"kind": ENTITY_KINDS, "gender": get_args(Gender)}


class Refused(Exception):
    """A correction that was not made; nothing was written. Its text says why, for a person."""


class _Step(NamedTuple):
    """What undoes a correction: the file as it was before, and the version of all files after it."""

    file: str
    before: str
    after: str
    told: str


class Corrections:
    """What was corrected in a run folder since the page is served. All methods may be called from several threads.

    Args:
        folder: the run folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._steps: list[_Step] = []
        self._building = ""
        self._error = ""
        self._notices: tuple[str, ...] = ()
        self._built = 0

    def state(self) -> dict[str, Any]:
        """What a page shows: the version of the files, what is not built in yet, and how far a build has come."""
        return {
            "version": self._version(),
            "changes": [step.told for step in self._steps],
            "undoable": bool(self._steps),
            "building": self._building,
            "error": self._error,
            "notices": self._notices,
            "built": self._built,
        }

    def change(self, wanted: Mapping[str, Any], version: str) -> str:
        """Make one correction, and tell what was done.

        Args:
            wanted: ``verb``, and ``row``, ``value`` as `Change` has them; for facts ``head``, ``relation``, ``tail``;
                for ``speaker`` the id of a quotation as row, and as value who says it.
            version: of the files that the page knows.

        Raises:
            Refused: it cannot be done, or a file is another by now.
        """
        change = _read(wanted)
        with self._lock:
            self._checked(version)
            file = QUOTATIONS_FILE if wanted["verb"] == SPEAKER else EDITED
            before = self._text(file)
            try:
                told = change(self.folder)
            except (CastFileError, RunFolderError) as error:
                raise Refused(" ".join(filter(None, (error.what, error.hint)))) from error
            self._steps.append(_Step(file, before, self._version(), told))
            return told

    def undo(self, version: str) -> str:
        """Take the last correction back, and tell which it was.

        Raises:
            Refused: there is none, or a file is another by now.
        """
        with self._lock:
            if not self._steps:
                raise Refused("There is nothing to undo.")
            self._checked(version)
            step = self._steps[-1]
            if self._version() != step.after:
                raise Refused(
                    f"{EDITED} or {QUOTATIONS_FILE} was edited after that correction: undo it there. Nothing was "
                    "changed."
                )
            try:
                with locked(self.folder):
                    write_text(self.folder / step.file, step.before)
            except RunFolderError as error:
                raise Refused(" ".join(filter(None, (error.what, error.hint)))) from error
            self._steps.pop()
            return f"Undone: {step.told}"

    def rebuild(self) -> None:
        """Begin to build the corrections in.

        Raises:
            Refused: a build is at work already.
        """
        with self._lock:
            if self._building:
                raise Refused("A build is at work already.")
            self._building, self._error = "building …", ""
        # Files are written whole or not at all: a build that ends with the server leaves no half one.
        Thread(target=self._build, name="litgraph build", daemon=True).start()

    def _build(self) -> None:
        try:
            result = rebuild_run(self.folder, progress=self._follow, tell=self._tell)
            self._steps.clear()
            self._notices = result.notices
            self._built += 1
        except LitgraphError as error:
            self._error = " ".join(filter(None, (error.what, error.hint)))
        except Exception as error:  # a thread has nobody else to tell
            self._error = f"The build failed: {error!r}."
        finally:
            self._building = ""

    def _follow(self, items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        for number, item in enumerate(items):
            self._building = f"{what}: {number:,} of {total:,}" if total else f"{what}: {number:,}"
            yield item

    def _tell(self, line: str) -> None:
        self._building = line

    def _text(self, file: str) -> str:
        return read_cast_file(self.folder, file) or ""

    def _version(self) -> str:
        digest = hashlib.sha256()
        for file in (EDITED, QUOTATIONS_FILE):
            digest.update(self._text(file).encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()[:16]

    def _checked(self, version: str) -> None:
        """Are the files as the page knows them, and is nothing at work on them?"""
        if self._building:
            raise Refused("A build is at work. Correct when it is done; nothing was changed.")
        if self._version() != version:
            raise Refused(
                f"{EDITED} or {QUOTATIONS_FILE} was changed meanwhile, in another window or by hand. Nothing was "
                "written: look, then do it again."
            )


def _read(wanted: Mapping[str, Any]) -> Callable[[Path], str]:
    """A correction as a page sends it: what makes it in a run folder, and tells it. Raises Refused if it is none."""
    verb = wanted.get("verb")
    names = ("head", "tail", "relation") if verb in ("assert", "deny") else ("row", "value")
    values = [wanted.get(name, "") for name in names]
    if verb not in VERBS or not all(isinstance(value, str) for value in values):
        raise Refused("That is no correction.")
    if verb in CHOICES and values[1] not in CHOICES[verb]:
        raise Refused(f"A {verb} is one of {', '.join(CHOICES[verb])}.")
    if verb == SPEAKER:
        return lambda folder: change_speaker(folder, *values)
    return lambda folder: change_cast(folder, [Change(verb, *values)])[0]
