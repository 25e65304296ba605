"""What Neo4j and its driver complain of, in words that say what to do."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from litgraph.errors import QueryError, StoreError
from litgraph.stores.model import (
    APPEARS_IN,
    BOOK,
    ENTITY,
    GRAPH_PROPERTIES,
    KIND_LABELS,
    RELATION_TYPES,
    TEXT_LABELS,
    TEXT_PROPERTIES,
    TEXT_TYPES,
)
from litgraph.stores.reaching import DEFAULT_URI, Connection, unreachable

if TYPE_CHECKING:
    import neo4j

_READ_ONLY = ("ForbiddenOnReadOnlyDatabase", "NotALeader", "WriteOnReadOnlyAccessDatabase", "ReadOnly")
_CANNOT_WRITE = ("TransactionCommitFailed", "TransactionStartFailed")
_LISTED = 20  # names of a kind that a line lists at most

# "The label `Charactr` does not exist in database …" in GQL's words, and in those of servers before them.
_UNKNOWN = re.compile(
    r"The (?P<kind>label|relationship type|property)(?: key)? `(?P<name>.*?)` does not exist"
    r"|the missing (?P<older_kind>label|relationship type|property)(?: name)? is: (?P<older_name>.*?)\)"
)
_KNOWN = {
    "label": {BOOK, ENTITY, *KIND_LABELS.values(), *TEXT_LABELS},
    "relationship type": {APPEARS_IN, *RELATION_TYPES.values(), *TEXT_TYPES},
    "property": GRAPH_PROPERTIES | TEXT_PROPERTIES,
}
_PLURAL = {"label": "labels", "relationship type": "relationship types", "property": "properties"}


def our_error(error: Exception, connection: Connection) -> StoreError:
    """The driver's error as one that says what to do. It never holds the password: the driver's messages do not."""
    from neo4j.exceptions import AuthError, ClientError, Neo4jError, ServiceUnavailable, SessionExpired, TransientError

    code, words = (error.code, error.message) if isinstance(error, Neo4jError) else (None, None)
    code, message = code or "", (words or str(error) or type(error).__name__).splitlines()[0]
    place = f"The database at {connection.uri}"
    if isinstance(error, (ServiceUnavailable, SessionExpired)):
        return unreachable(connection.uri)
    if code.endswith("CredentialsExpired"):
        return StoreError(
            f"The password of {connection.user} at {connection.uri} has to be changed before it can be used.",
            f"Do so once in Neo4j Browser, or with `cypher-shell -u {connection.user} -d system` and the statement "
            "ALTER CURRENT USER SET PASSWORD FROM 'the old one' TO 'a new one'; then set NEO4J_PASSWORD.",
        )
    if code.endswith("AuthenticationRateLimit"):
        return StoreError(f"{place} was given too many wrong passwords.", "Wait a little, then try again.")
    if isinstance(error, AuthError):
        return StoreError(
            f"{place} does not accept this password of {connection.user}.",
            "Set NEO4J_PASSWORD, or leave it unset and be asked; say who you are with --user.",
        )
    if code.endswith("DatabaseNotFound"):
        return StoreError(
            f'There is no database "{connection.database}" at {connection.uri}.',
            'Choose it with --database; Neo4j\'s Community Edition has one only, "neo4j".',
        )
    if code.endswith(_READ_ONLY):
        return StoreError(
            f"{place} is read-only.",
            "Load into the server that takes writes; Neo4j also makes a database read-only whose disk is full.",
        )
    if code.endswith(("Statement.AccessMode", "AccessModeViolation")):
        return QueryError("A query may only read.", "Load graphs with `litgraph load`.")
    if "TimedOut" in code or "Terminated" in code:
        return QueryError("The query took too long.", "Ask for less, or raise --timeout.")
    if code.endswith("Security.Forbidden"):
        return StoreError(f"{place} does not allow {connection.user} to do this: {message}", "Ask its administrator.")
    if needs_too_much_memory(error):
        return StoreError(
            f"{place} has too little memory for this: {message}",
            "Ask for less at once, or give it more: dbms.memory.transaction.total.max and "
            "server.memory.heap.max_size in its neo4j.conf.",
        )
    if code.endswith(_CANNOT_WRITE):
        return StoreError(
            f"{place} could not write and has stopped; a full disk is the usual cause.",
            "See its log, make room, start the server again, and run the same command: it ends in the same graph.",
        )
    if isinstance(error, TransientError):
        return StoreError(f"{place} gave up: {message}", "Run the same command again; it ends in the same graph.")
    if isinstance(error, ClientError) and ".Statement." in code:
        return QueryError(f"The statement is not right: {message}", "`litgraph query --help` has examples.")
    if not code:  # of the driver itself, such as an address that it cannot take
        return StoreError(f"{connection.uri} cannot be used: {message}", f"Write it as {DEFAULT_URI}.")
    return StoreError(f"{place} refused: {message}", "See the server's log.")


def needs_too_much_memory(error: Exception) -> bool:
    """Whether a transaction was stopped because of the memory that it takes, as it would be each time."""
    return "OutOfMemory" in (getattr(error, "code", None) or "")


def remarks(summary: neo4j.ResultSummary, names: Callable[[str], list[str]]) -> Iterator[str]:
    """What the server warns of in a statement, in a line each.

    A label, type or property of litgraph's own model is no mistake where no book of the database has it.

    Args:
        summary: of the result.
        names: the labels, relationship types or properties (which of them, it is given in the singular) that the
            database has.
    """
    told = set()
    for text in _warnings(summary):
        unknown = _UNKNOWN.search(text)
        if unknown:
            kind, name = unknown["kind"] or unknown["older_kind"], unknown["name"] or unknown["older_name"]
            if name in _KNOWN[kind]:
                continue
            there = sorted(names(kind))
            more = f" and {len(there) - _LISTED:,} more" if len(there) > _LISTED else ""
            listed = ", ".join(there[:_LISTED]) or "none"
            line = f"There is no {kind} {name}; the {_PLURAL[kind]} of the database are {listed}{more}."
        else:
            line = f"The server warns: {' '.join(text.split())}"
        if line not in told:
            told.add(line)
            yield line


def _warnings(summary: Any) -> Iterator[str]:
    """The texts of the warnings. Drivers 5 and 6 want them asked for in different ways, and each warns of the other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for status in summary.gql_status_objects:
            if status.raw_severity == "WARNING":
                yield status.status_description
