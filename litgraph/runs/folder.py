"""The run folder: what a run has done so far, so that the same command can go on after a crash.

Every file is written whole or not at all. After each stage ``report.json`` records the stage's *key*, a digest of all
it depends on, and a digest of every file; a stage whose key and files still hold is loaded instead of done again. Long
stages also append each finished unit (a chapter, a batch of pairs) to a ``.partial`` file, so that even half a stage
survives ``kill -9``.

A file that is not as litgraph wrote it is a person's work or damage. Where a person may correct the file, it stands;
before any other is written anew, it is copied to ``NAME.previous.ENDING`` and that is told.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from litgraph.errors import RunFolderError
from litgraph.files import remove_leftovers, write_bytes, write_json
from litgraph.progress import Resume, from_the_start
from litgraph.runs.formats import FORMAT_VERSION, Row
from litgraph.runs.provenance import own_version, peak_memory_mb, versions
from litgraph.runs.units import Units

REPORT = "report.json"
_WITHOUT_REPORT = "book.json"  # what makes a folder a run folder whose report somebody deleted
_BROUGHT_ALONG = {"cast.toml", "cast.proposed.toml"}  # from another run of the same book

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Stage(Generic[Value]):
    """How one stage's value is kept in a run folder.

    Attributes:
        name: the stage's name in the report.
        files: names of the files that hold the value.
        save: writes them into the folder.
        load: reads them back.
        count: figures for the report.
        correctable: a person may correct the files; ``load`` then says what is wrong in them (RunFolderError).
    """

    name: str
    files: tuple[str, ...]
    save: Callable[[Path, Value], None]
    load: Callable[[Path], Value]
    count: Callable[[Value], Mapping[str, Any]]
    correctable: bool = False


class Keeper(Protocol):
    """Does a stage, or gives what it gave when it was done before."""

    def __call__(
        self, stage: Stage[Value], compute: Callable[[Resume], Value], depends_on: Callable[[], Sequence[Any]]
    ) -> Value:
        """The stage's value.

        Args:
            stage: which one.
            compute: does it; is given what resumes its units from an earlier run.
            depends_on: gives all that the value depends on; called again after saving, for stages that write what they
                read.
        """
        ...


def nothing_kept(
    stage: Stage[Value], compute: Callable[[Resume], Value], depends_on: Callable[[], Sequence[Any]]
) -> Value:
    """The keeper of a run without a folder."""
    return compute(from_the_start)


class RunFolder:
    """A folder that keeps every stage's value and a report. It is made when the first stage is done.

    Attributes:
        path: the folder.
        report: what ``report.json`` holds.
        redone: names of the stages that this command had to do.
        notices: what the user should be told: files that somebody changed and that had to be written anew.

    Raises:
        RunFolderError: the path is a file, or a folder with other things in it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.redone: list[str] = []
        self.notices: list[str] = []
        self._order: list[str] = []
        self._started = time.monotonic()
        refuse_other_folders(path)
        remove_leftovers(path)
        self.report = read_report(path) if (path / REPORT).exists() else {}
        if self.report.get("format", FORMAT_VERSION) != FORMAT_VERSION:
            raise RunFolderError(
                f"{path} was written in format {self.report['format']}; this litgraph writes {FORMAT_VERSION}.",
                "Choose a new folder with -o.",
            )
        self.report = {"format": FORMAT_VERSION, "stages": {}, "files": {}} | self.report

    def keep(
        self, stage: Stage[Value], compute: Callable[[Resume], Value], depends_on: Callable[[], Sequence[Any]]
    ) -> Value:
        """See ``Keeper``."""
        self._order.append(stage.name)
        key = stage_key(stage.name, depends_on())
        units = Units(self.path / f"{stage.name}.partial", key)
        if self.report["stages"].get(stage.name, {}).get("key") == key and self._stands(stage):
            value = stage.load(self.path)
            units.clear()
            return value
        started = time.monotonic()
        value = compute(units.resume)
        self._begin()
        self._set_aside(stage)
        # A stage that dies while it is saved must not pass for what it was before.
        self._record(stage, None, {})
        stage.save(self.path, value)
        self.redone.append(stage.name)
        record = {
            "key": stage_key(stage.name, depends_on()),
            "seconds": round(time.monotonic() - started, 3),
            "counts": dict(stage.count(value)),
        }
        self._record(stage, record, {name: self._digest(name) for name in stage.files})
        units.clear()
        return value

    def kept(self, stage: Stage[Value]) -> Value:
        """The value of a stage as it was kept, whatever it was made from.

        Raises:
            RunFolderError: it is not there, or not as litgraph wrote it.
        """
        if stage.name not in self.report["stages"] or not self._stands(stage):
            raise RunFolderError(
                f"{self.path} does not hold the stage “{stage.name}” as it was written.",
                "Run the same `litgraph build` command again.",
            )
        self._order.append(stage.name)
        return stage.load(self.path)

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the report of the whole run: facts of the book and settings, and what this machine is."""
        self._write(
            self.report
            | dict(facts)
            | {
                "stages": {name: self.report["stages"][name] for name in self._order},
                "files": dict(sorted(self.report["files"].items())),
                "redone": self.redone,
                "seconds": round(time.monotonic() - self._started, 3),
                "peak_memory_mb": peak_memory_mb(),
                "versions": versions(),
            }
        )

    def _begin(self) -> None:
        """Make the folder, with a report that marks it as a run folder, once there is something to keep."""
        if not (self.path / REPORT).exists():
            try:
                self.path.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise unusable(self.path, error) from error
            write_json(self.path / REPORT, self.report)

    def _stands(self, stage: Stage[Any]) -> bool:
        """Are the stage's files there, and as they should be?"""
        digests = {name: self._digest(name) for name in stage.files}
        if stage.correctable:
            return "" not in digests.values()
        return all(digest and digest == self.report["files"].get(name) for name, digest in digests.items())

    def _set_aside(self, stage: Stage[Any]) -> None:
        """Copy the files that are about to be written anew though somebody changed them."""
        for name in stage.files:
            if self._digest(name) not in ("", self.report["files"].get(name, self._digest(name))):
                path = self.path / name
                kept = path.with_suffix(f".previous{path.suffix}")
                write_bytes(kept, path.read_bytes())
                self.notices.append(
                    f"{name} was changed since litgraph wrote it, and is written again; as it was, it is {kept.name}."
                )

    def _record(self, stage: Stage[Any], record: Row | None, digests: Mapping[str, str]) -> None:
        """Put into the report that the stage is done, or (None) that it is not."""
        stages = {name: done for name, done in self.report["stages"].items() if name != stage.name}
        files = {name: digest for name, digest in self.report["files"].items() if name not in stage.files}
        stages |= {stage.name: record} if record else {}
        self._write(self.report | {"stages": stages, "files": {**files, **digests}})

    def _digest(self, name: str) -> str:
        """Of one file; "" if it is not there."""
        try:
            return hashlib.sha256((self.path / name).read_bytes()).hexdigest()[:32]
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise unusable(self.path / name, error) from error

    def _write(self, report: Row) -> None:
        if json.dumps(report) != json.dumps(self.report):  # equal dictionaries may differ in their order
            write_json(self.path / REPORT, report)
            self.report = report


