"""Messages between agencies, from another installation."""

from django.urls import path

from congvu.faces.api.exchange import views

prefix = "api/v1/"
urlpatterns = [path("exchange/messages", views.Messages.as_view(), name="api_exchange_messages")]
ACCESS = {
    "api_exchange_messages": ("machine", "scope exchange:write; exchange.partner_of: a partner's own login and senders")
}
