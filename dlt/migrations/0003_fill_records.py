import unicodedata
from hashlib import sha256

from django.db import migrations
from django.db.models import F


def _compared(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip(" \t\n")


def fill(apps, schema_editor):
    """Name makers, keep the times of submission, hash the texts, rename the suspended state."""
    AuditEvent = apps.get_model("accounts", "AuditEvent")
    Entity = apps.get_model("dlt", "PrincipalEntity")
    Header = apps.get_model("dlt", "Header")
    Template = apps.get_model("dlt", "ContentTemplate")
    Entity.objects.update(submitted=F("created"))
    Header.objects.update(submitted=F("created"))
    makers = {}
    submitted = AuditEvent.objects.filter(action__endswith=".submitted").order_by("at", "pk")
    for account, target, actor in submitted.values_list("account_id", "target", "actor").iterator():
        makers[account, target] = actor
    for row in Entity.objects.iterator():
        row.maker = makers.get((row.account_id, f"entity {row.pe_id}"), "")
        row.save(update_fields=["maker"])
    for row in Header.objects.select_related("entity", "submitted_by").iterator():
        fallback = row.submitted_by.email if row.submitted_by else ""
        target = f"header {row.value} of {row.entity.pe_id}"
        row.maker = makers.get((row.account_id, target), fallback)
        if row.state == "suspended":
            row.state = "suspended_customer"
        row.save(update_fields=["maker", "state"])
    for row in Template.objects.select_related("submitted_by", "decided_by").iterator():
        fallback = row.submitted_by.email if row.submitted_by else ""
        row.maker = makers.get((row.account_id, f"template {row.template_id}"), fallback)
        row.decider = row.decided_by.email if row.decided_by else ""
        if row.state == "suspended":
            row.state = "suspended_customer"
        row.text_sha256 = sha256(_compared(row.text).encode()).hexdigest()
        row.save(update_fields=["maker", "decider", "state", "text_sha256"])


def back(apps, schema_editor):
    for name in ("Header", "ContentTemplate"):
        rows = apps.get_model("dlt", name).objects
        rows.filter(state__startswith="suspended").update(state="suspended")


class Migration(migrations.Migration):
    dependencies = [("dlt", "0002_registries")]

    operations = [migrations.RunPython(fill, back)]
