"""A real IMAP server (Dovecot) of its own, on a free port, with one mailbox of files."""

from __future__ import annotations

import imaplib
import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER, SECRET = "vanthu@yenkhe.example", "binh-lam-2026"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{root}/mail
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


def there() -> bool:
    return Path(PROGRAM).exists() and os.geteuid() == 0


@dataclass
class Server:
    """``address`` is what a partner is given."""

    root: Path
    port: int
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"imap://127.0.0.1:{self.port}/INBOX"

    def start(self) -> None:
        config = self.root / "dovecot.conf"
        config.write_text(CONFIG.format(root=self.root, port=self.port, secret=SECRET, user="nobody", group="nogroup"))
        (self.root / "mail").mkdir(exist_ok=True)
        shutil.chown(self.root / "mail", "nobody", "nogroup")
        self.process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)], stdout=subprocess.DEVNULL)
        for _attempt in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.root / "log").read_text() if (self.root / "log").exists() else "no answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=20)
            self.process = None

    def put(self, raw: bytes) -> None:
        """A mail comes in."""
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, SECRET)
            kind, told = box.append("INBOX", "", None, raw)
            assert kind == "OK", told

    def flags(self) -> list[bytes]:
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, SECRET)
            box.select("INBOX", readonly=True)
            return [line for line in box.fetch("1:*", "(FLAGS)")[1] if line]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
