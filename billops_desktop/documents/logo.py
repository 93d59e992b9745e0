"""A company's logo: bytes that were proved to be a small PNG or JPEG, sized for a letterhead."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 5_000_000
MAX_PIXELS = 16_000_000
FORMATS = ("PNG", "JPEG")
# 300 dots per inch at the printed size: more only makes every PDF larger.
MAX_PRINTED_PIXELS = (720, 216)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture and the size in points at which it is printed."""

    picture: Image
    width: float
    height: float


def check_logo(content: bytes) -> None:
    """Raise InvalidInput, with the reason, unless the bytes are a PNG or JPEG of sane size."""
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            _("This logo was not saved: the file is larger than 5 MB."),
            _("Your present logo is kept. Choose a smaller PNG or JPEG."),
            field="logo",
        )
    _decoded(content)


def read_logo(content: bytes | None, room: tuple[float, float]) -> Logo | None:
    """Return the logo scaled into ``room`` (points); None when there is none that can be drawn."""
    if not content or len(content) > MAX_BYTES:
        return None
    try:
        picture = _decoded(content)
    except InvalidInput:
        return None
    scale = min(room[0] / picture.width, room[1] / picture.height)
    return Logo(picture, picture.width * scale, picture.height * scale)


@lru_cache(maxsize=4)
def _decoded(content: bytes) -> Image:
    """Decode the picture, looking at its size before its pixels."""
    from PIL import Image

    try:
        opened = Image.open(BytesIO(content), formats=FORMATS)
        _refuse_above(MAX_PIXELS, opened.width * opened.height)
        has_alpha = "A" in opened.getbands() or "transparency" in opened.info
        picture = opened.convert("RGBA" if has_alpha else "RGB")
        picture.thumbnail(MAX_PRINTED_PIXELS)
    except Exception as reason:
        # A hostile file may make the decoder raise anything; each means "not a usable picture".
        raise InvalidInput(
            _("This logo was not saved: the file is not a usable picture."),
            _("Your present logo is kept. Choose a PNG or JPEG of at most 16 megapixels."),
            field="logo",
        ) from reason
    return picture


def _refuse_above(limit: int, pixels: int) -> None:
    if pixels > limit:
        raise ValueError("too many pixels")
