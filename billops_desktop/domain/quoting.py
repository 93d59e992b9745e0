"""Quoting: typed text inside our own words, short and always printable."""

from __future__ import annotations

from billops_desktop.i18n import _

LONGEST_QUOTE = 40


def quoted(text: str) -> str:
    r"""Return text in quotation marks, cut after 40 characters, without what does not print.

    >>> quoted("  1e5\x00 "), quoted("x" * 50)
    ('“1e5�”', '“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”')
    """
    bare = text.strip()
    short = bare[:LONGEST_QUOTE] + ("…" if len(bare) > LONGEST_QUOTE else "")
    printable = (sign if sign.isprintable() or sign == " " else "\ufffd" for sign in short)
    return _("“{text}”").format(text="".join(printable))
