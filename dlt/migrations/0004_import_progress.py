from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dlt", "0003_fill_records"),
    ]

    operations = [
        migrations.AddField(
            model_name="importjob",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importjob",
            name="report_size",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
