"""The door: declare, publish, consume."""

from congvu.ground.events.bus import CONSUMERS, EVENTS, consumes, deliver_now, deliver_pending, event, publish

__all__ = ["CONSUMERS", "EVENTS", "consumes", "deliver_now", "deliver_pending", "event", "publish"]
