"""Why a message waits, such as for the hours of promotional messages."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sms", "0002_receipt_ids")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="held",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
