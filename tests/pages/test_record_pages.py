"""The pages of the seven registries: lists, ticking many, details, forms, versions, settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent, User
from dlt.models import (
    Chain,
    ContentTemplate,
    Cta,
    DltSettings,
    Header,
    RecordState,
    Telemarketer,
)
from dlt.registry import KINDS, PLURALS
from tests.builders import (
    MISSED_CALL,
    PE_ID,
    TEMPLATE_ID,
    build_entity,
    build_header,
    build_template,
)
from tests.dlt.test_record_states_api import build

ClientOf = Callable[[User], Client]
TM_ID = "1102172974420830004"


@pytest.mark.parametrize("kind", KINDS)
def test_every_registry_has_an_empty_page_that_teaches(
    client_of: ClientOf, viewer: User, kind: str
):
    page = client_of(viewer).get(f"/dlt/{PLURALS[kind]}/")
    assert 'class="empty"' in page.content.decode()
    assert "Your role may look, not submit." in page.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_has_a_list_and_a_page(
    client_of: ClientOf, admin: User, viewer: User, account: Account, kind: str
):
    row = build(account, kind)
    address = f"/dlt/{PLURALS[kind]}/{row.pk}/"
    assert address in client_of(viewer).get(f"/dlt/{PLURALS[kind]}/").content.decode()
    looked = client_of(viewer).get(address).content.decode()
    assert "History" in looked
    assert "do-suspend" not in looked
    decided = client_of(admin).get(address).content.decode()
    assert ("do-suspend" in decided) == (row.state in ("active", "approved"))


def test_the_state_is_changed_on_the_page_and_taken_back(
    client_of: ClientOf, admin: User, account: Account
):
    row = build(account, "header")
    client, address = client_of(admin), f"/dlt/headers/{row.pk}/"
    asked = client.post(f"{address}suspend/", {"reason": ""}, follow=True).content.decode()
    assert "Say why" in asked
    client.post(f"{address}suspend/", {"reason": "Campaign over"})
    page = client.get(address).content.decode()
    assert "Campaign over" in page
    assert f"{address}undo/" in page
    client.post(f"{address}undo/")
    row.refresh_from_db()
    assert row.state == RecordState.APPROVED
    assert client.post(f"{address}explode/").status_code == 404


def test_editors_do_not_suspend(client_of: ClientOf, editor: User, account: Account):
    row = build(account, "cta")
    Cta.objects.update(state=RecordState.APPROVED)
    assert (
        client_of(editor).post(f"/dlt/ctas/{row.pk}/suspend/", {"reason": "x"}).status_code == 403
    )
    bulk = {"pk": [row.pk], "verb": "suspend", "reason": "x"}
    assert client_of(editor).post("/dlt/ctas/bulk/", bulk).status_code == 403
    row.refresh_from_db()
    assert row.state == RecordState.APPROVED


def test_many_are_suspended_at_once_and_what_failed_is_told(
    client_of: ClientOf, admin: User, account: Account, other_account: Account
):
    header = build_header(build_entity(account))
    fine = build_template(header, template_id="1107160000000000001")
    waiting = build_template(header, template_id="1107160000000000002", state="pending")
    foreign = build_template(build_header(build_entity(other_account)))
    page = client_of(admin).post(
        "/dlt/templates/bulk/",
        {
            "pk": [fine.pk, waiting.pk, foreign.pk],
            "verb": "suspend",
            "reason": "Campaign over",
            "query": "state=approved",
        },
        follow=True,
    )
    assert page.redirect_chain == [("/dlt/templates/?state=approved", 302)]
    told = page.content.decode()
    assert "1 record suspended." in told
    assert "2 of 3 were left as they are" in told
    assert "is pending approval now" in told
    states = ContentTemplate.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["suspended_customer", "pending", "approved"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"verb": "suspend", "reason": "x"}, "Tick some records"),
        ({"pk": ["1"], "verb": "approve"}, "Tick some records"),
        ({"pk": ["x"], "verb": "suspend"}, "Tick some records"),
        ({"pk": ["1"], "verb": "suspend", "reason": " "}, "needs a reason"),
    ],
)
def test_bulk_actions_say_what_is_missing(
    client_of: ClientOf, admin: User, account: Account, form: dict[str, object], words: str
):
    page = client_of(admin).post("/dlt/templates/bulk/", form, follow=True)
    assert words in page.content.decode()


def test_a_bulk_action_goes_back_to_this_site_only(
    client_of: ClientOf, admin: User, account: Account
):
    answer = client_of(admin).post("/dlt/ctas/bulk/", {"query": "//evil.example"})
    assert answer["Location"].startswith("/dlt/ctas/?")


def test_records_of_every_kind_are_submitted_by_form(
    client_of: ClientOf, editor: User, account: Account
):
    build_header(build_entity(account))
    client = client_of(editor)
    forms = {
        "/dlt/telemarketers/new/": {"name": "Carrier", "tm_id": TM_ID, "role": "DF"},
        "/dlt/headers/new/": {
            "pe_id": PE_ID, "value": "512345", "kind": "promotional", "valid_until": "2027-01-31",
        },
        "/dlt/chains/new/": {"pe_id": PE_ID, "tm_1": TM_ID},
        "/dlt/ctas/new/": {"pe_id": PE_ID, "value": "https://acme.example/t?"},
        "/dlt/consents/new/": {
            "pe_id": PE_ID, "consent_id": "1107160000000000001", "name": "Offers",
            "brand": "ACMECO", "text": "I agree that ACMECO sends me offers.",
            "headers": ["ACMECO"],
        },
    }  # fmt: skip
    for address, form in forms.items():
        assert client.get(address).status_code == 200
        made = client.post(address, form)
        assert made.status_code == 302, (address, made.content.decode()[-3000:])
        assert "waits for approval" in client.get(made["Location"]).content.decode()
    assert Header.objects.get(value="512345").category_digit == "5"
    assert Chain.objects.get().telemarketers.get().tm_id == TM_ID
    assert Cta.objects.get().kind == "url_dynamic"


@pytest.mark.parametrize(
    ("address", "form", "words"),
    [
        ("telemarketers", {"name": "X", "tm_id": PE_ID, "role": "DF"}, "looks like an Entity ID"),
        ("ctas", {"pe_id": PE_ID, "value": "https://a.example/t?x=1"}, "up to its question mark"),
        ("chains", {"pe_id": PE_ID}, "at least one telemarketer"),
        (
            "headers",
            {"pe_id": PE_ID, "value": "ACMEC2", "kind": "other", "header_id": TEMPLATE_ID},
            "looks like a Template ID",
        ),
    ],
)
def test_refusals_stand_in_the_form(
    client_of: ClientOf, editor: User, account: Account, address: str, form: object, words: str
):
    build_entity(account)
    Telemarketer.objects.create(account=account, tm_id=TM_ID, name="Carrier")
    page = client_of(editor).post(f"/dlt/{address}/new/", form)
    assert page.status_code == 200
    assert words in page.content.decode()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("template", "chain")])
def test_records_are_edited_by_form(
    client_of: ClientOf, admin: User, viewer: User, account: Account, kind: str
):
    row = build(account, kind)
    address = f"/dlt/{PLURALS[kind]}/{row.pk}/edit/"
    assert client_of(viewer).get(address).status_code == 403
    assert client_of(admin).get(address).status_code == 200
    forms: dict[str, dict[str, object]] = {
        "entity": {"name": "Another Ltd"},
        "header": {"kind": "other", "header_id": "1105160000000000001"},
        "telemarketer": {"name": "Another", "role": "AF"},
        "cta": {"value": "18001234567", "kind": ""},
        "consent": {"name": "News", "brand": "ACMECO", "text": "I agree that ACMECO sends news."},
    }
    assert client_of(admin).post(address, forms[kind]).status_code == 302
    assert AuditEvent.objects.filter(action=f"{kind}.edited").exists()


def template_form(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "pe_id": PE_ID, "headers": ["ACMECO"], "template_id": TEMPLATE_ID, "name": "Missed call",
        "category": "service_implicit", "content_type": "text", "text": MISSED_CALL,
    }  # fmt: skip
    return {**values, **changes}


def test_a_draft_is_kept_completed_and_submitted(
    client_of: ClientOf, editor: User, account: Account
):
    build_header(build_entity(account))
    client = client_of(editor)
    client.post("/dlt/templates/new/", template_form(template_id="", text="Hello", keep="1"))
    row = ContentTemplate.objects.get()
    assert row.state == RecordState.DRAFT
    assert "not given yet" in client.get("/dlt/templates/").content.decode()
    edit = f"/dlt/templates/{row.pk}/edit/"
    assert "Hello" in client.get(edit).content.decode()
    client.post(edit, template_form(var_tag_1="numeric", var_sample_1="12", var_tag_2=""))
    row.refresh_from_db()
    assert (row.state, row.template_id) == (RecordState.PENDING, TEMPLATE_ID)
    assert row.variables == [{"tag": "numeric", "sample": "12"}]
    page = client.get(f"/dlt/templates/{row.pk}/").content.decode()
    assert "beside the text" in page


def test_a_new_version_starts_from_the_old_one(client_of: ClientOf, editor: User, account: Account):
    old = build_template(build_header(build_entity(account)))
    client = client_of(editor)
    page = client.get(f"/dlt/templates/new/?version_of={old.pk}").content.decode()
    assert "New version of" in page
    assert "We missed your call" in page
    changed = template_form(
        template_id="1107169999999999999", text=f"{MISSED_CALL}.", supersedes=TEMPLATE_ID
    )
    client.post("/dlt/templates/new/", changed)
    new = ContentTemplate.objects.get(template_id="1107169999999999999")
    assert new.supersedes == old
    assert "Versions" in client.get(f"/dlt/templates/{old.pk}/").content.decode()


def test_what_portals_refuse_may_be_confirmed(client_of: ClientOf, editor: User, account: Account):
    build_header(build_entity(account))
    client = client_of(editor)
    text = "Hello  {#var#} from all of us at ACMECO"
    refused = client.post("/dlt/templates/new/", template_form(text=text)).content.decode()
    assert "Operators refuse this text" in refused
    assert 'name="as_registered"' in refused
    client.post("/dlt/templates/new/", template_form(text=text, as_registered="on"))
    assert ContentTemplate.objects.get().text == text


def test_an_approved_text_is_not_offered_for_change(
    client_of: ClientOf, admin: User, editor: User, account: Account
):
    row = build_template(build_header(build_entity(account)))
    edit = f"/dlt/templates/{row.pk}/edit/"
    assert "approved and never changes" in client_of(admin).get(edit).content.decode()
    client_of(admin).post(edit, template_form(text="Another text", limit="40", name="Renamed"))
    row.refresh_from_db()
    assert (row.text, row.limit, row.name) == (MISSED_CALL, 40, "Renamed")
    client_of(editor).post(edit, template_form(name="By an editor", limit="99"))
    row.refresh_from_db()
    assert (row.limit, row.name) == (40, "By an editor")


def test_a_variables_limit_names_its_origin(client_of: ClientOf, admin: User, account: Account):
    row = build_template(build_header(build_entity(account)))
    client, address = client_of(admin), f"/dlt/templates/{row.pk}/"
    assert "The usual limit" in client.get(address).content.decode()
    DltSettings.objects.create(account=account, profiles={"vi": {"limits": {"var": 35}}})
    assert "Profile of Vodafone Idea" in client.get(address).content.decode()
    ContentTemplate.objects.update(limit=20, variables=[{"limit": 10}])
    page = client.get(address).content.decode()
    assert "This variable" in page
    assert "This template" in page


def test_an_operators_word_is_noted(client_of: ClientOf, admin: User, account: Account):
    row = build_template(build_header(build_entity(account)))
    form = {"operator": "vi", "state": "inactive", "since": "2026-11-20"}
    page = client_of(admin).post(f"/dlt/templates/{row.pk}/operator/", form, follow=True)
    assert "Vodafone Idea has it as inactive since 2026-11-20" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("wanted=entity&pe_id=1705161234567890123", "looks like a Header ID"),
        ("wanted=template&template_id=1107177660181979501", "made at Vodafone Idea, 19 Apr 2026"),
        ("wanted=template&template_id=1.10717E%2B18", "spreadsheet"),
        ("wanted=telemarketer&tm_id=110200001081", "this one has 12"),
    ],
)
def test_an_ids_digits_are_read(
    client_of: ClientOf, viewer: User, account: Account, query: str, words: str
):
    assert words in client_of(viewer).get(f"/dlt/ids/?{query}").content.decode()


def test_unknown_kinds_of_ids_are_not_there(client_of: ClientOf, viewer: User, account: Account):
    assert client_of(viewer).get("/dlt/ids/?wanted=x&y=1").status_code == 404


def test_the_chains_hash_is_shown_while_choosing(
    client_of: ClientOf, editor: User, account: Account
):
    build_entity(account, "1101172974420810001")
    Telemarketer.objects.create(
        account=account, tm_id="1101172974420830004".replace("1101", "1102"), name="Carrier"
    )
    form = {"pe_id": "1101172974420810001", "tm_1": "1102172974420830004"}
    page = client_of(editor).post("/dlt/chains/hash/", form).content.decode()
    assert "1101172974420810001,1102172974420830004" in page


def test_links_are_recognised_while_typing(client_of: ClientOf, viewer: User, account: Account):
    client = client_of(viewer)
    assert "Toll-free" in client.get("/dlt/ctas/hint/?value=18001234567").content.decode()
    assert "no Indian number" in client.get("/dlt/ctas/hint/?value=12").content.decode()


def settings_form(client: Client) -> dict[str, object]:
    """Return what a browser sends when nothing was changed."""
    form = client.get("/dlt/settings/").context["form"]
    return {
        field.html_name: value for field in form if (value := field.value()) not in (None, False)
    }


def test_an_admin_changes_the_settings(client_of: ClientOf, admin: User, account: Account):
    client = client_of(admin)
    form = {
        **settings_form(client), "limit_var": "40", "vi_limit_var": "35", "jio_line_break": "crlf",
        "cta_check": "refuse", "promo_to": "20:30", "sla_hours": "24",
    }  # fmt: skip
    assert client.post("/dlt/settings/", form).status_code == 302
    row = DltSettings.objects.get()
    assert row.limits == {"var": 40}
    assert row.profiles == {"vi": {"limits": {"var": 35}}, "jio": {"line_break": "crlf"}}
    assert (row.cta_check, row.promo_to.isoformat("minutes"), row.sla_hours) == (
        "refuse", "20:30", 24,
    )  # fmt: skip
    assert AuditEvent.objects.get(action="dlt.settings_changed").detail["changes"]["limits"]
    client.post("/dlt/settings/", {**settings_form(client), "limit_var": ""})
    assert DltSettings.objects.get().limits == {}


def test_impossible_settings_stand_in_the_form(client_of: ClientOf, admin: User, account: Account):
    client = client_of(admin)
    form = {**settings_form(client), "promo_to": "09:00"}
    assert "must end after it begins" in client.post("/dlt/settings/", form).content.decode()
    form = {**settings_form(client), "limit_var": "0"}
    assert client.post("/dlt/settings/", form).status_code == 200
    assert not DltSettings.objects.exists()


def test_editors_do_not_open_the_settings(client_of: ClientOf, editor: User, account: Account):
    assert client_of(editor).get("/dlt/settings/").status_code == 403


def test_pages_of_another_account_are_not_there(
    client_of: ClientOf, admin: User, other_account: Account
):
    address, client = f"/dlt/headers/{build(other_account, 'header').pk}/", client_of(admin)
    for end in ("", "edit/"):
        assert client.get(f"{address}{end}").status_code == 404
    for end in ("undo/", "suspend/"):
        assert client.post(f"{address}{end}", {"reason": "x"}).status_code == 404
