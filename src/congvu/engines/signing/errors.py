"""Refusals of this room."""

from __future__ import annotations

from congvu.common.errors import Conflict, Forbidden, Invalid, Problem, TooLarge


class PdfRefused(Invalid):
    """The file cannot be prepared, signed or read as a PDF. ``code`` tells why: ``no_pdf``, ``encrypted``, ``broken``,
    ``locked``, ``no_field``, ``field_taken``, ``signed_before``."""

    code = "pdf_refused"

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message, problems=(Problem("file", message, code),), code=code)


class PdfTooLarge(TooLarge):
    """More bytes than are looked at."""

    code = "pdf_too_large"


class CredentialRefused(Conflict):
    """The key cannot be used. ``code``: ``wrong_pin``, ``pin_locked``, ``session_expired``, ``device_gone``,
    ``declined``, ``wrong_signature``, ``wrong_certificate``, ``wrong_time``, ``wrong_hash``, ``not_ready``."""

    code = "credential_refused"


class CertificateRefused(Forbidden):
    """This person must not sign with this certificate now. ``code``: ``not_yours``, ``post_ended``, ``expired``,
    ``not_yet_valid``, ``suspended``, ``revoked``, ``replaced``, ``untrusted``, ``test_only``."""

    code = "certificate_refused"


class TimestampUnavailable(Conflict):
    """The time-stamping authority gave no time in time; nothing was signed, and trying again later is right."""

    code = "timestamp_unavailable"


class WrongState(Conflict):
    """The certificate or request is not in the state that the act needs."""

    code = "certificate_state"
