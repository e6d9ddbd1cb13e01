"""The door to the network: whom a request may reach, and with what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from hub_commands import Ended
from hub_server import Hub, on

from ldm_desktop.core.errors import KnownError
from ldm_desktop.hub.guard import Guard

Run = Callable[..., Ended]
SECRET = {"Authorization": "Bearer hf_secret"}


@pytest.fixture
def sent() -> list[httpx2.Request]:
    """Hold what the guard lets out."""
    return []


@pytest.fixture
def guard(sent: list[httpx2.Request]) -> Guard:
    """Give a guard before the public hub, whose way out ends here."""

    def take(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(200, stream=httpx2.ByteStream(b"{}"))

    guard = Guard(httpx2.URL("https://huggingface.co"), 1.0)
    guard._direct: Any = httpx2.MockTransport(take)
    return guard


@pytest.mark.parametrize(
    "address",
    [
        "https://huggingface.co/a",
        "https://cdn-lfs.huggingface.co/a",
        "https://cas-bridge.xethub.hf.co/a",
        "https://hf.co:443/a",
    ],
)
def test_the_hub_and_its_file_servers_are_reached(
    guard: Guard, sent: list[httpx2.Request], address: str
) -> None:
    guard.handle_request(httpx2.Request("GET", address, headers=SECRET))
    is_hub = address == "https://huggingface.co/a"
    assert ("Authorization" in sent[0].headers) == is_hub
    assert sent[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "address",
    [
        "http://huggingface.co/a",
        "https://huggingface.co:8443/a",
        "https://huggingface.co.evil.example/a",
        "https://evilhuggingface.co/a",
        "https://[::1]/a",
        "https://127.0.0.1/a",
        "https://169.254.169.254/a",
        "ftp://huggingface.co/a",
        "file:///etc/passwd",
    ],
)
def test_nobody_else_is_reached(guard: Guard, sent: list[httpx2.Request], address: str) -> None:
    with pytest.raises(KnownError, match="not the hub's own"):
        guard.handle_request(httpx2.Request("GET", address, headers=SECRET))
    assert sent == []


def test_the_systems_proxy_is_the_only_way_out_where_there_is_one(run: Run, hub: Hub) -> None:
    hub.rules.append(on("", lambda answering: answering.answer(403)))
    public = {"HF_ENDPOINT": "", "HTTPS_PROXY": hub.address, "NO_PROXY": ""}
    ended = run("plan", "someone/tiny-landscapes", environment=public)
    assert "cannot be reached" in ended.refusal
    assert [asked.method for asked in hub.asked] == ["CONNECT"]
    assert ended.connections == {hub.address.removeprefix("http://")}


def test_a_proxy_that_cannot_be_used_is_named(run: Run) -> None:
    public = {"HF_ENDPOINT": "", "HTTPS_PROXY": "gopher://127.0.0.1:9", "NO_PROXY": ""}
    ended = run("plan", "someone/tiny-landscapes", environment=public)
    assert "The proxy 'gopher://127.0.0.1:9'" in ended.refusal
    assert ended.connections == frozenset()
