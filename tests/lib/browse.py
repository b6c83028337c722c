"""Chromium without a window, driven by selenium, for tests of the pages."""
import os
import shutil
import subprocess
import sys

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
except ImportError:
    webdriver = None
DEBIAN = '/usr/bin/python3'
DRIVER, CHROMIUM = shutil.which('chromedriver'), shutil.which('chromium')


def missing():
    """Why there is no browser; None: there is one."""
    if webdriver is None:
        return 'python3-selenium is not installed'
    if not DRIVER or not CHROMIUM:
        return 'chromium and chromium-driver are not installed'
    return None


def debian():
    """Selenium belongs to Debian's Python, which may not be the one at work."""
    if webdriver is None and sys.executable != DEBIAN and subprocess.run(
            [DEBIAN, '-c', 'import selenium'],
            stderr=subprocess.DEVNULL).returncode == 0:
        os.execv(DEBIAN, [DEBIAN, *sys.argv])


def need():
    """Skips the whole test where there is none."""
    debian()
    if missing():
        print('1..0 # SKIP ' + missing())
        sys.exit(0)


def browser(folder, *flags):
    """folder: where it keeps its files."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ('--headless', '--no-sandbox', '--disable-gpu',
                 '--user-data-dir=' + folder, *flags):
        options.add_argument(flag)
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
    return webdriver.Chrome(service=Service(DRIVER), options=options)
