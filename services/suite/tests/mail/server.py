"""A mail server for tests: takes mail under TLS from whoever logs in, and prints each as a line of JSON.

python3 server.py PORT CERTIFICATE KEY

An address that begins with `nobody` is refused for good (550), one with `later` once (451).
"""

import email
import email.policy
import json
import ssl
import sys
import threading
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Desk:
    def __init__(self):
        self.delayed = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return f"550 5.1.1 <{address}> is unknown here"
        if address.startswith("later") and address not in self.delayed:
            self.delayed.add(address)
            return f"451 4.7.1 <{address}> come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say(
            {
                "to": envelope.rcpt_tos,
                "from": str(mail["From"]),
                "subject": str(mail["Subject"]),
                "id": str(mail["Message-ID"]),
                "automatic": str(mail["Auto-Submitted"]),
                "text": mail.get_content(),
                "tls": server.transport.get_extra_info("ssl_object") is not None,
                "user": session.auth_data,
            }
        )
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    if isinstance(data, LoginPassword) and (data.login, data.password) == (b"desk", b"open sesame"):
        return AuthResult(success=True, auth_data=data.login.decode())
    return AuthResult(success=False, handled=False)


def say(value):
    print(json.dumps(value), flush=True)


# The login behind a listener that speaks nothing but TLS is under TLS, which the library does not see.
warnings.simplefilter("ignore", UserWarning)
port, certificate, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)
login = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}
Controller(Desk(), hostname="127.0.0.1", port=port, ssl_context=context, **login).start()
say("ready")
threading.Event().wait()
