"""Every error that litgraph raises on purpose, in one tree.

LitgraphError            something the user can act on; the command line prints it and exits 1
├── SourceError          a book could not be found, opened or understood
│   ├── SourceNotFound       no such file, no such book in the shelf or the cache
│   ├── UnreadableSource     binary, empty, encrypted or damaged
│   └── UnsafeSource         a zip bomb, a path outside the archive, XML entities
├── FetchError           a download that the user asked for did not work
├── ModelError           a model is missing, or is not the kind that was asked for
├── DatasetError         labelled examples are missing or not in their format
├── SettingsError        a setting that does not exist or cannot have that value
├── CastFileError        cast.toml contradicts itself or names what is not there
├── RunFolderError       a run folder is missing, damaged or of another book
├── CorpusError          a corpus, or a list of books for one, cannot be used as it is
├── NotInGraph           a name that no node of the graph bears
├── ExportError          a graph could not be written in the format asked for
└── StoreError           a graph database could not be reached, or refused
    └── QueryError           a Cypher statement is wrong, would write, or takes too long
"""

from __future__ import annotations


class LitgraphError(Exception):
    """Base of all errors that are the world's fault, not a bug.

    Args:
        what: what happened and where, one sentence.
        hint: what to do next, one sentence; empty when there is nothing sensible to say.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what, hint)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n{self.hint}" if self.hint else self.what


class SourceError(LitgraphError):
    """A book could not be found, opened or understood."""


class SourceNotFound(SourceError):
    """There is no such file, and no such book on the shelf or in the cache."""


class UnreadableSource(SourceError):
    """The source is there but holds no book: binary, empty, encrypted or damaged."""


class UnsafeSource(SourceError):
    """The source tries something no book does: a zip bomb, a path outside, XML entities."""


class FetchError(LitgraphError):
    """A download that the user asked for did not work."""


class ModelError(LitgraphError):
    """A model is missing, or is not of the kind that was asked for."""


class SettingsError(LitgraphError):
    """A setting does not exist or cannot have the value it was given."""


class CastFileError(LitgraphError):
    """A person's edit of cast.toml contradicts itself or names what is not there."""


class RunFolderError(LitgraphError):
    """A run folder is missing, damaged or belongs to another book."""


class CorpusError(LitgraphError):
    """A corpus, or a list of books for one, cannot be used as it is."""


class NotInGraph(LitgraphError):
    """No node of the graph bears the name that was asked for."""


class ExportError(LitgraphError):
    """A graph could not be written in the format that was asked for."""


class StoreError(LitgraphError):
    """A graph database could not be reached, or refused what was asked of it."""


class QueryError(StoreError):
    """A Cypher statement is wrong, would write, takes too long or gives too much."""


class DatasetError(LitgraphError):
    """Labelled examples are missing, or are not in the format that was said."""


class LitgraphWarning(UserWarning):
    """Something was done otherwise than asked, such as an attribute left out; the message says what and why."""
