"""The one place that reads the environment: typed, loud when wrong, safe when silent."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class ConfigError(RuntimeError):
    """A setting is missing or wrong; the text names it and says what to write."""


def env(name: str, default: str | None = None) -> str | None:
    """``NAME``, or the content of the file that ``NAME_FILE`` names (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = env(name)
    if value is None or value == "":
        return default
    if value.lower() in ("1", "true", "yes"):
        return True
    if value.lower() in ("0", "false", "no"):
        return False
    raise ConfigError(f"{name}: write 1 or 0, not {value!r}")


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the program takes from its surroundings.

    ``home`` holds what a running installation writes (database, files, secrets). ``database_url`` is the
    application's role, ``owner_url`` the role that owns the tables and migrates; both are None for the
    local database that the launcher runs itself.
    """

    home: Path
    debug: bool
    demo: bool
    secret_key: str
    allowed_hosts: tuple[str, ...]
    base_url: str
    database_url: str | None
    owner_url: str | None
    email_url: str | None
    official_font: str | None

    @property
    def local_database(self) -> bool:
        return self.database_url is None


def _secret_key(home: Path) -> str:
    """The given key, or one made once for this installation and kept readable by its owner alone."""
    given = env("CONGVU_SECRET_KEY")
    if given:
        return given
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


@cache
def load() -> Config:
    """The configuration of this process. Raises ConfigError with the name of the setting to mend."""
    home = Path(env("CONGVU_HOME") or Path.cwd() / "var").resolve()
    hosts = env("CONGVU_HOSTS") or "127.0.0.1,localhost,[::1]"
    return Config(
        home=home,
        debug=flag("CONGVU_DEBUG"),
        demo=flag("CONGVU_DEMO"),
        secret_key=_secret_key(home),
        allowed_hosts=tuple(h.strip() for h in hosts.split(",") if h.strip()),
        base_url=(env("CONGVU_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
        database_url=env("DATABASE_URL"),
        owner_url=env("CONGVU_OWNER_DATABASE_URL"),
        email_url=env("CONGVU_EMAIL_URL"),
        official_font=env("CONGVU_OFFICIAL_FONT"),
    )
