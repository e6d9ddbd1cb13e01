"""Hubs that are broken or hostile: each case spoils one, and says what the refusal must say."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from hub_server import Answering, Hub, on, sibling

REPO = "someone/tiny-landscapes"
UNET = "unet/diffusion_pytorch_model.bin"
Spoil = Callable[[Hub], None]
CASES: dict[str, tuple[Spoil, str]] = {}


def case(says: str) -> Callable[[Spoil], Spoil]:
    """Register a way to spoil a hub."""

    def register(spoil: Spoil) -> Spoil:
        CASES[spoil.__name__] = spoil, says
        return spoil

    return register


def files_of(hub: Hub) -> dict[str, bytes]:
    """Give the files of the hub's repository."""
    return hub.repos[REPO].files


def send_listing(hub: Hub, body: bytes) -> None:
    """Answer with a body in place of the listing."""
    hub.rules.append(on("/api/", lambda answering: answering.answer(200, body)))


def change_listing(hub: Hub, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the listing says."""
    listing = hub.repos[REPO].listing()
    change(listing)
    send_listing(hub, json.dumps(listing).encode())


def add_sibling(hub: Hub, name: str, data: bytes = b"x") -> None:
    """List one more file."""
    change_listing(hub, lambda listing: listing["siblings"].append(sibling(name, data)))


def change_sibling(hub: Hub, file: str, **entries: Any) -> None:
    """Change what the listing says of a file."""

    def change(listing: dict[str, Any]) -> None:
        next(each for each in listing["siblings"] if each["rfilename"] == file).update(entries)

    change_listing(hub, change)


def large(size: int) -> dict[str, Any]:
    """Give what a listing says of a large file."""
    return {"size": size, "lfs": {"sha256": "a" * 64, "size": size, "pointerSize": 134}}


def redirect(hub: Hub, place: str) -> None:
    """Send whoever wants a file's bytes elsewhere."""
    hub.rules.append(on("/resolve/", lambda answering: answering.answer(302, Location=place)))


def send_forever(answering: Answering, piece: bytes, status: int = 200) -> None:
    """Send a body without an end."""
    answering.begin(status, Transfer_Encoding="chunked")
    while True:
        answering.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


def lied(data: bytes) -> bytes:
    """Give other bytes, as many."""
    return data[:-1] + bytes([data[-1] ^ 1])


# ----------------------------------------------------------------- refusals of a well-behaved hub


@case("has no model someone/tiny-landscapes for everybody")
def no_repository(hub: Hub) -> None:
    hub.repos.clear()


@case("accepted its terms: accept them at")
def a_gated_repository(hub: Hub) -> None:
    refuse = on("/resolve/", lambda answering: answering.answer(401, X_Error_Code="GatedRepo"))
    hub.rules.append(refuse)


@case("accepted its terms")
def a_forbidden_listing(hub: Hub) -> None:
    hub.rules.append(on("/api/", lambda answering: answering.answer(403, b"no")))


@case("has no unet/config.json on the hub, though the hub lists it")
def a_file_that_is_gone(hub: Hub) -> None:
    gone = on("/unet/config", lambda answering: answering.answer(404, X_Error_Code="EntryNotFound"))
    hub.rules.append(gone)


@case("has no model_index.json, so it is no unconditional latent diffusion model")
def another_kind_of_repository(hub: Hub) -> None:
    del files_of(hub)["model_index.json"]


@case("StableDiffusionPipeline")
def another_pipeline(hub: Hub) -> None:
    index = {"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DModel"]}
    files_of(hub)["model_index.json"] = json.dumps(index).encode()


@case("custom")
def a_pipeline_with_code_of_its_own(hub: Hub) -> None:
    index = {"_class_name": ["custom", "Evil"], "unet": ["diffusers", "UNet2DModel"]}
    files_of(hub)["model_index.json"] = json.dumps(index).encode()
    files_of(hub)["custom.py"] = b"raise SystemExit"


# --------------------------------------------------------------------------- trouble that stays


@case("the hub has trouble of its own (500)): try again later")
def a_listing_that_always_fails(hub: Hub) -> None:
    hub.rules.append(on("/api/", lambda answering: answering.answer(500)))


@case("the hub has trouble of its own (500)): try again later")
def a_file_server_that_always_fails(hub: Hub) -> None:
    hub.rules.append(on("/cdn/", lambda answering: answering.answer(500)))


@case("asks to wait 3600 seconds")
def a_hub_that_asks_to_wait_for_an_hour(hub: Hub) -> None:
    hub.rules.append(on("/cdn/", lambda answering: answering.answer(429, Retry_After="3600")))


