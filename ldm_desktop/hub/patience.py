"""What a refusal means in a sentence, and how long passing trouble is borne.

Trouble that may pass (a cut line, a busy hub) is answered by trying again, each time a little
later, until no bytes worth the name have come for as long as the person's patience lasts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2

from ldm_desktop.core.errors import KnownError
from ldm_desktop.hub import guard

SECONDS = 25.0
WORTH = 4096
"""A server that sends fewer bytes than these while patience lasts might as well send none."""
PASSING = (408, 429, 500, 502, 503, 504)
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
KEPT = "what has come is kept, and the same command goes on from there"


class PassingError(Exception):
    """Trouble that may be gone at the next try; `why` is a clause."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.wait = why, wait


class Patience:
    """Says whether to try again, and waits until then."""

    def __init__(self, seconds: float, say: Callable[[str], None]) -> None:
        self._seconds, self._say = seconds, say
        self._was_reached = False
        self.begin()

    def begin(self) -> None:
        """Have all patience again, as for the next file."""
        self._come, self._pause = 0, FIRST_PAUSE
        self._since = time.monotonic()

    def reached(self) -> None:
        """Note that there is a server at all."""
        self._was_reached = True

    def came(self, count: int, *, whole: bool = False) -> None:
        """Note that bytes came; `whole` says that they were all that was asked for."""
        self._come += count
        if self._come >= WORTH or whole:
            self.begin()
        elif time.monotonic() > self._since + self._seconds:
            raise KnownError(f"The download has all but stopped: {KEPT}.")

    def pause(self, trouble: PassingError) -> None:
        """Wait for the next try; KnownError if that is later than patience lasts."""
        if not self._was_reached:
            raise KnownError(
                f"The hub cannot be reached ({trouble.why}): check the connection to the internet."
            ) from trouble
        wait = trouble.wait or self._pause
        if time.monotonic() + wait > self._since + self._seconds:
            raise KnownError(_given_up(trouble)) from trouble
        self._say(f"{trouble.why[:1].upper()}{trouble.why[1:]}; trying again.")
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        time.sleep(wait)


def _given_up(trouble: PassingError) -> str:
    if trouble.wait:
        return f"The hub asks to wait {trouble.wait:.0f} seconds: try again then; {KEPT}."
    return f"The download has stopped ({trouble.why}): try again later; {KEPT}."


@contextmanager
def explained() -> Iterator[None]:
    """Turn what goes wrong between here and a server into sentences."""
    try:
        yield
    except httpx2.TimeoutException as error:
        raise PassingError("the hub does not answer") from error
    except httpx2.TransportError as error:
        raise PassingError(f"connection failed: {_tame(error)}") from error
    except httpx2.HTTPError as error:
        raise KnownError(f"The hub answered in no way known ({_tame(error)}).") from error


def check(response: httpx2.Response, repo: str, what: str) -> None:
    """Let a good answer pass; the others are passing or final."""
    status = response.status_code
    if status in (200, 206):
        return
    if status in PASSING:
        busy = "the hub is busy" if status == 429 else f"the hub has trouble of its own ({status})"
        raise PassingError(busy, _wait_of(response))
    raise KnownError(_refusal(response, repo, what))


def _wait_of(response: httpx2.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() and len(text) < 9 else 0.0


def _refusal(response: httpx2.Response, repo: str, what: str) -> str:
    status, code = response.status_code, response.headers.get("X-Error-Code", "")
    hub = guard.endpoint()
    if code == "RevisionNotFound":
        return f"{repo} has no {what} on the hub: check the name of the revision."
    if code == "EntryNotFound":
        return f"{repo} has no {what} on the hub, though the hub lists it; try again later."
    if code == "GatedRepo" or status == 403:
        return (
            f"{repo} is given only to those who have accepted its terms: accept them at "
            f"{hub}/{repo}, make a token at {hub}/settings/tokens, and set HF_TOKEN to it."
        )
    if status in (401, 404) or code == "RepoNotFound":
        private = (
            "the token in HF_TOKEN may not open it"
            if guard.token()
            else f"if it is private, set HF_TOKEN to a token from {hub}/settings/tokens"
        )
        return f"The hub has no model {repo} for everybody: check the name; {private}."
    return f"The hub refused {what} of {repo} (it answered {status})."


def _tame(error: Exception) -> str:
    text = re.sub(r"\[Errno -?\d+\] ", "", str(error))
    return "".join(filter(str.isprintable, text))[:120] or type(error).__name__
