import os
from typing import Optional

import jwt
from fastapi import Header, HTTPException

ISSUER = os.environ.get("PASSPORT_ISSUER", "https://login.example.com")
AUDIENCE = os.environ.get("PASSPORT_AUDIENCE", "weapp-passport")

keys = jwt.PyJWKClient(f"{ISSUER}/.well-known/jwks.json", lifespan=300)


def access_token_claims(authorization: Optional[str] = Header(None)) -> dict:
    """Returns the claims of a valid access token. Raises 401, or 503 while the keys cannot be fetched."""
    scheme, _, token = (authorization or "").partition(" ")
    try:
        keys.get_jwk_set()
    except jwt.PyJWKClientError:
        raise HTTPException(503)
    try:
        claims = jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token).key,
            algorithms=["ES256"],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={"require": ["exp", "iss", "aud", "sub", "client_id"]},
        )
    except jwt.PyJWTError:
        claims = {}
    if scheme.lower() != "bearer" or claims.get("token_type") != "access":
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return claims
