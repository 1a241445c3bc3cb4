"""A wire between a channel and its server that can be cut after a number of bytes, and counts them."""

from __future__ import annotations

import contextlib
import socket
import threading


class CutWire:
    """Listens on a port of its own and passes everything on. `after` is what may go up before it is cut, once."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.up_after: int | None = None
        self.down_after: int | None = None
        self.went_up = 0
        self.came_down = 0
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and hang up."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._open:
            end.close()
        self._thread.join(2)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target)
            except OSError:
                return
            self._open += [near, far]
            threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(16 * 1024):
                if self._is_cut(len(data), is_up):
                    break
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_cut(self, count: int, is_up: bool) -> bool:
        if is_up:
            self.went_up += count
            if self.up_after is not None and self.went_up > self.up_after:
                self.up_after = None
                return True
        else:
            self.came_down += count
            if self.down_after is not None and self.came_down > self.down_after:
                self.down_after = None
                return True
        return False
