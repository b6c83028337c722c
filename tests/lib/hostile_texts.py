# Texts that mean harm, one way or another, where a reader takes them for more
# than text.
ESC = "\x1b"
TAGS = ["script", "img", "svg", "iframe", "style", "base", "form", "object",
        "math", "textarea", "title", "template", "noscript", "plaintext",
        "xmp", "bdi", "article", "details", "ins", "dl", "table", "html"]
CORPUS = ["<%s>" % t for t in TAGS] + ["</%s>" % t for t in TAGS] + [
    "<%s onload=alert(1) src=x onerror=alert(1)>x" % t for t in TAGS[:9]] + [
    "javascript:alert(1)", "[x](javascript:alert(1))", "<javascript:alert(1)>",
    "[x](JAVASCRIPT&colon;alert(1))", "[x](data:text/html,<script>)",
    "[x](vbscript:x)", "[x](java\tscript:alert(1))", "![x](javascript:a)",
    "![x](https://tracker.example/p.gif)", "[x](https://a.example/\"onclick=1)",
    "[x](https://a.example 'onmouseover=alert(1)')", "[a]: javascript:x\n\n[a]",
    "\"><script>alert(1)</script>", "'><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)", "' onfocus='x' autofocus='", "`onload=x`",
    "--><script>", "<!--", "<!-- x --!><script>", "]]>", "<![CDATA[x]]>",
    "<?xml version='1.0'?>", "&lt;script&gt;", "&#60;script&#62;", "&#x3c;b&#x3e;",
    "&amp;lt;", "&", "&nbsp", "{{name}}", "{{{name}}}", "{{#x}}", "{{/x}}", "}}",
    "a\r\nBcc: victim@example.org", "a\nBcc: victim@example.org",
    "a\rBcc: victim@example.org", "a\r\n\r\n<b>body</b>", "a\n.\nMAIL FROM:<x>",
    "a\r\n.\r\nQUIT", ".", "..", ".\n.\n", "\n--=_alternative\n\nx",
    "--=_alternative--", "\nFrom sitrep Wed Mar  4 14:24:40 2026\n",
    "From x", ">From x", "=?utf-8?Q?a=0D=0ABcc:_x?=", "=?utf-8?B?PGI+?=",
    "=0D=0ABcc: x", "%0d%0aBcc: x", "\\r\\nBcc: x", "a\0b", "\x01" * 26, "\x02",
    ESC + "[31mred" + ESC + "[0m", ESC + "]0;title\x07", "\x9b31m", "\x7f\x08\x08",
    "\u202egnp.exe", "\u2066x\u2069", "\u200b\u200d\ufeff", "\u2028x\u2029y",
    "\ufffe\uffff", "\U000e0041", "a\u0301" * 50, "=cmd|' /C calc'!A0", "+1+1",
    "@SUM(1)", "-- ", "\n-- \nsigned", "##- Please write above this line -##",
    "../../../etc/passwd", "http://[::1]/", "//evil.example/x", "x" * 2000,
    "x " * 2000, "\u6f22" * 500, "\U0001f4a5" * 100, "#" * 50, "> " * 40 + "x",
    "- " * 40 + "x", "`" * 99, "*" * 500, "![[]()" * 500, "| a | b |\n|---|---|",
    "\n\n\n\n", " ", "\t", "1. x\n\n   <script>\n", "    <script>x</script>",
    "```html\n<script>\n```", "<a href=x>", "<http://a.example/\"x>",
    "<mailto:a@b.example?cc=x&body=\"y>", "\u0600\u0627\u0644", "</p></div></li>",
    "<p style=background:url(//x)>", "\ud83d".encode("utf-16", "surrogatepass")
    .decode("utf-16", "replace"), "\x0b\x0c", "<\x00script>", "<scr\x00ipt>",
]
