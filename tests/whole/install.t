#!/usr/bin/env python3
"""What README.md says of installing, done in a folder; and the units."""
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import ROOT, SITREP, Tap  # noqa: E402

t = Tap()
missing = [p for p in ("systemd-sysusers", "systemd-tmpfiles",
                       "systemd-analyze") if not shutil.which(p)]
if missing or os.getuid() != 0:
    t.skip("installing", "no " + (" ".join(missing) or "root"))
    t.done()

root = tempfile.mkdtemp(prefix="sitrep-install-")
os.chmod(root, 0o755)
with open(os.path.join(ROOT, "README.md")) as f:
    text = f.read().split("\n## Install it\n")[1].split("\n## ")[0]
steps = [line.strip() for line in text.splitlines() if line[:4] == "    "]


def in_root(path):
    return os.path.join(root, path.lstrip("/"))


def run(command):
    p = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True,
                       text=True)
    t.ok(p.returncode == 0, command.replace(root, ""), p.stdout + p.stderr)
    return p.stdout


for path in ("etc", "usr/lib/sysusers.d", "usr/lib/tmpfiles.d",
             "etc/systemd/system"):
    os.makedirs(in_root(path))
folder = "."
for step in steps:
    words = step.split()
    if words[0] == "make":
        build = os.path.relpath(os.path.dirname(SITREP), ROOT)
        run(f"make -s install BUILD={build} PREFIX=/usr DESTDIR={root}")
    elif words[0] == "cd":
        folder = in_root(words[1])
    elif words[0] in ("systemd-sysusers", "systemd-tmpfiles"):
        run(f"{words[0]} --root={root} {' '.join(words[1:])}")
    elif words[0] in ("mkdir", "cp"):
        run(f"cd {folder} && " + re.sub(r" /", f" {root}/", step))
t.same([s.split()[0] for s in steps if s.split()[0] not in (
    "make", "cd", "mkdir", "cp", "systemd-sysusers", "systemd-tmpfiles")],
       ["runuser", "systemctl", "systemctl"], "the rest needs a machine")

with open(in_root("etc/passwd")) as f:
    user = [line.split(":") for line in f if line.startswith("sitrep:")]
t.ok(user and user[0][5] == "/var/lib/sitrep", "the user is made", user)
sb = os.stat(in_root("var/lib/sitrep"))
t.same((oct(stat.S_IMODE(sb.st_mode)), sb.st_uid), ("0o751",
                                                    int(user[0][2])),
       "the state is this user's")

# The three files as they come are a configuration that loads.
conf = in_root("etc/sitrep/sitrep.conf")
with open(conf) as f:
    sample = f.read()
with open(conf, "w") as f:
    f.write("".join(f'{key} = "{in_root(path)}"\n' for key, path in (
        ("state", "var/lib/sitrep"), ("lists", "etc/sitrep/lists"),
        ("rota", "etc/sitrep/rota"),
        ("templates", "usr/share/sitrep/templates")) if not re.search(
            rf"(?m)^{key}\b", sample)) + re.sub(
                r'"(/(?:etc|var|usr)/)', rf'"{root}\1', sample))
p = subprocess.run([in_root("usr/bin/sitrep"), "-c", conf, "check"],
                   capture_output=True, text=True)
rows = [line.split(None, 2) for line in p.stdout.splitlines()]
t.ok(["ok", "configuration"] in [r[:2] for r in rows] and
     ["ok", "templates"] in [r[:2] for r in rows], "check reads them",
     p.stdout + p.stderr)

# The units.
units = os.path.join(root, "units")
os.mkdir(units)
for name in ("sitrep.service", "sitrep.socket"):
    with open(in_root("etc/systemd/system/" + name)) as f:
        unit = f.read()
    t.ok("/usr/bin/sitrep serve" in unit or name != "sitrep.service",
         name + " starts what was installed")
    with open(os.path.join(units, name), "w") as f:
        f.write(unit.replace("/usr/bin/sitrep", in_root("usr/bin/sitrep")))
p = subprocess.run(["systemd-analyze", "verify", "--man=no",
                    units + "/sitrep.service", units + "/sitrep.socket"],
                   capture_output=True, text=True)
said = [x for x in p.stderr.splitlines() if "sitrep" in x]
t.ok(not said, "systemd-analyze verify", p.stderr)
p = subprocess.run(["systemd-analyze", "security", "--offline=true",
                    units + "/sitrep.service"], capture_output=True,
                   text=True)
level = re.search(r"exposure level for sitrep.service: ([\d.]+)", p.stdout)
t.ok(level and float(level.group(1)) <= 2.0, "systemd-analyze security: %s"
     % (level and level.group(1)), p.stdout[-2000:] + p.stderr)

shutil.rmtree(root)
t.done()
