#!/usr/bin/env bash
# Sourced by the benchmarks: where things are, how the Java parts are run, and how pairs become one line.
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$bench/../.." && pwd)
# shellcheck disable=SC2034 # read by the scripts that source this file
pairs=${BENCH_PAIRS:-5}
work=${BENCH_DIRECTORY:-$bench/target}
mkdir -p "$work"
work=$(mktemp -d "$work/run.XXXXXX")
trap 'rm -rf "$work"' EXIT

need() {
  local tool
  for tool; do
    command -v "$tool" >/dev/null || { echo "$0: $tool is not installed" >&2; exit 1; }
  done
}

maven() {
  (cd "$repository" && mvn -B -q -ntp "$@" </dev/null)
}

# Compiles the plugin with its tests and the benchmark's classes into $work/classes, and sets $classpath.
compile_java() {
  local plugin=$repository/travis-compile-maven-plugin
  maven -pl travis-compile-maven-plugin test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test
  classpath=$work/classes:$plugin/target/classes:$plugin/target/test-classes:$(cat "$work/classpath")
  javac -d "$work/classes" -cp "$classpath" --release 17 "$@"
}

now() {
  date +%s%N
}

# report NAME UNIT A B: reads lines "a b" and prints the medians of both, of a/b and of a-b.
report() {
  awk '{ print $1, $2, $1 / $2, $1 - $2 }' | tee "$work/pairs" >/dev/null
  [[ $(wc -l <"$work/pairs") -ge 5 ]] || echo "$1: fewer than 5 pairs prove little" >&2
  printf '%s: %s %s %s, %s %s %s, ratio %s, difference %s %s (medians of %d pairs)\n' \
    "$1" "$3" "$(median 1)" "$2" "$4" "$(median 2)" "$2" "$(median 3)" "$(median 4)" "$2" "$(wc -l <"$work/pairs")"
}

median() {
  awk -v column="$1" '{ print $column }' "$work/pairs" | sort -g |
    awk '{ v[NR] = $1 } END { printf "%.3f", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
