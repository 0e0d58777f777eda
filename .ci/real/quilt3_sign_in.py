"""Signs the published quilt3 of this Python in, as `quilt3 login` would: reads `{"catalogUrl", "refreshToken"}` from stdin; the home is the environment's."""

import json
import sys

import quilt3
from quilt3 import session

asked = json.loads(sys.stdin.readline())
quilt3.config(asked["catalogUrl"])
session.login_with_token(asked["refreshToken"])
