"""The door: declare, publish, consume."""

from congvu.ground.events.bus import (
    CONSUMERS,
    EVENTS,
    consumes,
    deliver_now,
    deliver_pending,
    event,
    publish,
    publish_all,
)

__all__ = ["CONSUMERS", "EVENTS", "consumes", "deliver_now", "deliver_pending", "event", "publish", "publish_all"]
