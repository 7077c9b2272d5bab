"""Where an installation lives when nobody says."""

from __future__ import annotations

from pathlib import Path

import pytest

import congvu
from congvu.boot import config


def test_a_checkout_has_one_home_from_wherever_a_command_is_called(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert config._usual_home() == Path(congvu.__file__).parents[2] / "var"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("data", "home"), [("", ".local/share/congvu"), ("chung", "chung/congvu")])
def test_an_installed_package_lives_in_the_user_s_data(monkeypatch, tmp_path, data, home):
    monkeypatch.setattr(config, "__file__", str(tmp_path / "a" / "b" / "c" / "config.py"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / data) if data else "")
    assert config._usual_home() == tmp_path / home
