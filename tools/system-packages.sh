#!/bin/sh
# What the tests need beside Python: Chromium and a Cyrillic font for the pages, antiword for old Word documents,
# tesseract with Russian for scans, Virtuoso (its binaries alone, no service) as a store of others, curl and node as
# clients of the endpoint, nginx and rapper for published folders.
# Install what is missing where that is possible without asking, else say how; tests that need it are skipped then.
set -eu
missing=""
want() { # want COMMAND PACKAGE...
  command -v "$1" >/dev/null 2>&1 || { shift; missing="$missing $*"; }
}
want chromium chromium fonts-dejavu-core
want antiword antiword
tesseract --list-langs 2>/dev/null | grep -qx rus || missing="$missing tesseract-ocr tesseract-ocr-rus"
want virtuoso-t virtuoso-opensource-7-bin
want isql-vt virtuoso-opensource-7-bin
want curl curl
want npm nodejs npm
want /usr/sbin/nginx nginx-light
want rapper raptor2-utils
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  # The package of nginx would start a server on port 80; tests start their own (Debian Policy, policy-rc.d: 101 forbids).
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
  fi
  # shellcheck disable=SC2086 -- a list of names
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "Missing:$missing. The tests that need it will be skipped. Install with: sudo apt-get install$missing" >&2
echo "Нет:$missing. Проверки, которым это нужно, будут пропущены. Установите: sudo apt-get install$missing" >&2
