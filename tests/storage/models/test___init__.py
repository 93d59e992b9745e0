"""The models: every table is importable from one place."""

from __future__ import annotations

from billops_desktop.storage import models


def test_every_mapped_record_is_named() -> None:
    mapped = {mapper.class_.__name__ for mapper in models.Record.registry.mappers}
    assert mapped == set(models.__all__) - {"Record"}
    assert all(hasattr(models, name) for name in models.__all__)
