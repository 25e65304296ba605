"""How to reach a database, and why none is reached.

The second is asked of the port itself, as drivers say the same of every cause.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from litgraph.errors import StoreError

DEFAULT_URI, DEFAULT_USER, DEFAULT_DATABASE = "bolt://localhost:7687", "neo4j", "neo4j"

_BOLT_PORT = 7687
_WAIT = 5.0  # seconds; a handshake takes a thousandth of that

# How a conversation in Bolt begins: four bytes and up to four versions, here 5.0 to 5.8 and 4.4.
# Source: https://neo4j.com/docs/bolt/current/bolt/handshake/
_HANDSHAKE = bytes.fromhex("6060b017 00080805 00000404 00000000 00000000")


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a database.

    Attributes:
        uri: such as ``bolt://localhost:7687`` or ``neo4j+s://….databases.neo4j.io``.
        user: the user's name.
        password: never shown; "" for a server that asks for none.
        database: its name; Neo4j's Community Edition has one, "neo4j".
    """

    uri: str = DEFAULT_URI
    user: str = DEFAULT_USER
    password: str = field(default="", repr=False)
    database: str = DEFAULT_DATABASE


def unreachable(uri: str) -> StoreError:
    """What is wrong with an address where no session came about, and how to write it."""
    address = urlsplit(uri)
    scheme, _, security = address.scheme.partition("+")
    try:
        _connected(address).close()
    except OSError:
        return StoreError(
            f"No database answers at {uri}.",
            "Start one with `docker compose up -d --wait`, or say where it is with --uri or NEO4J_URI.",
        )
    if security:
        trusted = _trouble_with_tls(address, trust=True)
        if trusted is None:
            doubt = None if security == "ssc" else _trouble_with_tls(address, trust=False)
            if doubt is not None:
                return StoreError(
                    f"The certificate of the server at {uri} is not trusted: {doubt}.",
                    "If an authority of your own signed it, name that authority's file in the environment variable "
                    f"SSL_CERT_FILE; to take any certificate, write {_written(address, f'{scheme}+ssc')}.",
                )
        elif _speaks_bolt(address):
            return StoreError(
                f"The server at {uri} does not encrypt.",
                f"Write {_written(address, scheme)}, if the network between is your own.",
            )
    elif not _speaks_bolt(address) and _trouble_with_tls(address, trust=True) is None:
        return StoreError(
            f"The server at {uri} demands encryption.",
            f"Write {_written(address, f'{scheme}+s')}, or {_written(address, f'{scheme}+ssc')} "
            "if it signed its certificate itself.",
        )
    if not _speaks_bolt(address) and _trouble_with_tls(address, trust=True) is not None:
        return StoreError(
            f"Something answers at {uri}, but it is no Neo4j.",
            f"Bolt has a port of its own, usually {_BOLT_PORT}; 7474 is the web page's.",
        )
    return StoreError(
        f"The server at {uri} answers, but gives no session.",
        "It may just be starting: try again in a minute, and look into its log if it goes on.",
    )


def _written(address: SplitResult, scheme: str) -> str:
    return address._replace(scheme=scheme).geturl()


def _connected(address: SplitResult) -> socket.socket:
    opened = socket.create_connection((address.hostname or "localhost", address.port or _BOLT_PORT), timeout=_WAIT)
    opened.settimeout(_WAIT)
    return opened


def _speaks_bolt(address: SplitResult) -> bool:
    """Does it answer a handshake with a version, unencrypted?"""
    try:
        with _connected(address) as opened:
            opened.sendall(_HANDSHAKE)
            answer = opened.recv(4)
    except OSError:
        return False
    return len(answer) == 4 and answer[:2] == b"\x00\x00"  # a web server answers HTTP, TLS with an alert


def _trouble_with_tls(address: SplitResult, *, trust: bool) -> str | None:
    """What stands against an encrypted connection; None if nothing does."""
    context = ssl.create_default_context()
    if trust:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    try:
        with _connected(address) as opened, context.wrap_socket(opened, server_hostname=address.hostname):
            return None
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except OSError as error:
        return str(error)
