#!/bin/sh
# The browser tests need Chromium and a Cyrillic font. Install them where that is possible without asking, else say how.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null && exit 0
fi
echo "Chromium is missing: the browser tests will be skipped. Install it with: sudo apt-get install chromium fonts-dejavu-core" >&2
echo "Нет Chromium: проверки страниц в браузере будут пропущены. Установите: sudo apt-get install chromium fonts-dejavu-core" >&2
