"""Django's sessions in the database, read by a statement that is made once: every request of somebody signed in asks
it, and making it anew costs more than its answer. Named by the setting ``SESSION_ENGINE``."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone


class SessionStore(db.SessionStore):
    """Writes as Django does. The name stays Django's: it is part of what signs a session's content."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any more, for one that is unknown or over."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
                [self.session_key, timezone.now()],
            )
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])
