"""F12 of `make bench`: how many messages LMTP takes in a second, from 8 senders
at once, each durable before its 250; against the synced commits that SQLite
alone makes.  Pairs are interleaved, figures are medians.  Only the intake runs:
the child that handles what came is stopped.

usage: intake.py COMMITS
"""
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from whole import Instance  # noqa: E402

PAIRS = int(os.environ.get('PAIRS', '7'))
N, COMMITS_N = 2000, 500
SOURCE = shutil.which('smtp-source', path=os.environ['PATH'] + ':/usr/sbin')


def row(what, figure, goal):
    print('%-4s %-52s %10.3f %10s' % ('F12', what, figure, goal), flush=True)


def theirs(commits, path):
    said = subprocess.run([commits, path, str(COMMITS_N), 'time'], check=True,
                          stdout=subprocess.PIPE).stdout
    return COMMITS_N / float(said)


def ours(i):
    before = i.one('SELECT count(*) FROM message') or 0
    start = time.perf_counter()
    subprocess.run([SOURCE, '-L', '-d', '-s', '8', '-m', str(N), '-l', '2048',
                    '-f', 'noc1@example.net', '-t',
                    'incident@in.status.example', 'unix:' + i.lmtp],
                   check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    took = time.perf_counter() - start
    taken = i.one('SELECT count(*) FROM message') - before
    if taken != N:
        sys.exit('F12: %d of %d messages were kept' % (taken, N))
    return N / took


if SOURCE is None:
    print("F12: skipped, Postfix isn't installed")
    sys.exit(0)
with Instance() as instance:
    instance.serve()
    stopped = [pid for name, pid in instance.children().items()
               if name in ('walk', 'clock', 'courier', 'page')]
    time.sleep(1)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    alone = os.path.join(instance.dir, 'state', 'commits.db')
    a, b = [], []
    for _ in range(PAIRS):
        a.append(ours(instance))
        b.append(theirs(sys.argv[1], alone))
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)
    instance.stop(signal.SIGKILL)
    for pid in stopped:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
a, b = statistics.median(a), statistics.median(b)
row('LMTP intake, 8 senders (%.0f/s, %.0f commits/s)' % (a, b), a / b,
    '>= 0.9')
