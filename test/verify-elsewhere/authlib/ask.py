"""Uses /oauth/* and the admin API with each way of Authlib to authenticate a client. Reads tokens and credentials as JSON."""

import json
import os
import sys

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

ADMIN_URL = os.environ["PASSPORT_ADMIN_URL"]
TOKEN = f"{ADMIN_URL}/oauth/token"
INTROSPECT = f"{ADMIN_URL}/oauth/introspect"

given = json.load(sys.stdin)
answers = {}


def session(secret, method):
    return OAuth2Session(given["client_id"], secret, scope="apps:read", token_endpoint_auth_method=method)


def refusal(client):
    try:
        client.fetch_token(TOKEN, grant_type="client_credentials")
    except OAuthError as error:
        return error.error
    return None


for method in ["client_secret_basic", "client_secret_post"]:
    client = session(given["client_secret"], method)
    token = client.fetch_token(TOKEN, grant_type="client_credentials")
    answers[f"{method} token"] = [200, {name: token[name] for name in ["token_type", "expires_in", "scope"]}]
    for name in ["access", "refresh"]:
        answer = client.introspect_token(INTROSPECT, token=given[name], token_type_hint="access_token")
        answers[f"{method} {name}"] = [answer.status_code, answer.json()]
    apps = client.get(f"{ADMIN_URL}/api/admin/apps")
    answers[f"{method} apps"] = [apps.status_code, None]
    answers[f"{method} wrong secret"] = [401, refusal(session("wrong", method))]

json.dump(answers, sys.stdout)
