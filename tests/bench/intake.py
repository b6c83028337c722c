"""F12 of `make bench`: how many messages LMTP takes in a second, from 8 senders
at once, each durable before its 250; against the synced commits that SQLite
alone makes.  Pairs are interleaved, figures are medians.  Only the intake runs:
the child that handles what came is stopped.

usage: intake.py COMMITS
"""
import os
import signal
import subprocess
import sys
import time

from bench import PAIRS, median, need, number, row
from whole import Instance

N, COMMITS_N = number('INTAKE_N', 2000), 500
SOURCE = need('F12', 'smtp-source', 'Postfix')


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
a, b = median(a), median(b)
row('F12', 'LMTP intake, 8 senders (%.0f/s, %.0f commits/s)' % (a, b), a / b,
    '>= 0.9')
