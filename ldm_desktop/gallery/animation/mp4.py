"""MP4 by PyAV, which is optional: H.264 where there is an encoder for it, or what else there is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import IO, TYPE_CHECKING, cast

from PIL import Image

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.animation.film import Film
from ldm_desktop.gallery.animation.options import AnimationOptions
from ldm_desktop.gallery.animation.timing import Slot

if TYPE_CHECKING:
    import av
    from av.video.stream import VideoStream

ENCODERS = ("libx264", "libopenh264", "libvpx-vp9", "mpeg4")
"""The ones that most players can show come first."""
LIMITED = 1
BT709 = 1


def write(
    stream: IO[bytes], film: Film, found: Iterable[Slot], options: AnimationOptions, text: str
) -> None:
    """Write a film whose pictures are all shown equally long; a rest repeats its picture."""
    import av

    head = {"movflags": "+faststart"}
    try:
        with av.open(stream, "w", format="mp4", options=head) as container:
            container.metadata["comment"] = text
            track = _track(container, film, options.quality)
            shown = 0
            for slot in found:
                image = _even(film.image(slot.number))
                for _ in range(slot.units):
                    _encode(container, track, image, shown)
                    shown += 1
            container.mux(track.encode(None))
    except av.FFmpegError as error:
        if isinstance(error, OSError):
            raise
        raise KnownError(f"The film cannot be made: {error.strerror}; choose WebP.") from error


def encoder() -> str:
    """Name the first of the encoders that is there."""
    import av

    for name in ENCODERS:
        try:
            return av.Codec(name, "w").name
        except ValueError:
            continue
    raise KnownError("The installed PyAV encodes no film that MP4 takes: choose WebP or GIF.")


def _track(container: av.container.OutputContainer, film: Film, quality: int) -> VideoStream:
    width, height = film.morph.recipe.size
    name, fps = encoder(), film.morph.fps
    stream = container.add_stream(name, rate=fps, options=_quality(name, quality))
    track = cast("VideoStream", stream)
    track.width, track.height = width & ~1, height & ~1
    track.pix_fmt = "yuv420p"
    # Said, as players guess the colours by the size otherwise.
    context = track.codec_context
    context.color_range, context.colorspace = LIMITED, BT709
    context.color_primaries, context.color_trc = BT709, BT709
    return track


def _quality(encoder: str, quality: int) -> dict[str, str]:
    """Translate 1 … 100 into each encoder's own scale, where less is better."""
    if encoder == "mpeg4":
        return {"qmin": "1", "qmax": str(round(31 - 0.3 * quality)), "qscale": "2"}
    if encoder == "libopenh264":
        return {"rc_mode": "quality"}
    options = {"crf": str(round(51 - 0.4 * quality))}
    return options | ({"b": "0"} if encoder == "libvpx-vp9" else {"preset": "slow"})


def _encode(
    container: av.container.OutputContainer, track: VideoStream, image: Image.Image, number: int
) -> None:
    import av

    frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]  # untyped in PyAV
    frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
    frame.time_base = 1 / Fraction(track.codec_context.framerate)
    frame.pts = number
    container.mux(track.encode(frame))


def _even(image: Image.Image) -> Image.Image:
    """Leave out a last row or column, as the colours of four pixels are kept as one."""
    return image.crop((0, 0, image.width & ~1, image.height & ~1))
