"""Signing a demo person in without password or identity service. Only the front page's door calls this."""

from __future__ import annotations

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpRequest

from congvu.boot.demo.front.doors import Door
from congvu.boot.demo.people import CITIZENS, Citizen
from congvu.common.actor import SYSTEM
from congvu.ground.accounts.oidc import Identity
from congvu.ground.accounts.selectors import citizen_actor
from congvu.ground.accounts.signin import accept_identity, record_sign_in
from congvu.ground.orgs.selectors import staff_actor
from congvu.ground.orgs.types import SESSION_POST

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
METHOD = "demo"


def enter(request: HttpRequest, door: Door) -> None:
    """End whatever session there is and begin the person's own. The sign-in leaves its entry, as any other does."""
    logout(request)
    if door.citizen:
        citizen = next(one for one in CITIZENS if one.key == door.citizen)
        user_id = accept_identity(SYSTEM, _identity(citizen))
        _begin(request, user_id)
        record_sign_in(citizen_actor(user_id), method=METHOD)
    elif door.user_id is not None:
        _begin(request, door.user_id)
        request.session[SESSION_POST] = door.position_id
        record_sign_in(staff_actor(door.user_id, door.position_id), method=METHOD)


def _begin(request: HttpRequest, user_id: int) -> None:
    login(request, get_user_model().objects.get(pk=user_id), backend=BACKEND)


def _identity(citizen: Citizen) -> Identity:
    """What the demo's identity service says of the citizen (``boot.idp.claims``), without asking it."""
    return Identity(
        kind="enterprise" if citizen.tax_code else "person", tech_id=citizen.tech_id,
        full_name=citizen.firm or citizen.full_name, personal_id="" if citizen.tax_code else citizen.personal_id,
        tax_code=citizen.tax_code, representative=citizen.full_name if citizen.tax_code else "",
        born_on=citizen.born_on, sex=citizen.sex, phone=citizen.phone, email=citizen.email, address=citizen.address,
        address_kind="" if citizen.tax_code else "permanent", level=2,
    )  # fmt: skip
