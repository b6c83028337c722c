"""`serve` on a rig's state, from the rig's time on, at a port of its own."""
import socket
import subprocess

import web
from rig import SITREP
from whole import wait_until


class Served:
    def __init__(self, rig):
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.http = s.getsockname()
        self.url = 'http://127.0.0.1:%d/' % self.http[1]
        rig.write('served.conf', rig.read('sitrep.conf').replace(
            '127.0.0.1:18080', '127.0.0.1:%d' % self.http[1]))
        with open(rig.path('log'), 'wb') as log:
            self.process = subprocess.Popen(
                [SITREP, '-c', rig.path('served.conf'), '-t', '@%d' % rig.now,
                 'serve'], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if not wait_until(self.there, 30):
            raise RuntimeError('serve does not answer:\n' + rig.read('log'))

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.stop()

    def there(self):
        try:
            return web.ask(self, '/healthz').status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)
