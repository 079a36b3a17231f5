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
  (cd "$repository" && mvn -B -q -ntp "$@" </dev/null >&2)
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

# Installs the plugin into the user's local repository and makes $project, a copy of the example as a build of its own
# with two POMs: with.xml runs the plugin, without.xml is the same without it.
make_project() {
  local version
  version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$repository/pom.xml" | head -n 1)
  maven -pl travis-compile-maven-plugin -am -DskipTests install
  project=$work/project
  mkdir "$project"
  (cd "$repository/it/example" && tar -cf - --exclude=target --exclude=pom.xml .) | tar -xf - -C "$project"
  pom '' >"$project/without.xml"
  pom "<build><plugins><plugin>
    <groupId>io.github.travis-compile</groupId>
    <artifactId>travis-compile-maven-plugin</artifactId>
    <version>$version</version>
    <configuration>
      <ci>local</ci>
      <cacheDirectory>cache</cacheDirectory>
      <packages><package>greet</package><package>greet-ffi</package></packages>
    </configuration>
    <executions><execution><goals><goal>cross-compile</goal></goals></execution></executions>
  </plugin></plugins></build>" >"$project/with.xml"
}

pom() {
  cat <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bench</groupId>
  <artifactId>greet</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  $1
</project>
XML
}

# package POM: seconds of one offline run of Maven on it.
package() {
  local started
  started=$(now)
  (cd "$project" && mvn -B -q -o -f "$1" package </dev/null >"$work/maven.log" 2>&1) || { cat "$work/maven.log" >&2; exit 1; }
  seconds_since "$started"
}

seconds_since() {
  awk -v ns=$(($(now) - $1)) 'BEGIN { printf "%.4f", ns / 1e9 }'
}

# The archives of $project with their times: what is packed again has a new time only if its bytes differ.
archives() {
  (cd "$project/target" && find . -name '*.tar.gz' -printf '%p %T@\n' | sort)
}