def refuse_other_folders(path: Path) -> None:
    """Raise RunFolderError if the path is a file, or a folder with other things in it than a run's."""
    try:
        entries = list(path.iterdir()) if path.exists() else []
    except OSError as error:
        raise unusable(path, error) from error
    others = {entry.name for entry in entries if not entry.name.startswith(".")}
    if others - _BROUGHT_ALONG and not {REPORT, _WITHOUT_REPORT} & others:
        raise RunFolderError(
            f"{path} is not a run folder, but holds other files ({sorted(others)[0]} …).",
            "Choose a new folder with -o.",
        )


def unusable(path: Path, error: OSError) -> RunFolderError:
    """The error that a path cannot be a run folder, or a file in one, because of what the system says."""
    return RunFolderError(f"{path} cannot be used for a run: {error.strerror}.", "Choose another folder with -o.")


def read_report(folder: Path) -> Row:
    """The report of a run folder.

    Raises:
        RunFolderError: there is none, or it is damaged.
    """
    path = folder / REPORT
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunFolderError(
            f"{folder} is not a run folder: it has no {REPORT}.", "Make one with: litgraph build BOOK -o FOLDER"
        ) from error
    except (OSError, ValueError) as error:
        raise RunFolderError(f"{path} cannot be read: {error}.", "Delete it to build everything again.") from error
    if not (isinstance(report, dict) and all(isinstance(report.get(name, {}), dict) for name in ("stages", "files"))):
        raise RunFolderError(f"{path} does not hold a report.", "Delete it to build everything again.")
    return report


def stage_key(name: str, depends_on: Sequence[Any]) -> str:
    """Digest of all that a stage depends on, litgraph's own version included; equal for equal values only."""
    digest = hashlib.sha256(f"{name} {FORMAT_VERSION} {own_version()}".encode())
    for value in depends_on:
        digest.update(b"\0" + repr(value).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]
