"""Shapes of the report's answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from reports.figures import Bucket, Figures, Summary
from sms.callr_format import rfc3339
from sms.wording import reason_label


class FiguresOutput(serializers.Serializer[Figures]):
    messages = serializers.IntegerField()
    delivered = serializers.IntegerField()
    finalised = serializers.IntegerField()
    delivery_rate = serializers.DecimalField(
        4, 1, allow_null=True, help_text="Per cent of finalised"
    )
    median_seconds = serializers.DecimalField(12, 1, allow_null=True)
    p95_seconds = serializers.DecimalField(12, 1, allow_null=True)
    spend = serializers.DecimalField(14, 2)
    segments = serializers.IntegerField()


class BucketOutput(serializers.Serializer[Any]):
    start = serializers.CharField(help_text="RFC 3339, UTC")
    counts = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()


class ReasonOutput(serializers.Serializer[Any]):
    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]  # an output field of that name
    messages = serializers.IntegerField()


class PeriodOutput(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()
    time_zone = serializers.CharField()


class SummaryOutput(serializers.Serializer[Any]):
    """Figures of the period, of the span before it, and what the charts are drawn from."""

    period = PeriodOutput()
    currency = serializers.CharField()
    figures = FiguresOutput()
    before = FiguresOutput()
    unit = serializers.ChoiceField(choices=["hour", "day", "week"])
    buckets = BucketOutput(many=True)
    reasons = ReasonOutput(many=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        found: Summary = instance["summary"]
        period = instance["filters"].period
        return {
            "period": {
                "first": period.first.isoformat(),
                "last": period.last.isoformat(),
                "time_zone": period.zone.key,
            },
            "currency": instance["account"].currency,
            "figures": FiguresOutput(found.now).data,
            "before": FiguresOutput(found.before).data,
            "unit": found.cut.unit,
            "buckets": [_bucket(found, bucket) for bucket in found.buckets],
            "reasons": [
                {
                    "code": reason.code,
                    "label": reason_label(reason.code),
                    "messages": reason.messages,
                }
                for reason in found.reasons
            ],
        }


def _bucket(found: Summary, bucket: Bucket) -> dict[str, Any]:
    start = rfc3339(found.cut.starts[bucket.index])
    return {"start": start, "counts": bucket.counts, "total": bucket.total}
