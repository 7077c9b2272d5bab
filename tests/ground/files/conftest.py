from __future__ import annotations

import io

import pytest


@pytest.fixture(autouse=True)
def file_room(settings, tmp_path):
    """A store of its own for each test, and no scanner whatever the machine has."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.CLAMD_SOCKET = None


@pytest.fixture(autouse=True)
def no_scanner(monkeypatch):
    monkeypatch.setattr("congvu.ground.files.scanner.USUAL_SOCKETS", ())


@pytest.fixture
def send():
    """Upload bytes as somebody."""
    from congvu.ground.files import services

    def run(actor, content: bytes, name: str = "to-khai.pdf", **options):
        return services.upload(actor, name=name, stream=io.BytesIO(content), **options)

    return run


@pytest.fixture
def on_disk(tmp_path):
    """All files in the store and beside it, by name."""

    def run() -> list[str]:
        return sorted(p.name for p in tmp_path.rglob("*") if p.is_file())

    return run
