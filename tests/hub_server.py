"""A server that speaks the model hub's protocol, and does so badly where a test asks it to.

What the public hub answers is followed where `models` depends on it: the listing with sizes and
hashes, `resolve` with the commit and, for large files, a redirect to a file server with ranges.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "c0ffee" + "0" * 34
LARGE = (".safetensors", ".bin")
PIECE = 1 << 14


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass
class Repo:
    """A repository of the hub: its files at one commit."""

    files: dict[str, bytes]
    commit: str = COMMIT
    licence: str = "apache-2.0"
    revisions: tuple[str, ...] = ("main", "v1")

    @classmethod
    def of(cls, folder: Path) -> Repo:
        """Publish a folder."""
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return cls({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})

    def listing(self) -> dict[str, Any]:
        """Give what the hub tells of it."""
        return {
            "id": "someone/something",
            "sha": self.commit,
            "tags": [f"license:{self.licence}"],
            "cardData": {"license": self.licence},
            "siblings": [sibling(name, data) for name, data in self.files.items()],
        }


def sibling(name: str, data: bytes) -> dict[str, Any]:
    """Give a file's entry of a listing."""
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    entry: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": blob}
    if name.endswith(LARGE):
        entry["lfs"] = {"sha256": sha256(data), "size": len(data), "pointerSize": 134}
    return entry


def sha256(data: bytes) -> str:
    """Hash what a file server would hash."""
    return hashlib.sha256(data).hexdigest()


class Answering(BaseHTTPRequestHandler):
    """Answers one connection's requests."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer, unless a rule of the test does."""
        hub, path = self.server.hub, unquote(urlsplit(self.path).path)
        hub.asked.append(Asked(self.command, path, dict(self.headers)))
        try:
            for rule in list(hub.rules):
                if rule(self, path):
                    return
            self._route(path)
        except (BrokenPipeError, ConnectionResetError):
            # Who is killed in the middle of a download does not say good-bye.
            self.close_connection = True

    do_CONNECT = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a whole answer."""
        self.begin(status, **{"Content_Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int, **headers: str) -> None:
        """Send an answer's head."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def cut(self) -> None:
        """End the connection, whatever was announced."""
        self.wfile.flush()
        self.close_connection = True

    def _route(self, path: str) -> None:
        if match := re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/(.+))?", path):
            self._list(match[1], match[2] or "main")
        elif match := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            self._resolve(*match.groups())
        elif path.startswith("/cdn/"):
            self.send_range(self.server.hub.blob(path.removeprefix("/cdn/")))
        else:
            self.answer(404)

    def _repo(self, name: str, revision: str) -> Repo | None:
        repo = self.server.hub.repos.get(name)
        if not repo:
            self.answer(401, b"{}", X_Error_Code="RepoNotFound")
        elif revision not in (repo.commit, *repo.revisions):
            self.answer(404, b"{}", X_Error_Code="RevisionNotFound")
            repo = None
        return repo

    def _list(self, name: str, revision: str) -> None:
        if repo := self._repo(name, revision):
            body = json.dumps(repo.listing()).encode()
            self.answer(200, body, Content_Type="application/json")

    def _resolve(self, name: str, revision: str, file: str) -> None:
        if not (repo := self._repo(name, revision)):
            return
        data = repo.files.get(file)
        if data is None:
            self.answer(404, X_Error_Code="EntryNotFound")
        elif file.endswith(LARGE):
            linked = {"X_Linked_Etag": f'"{sha256(data)}"', "X_Linked_Size": str(len(data))}
            place = f"{self.server.hub.address}/cdn/{sha256(data)}"
            self.answer(302, X_Repo_Commit=repo.commit, Location=place, **linked)
        else:
            etag = sibling(file, data)["blobId"]
            self.send_range(data, X_Repo_Commit=repo.commit, ETag=f'"{etag}"')

    def send_range(self, data: bytes, **headers: str) -> None:
        """Send a file, or the part that is asked for."""
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        headers = {"Accept_Ranges": "bytes", "ETag": f'"{sha256(data)}"', **headers}
        if not wanted:
            self.answer(200, data, **headers)
        elif (start := int(wanted[1])) >= len(data):
            self.answer(416, Content_Range=f"bytes */{len(data)}")
        else:
            place = f"bytes {start}-{len(data) - 1}/{len(data)}"
            self.answer(206, data[start:], Content_Range=place, **headers)


Rule = Callable[[Answering, str], bool]
"""Answers a request of a path in the server's place, and says whether it did."""


class _Server(ThreadingHTTPServer):
    hub: Hub
    daemon_threads = True


@dataclass
class Hub:
    """The hub, on a port of its own; rules are asked before it answers."""

    repos: dict[str, Repo] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Hub:
        """Begin to answer."""
        self._server = _Server(("127.0.0.1", 0), Answering)
        self._server.hub = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Give what HF_ENDPOINT is set to."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def blob(self, digest: str) -> bytes:
        """Give a large file by its hash."""
        files = (data for repo in self.repos.values() for data in repo.files.values())
        return next(data for data in files if sha256(data) == digest)

    def ranges(self) -> list[str]:
        """Give the ranges asked of the file server, in order; an empty text is a whole file."""
        return [
            each.headers.get("Range", "") for each in self.asked if each.path.startswith("/cdn/")
        ]


def on(part: str, act: Callable[[Answering], None], times: int = -1) -> Rule:
    """Make a rule for paths that contain a part, for the first so many of them or for all."""
    left = [times]

    def rule(answering: Answering, path: str) -> bool:
        if part not in path or not left[0]:
            return False
        left[0] -= 1
        act(answering)
        return True

    return rule
