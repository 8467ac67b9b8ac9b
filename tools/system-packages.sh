#!/bin/sh
# What the tests need beside Python: Chromium and a Cyrillic font for the pages, antiword for old Word documents, and
# Virtuoso (its binaries alone, no service) as a store of others.
# Install what is missing where that is possible without asking, else say how; tests that need it are skipped then.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium fonts-dejavu-core"
command -v antiword >/dev/null 2>&1 || missing="$missing antiword"
command -v virtuoso-t >/dev/null 2>&1 && command -v isql-vt >/dev/null 2>&1 || missing="$missing virtuoso-opensource-7-bin"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "Missing: $missing. The tests that need it will be skipped. Install with: sudo apt-get install $missing" >&2
echo "Нет: $missing. Проверки, которым это нужно, будут пропущены. Установите: sudo apt-get install $missing" >&2
