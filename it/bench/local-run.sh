#!/usr/bin/env bash
# A whole local run from nothing against cargo alone from nothing, with and without the time Maven itself takes to start.
source "$(dirname "$0")/lib.sh"
need java mvn cargo

make_project
for ((pair = 1; pair <= pairs; pair++)); do
  rm -rf "$project/target" "$project/cache" "$work/cargo"
  run=$(package with.xml)
  [[ -n $(archives) ]] || { echo "$0: the run made no archive" >&2; exit 1; }
  started=$(now)
  (cd "$project" && CARGO_TARGET_DIR=$work/cargo cargo build -q --release --locked --offline </dev/null)
  cargo=$(seconds_since "$started")
  maven=$(package without.xml)
  echo "$run $cargo $maven"
done >"$work/seconds"
awk '{ print $1, $2 }' "$work/seconds" | report 'local run, with the start of Maven' s plugin cargo
awk '{ print $1 - $3, $2 }' "$work/seconds" | report 'local run, less the start of Maven' s plugin cargo
