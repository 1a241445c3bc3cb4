"""A server that takes letters and one that gives them out, over TLS with a password, on ports of their own."""

from __future__ import annotations

import asyncio
import threading
from argparse import Namespace
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Flag, Seen

from tests.exchange.channels.certificates import ServerCertificate

USER, PASSWORD = "school@example.ru", "p4ss-word"


class _AnyPort(Controller):
    """Takes a free port."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class SmtpServer:
    """Takes letters into `letters`; `refuse` is what it answers instead, `largest` what it says of its limit."""

    def __init__(self, certificate: ServerCertificate, largest: int | None = None, *, offers_tls: bool = True) -> None:
        self.letters: list[bytes] = []
        self.refuse_receiver = ""
        self.refuse_letter = ""
        self.take_at_most: int | None = None
        self._controller = _AnyPort(
            self,
            hostname="127.0.0.1",
            port=0,
            tls_context=certificate.context() if offers_tls else None,
            require_starttls=offers_tls,
            auth_required=offers_tls,
            auth_require_tls=offers_tls,
            authenticator=_judge,
            data_size_limit=largest,
        )
        self._controller.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def forget(self) -> None:
        """As if it were new."""
        self.letters.clear()
        self.refuse_receiver = self.refuse_letter = ""
        self.take_at_most = None

    def close(self) -> None:
        """Stop serving."""
        self._controller.stop(no_assert=True)

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the receiver, or say why not."""
        if self.refuse_receiver:
            return self.refuse_receiver
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Take the letter, or say why not."""
        if self.refuse_letter:
            return self.refuse_letter
        if self.take_at_most is not None and len(self.letters) >= self.take_at_most:
            server.transport.abort()
            return "421 gone"
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return "250 2.0.0 queued as 4Xyz"


def _judge(server: Any, session: Session, envelope: Envelope, mechanism: str, auth: Any) -> AuthResult:
    good = isinstance(auth, LoginPassword) and (auth.login, auth.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)


class ImapServer:
    """A mailbox in memory."""

    def __init__(self, certificate: ServerCertificate) -> None:
        self._certificate = certificate
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.port = 0
        self._stop: asyncio.Event
        self._backend: DictBackend
        self._thread.start()
        assert self._ready.wait(10)

    def put(self, letter: bytes, *, is_seen: bool = False) -> None:
        """A letter comes; somebody may have read it before the program does."""
        flags = frozenset({Seen}) if is_seen else frozenset()
        asyncio.run_coroutine_threadsafe(self._put(letter, flags), self._loop).result(10)

    def flags(self) -> list[set[str]]:
        """The flags of every letter."""
        return asyncio.run_coroutine_threadsafe(self._flags(), self._loop).result(10)

    def forget(self) -> None:
        """As if it were new."""
        self._loop.call_soon_threadsafe(self._backend.config.set_cache.clear)

    def close(self) -> None:
        """Stop serving."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._run())
        self._loop.close()

    async def _run(self) -> None:
        self._stop = asyncio.Event()
        args = Namespace(
            demo_data=False,
            demo_user=USER,
            demo_password=PASSWORD,
            host=["127.0.0.1"],
            port="0",
            cert=str(self._certificate.file),
            key=str(self._certificate.key),
            tls=True,
            proxy_protocol="noop",
            inherited_sockets=None,
            passlib_cfg=None,
            debug=False,
        )
        self._backend, config = await DictBackend.init(args)
        config.apply_context()
        server = await asyncio.start_server(_without_proxy(IMAPServer(self._backend.login, config)), "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        async with AsyncExitStack() as stack:
            await self._backend.start(stack)
            self._ready.set()
            await self._stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    async def _inbox(self) -> Any:
        identity = self._backend.login.demo_user_identity
        async with identity.new_session() as session:
            return await session.mailbox_set.get_mailbox("INBOX")

    async def _put(self, letter: bytes, flags: frozenset[Flag]) -> None:
        inbox = await self._inbox()
        await inbox.append(AppendMessage(letter, datetime.now(UTC), flags))

    async def _flags(self) -> list[set[str]]:
        inbox = await self._inbox()
        return [{str(flag) for flag in message.permanent_flags} async for message in inbox.messages()]


def _without_proxy(server: IMAPServer) -> Any:
    return ProxyProtocolReader(ProxyProtocolVersion.get()).get_callback(server)
