#!/bin/sh
# usage: contrib/deps.sh PACKAGE...
# Installs those Debian packages that are missing.  No service is started, and
# a mail server that is there already is left alone.
set -eu

is_installed() {
	dpkg-query -W -f '${Status}\n' "$1" 2>/dev/null |
	    grep -q '^install ok installed'
}

has_other_mta() {
	dpkg-query -W -f '${Package}:${Provides}:${Status}\n' |
	    grep 'mail-transport-agent.*:install ok installed' |
	    grep -qv '^postfix:'
}

if ! command -v dpkg-query >/dev/null; then
	echo "make deps knows Debian packages only.  What is needed:" >&2
	echo "$*" >&2
	exit 1
fi

missing=
for p; do
	is_installed "$p" && continue
	if [ "$p" = postfix ] && has_other_mta; then
		echo "deps: another mail server is installed, so Postfix isn't:" \
		    "its tests are skipped"
		continue
	fi
	missing="$missing $p"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
	echo "Packages are missing.  As root: make deps, or" >&2
	echo "apt-get install --no-install-recommends$missing" >&2
	exit 1
fi

policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
	trap 'rm -f $policy' EXIT
	printf '#!/bin/sh\nexit 101\n' > $policy
	chmod 755 $policy
fi
export DEBIAN_FRONTEND=noninteractive
if command -v debconf-set-selections >/dev/null; then
	echo 'postfix postfix/main_mailer_type select No configuration' |
	    debconf-set-selections
	echo 'opendmarc opendmarc/dbconfig-install boolean false' |
	    debconf-set-selections
fi
echo "deps:$missing"
apt-get -q update
# shellcheck disable=SC2086
apt-get -q -y install --no-install-recommends $missing
