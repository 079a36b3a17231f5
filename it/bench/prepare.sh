#!/usr/bin/env bash
# The way of a project to a temporary branch, over HTTP: fetch, snapshot and push from a cold start of their code against
# the git command line that clones, copies, adds, commits and pushes. Once where the repository holds nothing of the
# project, and once where it holds the project as it was before one file in twenty changed.
source "$(dirname "$0")/lib.sh"
need java javac mvn git base64

compile_java "$bench/SnapshotBench.java" "$bench/PrepareBench.java"
files=${BENCH_FILES:-4000}
token=bench_token
server=$work/server
tree=$work/tree
# The header saves git the question who asks, which the plugin waits for.
cat >"$work/gitconfig" <<CONFIG
[user]
  name = bench
  email = bench@example.org
[gc]
  auto = 0
[http]
  extraHeader = Authorization: Basic $(printf 'x-access-token:%s' "$token" | base64)
CONFIG
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$work/gitconfig GIT_TERMINAL_PROMPT=0

# bench_java CLASS ARGUMENT...
bench_java() {
  java -cp "$classpath" "io.github.traviscompile.git.$1" "${@:2}"
}

in_base() {
  git --git-dir="$work/base" --work-tree="$tree" "$@"
}

# The index of the base as a commit without parents.
base_commit() {
  in_base commit-tree -m base "$(in_base write-tree)"
}

# What the tool of 2016 did, without its questions.
by_command_line() {
  git clone -q --depth 1 "$1" "$work/clone"
  cp -r "$tree/." "$work/clone"
  git -C "$work/clone" add .
  git -C "$work/clone" commit -q -m 'Compile the tree'
  git -C "$work/clone" push -q origin HEAD:refs/heads/temporary
}

# pair BASE NUMBER: the seconds of both; what they pushed must be the same.
pair() {
  local mine=bench/$1-$2-plugin other=bench/$1-$2-git seconds commit started theirs pushed judge
  rm -rf "$work/store" "$work/clone"
  # One line: the seconds and the commit.
  read -r seconds commit < <(bench_java PrepareBench push "$tree" "$work/store" "$url/$mine.git" "$token")

  started=$(now)
  by_command_line "$url/$other.git"
  theirs=$(seconds_since "$started")
  pushed=$(git --git-dir="$server/$mine.git" rev-parse "$commit:source")
  judge=$(git --git-dir="$server/$other.git" rev-parse 'temporary^{tree}')
  [[ $pushed == "$judge" ]] || { echo "$0: the plugin pushed $pushed, git pushed $judge" >&2; exit 1; }
  echo "$seconds $theirs"
}

bench_java SnapshotBench make "$tree" "$files"
git init -q --bare "$work/base"
in_base add -A
declare -A bases
bases[full]=$(base_commit)
in_base read-tree --empty
in_base add .gitignore
bases[empty]=$(base_commit)
in_base branch full "${bases[full]}"
# What is packed once is only copied to the repositories.
in_base repack -a -d -q
for ((file = 0; file < files; file += 20)); do
  echo '// changed' >>"$tree/crates/c$((file / 100))/src/m$((file / 10 % 10))/f$file.rs"
done

repositories=()
for base in empty full; do
  for ((pair = 0; pair <= pairs; pair++)); do
    repositories+=("bench/$base-$pair-plugin" "bench/$base-$pair-git")
  done
done
coproc SERVER { bench_java PrepareBench serve "$server" "$token" "${repositories[@]}"; }
read -r url <&"${SERVER[0]}"
for repository in "${repositories[@]}"; do
  base=${repository#bench/}
  in_base push -q "$server/$repository.git" "${bases[${base%%-*}]}:refs/heads/main"
done

for base in empty full; do
  # Warms the server.
  pair "$base" 0 >/dev/null
  for ((pair = 1; pair <= pairs; pair++)); do
    pair "$base" "$pair"
  done >"$work/seconds"
  report "prepare $files files, $base repository" s plugin git <"$work/seconds"
done
