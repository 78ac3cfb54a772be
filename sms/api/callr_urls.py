from django.urls import path

from sms.api.callr import CallrMessage, CallrMessages

urlpatterns = [
    path("sms", CallrMessages.as_view(), name="callr-messages"),
    path("sms/<str:sid>", CallrMessage.as_view(), name="callr-message"),
]
