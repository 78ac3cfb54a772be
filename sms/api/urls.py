from django.urls import path

from sms.api.views import MessageDetail, Messages, Preview

urlpatterns = [
    path("sms", Messages.as_view(), name="api-messages"),
    path("sms/preview", Preview.as_view(), name="api-sms-preview"),
    path("sms/<str:sid>", MessageDetail.as_view(), name="api-message"),
]
