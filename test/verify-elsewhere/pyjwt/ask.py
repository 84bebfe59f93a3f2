"""Sends each token of a JSON object on stdin to the app of docs/verify-elsewhere.md; prints {name: [status, body]}."""

import json
import sys

from fastapi.testclient import TestClient
from main import app

client = TestClient(app)


def ask(token):
    response = client.get("/whoami", headers={"Authorization": f"Bearer {token}"})
    return [response.status_code, response.json()]


print(json.dumps({name: ask(token) for name, token in json.load(sys.stdin).items()}))
