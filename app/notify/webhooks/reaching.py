"""Posting to an address that somebody gave us, without reaching anything that is not on the open internet.

The name is resolved here, every address it has must be a public one, and the connection goes to that very address: a
name that is changed in between leads nowhere else. No redirect is followed, no proxy is used, and the whole takes at
most ten seconds.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from app import errors

PATIENCE = 10.0  # seconds for all of it
LONGEST = 500  # characters of an address
AGENT = "case-review-webhooks/1"
SECURE_PORT, PLAIN_PORT = 443, 80


class NotReached(Exception):
    """Nothing answered. ``is_slow``: it took all the time there was."""

    def __init__(self, says: str, *, is_slow: bool = False) -> None:
        super().__init__(says)
        self.is_slow = is_slow


@dataclass(frozen=True)
class Target:
    """Where to post: one address of the name, and what to ask for there."""

    host: str
    port: int
    address: str
    path: str
    is_secure: bool


def check(url: str, *, may_be_private: bool) -> SplitResult:
    """An address as somebody may give it. Raises ``Refused`` with what is wrong.

    ``may_be_private`` lets it lead into the own network, and be http.
    """
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0 and url.isascii() and url.isprintable() and " " not in url
    except ValueError:
        is_whole = False
    if not is_whole or len(url) > LONGEST:
        raise errors.Refused({"url": "Enter a whole address, such as https://hooks.example.org/case-review"})
    if parts.scheme not in (("https", "http") if may_be_private else ("https",)):
        raise errors.Refused({"url": "Enter an address that begins with https://"})
    if parts.username or parts.password or parts.fragment:
        raise errors.Refused({"url": "Leave out the user name, the password and what comes after #"})
    return parts


def target(url: str, *, may_be_private: bool) -> Target:
    """Where an address leads now. Raises ``NotReached`` where it may not lead, or nowhere."""
    try:
        parts = check(url, may_be_private=may_be_private)
    except errors.Refused as refused:
        raise NotReached(str(refused)) from refused
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (SECURE_PORT if is_secure else PLAIN_PORT)
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as problem:
        raise NotReached("Its name is not known.") from problem
    if not may_be_private and not all(map(is_public, found)):
        raise NotReached("It leads into a private network. We only send to public addresses.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port, min(found), path, is_secure)


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet, also where it stands inside another."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_open(address.ipv4_mapped)
        within = [address.sixtofour, *(address.teredo or ())]
        within += [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)] if address in NAT64 else []
        if not all(_is_open(one) for one in within if one is not None):
            return False
    return _is_open(address)


NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def post(where: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """Post, and give the status of the answer; its content is not read. Raises ``NotReached``."""
    connection = Pinned(where)
    cut_off = Timer(PATIENCE, connection.cut)
    cut_off.start()
    try:
        connection.request("POST", where.path, body, {**headers, "User-Agent": AGENT, "Connection": "close"})
        return connection.getresponse().status
    except TimeoutError as problem:
        raise NotReached("It did not answer in time.", is_slow=True) from problem
    except ssl.SSLError as problem:
        raise NotReached("Its certificate cannot be trusted, or it does not speak TLS.") from problem
    except (OSError, http.client.HTTPException) as problem:
        says = (
            "It did not answer in time." if connection.is_cut else f"It could not be reached: {type(problem).__name__}."
        )
        raise NotReached(says, is_slow=connection.is_cut) from problem
    finally:
        cut_off.cancel()
        connection.close()


class Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, under the name that was asked for."""

    def __init__(self, where: Target) -> None:
        standard = where.port == (SECURE_PORT if where.is_secure else PLAIN_PORT)
        super().__init__(where.host, where.port, timeout=PATIENCE)
        self.default_port = where.port if standard else -1  # the header Host names the port unless it is the usual one
        self.where, self.is_cut = where, False

    def connect(self) -> None:
        """Connect, and for https speak TLS with a certificate that must be in order."""
        self.sock = socket.create_connection((self.where.address, self.where.port), self.timeout)
        if self.where.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.where.host)

    def cut(self) -> None:
        """End it from outside, whatever it waits for."""
        self.is_cut = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
