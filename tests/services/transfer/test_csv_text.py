"""CSV files: their encoding, their records with their exact text, cells that are no formulas."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.errors import InvalidInput
from billops_desktop.services.transfer import csv_text


def read(tmp_path: Path, content: bytes) -> csv_text.CsvFile:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return csv_text.read_csv(path)


@pytest.mark.parametrize(
    ("content", "encoding", "mark"),
    [
        ("ä,b".encode(), "utf-8", b""),
        ("ä,b".encode("utf-8-sig"), "utf-8", b"\xef\xbb\xbf"),
        (b"\xff\xfe" + "ä,b".encode("utf-16-le"), "utf-16-le", b"\xff\xfe"),
        (b"\xfe\xff" + "ä,b".encode("utf-16-be"), "utf-16-be", b"\xfe\xff"),
        ("date,b".encode("utf-16-le"), "utf-16-le", b""),
        ("date,b".encode("utf-16-be"), "utf-16-be", b""),
        ("ä,€".encode("cp1252"), "cp1252", b""),
        ("ä,\x81".encode("latin-1"), "latin-1", b""),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, encoding: str, mark: bytes) -> None:
    file = read(tmp_path, content)
    assert (file.encoding, file.mark) == (encoding, mark)
    assert mark + file.encoded(file.text) == content


def test_records_keep_their_exact_text_and_their_first_line(tmp_path: Path) -> None:
    content = b'a;b\r\n"x\ny";1\r"broken"q;2\n\n;\r\nlast;"never closed\nto the end'
    records = list(read(tmp_path, content).records())
    assert [(found.line, found.cells) for found in records] == [
        (1, ["a", "b"]),
        (2, ["x\ny", "1"]),
        (4, []),
        (6, ["", ""]),
        (7, []),
    ]
    assert [bool(found.fault) for found in records] == [False, False, True, False, True]
    raws = "".join(found.raw for found in records)
    assert raws.encode() == content.replace(b"\n\n", b"\n")


def test_long_notes_are_read(tmp_path: Path) -> None:
    file = read(tmp_path, b"a,b\n" + b"x" * 1_100_000 + b",1\n")
    assert [len(found.cells[0]) for found in file.records()] == [1, 1_100_000]


def test_what_is_too_large_is_refused_by_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_text, "MOST_BYTES", 10)
    with pytest.raises(InvalidInput, match="larger than"):
        read(tmp_path, b"a,b\n1234567\n")


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    guarded = csv_text.guarded(text)
    assert not guarded or guarded[0] not in "=+-@\t\r\n＝＋－＠"
    assert csv_text.unguarded(guarded) == text


def test_lines_that_end_with_a_carriage_return_alone(tmp_path: Path) -> None:
    content = b"date,hours\r" + b"2026-11-25,1\r" * 1_000
    file = read(tmp_path, content)
    assert (file.delimiter, len(list(file.records()))) == (",", 1_001)