@case("does not answer")
def a_silent_file_server(hub: Hub) -> None:
    hub.rules.append(on("/cdn/", lambda answering: threading.Event().wait(60) and None))


@case("ended the connection early")
def a_file_server_that_sends_nothing(hub: Hub) -> None:
    def end(answering: Answering) -> None:
        answering.begin(200, Transfer_Encoding="chunked")
        answering.wfile.write(b"0\r\n\r\n")

    hub.rules.append(on("/cdn/", end))


@case("all but stopped")
def a_file_server_that_trickles(hub: Hub) -> None:
    def trickle(answering: Answering) -> None:
        answering.begin(200, Content_Length=str(len(files_of(hub)[UNET])))
        while True:
            answering.wfile.write(b"x")
            threading.Event().wait(0.3)

    hub.rules.append(on("/cdn/", trickle))


@case("does not answer")
def a_listing_that_trickles(hub: Hub) -> None:
    def trickle(answering: Answering) -> None:
        answering.begin(200, Content_Length="100000")
        while True:
            answering.wfile.write(b" ")
            threading.Event().wait(0.3)

    hub.rules.append(on("/api/", trickle))


# ----------------------------------------------------------------------- bytes that are not right


@case("sent more than the")
def a_file_longer_than_listed(hub: Hub) -> None:
    data = files_of(hub)[UNET]
    hub.rules.append(on("/cdn/", lambda answering: answering.send_range(data + b"more"), times=1))


@case("sent more than")
def a_file_much_longer_than_listed(hub: Hub) -> None:
    data = files_of(hub)["model_index.json"] * 100
    hub.rules.append(on("/model_index.json", lambda answering: answering.answer(200, data)))


@case("has not the")
def a_file_shorter_than_listed(hub: Hub) -> None:
    data = files_of(hub)[UNET][:-10]
    hub.rules.append(on("/cdn/", lambda answering: answering.send_range(data)))


@case("offers another unet/diffusion_pytorch_model.bin than it listed")
def a_file_listed_at_another_size(hub: Hub) -> None:
    change_sibling(hub, UNET, **large(len(files_of(hub)[UNET]) + 10))


@case("its hash is another")
def a_large_file_with_another_hash(hub: Hub) -> None:
    data = lied(files_of(hub)[UNET])
    hub.rules.append(on("/cdn/", lambda answering: answering.send_range(data)))


@case("its hash is another")
def a_small_file_with_another_hash(hub: Hub) -> None:
    data = files_of(hub)["unet/config.json"].replace(b"silu", b"gelu")
    hub.rules.append(on("/unet/config.json", lambda answering: answering.send_range(data)))


@case("offers another model_index.json than it listed")
def a_file_of_another_commit(hub: Hub) -> None:
    data = files_of(hub)["model_index.json"]
    other = on("/model_index", lambda each: each.answer(200, data, X_Repo_Commit="f" * 40))
    hub.rules.append(other)


@case("sent more than the")
def an_endless_file(hub: Hub) -> None:
    hub.rules.append(on("/cdn/", lambda answering: send_forever(answering, bytes(1 << 16))))


@case("sent more than the 4,194,304 bytes")
def an_endless_listing(hub: Hub) -> None:
    hub.rules.append(on("/api/", lambda answering: send_forever(answering, b" " * (1 << 16))))


@case("sent more than the 4,194,304 bytes")
def an_endless_refusal(hub: Hub) -> None:
    hub.rules.append(on("/api/", lambda each: send_forever(each, b"no" * (1 << 15), 404)))


@case("packed its answer")
def a_listing_that_unpacks_to_gigabytes(hub: Hub) -> None:
    body = b"\x1f\x8b" + bytes(1000)
    hub.rules.append(on("/api/", lambda each: each.answer(200, body, Content_Encoding="gzip")))


@case("connection failed")
def an_answer_with_a_header_of_megabytes(hub: Hub) -> None:
    long = "x" * (1 << 22)
    hub.rules.append(on("/cdn/", lambda answering: answering.answer(200, b"", X_Long=long)))


@case("connection failed")
def an_answer_that_is_no_http(hub: Hub) -> None:
    def babble(answering: Answering) -> None:
        answering.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
        answering.cut()

    hub.rules.append(on("/api/", babble))


# ------------------------------------------------------------------------------------- redirects


