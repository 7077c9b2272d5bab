"""The key with which the demo identity provider signs, made once for this installation."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def private_key(home: Path) -> str:
    """The key in PEM; made on the first call and readable by its owner alone."""
    path = home / "signing-key.pem"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.touch(mode=0o600)
        path.write_bytes(pem)
    return path.read_text(encoding="ascii")
