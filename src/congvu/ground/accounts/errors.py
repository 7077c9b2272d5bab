"""Refusals of this room."""

from congvu.common.errors import Conflict, Forbidden, NotFound, Refusal


class SubjectNotFound(NotFound):
    code = "subject_not_found"


class UserNotFound(NotFound):
    code = "user_not_found"


class IdentityTaken(Conflict):
    """The personal number or tax code already belongs to somebody registered under other facts."""

    code = "identity_taken"


class ClaimsRefused(Forbidden):
    """The identity service answered, but not with what signing in needs; the message says what is missing."""

    code = "claims_refused"


class LoginClosed(Forbidden):
    """The login is closed, or is of the other kind."""

    code = "login_closed"


class SignInFailed(Refusal):
    """The conversation with the identity service broke off; starting again may help."""

    code = "sign_in_failed"
    status = 400


class TokenRefused(Refusal):
    """The call carries no token, or one that is unknown, revoked, expired, or whose login is closed."""

    code = "token_unknown"
    status = 401


class TokenNotFound(NotFound):
    code = "token_not_found"
