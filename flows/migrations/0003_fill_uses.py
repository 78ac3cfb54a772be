"""Work out which templates the flows name that were drawn before this was kept."""

from django.db import migrations

KEYS = ("dlt_template_id", "sender_id", "dlt_entity_id")
LONGEST = 20
AT_ONCE = 500


def fill(apps, schema_editor):
    flow_model = apps.get_model("flows", "Flow")
    use_model = apps.get_model("flows", "FlowTemplateUse")
    made = []
    flows = flow_model.objects.filter(archived__isnull=True).select_related("live")
    for flow in flows.order_by("pk").iterator(chunk_size=200):
        made += uses_of(use_model, flow, flow.draft, live=False)
        if flow.live_id:
            made += uses_of(use_model, flow, flow.live.graph, live=True)
        if len(made) >= AT_ONCE:
            use_model.objects.bulk_create(made)
            made = []
    use_model.objects.bulk_create(made)


def uses_of(use_model, flow, graph, *, live):
    for node in graph.get("nodes", []):
        if node.get("type") != "sms":
            continue
        values = [usable(node.get("settings", {}).get(key)) for key in KEYS]
        if any(values):
            yield use_model(
                account_id=flow.account_id,
                flow=flow,
                live=live,
                node=node["id"],
                node_name=(node.get("name") or node["id"])[:100],
                template_id=values[0],
                header=values[1],
                pe_id=values[2],
            )


def usable(value):
    return value.strip() if isinstance(value, str) and len(value.strip()) <= LONGEST else ""


class Migration(migrations.Migration):
    dependencies = [("flows", "0002_overrides_and_uses")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
