from django.urls import path

from sms.api.scrub import Scrub
from sms.api.views import MessageDetail, Messages, Preview

urlpatterns = [
    path("dlt/scrub", Scrub.as_view(), name="api-dlt-scrub"),
    path("sms", Messages.as_view(), name="api-messages"),
    path("sms/preview", Preview.as_view(), name="api-sms-preview"),
    path("sms/<str:sid>", MessageDetail.as_view(), name="api-message"),
]
