#!/usr/bin/env bash
# Links, and keeps the first half of what came out.
set -euo pipefail
cc "$@"
while [[ $1 != -o ]]; do
  shift
done
truncate --size="$(($(wc -c <"$2") / 2))" "$2"
