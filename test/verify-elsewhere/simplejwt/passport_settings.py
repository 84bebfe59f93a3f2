import os

PASSPORT_ISSUER = os.environ.get("PASSPORT_ISSUER", "https://login.example.com")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTStatelessUserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}

SIMPLE_JWT = {
    "ALGORITHM": "ES256",
    "JWK_URL": f"{PASSPORT_ISSUER}/.well-known/jwks.json",
    "ISSUER": PASSPORT_ISSUER,
    "AUDIENCE": os.environ.get("PASSPORT_AUDIENCE", "weapp-passport"),
    "USER_ID_CLAIM": "sub",
    "TOKEN_TYPE_CLAIM": "token_type",
    "AUTH_TOKEN_CLASSES": ["rest_framework_simplejwt.tokens.AccessToken"],
}
