from django.urls import path

from webhooks.api.views import EndpointDetail, Endpoints

urlpatterns = [
    path("webhooks", Endpoints.as_view(), name="api-webhooks"),
    path("webhooks/<str:sid>", EndpointDetail.as_view(), name="api-webhook"),
]
