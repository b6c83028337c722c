"""A name server for one test: zone.py ADDRESS FILE

Answers on port 53 of ADDRESS (loopback) from FILE, lines of `NAME TYPE DATA`
with TXT and A; the file is read anew for each question.  All else is
NXDOMAIN.  While FILE isn't there, nothing is answered.
"""
import socket
import struct
import sys

TYPES = {1: "A", 16: "TXT"}


def records(path):
    with open(path, encoding="latin-1") as f:
        return [line.rstrip("\n").split(" ", 2) for line in f if line.strip()]


def data(kind, text):
    if kind == "A":
        return socket.inet_aton(text)
    raw = text.encode()
    return b"".join(bytes([len(raw[i:i + 255])]) + raw[i:i + 255]
                    for i in range(0, len(raw), 255))


def answer(question, path):
    at, labels = 12, []
    while question[at]:
        labels.append(question[at + 1:at + 1 + question[at]])
        at += 1 + question[at]
    name = b".".join(labels).decode("latin-1").lower()
    kind = TYPES.get(struct.unpack(">H", question[at + 1:at + 3])[0], "")
    asked = question[12:at + 5]
    zone = records(path)
    found = [d for n, k, d in zone if n.lower() == name and k == kind]
    known = any((n.lower() == name or n.lower().endswith("." + name))
                for n, _, _ in zone)
    out = b""
    for d in found:
        raw = data(kind, d)
        out += b"\xc0\x0c" + asked[-4:] + struct.pack(">IH", 5, len(raw)) + raw
    return (question[:2] + struct.pack(">HHHHH", 0x8580 + (0 if known else 3),
                                       1, len(found), 0, 0) + asked + out)


if __name__ == "__main__":
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((sys.argv[1], 53))
    print("ready", flush=True)
    while True:
        question, who = s.recvfrom(4096)
        try:
            s.sendto(answer(question, sys.argv[2]), who)
        except FileNotFoundError:
            pass