@case("sent the download on to 'https://evil.example'")
def a_redirect_to_another_host(hub: Hub) -> None:
    redirect(hub, "https://evil.example/weights")


@case("sent the download on to 'http://127.0.0.1'")
def a_redirect_to_another_port(hub: Hub) -> None:
    redirect(hub, "http://127.0.0.1:9/weights")


@case("sent the download on to 'http://huggingface.co'")
def a_redirect_that_gives_up_encryption(hub: Hub) -> None:
    redirect(hub, "http://huggingface.co/weights")


@case("sent the download on to 'file://")
def a_redirect_to_a_file(hub: Hub) -> None:
    redirect(hub, "file:///etc/passwd")


@case("sent the download on to 'https://evil.example'")
def a_redirect_that_names_the_hub_as_a_user(hub: Hub) -> None:
    redirect(hub, "https://huggingface.co@evil.example/weights")


@case("sent the download on to 'https://evilhf.co'")
def a_redirect_to_a_host_that_sounds_like_the_hub(hub: Hub) -> None:
    redirect(hub, "https://evilhf.co/weights")


@case("connection failed")
def a_redirect_to_no_address(hub: Hub) -> None:
    redirect(hub, "http://[::1/weights")


@case("answered in no way known")
def a_redirect_without_an_end(hub: Hub) -> None:
    redirect(hub, f"{hub.address}/{REPO}/resolve/main/model_index.json")


# --------------------------------------------------------------------------------------- listings


@case("leads out of its folder ('../../../evil.json')")
def a_name_out_of_the_folder(hub: Hub) -> None:
    add_sibling(hub, "../../../evil.json")


@case("leads out of its folder ('unet/../../evil.bin')")
def a_name_out_of_the_folder_by_a_part(hub: Hub) -> None:
    add_sibling(hub, "unet/../../evil.bin")


@case("leads out of its folder ('/etc/evil.json')")
def an_absolute_name(hub: Hub) -> None:
    add_sibling(hub, "/etc/evil.json")


@case("lists the file 'model_index.json' twice")
def a_file_listed_twice(hub: Hub) -> None:
    add_sibling(hub, "model_index.json", b"{}")


@case("sent more than the 4,194,304 bytes")
def a_million_files(hub: Hub) -> None:
    names = b",".join(b'{"rfilename":"a%d"}' % number for number in range(1_000_000))
    send_listing(hub, b'{"id":"a","siblings":[' + names + b"]}")


@case("has no model_index.json")
def as_many_files_as_fit(hub: Hub) -> None:
    names = b",".join(b'{"rfilename":"%x"}' % number for number in range(180_000))
    sha = hub.repos[REPO].commit.encode()
    send_listing(hub, b'{"id":"a","sha":"' + sha + b'","siblings":[' + names + b"]}")


@case("is no listing of a model")
def a_listing_nested_a_million_deep(hub: Hub) -> None:
    send_listing(hub, b"[" * 1_000_000)


@case("is no listing of a model")
def a_listing_that_is_no_json(hub: Hub) -> None:
    send_listing(hub, b"<html>Please log in to this network</html>")


@case("is no listing of a model")
def a_listing_that_is_a_list(hub: Hub) -> None:
    send_listing(hub, b"[]")


@case("is no listing of a model")
def a_listing_of_other_types(hub: Hub) -> None:
    change_listing(hub, lambda listing: listing.update(siblings=[1, 2], sha=["x"]))


@case("is no listing of a model")
def a_file_without_a_name(hub: Hub) -> None:
    change_sibling(hub, "unet/config.json", rfilename=None)


@case("is no listing of a model")
def a_commit_that_leads_out_of_the_folder(hub: Hub) -> None:
    change_listing(hub, lambda listing: listing.update(sha="../../../../evil"))


@case("more than the 34,359,738,368")
def a_file_of_a_terabyte(hub: Hub) -> None:
    change_sibling(hub, UNET, **large(10**12))


@case("more than the 1,048,576")
def a_config_of_a_gigabyte(hub: Hub) -> None:
    change_sibling(hub, "unet/config.json", size=10**9)


@case("does not say how large unet/config.json")
def a_file_of_negative_size(hub: Hub) -> None:
    change_sibling(hub, "unet/config.json", size=-1)


@case("does not say how large unet/config.json")
def a_file_without_a_size(hub: Hub) -> None:
    change_sibling(hub, "unet/config.json", size=None)


@case("gives no hash of unet/config.json")
def a_file_without_a_hash(hub: Hub) -> None:
    change_sibling(hub, "unet/config.json", blobId="../../x")
