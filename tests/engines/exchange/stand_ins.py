"""Stand-ins for the national hub and a provincial axis that refuse what the real ones refuse."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from congvu.engines.exchange.edxml import reader

SECRET = "bí mật của trục"


class Axis:
    """What both have: a queue for us, what we sent, agencies known, registered and locked."""

    def __init__(self) -> None:
        self.sent: list[tuple[dict[str, str], bytes]] = []
        self.queue: dict[str, tuple[str, bytes]] = {}
        self.done: list[str] = []
        self.known = {"000.00.17.H98", "H99.24.1"}
        self.locked: set[str] = set()
        self.down = False
        self.address = ""

    def judge(self, fields: dict[str, str], file: bytes) -> str:
        """The error code of a sending, "0" for none."""
        parsed = reader.read(file)
        if not file:
            return "10"
        if parsed.kind is None:
            return "22"
        if fields.get("from") not in self.known:
            return "19"
        wanted = fields.get("to", "").split(",")
        if not set(wanted) <= self.known:
            return "18"
        return "23" if self.locked & set(wanted) else "0"


class _Handler(BaseHTTPRequestHandler):
    axis: Axis
    hub: bool

    def log_message(self, *_arguments):
        """Quiet."""

    def do_GET(self):
        self._serve(b"")

    def do_POST(self):
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _serve(self, body: bytes) -> None:
        if self.axis.down:
            self._answer(503, b"<html>Bad gateway</html>")
        elif not self._let_in(body):
            self._say("15", status=401 if self.hub else 200)
        else:
            self._do(urlsplit(self.path).path.rpartition("/")[2], body)

    def _let_in(self, body: bytes) -> bool:
        if not self.hub:
            return (self.headers["X-SystemId"], self.headers["X-SecretKey"]) == ("bl-01", "khoa-tinh")
        given = {name: self.headers[f"XroadVnpt-{name}"] for name in ("SystemId", "Timestamp", "Hash", "Signature")}
        if None in given.values() or given["SystemId"] != "bl-01" or abs(int(given["Timestamp"]) - time.time()) > 300:
            return False
        told = "\n".join((self.command, urlsplit(self.path).path, given["Timestamp"], given["Hash"]))
        mark = hmac.new(SECRET.encode(), told.encode(), hashlib.sha256).hexdigest()
        file = self._form(body)[1] if "multipart" in self.headers.get("Content-Type", "") else body
        return hmac.compare_digest(mark, given["Signature"]) and hashlib.sha256(file).hexdigest() == given["Hash"]

    def _form(self, body: bytes) -> tuple[dict[str, str], bytes]:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        fields, file = {}, b""
        for part in message_from_bytes(head + body).get_payload():
            name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
            if part.get_filename():
                file = content
            else:
                fields[name] = content.decode()
        return fields, file

    def _do(self, verb: str, body: bytes) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        if verb == "sendEdoc":
            fields, file = self._form(body)
            code = self.axis.judge(fields, file)
            if code == "0":
                self.axis.sent.append((fields, file))
            self._say(code, {"docId": f"d-{len(self.axis.sent)}"})
        elif verb == "getReceivedEdocList":
            kind = query.get("messageType")
            self._say("0", [{"docId": key} for key, (k, _raw) in self.axis.queue.items() if kind in (None, k)])
        elif verb == "getEdoc":
            self._answer(200, self.axis.queue[query["docId"]][1])
        else:
            told = json.loads(body)
            self.axis.queue.pop(told["docId"], None)
            self.axis.done.append(told["docId"])
            self._say("0")

    def _say(self, code: str, data: object = None, status: int = 200) -> None:
        told = {"status": "OK" if code == "0" else "FAIL", "ErrorCode": code, "ErrorDesc": f"lỗi {code}", "data": data}
        self._answer(status, json.dumps(told).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(*, hub: bool):
    axis = Axis()
    handler = type("Handler", (_Handler,), {"axis": axis, "hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    axis.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield axis
    finally:
        server.shutdown()
        server.server_close()
