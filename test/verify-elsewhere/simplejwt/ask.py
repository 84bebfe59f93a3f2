"""Sends each token of a JSON object on stdin to the view of docs/verify-elsewhere.md; prints {name: [status, body]}."""

import json
import sys

import django
import passport_settings
from django.conf import settings

settings.configure(
    SECRET_KEY="signs nothing here",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    **{name: value for name, value in vars(passport_settings).items() if name.isupper()},
)
django.setup()

from rest_framework.test import APIRequestFactory  # noqa: E402
from views import WhoAmI  # noqa: E402


def ask(token):
    request = APIRequestFactory().get("/", HTTP_AUTHORIZATION=f"Bearer {token}")
    response = WhoAmI.as_view()(request)
    response.render()
    return [response.status_code, json.loads(response.content)]


print(json.dumps({name: ask(token) for name, token in json.load(sys.stdin).items()}))
