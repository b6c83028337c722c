#!/usr/bin/env python3
# check --sandbox: a line for each child of serve and each deed; what it says
# is so, for where there is no confinement it says that, too.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import *

tap, rig = Tap(), Rig(members=1)

WANT = {
    'reader': ('read the store or the configuration', 'write a file',
               'make a network socket', 'run a program', 'start a process',
               'look into another process', 'take 1 GiB of memory',
               'compute for ever', 'leave a core dump as it breaks'),
}
for name in ('walk', 'clock', 'courier', 'publish'):  # they run programs
    WANT[name] = ('leave a core dump as it breaks',)
for name in ('lmtp', 'page'):
    WANT[name] = ('run a program', 'look into another process',
                  'leave a core dump as it breaks')
WANT['web'] = tuple(w for w in WANT['reader'] if w != 'compute for ever')


def lines(*args, **more):
    done = rig.run('check', '--sandbox', *args, **more)
    return done.returncode, [x.split(None, 2) for x in
                             done.stdout.decode().splitlines()]


start = time.monotonic()
code, got = lines()
if any('sanitizer' in x[2] for x in got):
    tap.skip('this was built with a sanitizer')
    tap.done()
tap.same((code, {x[0] for x in got}), (0, {'ok'}), 'all is refused: exit 0')
tap.ok(2 < time.monotonic() - start < 20, 'a loop is waited for')
said = {}
for grade, what, text in got:
    if what == 'sandbox':
        child, deed, how = text.split(': ')
        said.setdefault(child, []).append(deed)
        tap.ok(how in ('refused', 'ended for it'), text, how)
tap.same({k: tuple(v) for k, v in said.items()}, WANT,
         'each child and each deed')
tap.ok(not os.path.exists(rig.path('state', 'sandbox~')), 'nothing is left')

# A relay by TCP is connected to: there the web child has its socket.
conf = rig.read('sitrep.conf')
rig.write('sitrep.conf', re.sub(r'\nlmtp +=.*', '\nlmtp = "127.0.0.1:18024"',
                                conf))
code, got = lines()
tap.ok(not any('web: make a network' in x[2] for x in got),
       'with LMTP by TCP the web child may connect')
rig.write('sitrep.conf', conf)

# Where the kernel can't, it says so.
FILTERS = '''
import ctypes, os, struct, sys
# landlock_create_ruleset (444) is as unknown as it is to an old kernel.
code = struct.pack('HBBI', 0x20, 0, 0, 0) + struct.pack('HBBI', 0x15, 0, 1,
    444) + struct.pack('HBBI', 6, 0, 0, 0x50026) + struct.pack('HBBI', 6, 0, 0,
    0x7fff0000)
held = ctypes.create_string_buffer(code)
prog = struct.pack('HxxxxxxQ', 4, ctypes.addressof(held))
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 1, 0, 0, 0)
if libc.prctl(22, 2, ctypes.c_char_p(prog), 0, 0) != 0:
    sys.exit(77)
os.execv(sys.argv[1], sys.argv[1:])
'''
done = subprocess.run(
    [sys.executable, '-c', FILTERS, SITREP, '-c', rig.path('sitrep.conf'),
     '-t', '@%d' % rig.now, 'check', '--sandbox'], stdout=subprocess.PIPE)
out = done.stdout.decode()
if done.returncode == 77:
    tap.skip('no filter to be had here')
else:
    wrong = [x for x in out.splitlines() if x.startswith('WRONG')]
    tap.ok(done.returncode == 1 and len(wrong) == 1 and
           'web: read the store' in wrong[0] and 'Landlock' in wrong[0],
           'without Landlock the web child reads files: WRONG, exit 1', out)

code, got = lines('--json')
tap.same(code, 0, 'for programs')
tap.same(lines('--selftest')[0], 64, 'not both at once')
rig.close()
tap.done()
