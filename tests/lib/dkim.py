"""Signs mail (RFC 6376, rsa-sha256, relaxed/relaxed), also badly on purpose.
openssl does the arithmetic."""
import base64
import hashlib
import re
import subprocess
import time

HEADERS = ("from", "date", "subject", "message-id", "to")


def make_key(path):
    """Makes a key; what its TXT record says."""
    subprocess.run(["openssl", "genrsa", "-out", path, "2048"], check=True,
                   stderr=subprocess.DEVNULL)
    der = subprocess.run(["openssl", "rsa", "-in", path, "-pubout",
                          "-outform", "der"], check=True,
                         stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL).stdout
    return "v=DKIM1; k=rsa; p=" + base64.b64encode(der).decode()


def relaxed_body(body):
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ")
             for line in body.split(b"\r\n")]
    while lines and lines[-1] == b"":
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def relaxed_header(name, value):
    value = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b""))
    return name.lower().strip() + b":" + value.strip()


def sign(mail, key, domain="example.net", selector=b"s1", headers=HEADERS,
         at=None, length=None):
    """The mail with a signature on top; of several headers of one name the
    lowest is signed first.  length: l=."""
    head, body = mail.split(b"\r\n\r\n", 1)
    fields = [f.split(b":", 1) for f in re.split(rb"\r\n(?![ \t])", head)]
    canon = relaxed_body(body)[:length]
    sig = b"v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; t=%d;%s " \
        b"h=%s; bh=%s; b=" % (
            domain.encode(), selector, at or time.time(),
            b"" if length is None else b" l=%d;" % length,
            ":".join(headers).encode(),
            base64.b64encode(hashlib.sha256(canon).digest()))
    signed = b""
    for name in headers:
        mine = [f for f in fields if f[0].strip().lower() == name.encode()]
        if mine:
            fields.remove(mine[-1])
            signed += relaxed_header(*mine[-1]) + b"\r\n"
    signed += relaxed_header(b"dkim-signature", sig)
    raw = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key],
                         input=signed, stdout=subprocess.PIPE,
                         check=True).stdout
    return b"DKIM-Signature: " + sig + base64.b64encode(raw) + b"\r\n" + mail
