"""A relying party as Authlib's own documentation writes it for FastAPI: sign-in, callback, who is signed in."""

import os

from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_SECRET"])
oauth = OAuth()
oauth.register(
    name="op",
    server_metadata_url=os.environ["ISSUER"] + "/.well-known/openid-configuration",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
)


@app.get("/login")
async def login(request: Request):
    return await oauth.op.authorize_redirect(request, os.environ["REDIRECT_URI"])


@app.get("/callback")
async def callback(request: Request):
    try:
        token = await oauth.op.authorize_access_token(request)
    except OAuthError as error:
        return HTMLResponse(f"<h1>{error.error}</h1>", status_code=400)
    request.session["user"] = dict(token["userinfo"])
    return RedirectResponse(url="/")


@app.get("/logout")
async def logout(request: Request):
    request.session.pop("user", None)
    return RedirectResponse(url="/")


@app.get("/me")
async def me(request: Request):
    user = request.session.get("user")
    return JSONResponse({"sub": user["sub"]} if user else {"error": "signed out"}, status_code=200 if user else 401)


@app.get("/")
async def index():
    return HTMLResponse("<p>Home</p>")
