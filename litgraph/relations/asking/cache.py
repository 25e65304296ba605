"""Every answer of a language model, on disk as soon as it is given; no question is asked twice.

An SQLite file in write-ahead mode, which several runs may use at once. An answer is found by a digest of who was asked
(model, revisions, precision) and of the whole prompt.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from litgraph.errors import LitgraphError
from litgraph.language_models.answers import Answer

_FILE = "labels.sqlite3"
_VERSION = 1
_AT_ONCE = 500  # SQLite allows so many variables in a query at least
_PATIENCE = 60.0  # seconds to wait while another run writes


class LabelCache:
    """The answers that are known.

    Args:
        path: the file; made if it is not there. None keeps answers in memory only.

    Raises:
        LitgraphError: the file is none of ours, or cannot be opened.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        with self._errors_in_words():
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            # A power cut may cost the last answers, never the file; a killed process costs none.
            self._database.execute("PRAGMA synchronous = NORMAL")
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise LitgraphError(
                    f"{path} was written by another version of litgraph.", "Move it away; a new one is made then."
                )
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS answers (question BLOB PRIMARY KEY, asked TEXT NOT NULL, "
                "text TEXT NOT NULL, log_probability REAL, tokens INTEGER NOT NULL, elsewhere REAL) WITHOUT ROWID"
            )
            self._database.execute(f"PRAGMA user_version = {_VERSION}")

    def __del__(self) -> None:
        if hasattr(self, "_database"):
            self.close()

    def known(self, asker: str, prompts: Iterable[str]) -> dict[str, Answer]:
        """The answers that are there, by prompt.

        Args:
            asker: who answers.
            prompts: whole.
        """
        prompt_of = {_digest(asker, prompt): prompt for prompt in prompts}
        found: dict[str, Answer] = {}
        with self._errors_in_words():
            for part in _parts(list(prompt_of)):
                marks = ", ".join("?" * len(part))
                rows = self._database.execute(
                    "SELECT question, text, log_probability, tokens, elsewhere FROM answers "
                    f"WHERE question IN ({marks})",
                    part,
                )
                found.update((prompt_of[question], Answer(*answer)) for question, *answer in rows)
        return found

    def keep(self, asker: str, answers: Mapping[str, Answer]) -> None:
        """Put answers on disk, all or none; one that is there already stays.

        Args:
            asker: who answered.
            answers: by prompt.

        Raises:
            LitgraphError: the disk is full, or the file has become unwritable.
        """
        rows = [(_digest(asker, prompt), asker, *answer) for prompt, answer in answers.items()]
        with self._errors_in_words():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                self._database.executemany("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?, ?)", rows)
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LitgraphError(
                f"The answers in {self.path} cannot be used: {error}.",
                "Make room or permission for it, or move the file away; a new one is made then.",
            ) from error


def shared_cache() -> LabelCache:
    """The answers that all runs share, in litgraph's cache folder. Raises LitgraphError if they cannot be used."""
    from litgraph.reading.catalogue import cache_folder

    return LabelCache(cache_folder() / _FILE)


def _digest(asker: str, prompt: str) -> bytes:
    whole = f"{len(asker)} {asker}{prompt}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).digest()


def _parts(digests: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (digests[begin : begin + _AT_ONCE] for begin in range(0, len(digests), _AT_ONCE))
