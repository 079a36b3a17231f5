#!/usr/bin/env bash
# Nothing changed since the last build: mvn package with the plugin against the same build without it.
source "$(dirname "$0")/lib.sh"
need java mvn cargo

make_project
package with.xml >/dev/null
before=$(archives)
[[ -n $before ]] || { echo "$0: the first run made no archive" >&2; exit 1; }
for ((pair = 1; pair <= pairs; pair++)); do
  with=$(package with.xml)
  [[ $(archives) == "$before" ]] || { echo "$0: a run without a change made other archives" >&2; exit 1; }
  echo "$with $(package without.xml)"
done >"$work/seconds"
report 'no change' s with without <"$work/seconds"
