"""The pages of a flow's versions, and the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.caller import caller_for
from accounts.models import Account, Role, User
from calls.models import PhoneNumber
from flows.graph import parse
from flows.models import Flow
from flows.picture import picture
from flows.services import create_flow, publish_flow, save_draft
from tests.builders import build_entity, build_header, build_member, build_template
from tests.flows.drawing import connect, graph, greeting, hangup, missed_call, sms

ClientOf = Callable[[User], Client]


def published(user: User, *drafts: dict[str, Any]) -> Flow:
    """A flow with a version for each draft; the last one is live."""
    caller = caller_for(user)
    assert caller
    now = timezone.now()
    flow = create_flow(caller=caller, name="Support line", graph=drafts[0], now=now)
    for number, drawn in enumerate(drafts, start=1):
        flow.refresh_from_db()
        base = flow.draft_hash
        save_draft(caller=caller, flow=flow, graph=drawn, base_hash=base, now=now)
        publish_flow(caller=caller, flow=flow, note=f"Note {number}", now=now)
    flow.refresh_from_db()
    return flow


FIRST = graph(greeting("a", "Hello."), hangup("z"), ways="a.next>z")
SECOND = graph(greeting("a", "Namaste."), connect("c", "Sales"), ways="a.next>c")


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_timeline_tells_notes_authors_and_changes(client_of: ClientOf, editor: User):
    flow = published(editor, FIRST, SECOND)
    page = text_of(client_of(editor), f"/flows/{flow.sid}/versions/")
    for words in ("Version 2", "Version 1", "Note 1", "Note 2", editor.name, "0 calls in all"):
        assert words in page
    assert "Added Connect “Sales”." in page
    assert "The first version, with 2 applets." in page
    assert page.count("badge ok") == 1


def test_nothing_published_yet_says_so(client_of: ClientOf, editor: User):
    caller = caller_for(editor)
    assert caller
    flow = create_flow(caller=caller, name="x", graph=FIRST, now=timezone.now())
    assert "Nothing published yet" in text_of(client_of(editor), f"/flows/{flow.sid}/versions/")
    assert text_of(client_of(editor), f"/flows/{flow.sid}/compare/", 404)


def test_a_version_is_drawn_with_its_names(client_of: ClientOf, editor: User, viewer: User):
    flow = published(editor, FIRST, SECOND)
    page = text_of(client_of(viewer), f"/flows/{flow.sid}/versions/2/")
    assert ">Sales</text>" in page
    assert "Publish again" not in page
    assert "Publish again" in text_of(client_of(editor), f"/flows/{flow.sid}/versions/1/")
    text_of(client_of(viewer), f"/flows/{flow.sid}/versions/3/", 404)


def test_two_versions_are_compared_in_words_and_in_the_drawing(client_of: ClientOf, editor: User):
    flow = published(editor, FIRST, SECOND)
    page = text_of(client_of(editor), f"/flows/{flow.sid}/compare/?from=1&to=2")
    assert "“a”: Text to say changed from “Hello.” to “Namaste.”" in page
    for mark in ("box added", "box removed", "box changed", "wire added", "wire removed"):
        assert f'class="{mark}"' in page
    same = text_of(client_of(editor), f"/flows/{flow.sid}/compare/")
    assert "Calls would notice no difference" in same
    text_of(client_of(editor), f"/flows/{flow.sid}/compare/?from=7", 404)


def test_an_old_version_is_edited_again(client_of: ClientOf, editor: User):
    flow = published(editor, FIRST, SECOND)
    path = f"/flows/{flow.sid}/versions/1/restore/"
    stale = client_of(editor).post(path, {"draft": "0" * 64}, follow=True)
    assert "saved this flow in the meantime" in stale.content.decode()
    answer = client_of(editor).post(path, {"draft": flow.draft_hash})
    assert answer["Location"] == f"/flows/{flow.sid}/"
    flow.refresh_from_db()
    assert flow.draft["nodes"][0]["settings"]["say"] == "Hello."
    assert flow.live
    assert flow.live.number == 2


def test_what_a_draft_would_lose_is_told_first(client_of: ClientOf, editor: User):
    flow = published(editor, FIRST, SECOND)
    caller = caller_for(editor)
    assert caller
    drawn = graph(greeting("a", "Half drawn."))
    now = timezone.now()
    save_draft(caller=caller, flow=flow, graph=drawn, base_hash=flow.draft_hash, now=now)
    page = text_of(client_of(editor), f"/flows/{flow.sid}/versions/1/")
    assert "changes that were never published" in page
    assert "Half drawn." in page


def test_an_old_version_is_published_again_with_a_note(client_of: ClientOf, editor: User):
    flow = published(editor, FIRST, SECOND)
    path = f"/flows/{flow.sid}/versions/1/publish/"
    page = client_of(editor).post(path, {"note": "The new one was wrong"}, follow=True)
    assert "Version 3 is live." in page.content.decode()
    assert "The new one was wrong" in page.content.decode()


def test_what_stands_against_publishing_again_is_told(
    client_of: ClientOf, editor: User, account: Account
):
    template = build_template(build_header(build_entity(account)))
    flow = published(editor, missed_call(), SECOND)
    template.state = "suspended_usage"
    template.save()
    path = f"/flows/{flow.sid}/versions/1/publish/"
    page = client_of(editor).post(path, {}, follow=True).content.decode()
    assert "Mend what is wrong" in page
    flow.refresh_from_db()
    assert flow.live
    assert flow.live.number == 2


def test_viewers_take_nothing_back(client_of: ClientOf, editor: User, viewer: User):
    flow = published(editor, FIRST, SECOND)
    for door in ("versions/1/restore", "versions/1/publish", "duplicate", "archive", "bring-back"):
        assert client_of(viewer).post(f"/flows/{flow.sid}/{door}/").status_code == 403


def test_others_find_no_versions(client_of: ClientOf, editor: User, other_account: Account):
    flow = published(editor, FIRST)
    stranger = client_of(build_member(other_account, Role.ADMIN))
    for door in ("versions/", "versions/1/", "compare/?from=1&to=draft"):
        text_of(stranger, f"/flows/{flow.sid}/{door}", 404)


def test_a_flow_is_copied_from_the_list(client_of: ClientOf, editor: User):
    flow = published(editor, FIRST)
    answer = client_of(editor).post(f"/flows/{flow.sid}/duplicate/")
    copy = Flow.objects.exclude(pk=flow.pk).get()
    assert (copy.name, answer["Location"]) == ("Copy of Support line", f"/flows/{copy.sid}/")


def test_a_flow_goes_into_the_archive_and_comes_back(client_of: ClientOf, editor: User):
    flow = published(editor, FIRST)
    client = client_of(editor)
    page = client.post(f"/flows/{flow.sid}/archive/", follow=True).content.decode()
    assert "“Support line” is in the archive." in page
    assert "Archived (1)" in page
    assert "Support line" in text_of(client, "/flows/archived/")
    caller = caller_for(editor)
    assert caller
    create_flow(caller=caller, name="Support line", now=timezone.now())
    path = f"/flows/{flow.sid}/bring-back/"
    taken = client.post(path, {"name": "Support line"}, follow=True).content.decode()
    assert "There is another flow called" in taken
    back = client.post(path, {"name": "Old line"}, follow=True).content.decode()
    assert "“Old line” is back." in back
    assert "The archive is empty" in text_of(client, "/flows/archived/")


def test_a_flow_that_numbers_ring_stays(client_of: ClientOf, editor: User, account: Account):
    flow = published(editor, FIRST)
    PhoneNumber.objects.create(account=account, e164="+914412345678", flow=flow)
    page = client_of(editor).post(f"/flows/{flow.sid}/archive/", follow=True).content.decode()
    assert "+914412345678 ring this flow" in page


@pytest.mark.parametrize(
    "drawn",
    [
        {},
        {"nodes": [{"id": "a", "type": "nothing"}]},
        graph(greeting("a"), sms("b"), ways="a.next>gone b.next>a a.next>a"),
    ],
)
def test_odd_graphs_are_drawn(drawn: dict[str, Any]):
    shown = picture(parse(drawn), parse(FIRST))
    assert len(shown.boxes) == len({*(n["id"] for n in drawn.get("nodes", [])), "a", "z"})
