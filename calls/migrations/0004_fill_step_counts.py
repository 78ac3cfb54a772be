"""Old steps: where they are drawn, which of them ended their call, and that they are to be counted."""

from django.db import migrations
from django.db.models import Exists, F, OuterRef, Subquery


def fill(apps, schema_editor):
    Step, Call = apps.get_model("calls", "CallStep"), apps.get_model("calls", "Call")
    call = Call.objects.filter(pk=OuterRef("call"))
    Step.objects.filter(flow=None).update(
        flow_id=Subquery(call.values("run__flow")[:1]),
        version=Subquery(call.values("run__version__number")[:1]),
    )
    later = Step.objects.filter(call=OuterRef("call"), index__gt=OuterRef("index"))
    last = Step.objects.exclude(call__ended=None).exclude(Exists(later))
    Step.objects.filter(pk__in=last.values("pk")).update(ends=True)
    Step.objects.filter(to_count_for=None).update(to_count_for=F("flow"))


def back(apps, schema_editor):
    """Nothing was there before that could come back."""


class Migration(migrations.Migration):
    dependencies = [("calls", "0003_step_counts")]

    operations = [migrations.RunPython(fill, back)]
