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


def test_counts_of_a_flow_are_added_up_however_many_calls_run():
    buffer = LiveBuffer()
    turn = {
        "type": "flow.counts",
        "flow": "flwa",
        "version": 1,
        "tests": False,
        "nodes": {"menu": [1, 0, 0]},
        "ports": {"menu": {"1": 1}},
    }
    for _ in range(500):
        buffer.add(turn)
    buffer.add({**turn, "tests": True})
    real, tests = buffer.take()
    assert real["nodes"] == {"menu": [500, 0, 0]}
    assert real["ports"] == {"menu": {"1": 500}}
    assert tests["nodes"] == {"menu": [1, 0, 0]}
    assert not buffer
