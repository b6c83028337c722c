# P14: hostile text in every public field changes no structure.  Renders the
# sample incident with each string in all its fields and compares, by real
# parsers, with what a harmless word gives.  Prints TAP.
import email, email.policy, json, mailbox, os, random, subprocess, sys, tempfile, time
import xml.etree.ElementTree

import html5lib
from hostile_texts import CORPUS

RENDER, TEMPLATES = sys.argv[1:3]
OWN = {"html", "text"}
SAID = {"p", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li",
        "a", "h3", "h4", "h5", "h6", "hr", "br"}


def render(text):
    d = tempfile.mkdtemp()
    args = [RENDER] + ([] if text is None else ["-x"]) + [d, TEMPLATES]
    raw = (text or "").encode("utf-8", "surrogatepass")
    subprocess.run(args, input=raw, check=True, timeout=20)
    return d


def skeleton(path_or_html):
    """Elements, attribute names; what Markdown made is folded into one."""
    tree = html5lib.parse(path_or_html, namespaceHTMLElements=False)
    bad = []

    def walk(e, said):
        if not isinstance(e.tag, str):
            return "<!>"
        for k, v in e.attrib.items():
            if k.lower().startswith("on"):
                bad.append("%s %s" % (e.tag, k))
            if k in ("href", "src") and v.lower().strip().startswith(
                    ("javascript", "data", "vbscript")):
                bad.append(v)
        if e.tag in ("script", "img", "iframe", "object", "form") or (
                e.tag == "svg" and e.get("class") != "days"):
            bad.append(e.tag)
        inside = said or "said" in e.get("class", "").split()
        if said and e.tag not in SAID:
            bad.append("in text: " + e.tag)
        kids = [walk(k, inside) for k in e]
        if inside and not said:
            return e.tag + "*"
        return e.tag + ",".join(sorted(e.attrib)) + "(" + " ".join(kids) + ")"

    return walk(tree, False), bad


def mail_shape(path):
    raw = open(path, "rb").read()
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b""), "bare LF"
    assert b"\r" not in raw.replace(b"\r\n", b""), "bare CR"
    assert all(len(l) <= 998 for l in lines), "long line"
    assert b"." not in lines, "lone dot"
    lines = [l[1:] if l[:1] == b"." else l for l in lines]
    m = email.message_from_bytes(b"\r\n".join(lines),
                                 policy=email.policy.default)
    assert not m.defects, m.defects
    parts = [(p.get_content_type(), sorted(p.keys())) for p in m.walk()]
    text = m.get_body(("plain",)).get_content()
    page = m.get_body(("html",)).get_content()
    for s in (text, page, str(m["Subject"])):
        s = s.replace("\r\n", "\n")
        assert not any(ord(c) < 32 and c not in "\n\t" for c in s), "control"
        assert not any(c in s for c in "\u202e\u2066"), "direction"
    assert str(m["To"]) == "reader@example.org"
    assert (text + page).count("abcdefghijklmnopqrstuvwxyz") == 2, "token"
    return json.dumps(parts), page


def xml_shape(path):
    """Elements and attribute names; what is said by nobody is left out."""
    bad = []

    def walk(e):
        for k, v in e.attrib.items():
            if k.endswith("href") and not v.startswith("https://status."):
                bad.append(v)
        return "%s %s(%s)" % (e.tag, sorted(e.attrib),
                              " ".join(walk(k) for k in e))

    root = xml.etree.ElementTree.parse(path).getroot()
    for e in root.iter("{http://www.w3.org/2005/Atom}content"):
        page, more = skeleton("<body>" + (e.text or ""))
        bad.extend(more)
    return walk(root), bad


def json_shape(v):
    if isinstance(v, dict):
        return {k: json_shape(x) for k, x in v.items()}
    if isinstance(v, list):
        return [json_shape(x) for x in v]
    if isinstance(v, str):
        return "control" if any(ord(c) < 32 and c not in "\n\t"
                                for c in v) else "s"
    return type(v).__name__


def look(d):
    out, bad = [], []
    for f in sorted(os.listdir(d)):
        p = os.path.join(d, f)
        if f.endswith(".html"):
            s, b = skeleton(open(p, encoding="utf-8").read())
            out.append((f, s))
            bad += b
        elif f.endswith(".eml"):
            shape, page = mail_shape(p)
            s, b = skeleton(page)
            out.append((f, shape + s))
            bad += b
        elif f.endswith((".atom", ".svg")):
            s, b = xml_shape(p)
            out.append((f, s))
            bad += b
        elif f.endswith(".json"):
            with open(p, encoding="utf-8") as file:
                out.append((f, json_shape(json.load(file))))
        elif f.endswith(".txt"):
            with open(p, encoding="utf-8", newline="") as file:
                text = file.read()
            if any(ord(c) < 32 and c not in "\n\t" for c in text):
                bad.append("control in " + f)
            if any(c in text for c in "\u202e\u2066"):
                bad.append("direction in " + f)
    box = mailbox.mbox(os.path.join(d, "archive.mbox"))
    out.append(("mbox", [sorted(m.keys()) for m in box]))
    return out, bad


if not os.environ.get("CHECK_LONG"):
    # Half of them, fewer where a sanitizer makes it slower; SEED repeats it.
    seed = int(os.environ.get("SEED") or time.time_ns() // 1000 % 100000)
    share = 4 if os.environ.get("SITREP_SANITIZED") else 2
    CORPUS = random.Random(seed).sample(CORPUS, len(CORPUS) // share)
    print("# SEED=%d" % seed)
plain, _ = look(render("word"))
empty, _ = look(render(" "))
failed = 0
print("1..%d" % len(CORPUS))
for n, text in enumerate(CORPUS, 1):
    # What shows nothing is left out like an empty field: compare with that.
    why = ""
    try:
        shape, bad = look(render(text))
        if bad:
            why = "made " + ", ".join(bad)
        else:
            if shape != plain and shape != empty:
                why = "structure of " + ", ".join(
                    a[0] for a, b in zip(shape, plain) if a != b)
    except Exception as e:
        why = "%s: %s" % (type(e).__name__, e)
    failed += why != ""
    print("%sok %d - %s%s" % ("not " if why else "", n, ascii(text)[:50]
                              .replace("#", "\\#"), why and " # " + why[:300]))
sys.exit(failed != 0)
