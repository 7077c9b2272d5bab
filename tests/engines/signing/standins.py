"""Stand-ins for what tests do not have: a token by PKCS#11, a remote signing service, the public-duty plug-in.

Each refuses what the real one refuses.
"""

from __future__ import annotations

import base64
import hashlib
import types

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256

from congvu.engines.signing.pdf import pades
from congvu.engines.signing.providers.remote import ServiceError
from congvu.engines.signing.providers.token import SHA256_INFO
from tests.engines.signing.pki import PIN

FAULTS = (
    "PinLocked", "PinIncorrect", "PinLenRange", "PinInvalid", "SessionClosed", "SessionHandleInvalid",
    "UserNotLoggedIn", "DeviceRemoved", "TokenNotPresent", "NoSuchToken", "DeviceError", "DataLenRange",
)  # fmt: skip


class Token:
    """A token with one key: three wrong PINs lock it; ``pull_after`` signatures it is pulled out."""

    def __init__(self, made, *, pull_after=None):
        self.made, self.wrong, self.pull_after, self.signed = made, 0, pull_after, 0
        self.present, self.closed = True, 0
        self.module = self._module()

    def _module(self):
        module = types.ModuleType("pkcs11")
        base = type("PKCS11Error", (Exception,), {})
        module.exceptions = types.SimpleNamespace(
            PKCS11Error=base, **{name: type(name, (base,), {}) for name in FAULTS}
        )
        names = lambda *values: types.SimpleNamespace(**{value: value for value in values})  # noqa: E731
        module.Attribute = names("CLASS", "VALUE", "ID")
        module.ObjectClass = names("CERTIFICATE", "PRIVATE_KEY")
        module.KeyType, module.Mechanism = names("RSA", "EC"), names("RSA_PKCS", "ECDSA")
        module.lib = lambda _path: types.SimpleNamespace(get_token=self._get)
        return module

    def fail(self, name):
        raise getattr(self.module.exceptions, name)

    def _get(self, *, token_label):
        if not self.present or token_label != "BINH-LAM-01":
            self.fail("NoSuchToken")
        return types.SimpleNamespace(open=self._open)

    def _open(self, *, user_pin):
        if self.wrong >= 3:
            self.fail("PinLocked")
        if user_pin != PIN:
            self.wrong += 1
            self.fail("PinIncorrect")
        self.wrong = 0
        return types.SimpleNamespace(get_objects=self._objects, get_key=self._key, close=self._close)

    def _objects(self, _wanted):
        chain = (self.made.der, *(one.public_bytes(pem_der()) for one in self.made.above))
        return [{"VALUE": der, "ID": bytes([number])} for number, der in enumerate(chain)]

    def _key(self, *, object_class, id):
        assert (object_class, id) == ("PRIVATE_KEY", b"\0")
        kind = "RSA" if isinstance(self.made.key, rsa.RSAPrivateKey) else "EC"
        return types.SimpleNamespace(key_type=kind, sign=self._sign)

    def _sign(self, data, *, mechanism):
        if self.pull_after is not None and self.signed >= self.pull_after:
            self.present = False
            self.fail("DeviceRemoved")
        self.signed += 1
        if mechanism == "RSA_PKCS":
            if len(data) != len(SHA256_INFO) + 32 or not data.startswith(SHA256_INFO):
                self.fail("DataLenRange")
            return self.made.key.sign(data[-32:], padding.PKCS1v15(), utils.Prehashed(SHA256()))
        if len(data) != 32:
            self.fail("DataLenRange")
        r, s = utils.decode_dss_signature(self.made.key.sign(data, ec.ECDSA(utils.Prehashed(SHA256()))))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def _close(self):
        self.closed += 1
        if not self.present:
            self.fail("DeviceRemoved")


def pem_der():
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


class Service:
    """A remote signing service: a right to sign these hashes, once each, for a while."""

    def __init__(self, made, *, pin=PIN):
        self.made, self.pin, self.rights, self.expired, self.denied, self.asked = made, pin, {}, False, False, []

    def __call__(self, path, message):
        self.asked.append(path)
        if message["credentialID"] != "chair-01":
            raise ServiceError("invalid_request", "Invalid parameter credentialID")
        return self._authorize(message) if path == "credentials/authorize" else self._sign(message)

    def _authorize(self, message):
        if self.denied:
            raise ServiceError("access_denied", "The user denied the request")
        if message.get("PIN", "") != self.pin:
            raise ServiceError("invalid_pin", "The PIN is invalid")
        assert message["numSignatures"] == len(message["hash"])
        self.rights = {"sad-1": list(message["hash"])}
        return {"SAD": "sad-1", "expiresIn": 300}

    def _sign(self, message):
        if self.expired or message["SAD"] not in self.rights:
            raise ServiceError("invalid_request", "The SAD expired")
        (one,) = message["hash"]
        if one not in self.rights[message["SAD"]]:
            raise ServiceError("invalid_request", "Hash is not authorized by the SAD".replace("SAD", "signer"))
        self.rights[message["SAD"]].remove(one)
        made = self.made.key.sign(base64.b64decode(one), padding.PKCS1v15(), utils.Prehashed(SHA256()))
        return {"signatures": [base64.b64encode(made).decode()]}


class Plugin:
    """The plug-in on the signer's computer: fetches, signs in the field it was told, uploads."""

    def __init__(self, made, field):
        self.made, self.field, self.pin, self.present = made, field, PIN, True

    def run(self, task, files):
        """``files`` stands for our addresses: download gives the file, upload takes the signed one."""
        parameter = task["parameter"]
        assert set(parameter) == {
            "FileUploadHandler", "SessionId", "JWTToken", "FileName", "DocNumber", "IssuedDate", "MetaData",
        }  # fmt: skip
        assert task["function"].startswith("vgca_sign_")
        if not self.present:
            return {"Status": 10, "Message": "Không tìm thấy thiết bị token", "FileServer": ""}
        if self.pin != PIN:
            return {"Status": 11, "Message": "Sai mã PIN", "FileServer": ""}
        files[parameter["FileUploadHandler"]] = self._signed(files[parameter["FileName"]])
        return {"Status": 0, "Message": "", "FileServer": parameter["FileUploadHandler"]}

    def _signed(self, pdf):
        from tests.engines.signing.pki import NOW, credential

        key = credential(self.made)
        begun = pades.begin(
            pdf, field=self.field, certificate=key.certificate, chain=key.chain, appearance=None, reason="", at=NOW,
            stamped=False,
        )  # fmt: skip
        (signature,) = key.sign([begun.digest])
        return pades.finish(begun, signature)


def digest(content):
    return hashlib.sha256(content).hexdigest()
