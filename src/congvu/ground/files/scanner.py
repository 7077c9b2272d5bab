"""The virus scanner clamd, spoken to over its socket, when the machine has one."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

USUAL_SOCKETS = ("/run/clamav/clamd.ctl", "/var/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock")
CHUNK = 256 * 1024
TIMEOUT = 60


class ScannerFailed(RuntimeError):
    """The scanner is there but gave no verdict; the job is tried again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    clean: bool
    finding: str = ""


def address() -> str | None:
    """The socket of the scanner: ``CONGVU_CLAMD``, else a usual place. None: this machine scans nothing."""
    named = settings.CLAMD_SOCKET
    if named:
        return str(named)
    return next((path for path in USUAL_SOCKETS if Path(path).is_socket()), None)


def scan(path: Path, at: str) -> Verdict:
    """What clamd says of a content. Raises ScannerFailed."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, path.open("rb") as content:
            line.settimeout(TIMEOUT)
            line.connect(at)
            line.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                line.sendall(struct.pack("!I", len(chunk)) + chunk)
            line.sendall(struct.pack("!I", 0))
            answer = line.recv(4096).rstrip(b"\0").decode("utf-8", "replace")
    except OSError as error:
        raise ScannerFailed(f"clamd at {at}: {error}") from error
    if answer.endswith("OK"):
        return Verdict(clean=True)
    if answer.endswith("FOUND"):
        return Verdict(clean=False, finding=answer.removeprefix("stream: ").removesuffix(" FOUND"))
    raise ScannerFailed(f"clamd said: {answer[:200]}")
