"""A logo is a small PNG or JPEG, or it is refused; a bad one never stops an invoice."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from billops_desktop.documents.logo import MAX_BYTES, check_logo, read_logo
from billops_desktop.errors import InvalidInput
from tests.documents import samples

ROOM = (170.0, 48.0)


def png_of(width: int, height: int) -> bytes:
    """Return a PNG whose head claims a size that its bytes do not have."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 10)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in chunks
    )


def saved(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, kind)
    return out.getvalue()


BAD = {
    "nothing": b"",
    "text": b"not a picture",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "gif": saved("GIF"),
    "tiff": saved("TIFF"),
    "bomb": png_of(60_000, 60_000),
    "large": png_of(5_000, 5_000),
    "cut": saved("PNG")[:60],
    "heavy": b"\x89PNG\r\n\x1a\n" + b"x" * MAX_BYTES,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_what_is_no_usable_picture_is_refused_at_entry_and_left_out_in_print(
    content: bytes,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_logo(content)
    assert refused.value.field == "logo"
    assert read_logo(content, ROOM) is None


@pytest.mark.parametrize("content", [saved("PNG"), saved("JPEG"), samples.logo()])
def test_a_picture_is_scaled_into_its_room(content: bytes) -> None:
    check_logo(content)
    logo = read_logo(content, ROOM)
    assert logo is not None
    assert logo.width <= ROOM[0] + 1e-6
    assert logo.height <= ROOM[1] + 1e-6
    assert logo.width / logo.height == pytest.approx(logo.picture.width / logo.picture.height)


def test_a_large_picture_is_made_small_before_it_is_embedded() -> None:
    out = BytesIO()
    Image.new("RGB", (3_000, 1_500), "red").save(out, "PNG")
    logo = read_logo(out.getvalue(), ROOM)
    assert logo is not None
    assert logo.picture.width <= 720
    assert logo.picture.height <= 216


def test_no_logo_is_no_logo() -> None:
    assert read_logo(None, ROOM) is None
