"""The one place that reads the environment: typed, loud when wrong, safe when silent."""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit


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


def loopback(host: str | None) -> bool:
    """Whether a host name or address is this machine's own."""
    if not host or host == "localhost":
        return bool(host)
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity service through which citizens sign in (VNeID, the national portal, or the demo's stand-in).

    ``url`` is its issuer (or the address of its OpenID configuration); ``least_level`` the level of assurance
    (loAs) below which a sign-in is refused.
    """

    name: str
    url: str
    client_id: str
    client_secret: str
    acr_values: str
    least_level: int

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the program takes from its surroundings.

    ``home`` holds what a running installation writes (database, files, secrets). ``database_url`` is the
    application's role, ``owner_url`` the role that owns the tables and migrates; both are None for the
    local database that the launcher runs itself. ``proxies`` is how many proxies of our own stand before the program:
    with one or more, the scheme is taken from ``X-Forwarded-Proto`` and the caller's address from that many places
    from the end of ``X-Forwarded-For``; with none, both headers count nothing. ``pkcs12`` allows signing with keys in
    files: a demo and developers do, an installation in service never.
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
    identity: Identity | None
    proxies: int = 0
    pkcs12: bool = False

    @property
    def local_database(self) -> bool:
        return self.database_url is None

    @property
    def demo_front(self) -> bool:
        """Whether the demonstration's doors exist: only in a demo that is reached at this machine's own address."""
        return self.demo and loopback(urlsplit(self.base_url).hostname)


def _proxies() -> int:
    told = env("CONGVU_PROXIES") or "0"
    if told not in set("01234"):
        raise ConfigError(f"CONGVU_PROXIES: write how many proxies of your own stand before it, 0 to 4, not {told!r}")
    return int(told)


def _secret_key(home: Path) -> str:
    """The given key, or one made once for this installation and kept readable by its owner alone."""
    given = env("CONGVU_SECRET_KEY")
    if given:
        return given
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        own = home / f".secret-key-{secrets.token_hex(8)}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(50), encoding="ascii")
        # Of two processes that begin at once, both take the key of the first.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(own)
        own.unlink()
    return path.read_text(encoding="ascii").strip()


def _identity(*, demo: bool, base_url: str, secret_key: str) -> Identity | None:
    """The configured identity service; in a demo without one, the stand-in on the next port."""
    url, name = env("CONGVU_IDENTITY_URL"), env("CONGVU_IDENTITY_NAME") or "VNeID"
    if url:
        client, secret = env("CONGVU_IDENTITY_CLIENT_ID"), env("CONGVU_IDENTITY_CLIENT_SECRET")
        if not client or not secret:
            raise ConfigError("CONGVU_IDENTITY_URL: set CONGVU_IDENTITY_CLIENT_ID and …_SECRET too")
        level = env("CONGVU_IDENTITY_LEAST_LEVEL") or "1"
        if not level.isdigit():
            raise ConfigError(f"CONGVU_IDENTITY_LEAST_LEVEL: write a number, not {level!r}")
        return Identity(name, url.rstrip("/"), client, secret, env("CONGVU_IDENTITY_ACR") or "", int(level))
    if not demo:
        return None
    parts = urlsplit(base_url)
    stand_in = f"http://{parts.hostname}:{(parts.port or 8000) + 1}"
    return Identity(name, stand_in, "congvu-demo", demo_client_secret(secret_key), "", 1)


def demo_client_secret(secret_key: str) -> str:
    """The demo's client secret: both processes derive it from the installation's key, so none is stored."""
    return hashlib.sha256(f"demo identity provider:{secret_key}".encode()).hexdigest()


def _usual_home() -> Path:
    """One place from wherever a command is called: ``var`` of the checkout, or the user's data folder for an installed
    package."""
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return Path(env("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "congvu"


@cache
def load() -> Config:
    """The configuration of this process. Raises ConfigError with the name of the setting to mend."""
    home = Path(env("CONGVU_HOME") or _usual_home()).resolve()
    demo, secret_key = flag("CONGVU_DEMO"), _secret_key(home)
    base_url = (env("CONGVU_BASE_URL") or "http://127.0.0.1:8000").rstrip("/")
    hosts = env("CONGVU_HOSTS") or "127.0.0.1,localhost,[::1]"
    return Config(
        home=home,
        debug=flag("CONGVU_DEBUG"),
        demo=demo,
        secret_key=secret_key,
        allowed_hosts=tuple(h.strip() for h in hosts.split(",") if h.strip()),
        base_url=base_url,
        database_url=env("DATABASE_URL"),
        owner_url=env("CONGVU_OWNER_DATABASE_URL"),
        email_url=env("CONGVU_EMAIL_URL"),
        official_font=env("CONGVU_OFFICIAL_FONT"),
        identity=_identity(demo=demo, base_url=base_url, secret_key=secret_key),
        proxies=_proxies(),
        pkcs12=flag("CONGVU_SIGNING_PKCS12", demo),
    )
