from django.urls import path

from sms import callbacks

urlpatterns = [
    path("<slug:gateway>/<str:token>/receipts", callbacks.receipts, name="gateway-receipts"),
]
