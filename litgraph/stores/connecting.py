"""A session with a Neo4j database, and transactions that wait for a database that is away for a while."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from litgraph.errors import StoreError
from litgraph.progress import Tell
from litgraph.stores.complaints import needs_too_much_memory, our_error
from litgraph.stores.reaching import DEFAULT_DATABASE, DEFAULT_URI, Connection

if TYPE_CHECKING:
    import neo4j

PATIENCE = 60.0
"""Seconds that a load waits for a database that stopped answering. Neo4j needs about 20 for a restart."""

_SCHEMES = {f"{name}{security}" for name in ("bolt", "neo4j") for security in ("", "+s", "+ssc")}
_FIRST_DELAY, _LONGEST_DELAY = 0.1, 3.0  # seconds between two tries
_WORTH_TELLING = 1.0  # seconds of waiting that a person notices

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes to a database, one transaction after the other, and waits while it is away.

    Attributes:
        session: where it writes.
        connection: what that session is with.
        timeout: seconds that it waits at most for one transaction.
        tell: told in a line what is waited for, once for each wait.
    """

    session: neo4j.Session
    connection: Connection
    timeout: float
    tell: Tell

    def write(self, work: Callable[[neo4j.Transaction], Result], *, divisible: bool = False) -> Result:
        """What the work gives, done in a transaction of its own.

        The work may be done twice, where a connection broke as it was committed: it has to end the same then.

        Args:
            work: what to do.
            divisible: it can be done in parts, so that there is no use in waiting for more memory.
        """
        from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

        started: float | None = None
        delay, told = _FIRST_DELAY, False
        while True:
            try:
                with self.session.begin_transaction() as transaction:
                    result = work(transaction)
                    transaction.commit()
                    return result
            except (Neo4jError, DriverError) as error:
                again = isinstance(error, IncompleteCommit) or error.is_retryable()
                if not again or (divisible and needs_too_much_memory(error)):
                    raise
                started = time.monotonic() if started is None else started
                waited = time.monotonic() - started
                if waited + delay > self.timeout:
                    raise
                if not told and waited + delay > _WORTH_TELLING:
                    why = our_error(error, self.connection).what
                    self.tell(f"{why} Waiting for it, up to {self.timeout:g} s.")
                    told = True
                time.sleep(delay * random.uniform(0.8, 1.2))  # two loads that block each other try at different times
                delay = min(2 * delay, _LONGEST_DELAY)

    def run(self, statement: str, **parameters: Any) -> list[neo4j.Record]:
        """The rows of one statement."""
        return self.write(lambda transaction: list(transaction.run(statement, parameters)))

    def write_rows(self, statement: str, rows: list[Any], name: str = "rows", **parameters: Any) -> None:
        """One statement over rows; half of them at a time where all need more memory than the server gives."""
        from neo4j.exceptions import Neo4jError

        if not rows:
            return
        try:
            given = {name: rows, **parameters}
            self.write(lambda transaction: transaction.run(statement, given).consume(), divisible=len(rows) > 1)
        except Neo4jError as error:
            if not needs_too_much_memory(error) or len(rows) == 1:
                raise
            middle = len(rows) // 2
            for half in (rows[:middle], rows[middle:]):
                self.write_rows(statement, type(rows)(half), name, **parameters)


@contextmanager
def session(connection: Connection, **options: Any) -> Iterator[neo4j.Session]:
    """A session with a database that answers; errors of the driver become ours.

    Raises:
        StoreError: what the driver raises inside of it, in words.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    check(connection)
    try:
        with _driver(connection) as driver:
            driver.verify_connectivity()
            with driver.session(database=connection.database, **options) as opened:
                yield opened
    except (Neo4jError, DriverError, ValueError) as error:
        raise our_error(error, connection) from error


def check(connection: Connection) -> None:
    """Raises StoreError if the address cannot be one of a database with graphs."""
    address = urlsplit(connection.uri)
    if address.scheme not in _SCHEMES or not address.netloc:
        raise StoreError("This is no address of a Neo4j database.", f"Write it as {DEFAULT_URI}.")
    if "@" in address.netloc:
        raise StoreError("The address of a database holds no user and no password.", "Use --user and NEO4J_PASSWORD.")
    if connection.database.lower() == "system":
        raise StoreError(
            'The database "system" holds the server\'s users and settings, and no graphs.',
            f'Leave --database out for "{DEFAULT_DATABASE}", or name another.',
        )


def asks_for_password(connection: Connection) -> bool:
    """Whether the server wants to know who one is. Raises StoreError if none answers."""
    from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

    check(connection)
    try:
        with _driver(Connection(connection.uri, database=connection.database)) as driver:
            driver.verify_connectivity()
    except (AuthError, ClientError):
        return True
    except (Neo4jError, DriverError, ValueError) as error:
        raise our_error(error, connection) from error
    return False


def _driver(connection: Connection) -> neo4j.Driver:
    """The driver, whose own log goes nowhere unless the program that uses litgraph has set one up."""
    import logging

    import neo4j

    log = logging.getLogger("neo4j")
    if not log.handlers:  # else Python prints its warnings, and with them all that the server remarks
        log.addHandler(logging.NullHandler())
    auth = (connection.user, connection.password) if connection.password else None
    return neo4j.GraphDatabase.driver(connection.uri, auth=auth, user_agent="litgraph")
