"""``python -m tests.faces.portal.prepare``: fill the database of a browser test, print its links."""

from __future__ import annotations

import json
import os
from importlib import import_module

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
    django.setup()
    from django.conf import settings

    from congvu.domains.dossiers import services as acts
    from tests.faces.portal.world import BIRTH, at_counter, build, finish

    world = build()
    running = at_counter(world, world.mother, key="b1")
    asked = at_counter(world, world.mother, key="b2")
    items = ["Ảnh chụp thẻ căn cước, vì góc dưới bị mờ", "Văn bản ủy quyền có chứng thực"]
    acts.ask_supplement(world.clerk, asked.record_id, items=items, reason="Chưa đọc được số giấy tờ trên ảnh đã nộp.")
    done = [at_counter(world, world.mother, key=f"b{n}") for n in (3, 4)]
    for received in done:
        finish(received.record_id)

    def session(user: object) -> str:
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        store["_auth_user_id"] = str(user.pk)
        store["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
        store["_auth_user_hash"] = user.get_session_auth_hash()
        store.create()
        return store.session_key

    told = {
        "commune": world.commune,
        "mother": session(world.mother),
        "mother_again": session(world.mother),
        "birth": BIRTH,
        "code": running.code,
        "running": running.token,
        "asked": asked.token,
        "done": done[0].token,
        "rated": done[1].token,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
