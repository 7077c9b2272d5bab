"""A stand-in for the signing tool on the signer's computer: a real WebSocket server on this machine (RFC 6455), which
fetches the file it is told of, signs it with the device that is plugged in, and sends it back.

It refuses what the real one refuses: another origin than it was told of, an unknown command, no device, a wrong PIN.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import socket
import struct
import threading
import urllib.request
import uuid

from tests.engines.signing.standins import Plugin

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PARAMETER = {"FileUploadHandler", "SessionId", "JWTToken", "FileName", "DocNumber", "IssuedDate", "MetaData"}
COMMANDS = {"/SignApproved": "person", "/SignIssued": "agency"}


class Tool:
    """``pull_after`` signatures the device is pulled out; ``silent`` answers nothing; ``cancelled``: no PIN is given;
    ``spoil`` changes the file that is sent back."""

    def __init__(self, made):
        self.made, self.signed, self.asked = made, 0, []
        self.pull_after, self.silent, self.cancelled, self.hangs_up, self.spoil = None, False, False, False, None
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"ws://127.0.0.1:{self._server.getsockname()[1]}/"

    def serve(self):
        while True:
            try:
                connection, _peer = self._server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(20)
                self._talk(connection)

    def close(self):
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _talk(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(4096)
        lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        key = {name.lower(): value for name, value in headers.items()}["sec-websocket-key"]
        accept = base64.b64encode(hashlib.sha1(key.encode() + GUID, usedforsecurity=False).digest()).decode()
        connection.sendall(
            f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        asked = json.loads(_text(connection))
        self.asked.append(asked)
        if self.hangs_up:
            return
        if self.silent:
            connection.recv(1)
            return
        answer = self._answer(lines[0].split()[1], asked)
        connection.sendall(_frame(json.dumps(answer).encode()))
        connection.recv(64)

    def _answer(self, command, asked):
        if command not in COMMANDS or set(asked) != PARAMETER:
            return {"Status": 1, "Message": "Sai tham số", "FileServer": ""}
        if self.pull_after is not None and self.signed >= self.pull_after:
            return {"Status": 10, "Message": "Không tìm thấy thiết bị token", "FileServer": ""}
        if self.cancelled:
            return {"Status": 12, "Message": "Người dùng hủy bỏ", "FileServer": ""}
        with urllib.request.urlopen(asked["FileName"], timeout=10) as found:
            original = found.read()
        signed = Plugin(self.made, COMMANDS[command])._signed(original)
        told = self._upload(asked, self.spoil(original, signed) if self.spoil else signed)
        self.signed += 1
        return {"Status": 0, "Message": "", "FileServer": told["FileServer"]}

    def _upload(self, asked, content):
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="uploadfile"; filename="a.pdf"\r\n'
        body = f"{head}Content-Type: application/pdf\r\n\r\n".encode() + content + f"\r\n--{mark}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}", "Authorization": f"Bearer {asked['JWTToken']}"}
        request = urllib.request.Request(asked["FileUploadHandler"], data=body, headers=kind)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())


def _text(connection):
    """One masked text frame."""
    head = _exactly(connection, 2)
    assert head[0] == 0x81
    assert head[1] & 0x80, "a browser masks what it sends"
    length = head[1] & 0x7F
    if length == 126:
        (length,) = struct.unpack(">H", _exactly(connection, 2))
    mask = _exactly(connection, 4)
    return bytes(byte ^ mask[n % 4] for n, byte in enumerate(_exactly(connection, length)))


def _exactly(connection, count):
    found = b""
    while len(found) < count:
        found += connection.recv(count - len(found))
    return found


def _frame(content):
    head = bytes([0x81, len(content)]) if len(content) < 126 else struct.pack(">BBH", 0x81, 126, len(content))
    return head + content


@contextlib.contextmanager
def running(made):
    """The tool with the device of ``made`` plugged in, told to the program as its address."""
    from congvu.ground.law.models import Figure

    tool = Tool(made)
    Figure.objects.filter(key="signing_helper_address").update(value=tool.address)
    thread = threading.Thread(target=tool.serve, daemon=True)
    thread.start()
    try:
        yield tool
    finally:
        tool.close()
        thread.join(5)
