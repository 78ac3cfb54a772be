"""What one browser is told while a lot happens."""

from __future__ import annotations

from reports.live_buffer import MOST, LiveBuffer


def update(sid: str, status: str) -> dict[str, str]:
    return {"type": "message.updated", "sid": sid, "status": status}


def test_a_quiet_page_hears_every_status_in_order():
    buffer = LiveBuffer()
    for status in ("created", "pending", "sent"):
        buffer.add(update("smsa", status))
    assert [event["status"] for event in buffer.take()] == ["created", "pending", "sent"]
    assert not buffer


def test_a_busy_page_hears_the_latest_of_each_message_and_every_step():
    buffer = LiveBuffer()
    for status in ("created", "pending", "sent", "delivered"):
        for number in range(20):
            buffer.add(update(f"sms{number}", status))
    buffer.add({"type": "call.step", "call": "c"})
    buffer.add({"type": "call.step", "call": "c"})
    events = buffer.take()
    assert len(events) == 22
    assert {event["status"] for event in events[:20]} == {"delivered"}


def test_the_buffer_never_grows_past_its_bound():
    buffer = LiveBuffer()
    for number in range(10_000):
        buffer.add(update(f"sms{number}", "sent"))
    events = buffer.take()
    assert len(events) == MOST
    assert events[-1]["sid"] == "sms9999"
