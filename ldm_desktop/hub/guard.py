"""The only door to the network: what `models plan` and `models download` ask passes through here.

Every request, also one that follows a redirect, is checked on its own: https to the hub and its
file servers, nothing longer than was announced, nothing packed, the token to the hub alone.
"""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Iterator

import httpx2

from ldm_desktop.core.errors import BadArgumentError, KnownError

HUB = "https://huggingface.co"
PUBLISHERS = ("huggingface.co", "hf.co")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_TEXT = 4 << 20
"""No answer that is not a model's file is larger: the listing of the reference has 10 kB."""
MOST = "ldm_desktop.most"
"""The extension of a request that says how many bytes its answer may have."""


class RefusedError(KnownError):
    """A server asked for something that is not done, however often it asks."""


def endpoint() -> httpx2.URL:
    """Give the hub's address: the public one, or HF_ENDPOINT's."""
    text = os.environ.get("HF_ENDPOINT") or HUB
    try:
        url = httpx2.URL(text.rstrip("/"))
    except httpx2.InvalidURL:
        url = httpx2.URL()
    is_local = url.scheme == "http" and url.host in LOOPBACK
    if not url.host or not (url.scheme == "https" or is_local):
        raise BadArgumentError(
            f"HF_ENDPOINT is {text[:80]!r}, and only an address that begins with https:// is "
            "asked for models: correct it, or take it out of the environment."
        )
    return url


def token() -> str | None:
    """Give the person's token for the hub, if they have set one; none is looked for elsewhere."""
    return os.environ.get("HF_TOKEN", "").strip() or None


def client(patience: float) -> httpx2.Client:
    """Make the client all requests go through; what is silent for `patience` seconds is left."""
    return httpx2.Client(
        transport=Guard(endpoint(), patience),
        follow_redirects=True,
        max_redirects=10,
        trust_env=False,
        timeout=min(10.0, patience / 2),
    )


class Guard(httpx2.BaseTransport):
    """Lets a request out, and its answer in, only if both keep the rules above."""

    def __init__(self, hub: httpx2.URL, patience: float) -> None:
        self._hub, self._patience = hub, patience
        self._direct = httpx2.HTTPTransport()
        self._proxied: httpx2.HTTPTransport | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check a request, send it, and bound its answer."""
        self._check(request.url)
        if not _is_same_origin(request.url, self._hub):
            request.headers.pop("Authorization", None)
        request.headers["Accept-Encoding"] = "identity"
        response = self._transport(request.url).handle_request(request)
        try:
            return self._bounded(request, response)
        except KnownError:
            response.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        self._direct.close()
        if self._proxied:
            self._proxied.close()

    def _check(self, url: httpx2.URL) -> None:
        if _is_same_origin(url, self._hub):
            return
        # Those the hub keeps its files at; http or another port would be somebody in between.
        is_theirs = any(f".{url.host}".endswith(f".{name}") for name in PUBLISHERS)
        if url.scheme == "https" and url.port in (None, 443) and is_theirs:
            return
        where = f"{url.scheme}://{url.host}"[:80]
        raise RefusedError(
            f"The hub sent the download on to {where!a}, which is not the hub's own: nothing was "
            "fetched from there. Try another network, or tell the hub."
        )

    def _transport(self, url: httpx2.URL) -> httpx2.HTTPTransport:
        """Take the system's proxy where there is one for this address."""
        proxy = urllib.request.getproxies().get(url.scheme)
        if not proxy or url.host in LOOPBACK or urllib.request.proxy_bypass(url.host):
            return self._direct
        if not self._proxied:
            self._proxied = _through(proxy)
        return self._proxied

    def _bounded(self, request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        is_file = response.status_code in (200, 206) and MOST in request.extensions
        most = request.extensions[MOST] if is_file else MOST_TEXT
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise RefusedError("The hub packed its answer, though it was asked not to; try later.")
        announced = response.headers.get("Content-Length", "0")
        if not announced.isdecimal() or int(announced[:20]) > most:
            raise RefusedError(_too_much(request.url, most))
        assert isinstance(response.stream, httpx2.SyncByteStream)
        seconds = float("inf") if is_file else self._patience
        response.stream = _Bounded(response.stream, request.url, most, seconds)
        return response


class _Bounded(httpx2.SyncByteStream):
    """A body that ends, by its own or by ours."""

    def __init__(
        self, stream: httpx2.SyncByteStream, url: httpx2.URL, most: int, seconds: float
    ) -> None:
        self._stream, self._url = stream, url
        self._most, self._end = most, time.monotonic() + seconds

    def __iter__(self) -> Iterator[bytes]:
        come = 0
        for piece in self._stream:
            come += len(piece)
            if come > self._most:
                raise RefusedError(_too_much(self._url, self._most))
            if time.monotonic() > self._end:
                raise httpx2.ReadTimeout("the answer trickles")
            yield piece

    def close(self) -> None:
        self._stream.close()


def _through(proxy: str) -> httpx2.HTTPTransport:
    try:
        return httpx2.HTTPTransport(proxy=httpx2.Proxy(proxy))
    except (ValueError, ImportError, httpx2.InvalidURL) as error:
        raise KnownError(
            f"The proxy {proxy[:80]!r} of the system's settings cannot be used ({error})."
        ) from error


def _too_much(url: httpx2.URL, most: int) -> str:
    return (
        f"{url.host} sent more than the {most:,} bytes that were expected of it; what is too much "
        "was left there, and the model was not taken."
    )


def _is_same_origin(one: httpx2.URL, other: httpx2.URL) -> bool:
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)
