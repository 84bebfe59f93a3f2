from fastapi import Depends, FastAPI

from passport import access_token_claims

app = FastAPI()


@app.get("/whoami")
def who_am_i(claims: dict = Depends(access_token_claims)):
    return {"user_id": claims["sub"], "appid": claims["client_id"], "role": claims.get("role")}
