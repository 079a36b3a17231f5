#!/usr/bin/env bash
# Compiles one leg and delivers its outputs: bash .travis-compile/leg.sh <leg id>, from the checkout's root.
#
# The same file on every service; its data lies beside it in <leg id>.leg. It keeps to bash 3.2, curl 7.47 and any
# openssl since 1.0.2, LibreSSL included. From the environment:
#   TCMP_KEY          the leg's secret, 64 hex digits     TCMP_URL       the endpoint, http(s)://host[:port]
#                     (with a <leg id>.hello beside the data file, the leg makes its secret and proves who it is;
#                     with a <leg id>.artifacts, it needs neither and leaves its outputs in a folder)
#   TCMP_LOG          Cargo's output (leg.log)            CARGO_TARGET_DIR (target)
#   TCMP_KEEPALIVE    seconds until a line breaks silence TCMP_DEADLINE  seconds without progress until giving up
#   TCMP_BACKOFF      milliseconds, at most, before the first repetition
# Exit status: 0 delivered, 64 called wrongly, 65 refused for good, 69 no toolchain, 70 build failed, 71 smoke test failed,
# 75 unreachable.
set +x -u

EMPTY_SHA256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
MAX_CHUNK=8388608
MIN_CHUNK=65536
MAX_EVENT=16384
MAX_BLOCK=8192
LF=$'\n'
IMPORT_ALL='import importlib, os, sys
site = sys.argv[1]
sys.path.insert(0, site)
names = sorted(os.listdir(site))
names = [n for n in names if n.endswith((".py", ".so", ".pyd")) or os.path.exists(os.path.join(site, n, "__init__.py"))]
for name in names:
    print("Python has imported", importlib.import_module(name.split(".")[0]).__name__)
sys.exit(0 if names else "The wheel has nothing to import.")'

# --- What the leg is told -------------------------------------------------------------------------------------------

say() { printf 'travis-compile %s: %s\n' "${leg:-?}" "$1"; }

# Ends the leg with status $1 and the sentence $2, which stands last.
die() {
  say "$2"
  exit "$1"
}

# Takes the secrets out of the environment before anything is started that could look there, and the user's lower-case
# variables too, or values assigned to such a name here would be exported. The build gets them back.
read_environment() {
  local name
  local secret=${TCMP_KEY-} base=${TCMP_URL-} log_file=${TCMP_LOG-} silence=${TCMP_KEEPALIVE:-60} limit=${TCMP_DEADLINE:-900}
  local first_pause=${TCMP_BACKOFF:-500}
  local id_url=${ACTIONS_ID_TOKEN_REQUEST_URL-} id_token=${ACTIONS_ID_TOKEN_REQUEST_TOKEN-}
  unset ACTIONS_ID_TOKEN_REQUEST_URL ACTIONS_ID_TOKEN_REQUEST_TOKEN
  unset TCMP_KEY TCMP_URL TCMP_LOG TCMP_KEEPALIVE TCMP_DEADLINE TCMP_BACKOFF
  environment=$(export -p)
  for name in $(compgen -e); do
    case $name in *_proxy) ;; [a-z]*) unset "$name" ;; esac
  done
  key=$secret url=${base%/} keepalive=$silence deadline=$limit backoff=$first_pause
  identity_url=$id_url identity_token=$id_token public_key='' outbox=''
  root=$PWD
  log=$(absolute "${log_file:-leg.log}")
  target_dir=$(absolute "${CARGO_TARGET_DIR:-target}")
}

absolute() {
  case $1 in /* | [A-Za-z]:[/\\]*) printf %s "$1" ;; *) printf %s "$PWD/$1" ;; esac
}

check_environment() {
  case $keepalive$deadline$backoff in
    *[!0-9]*) die 64 "TCMP_KEEPALIVE, TCMP_DEADLINE and TCMP_BACKOFF are whole numbers." ;;
  esac
  if [ -f ".travis-compile/$leg.artifacts" ]; then
    read_artifacts_file ".travis-compile/$leg.artifacts"
    return
  fi
  if [ -z "$key" ] && [ -f ".travis-compile/$leg.hello" ]; then read_hello_file ".travis-compile/$leg.hello"; fi
  [ -n "$key" ] || die 64 "TCMP_KEY is not set: the service gave this leg no key, as services do for builds of forks."
  case ${#key}$key in 64*[!0-9a-f]*) key='' ;; 64*) ;; *) key='' ;; esac
  [ -n "$key" ] || die 64 "TCMP_KEY is not 64 lower-case hex digits."
  case $url in http://?* | https://?*) ;; *) die 64 "TCMP_URL is not set to http://host or https://host." ;; esac
  case ${url#*://} in *[!A-Za-z0-9.:-]*) die 64 "TCMP_URL is not of the form http(s)://host[:port]." ;; esac
}

# A leg that nobody listens to is told the folder, below the checkout's root, that its service keeps.
read_artifacts_file() {
  local line=''
  IFS= read -r line <"$1"
  line=${line%$'\r'}
  outbox=${line#folder=}
  case $line in folder=?*) ;; *) outbox='' ;; esac
  case $outbox in '' | *[!a-z-]*) die 64 "the file $1 names no folder." ;; esac
  outbox=$root/$outbox key='' url=''
}

# A service that keeps no secret for the leg tells it where to say hello, and the run's public key; $key is made then.
read_hello_file() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    case $line in
      url=*) url=${line#*=} ;;
      public_key=*) public_key=${line#*=} ;;
      *) die 64 "the file $1 has a line that this script does not know: '$line'." ;;
    esac
  done <"$1"
  case $public_key in '' | *[!A-Za-z0-9+/=]*) die 64 "the file $1 holds no public key." ;; esac
  case $identity_url$identity_token in
    '') die 64 "the service gives this job no token: it lacks the permission id-token, as jobs of forks do." ;;
    *[[:space:][:cntrl:]\"\\]*) die 64 "where the service gives this job its token is not understood." ;;
  esac
  key=$(openssl rand -hex 32) || die 69 "there is no openssl on this machine."
  key=${key%$'\r'}
}

read_leg_file() {
  local file=$1 line value
  run='' service='' target='' toolchain='' directory='' profile_directory='' smoke_test=''
  wheel_backend='' wheel_directory='' wheel_platform='' wheel_arguments=''
  arguments=() outputs=() variables=() rustflags=() packages=() manager='' tools=()
  [ -f "$file" ] || die 64 "there is no data file $file: call this from the root of the checkout."
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    value=${line#*=}
    case $line in
      run=* | service=* | target=* | toolchain=* | directory=* | profile_directory=* | smoke_test=* | \
        wheel_backend=* | wheel_directory=* | wheel_platform=* | wheel_arguments=*)
        printf -v "${line%%=*}" %s "$value"
        ;;
      leg=*) [ "$value" = "$leg" ] || die 64 "the data file $file is that of the leg '$value'." ;;
      argument=*) arguments+=("$value") ;;
      env=?*=*) variables+=("$value") ;;
      rustflag=*) rustflags+=("$value") ;;
      tool=?*\ ?*\ ?*\ ?*\ ?*) tools+=("$value") ;;
      package=?*\ ?*) manager=${value%% *} packages+=("${value#* }") ;;
      output=*) outputs+=("$value") ;;
      *) die 64 "the data file $file has a line that this script does not know: '$line'." ;;
    esac
  done <"$file"
  { [ -n "$run" ] && [ -n "$target" ] && [ -n "$profile_directory" ] && [ "${#arguments[@]}${wheel_backend:+wheel}" != 0 ] &&
    [ "${#outputs[@]}" -gt 0 ]; } || die 64 "the data file $file is not complete."
}

# --- tcmp1: keys and MACs --------------------------------------------------------------------------------------------

# Sets $1 to printf's octal notation of the hex digits $2, each byte XORed with $3.
octal() {
  local i out='' digits=$2
  local byte
  for ((i = 0; i < ${#digits}; i += 2)); do
    printf -v byte '\\%03o' "$((0x${digits:i:2} ^ $3))"
    out=$out$byte
  done
  printf -v "$1" %s "$out"
}

# A key becomes the two pads of HMAC (RFC 2104), named $1_inner and $1_outer, in printf's notation.
hmac_key() {
  local rest=00000000000000000000000000000000
  octal "$1_inner" "$2$rest$rest" 0x36
  octal "$1_outer" "$2$rest$rest" 0x5c
}

# Sets $1 to hex HMAC-SHA256 of the text $3 under the key named $2. Key and text pass through builtins and pipes only.
hmac() {
  local inner="$2_inner" outer="$2_outer" digest
  # The pads are formats by construction.
  # shellcheck disable=SC2059
  digest=$({
    printf "${!outer}"
    { printf "${!inner}" && printf %s "$3"; } | openssl dgst -sha256 -binary
  } | openssl dgst -sha256) || return 1
  printf -v "$1" %s "${digest##* }"
}

derive_keys() {
  local derived
  hmac_key leg "$1"
  hmac derived leg 'tcmp1 c2s' && hmac_key c2s "$derived" || return
  hmac derived leg 'tcmp1 s2c' && hmac_key s2c "$derived" || return
  hmac derived leg 'tcmp1 enc' && hmac_key enc "$derived" || return
  unset leg_inner leg_outer
}

# Sets $1 to the SHA-256 of the file $2.
sha256_of() {
  local digest
  digest=$(openssl dgst -sha256 <"$2") || return 1
  printf -v "$1" %s "${digest##* }"
}

# request_mac <name> <method> <target> <nonce> <size> <sha256> <length> <body sha256>
request_mac() { hmac "$1" c2s "tcmp1-req$LF$2$LF$3$LF$4$LF$5$LF$6$LF$7$LF$8"; }

# response_mac <name> <status> <nonce> <body sha256>
response_mac() { hmac "$1" s2c "tcmp1-res$LF$2$LF$3$LF$4"; }

# chunk_pass <name> <output> <upload> <offset>
chunk_pass() { hmac "$1" enc "tcmp1-chunk$LF$2$LF$3$LF$4"; }

# event_pass <name> <nonce>
event_pass() { hmac "$1" enc "tcmp1-event$LF$2"; }

# Encrypts the file $2 to $3 under the pass phrase $1; CBC pads with 1 to 16 bytes.
encrypt() { printf '%s\n' "$1" | openssl enc -aes-256-cbc -md sha256 -nosalt -pass stdin -in "$2" -out "$3" 2>/dev/null; }

# Sets $nonce; a fork empties $nonces first, or it would repeat its parent's.
fresh_nonce() {
  [ "${#nonces}" -ge 32 ] || nonces=$(openssl rand -hex 1024) || return 1
  nonce=${nonces:0:32}
  nonces=${nonces:32}
}

# --- tcmp1: one exchange ---------------------------------------------------------------------------------------------

# curl's configuration on stdin: neither address nor headers show in a process list.
curl_config() {
  local header
  printf 'url = "%s"\nrequest = "%s"\nsilent\nmax-time = 120\nconnect-timeout = 30\nmax-filesize = 65536\n' "$url$2" "$1"
  printf 'dump-header = "head.txt"\noutput = "answer.txt"\nheader = "Content-Type:"\n'
  if [ "$4" -eq 0 ]; then printf 'data = ""\n'; else printf 'data-binary = "@%s"\n' "$3"; fi
  [ "$1" = PUT ] || printf 'header = "Expect:"\n'
  case $url in http://127.0.0.1:* | http://localhost:*) printf 'noproxy = "127.0.0.1,localhost"\n' ;; esac
  shift 4
  for header; do printf 'header = "%s"\n' "$header"; done
}

# Reads the last head that curl saved: $status, $answer_mac, $retry_after.
read_head() {
  local line macs=0
  status=0 answer_mac='' retry_after=''
  shopt -s nocasematch
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    case $line in
      HTTP/*)
        line=${line#* }
        status=${line%% *} answer_mac='' retry_after='' macs=0
        ;;
      tcmp-mac:*) answer_mac=${line#*:} answer_mac=${answer_mac// /} macs=$((macs + 1)) ;;
      retry-after:*) retry_after=${line#*:} retry_after=${retry_after// /} ;;
    esac
  done <head.txt
  shopt -u nocasematch
  [ "$macs" -le 1 ] || answer_mac=''
}

# request <method> <target> <body file> <its length> <size> <sha256>: one attempt, in the current directory, with $nonce.
# Sets $status and $answer to what the endpoint said under its MAC; $status is 0 where nobody proved to be the endpoint,
# and then $unproved is what was read.
request() {
  local body_sha256=$EMPTY_SHA256 answer_sha256=$EMPTY_SHA256 mac expected
  status=0 answer='' unproved=0 retry_after=''
  if [ "$4" -gt 0 ]; then sha256_of body_sha256 "$3" || return 1; fi
  request_mac mac "$1" "$2" "$nonce" "$5" "$6" "$4" "$body_sha256" || return 1
  : >head.txt
  : >answer.txt
  curl_config "$1" "$2" "$3" "$4" "Tcmp-Nonce: $nonce" "Tcmp-Body-Sha256: $body_sha256" "Tcmp-Mac: $mac" \
    ${5:+"Tcmp-Size: $5"} ${6:+"Tcmp-Sha256: $6"} | curl -q -K - --http1.1 2>/dev/null &
  # A trap that does not end this process interrupts the wait only.
  while wait $!; kill -0 $! 2>/dev/null; do :; done
  read_head
  if [ -s answer.txt ]; then sha256_of answer_sha256 answer.txt || return 1; fi
  unproved=$status
  case $status in [1-5][0-9][0-9]) ;; *) unproved=0 ;; esac
  if [ -n "$answer_mac" ] && response_mac expected "$status" "$nonce" "$answer_sha256" &&
    [ "$answer_mac" = "$expected" ]; then
    IFS= read -r -d '' answer <answer.txt
    return 0
  fi
  status=0
}

# Waits up to half a second, doubling to half a minute, with full jitter; $1 counts the attempts from 0.
back_off() {
  local cap=$((backoff << ($1 > 6 ? 6 : $1))) fraction
  [ "$cap" -le 30000 ] || cap=30000
  cap=$(((RANDOM * 32768 + RANDOM) % (cap + 1)))
  printf -v fraction %03d "$((cap % 1000))"
  pause "$((cap / 1000)).$fraction"
}

# Sleeps so that a signal's trap runs at once.
pause() {
  sleep "$1" &
  pausing=$!
  wait "$pausing"
  pausing=''
}

# exchange, called like request: tries until an answer that the caller must judge, which is
# 200, 201, 404, 409 and 422, or a 413 that an edge in between gave, as $status 0.
exchange() {
  local attempt=0 contradictions=0 wait_for
  while :; do
    if fresh_nonce; then request "$@"; else status=0 unproved=0 retry_after=''; fi
    case $status in
      200 | 201) progress_at=$SECONDS && return ;;
      404 | 409 | 422) return ;;
      400)
        contradictions=$((contradictions + 1))
        [ "$contradictions" -lt 3 ] || die 65 "the endpoint took $1 ${2##*/} for contradictory three times."
        ;;
      410) die 65 "the run is over or was cancelled." ;;
      413) die 65 "the endpoint refuses a file of this size." ;;
      507) die 65 "the endpoint's disk is full." ;;
      0) [ "$unproved" -eq 413 ] && [ "$1" = PUT ] && [ "$4" -gt $((MIN_CHUNK + 16)) ] && return ;;
    esac
    [ $((SECONDS - progress_at)) -lt "$deadline" ] ||
      die 75 "the endpoint could not be reached for $deadline s (last seen: ${unproved/#0/no answer})."
    case $status:$retry_after in
      429:[0-9]* | 503:[0-9]*)
        case $retry_after in *[!0-9]* | ???*) wait_for=30 ;; *) wait_for=$((10#$retry_after)) ;; esac
        pause "$((wait_for < 30 ? wait_for : 30))"
        ;;
      *) back_off "$attempt" ;;
    esac
    attempt=$((attempt + 1))
  done
}

# --- tcmp1: hello ---------------------------------------------------------------------------------------------------

# Sets $1 to the leg's key $2, wrapped to the run's public key, in base64.
wrap_key() {
  local format base64
  octal format "$2" 0
  { printf -- '-----BEGIN PUBLIC KEY-----\n' && printf '%s\n' "$public_key" | fold -w 64 &&
    printf -- '-----END PUBLIC KEY-----\n'; } >public.pem || return 1
  # shellcheck disable=SC2059
  base64=$(printf "$format" | openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:oaep \
    -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 2>/dev/null | openssl base64 -A) || return 1
  [ -n "$base64" ] && printf -v "$1" %s "$base64"
}

identity_config() {
  printf 'url = "%s&audience=%s"\nheader = "Authorization: bearer %s"\n' "$identity_url" "$1" "$identity_token"
  printf 'silent\nfail\nmax-time = 60\nconnect-timeout = 30\nmax-filesize = 65536\noutput = "token.txt"\n'
  case $identity_url in http://127.0.0.1:* | http://localhost:*) printf 'noproxy = "127.0.0.1,localhost"\n' ;; esac
}

# Sets $token to what proves to the audience $1 which job this is, and has the service hide it in its log.
fetch_token() {
  local text=''
  token=''
  : >token.txt
  identity_config "$1" | curl -q -K - --http1.1 2>/dev/null &
  while wait $!; kill -0 $! 2>/dev/null; do :; done
  IFS= read -r -d '' text <token.txt
  : >token.txt
  case $text in *'"value"'*'"'*'"'*) ;; *) return 1 ;; esac
  text=${text#*\"value\"} text=${text#*\"}
  text=${text%%\"*}
  case $text in '' | *[!A-Za-z0-9_.-]*) return 1 ;; esac
  token=$text
  printf '::add-mask::%s\n' "$token"
}

# One attempt to hand over the key, wrapped as $1, with a token that is good for this attempt alone.
send_hello() {
  local target="/v1/$run/$leg/hello" statement
  status=0 unproved=0
  fresh_nonce || return 1
  printf %s "tcmp1-hello$LF$target$LF$nonce$LF$1" >hello.txt
  { sha256_of statement hello.txt && fetch_token "tcmp1.$statement"; } || return 1
  printf 'wrapped=%s\ntoken=%s\n' "$1" "$token" >hello.txt
  request POST "$target" hello.txt "$(($(wc -c <hello.txt)))" '' ''
  : >hello.txt
  [ "$status" -eq 200 ]
}

say_hello() {
  local wrapped attempt=0 begin=$SECONDS
  wrap_key wrapped "$1" || die 69 "openssl does not wrap keys by RSA-OAEP with SHA-256."
  until send_hello "$wrapped"; do
    [ $((SECONDS - begin)) -lt "$deadline" ] ||
      die 75 "the endpoint did not take this job for the leg within $deadline s (last seen: ${unproved/#0/no answer})."
    back_off "$attempt"
    attempt=$((attempt + 1))
  done
  identity_url='' identity_token=''
}

# --- tcmp1: events and outputs ---------------------------------------------------------------------------------------

# Tells the endpoint, if there is one, the event in event.txt, whose pass phrase hangs on the nonce: one attempt.
send_event() {
  local pass
  [ -z "$outbox" ] || return 0
  fresh_nonce && event_pass pass "$nonce" && encrypt "$pass" event.txt event.enc &&
    request POST "/v1/$run/$leg/event" event.enc "$(($(wc -c <event.enc)))" '' '' && [ "$status" -eq 200 ]
}

# Tells it until it is heard, for at most $1 seconds; else 65 where the run is over, 75 where nobody answers.
insist_event() {
  local begin=$SECONDS attempt=0
  until send_event; do
    [ "$status" -ne 410 ] || return 65
    [ $((SECONDS - begin)) -lt "$1" ] && ! stopped || return 75
    back_off "$attempt"
    attempt=$((attempt + 1))
  done
}

# deliver <output id> <file>: uploads one output, or leaves it in the folder, and prints its line.
deliver() {
  local id=$1 file=$2 size sha256 upload offset length again=0
  { size=$(wc -c <"$file") && size=$((size)) && sha256_of sha256 "$file"; } || fail 70 "'$file' cannot be read."
  if [ -n "$outbox" ]; then
    { mkdir -p "$outbox" && cp "$file" "$outbox/$id"; } || fail 70 "'$file' cannot be copied to '$outbox'."
  else
    while begin_upload; do
      while [ "$offset" -lt "$size" ]; do send_chunk || continue 2; done
      ! commit || break
    done
  fi
  printf 'tcmp1 run=%s leg=%s output=%s sha256=%s size=%s\n' "$run" "$leg" "$id" "$sha256" "$size"
}

# Sets deliver's $upload and $offset to where to go on; false where the endpoint has the whole file.
begin_upload() {
  while :; do
    exchange POST "/v1/$run/$leg/$id/begin" begin.txt "$begin_length" "$size" "$sha256"
    case $status in
      200) return 1 ;;
      201) read_upload && return ;;
    esac
    refused_by_answer begin
  done
}

# Sends the chunk at $offset and sets it to the next one's; false where the endpoint knows no such upload any more.
send_chunk() {
  local pass part=$file
  length=$((size - offset < chunk ? size - offset : chunk))
  if [ "$length" -lt "$size" ]; then
    # tail is told to stop by head; a service may have told it to ignore that.
    tail -c "+$((offset + 1))" "$file" 2>/dev/null | head -c "$length" >part
    part=part
  fi
  { chunk_pass pass "$id" "$upload" "$offset" && encrypt "$pass" "$part" part.enc; } ||
    fail 70 "openssl could not encrypt a part of '$file'."
  exchange PUT "/v1/$run/$leg/$id/u/$upload/$offset" part.enc "$((length + 16 - length % 16))" '' ''
  case $status:$answer in
    0:*) chunk=$((length / 2 < MIN_CHUNK ? MIN_CHUNK : length / 2)) ;;
    200:*) offset=$((offset + length)) ;;
    404:*) return 1 ;;
    # An answer was lost, and the chunk was not.
    409:*) read_offset "$answer" || refused_by_answer "a part of" ;;
    *) refused_by_answer "a part of" ;;
  esac
}

# False where the upload must begin again.
commit() {
  exchange POST "/v1/$run/$leg/$id/u/$upload/commit" '' 0 '' ''
  case $status:$answer in
    200:*) ;;
    409:conflict) refused_by_answer "the end of" ;;
    422:*)
      again=$((again + 1))
      [ "$again" -lt 2 ] || die 65 "'$id' did not arrive as it was sent, twice."
      return 1
      ;;
    *) return 1 ;;
  esac
}

refused_by_answer() {
  case $status:$answer in
    409:conflict) die 65 "another file was already delivered as '$id' in this run." ;;
    *) die 65 "the endpoint's answer to $1 '$id' is not understood: $status '$answer'." ;;
  esac
}

# Takes $answer, '<upload> <offset>', apart.
read_upload() {
  upload=${answer%% *}
  case $upload in *[!0-9a-f]*) return 1 ;; esac
  [ "${#upload}" -eq 16 ] && read_offset "${answer#* }"
}

read_offset() {
  case $1 in '' | *[!0-9]* | ??????????????*) return 1 ;; esac
  offset=$((10#$1))
  [ "$offset" -le "$size" ]
}

# --- The build -------------------------------------------------------------------------------------------------------

enter_phase() {
  printf '%s\n' "$1" >phase
  say "$1"
}

# Replaces this process by "$@" in the Cargo workspace, with the user's environment, the leg's variables on top.
in_workspace() {
  [ -z "$toolchain" ] || [ "$service" = local ] || set -- RUSTUP_TOOLCHAIN="$toolchain" "$@"
  set -- CARGO_TARGET_DIR="$target_dir" CARGO_TERM_COLOR=never ${variables[@]+"${variables[@]}"} "$@"
  set -- "$workspace" "$@"
  # From here on no variable of this script is safe: the user's may have the same name.
  eval "$environment"
  cd "$1" && shift && exec env "$@"
}

# A hosted leg installs what it builds with; a local one takes what the machine has, which the plugin has looked at.
prepare_toolchain() {
  if [ "$service" = local ]; then
    command -v "${CARGO:-cargo}" >/dev/null || fail 69 "there is no cargo on this machine."
    return
  fi
  [ "${#packages[@]}" -eq 0 ] || install_packages
  enter_phase "installing the toolchain"
  command -v rustup >/dev/null || fail 69 "there is no rustup on this machine."
  case $service:$target in
    travis:*-windows-msvc)
      # rustup-init takes Git Bash for MinGW, so that names without a host, those of rust-toolchain.toml too, mean gnu.
      (in_workspace rustup set default-host x86_64-pc-windows-msvc) </dev/null >>"$log" 2>&1 ||
        fail 69 "rustup could not be told to use the toolchains of MSVC."
      ;;
  esac
  if [ -n "$toolchain" ]; then
    (in_workspace rustup toolchain install "$toolchain" --profile minimal) </dev/null >>"$log" 2>&1 ||
      fail 69 "rustup could not install the toolchain '$toolchain'."
  fi
  (in_workspace rustup target add "$target") </dev/null >>"$log" 2>&1 ||
    fail 69 "rustup could not add the target '$target'."
  [ "${#tools[@]}" -eq 0 ] || prepare_zigbuild
  [ ! -e "$root/.git" ] || tell tree "$(git -C "$root" rev-parse HEAD:source)"
}

# What links for a glibc of choice. cargo-zigbuild would prefer a zig that is a module of Python, of whichever version.
prepare_zigbuild() {
  find_tool zig version
  variables+=("CARGO_ZIGBUILD_ZIG_PATH=$tool" CARGO_ZIGBUILD_PYTHON_PATH=/nowhere/python3)
  find_tool cargo-zigbuild --version
  zigbuild=$tool
}

# Sets $tool to the program $1: the machine's own where it answers $2 with the version of the leg's file, else that of the
# archive for this processor.
find_tool() {
  local line name version='' processor digest address wanted='' archive='' place=$tmp/tools/$1
  for line in "${tools[@]}"; do
    read -r name version processor digest address <<<"$line"
    [ "$name" = "$1" ] || continue
    wanted=$version
    [ "$processor" != "$(uname -m)" ] || archive="$digest $address"
  done
  tool=$1
  case $( (in_workspace "$1" "$2") </dev/null 2>/dev/null) in "$wanted" | "$1 $wanted") return ;; esac
  enter_phase "fetching $1 $wanted"
  mkdir -p "$place" || fail 69 "the folder '$place' cannot be made."
  if [ -n "$archive" ]; then
    fetch_tool "$1 $wanted" "${archive#* }" "${archive%% *}" "$place"
    tool=$place/$1
  elif [ "$1" = cargo-zigbuild ]; then
    compile_tool "$1" "$wanted" "$place"
    tool=$place/bin/$1
  fi
  [ -x "$tool" ] || fail 69 "there is no $1 $wanted for a machine of the kind '$(uname -m)'."
}

# fetch_tool <what> <address> <sha256> <folder>: unpacks the archive there, without its own folder.
fetch_tool() {
  local found=''
  quietly curl -q --fail --silent --show-error --location --retry 3 --connect-timeout 30 --max-time 900 \
    --output "$4.tar.xz" "$2" || fail 69 "$1 could not be fetched from $2."
  sha256_of found "$4.tar.xz"
  [ "$found" = "$3" ] ||
    fail 69 "what $2 sends is not the $1 that was asked for: its SHA-256 is $found instead of $3."
  quietly tar -xJf "$4.tar.xz" -C "$4" --strip-components=1 || fail 69 "the archive of $1 could not be unpacked."
}

# compile_tool <name> <version> <folder>: outside of the workspace, whose toolchain and configuration are not for it.
compile_tool() {
  local before=$workspace
  workspace=$tmp
  quietly rustup toolchain install stable --profile minimal || fail 69 "rustup could not install the toolchain 'stable'."
  quietly RUSTUP_TOOLCHAIN=stable CARGO_TARGET_DIR="$tmp/tools/target" \
    cargo install --locked --version "$2" --root "$3" "$1" || fail 69 "cargo could not compile $1 $2."
  workspace=$before
}

# What the leg compiles with beside Rust, from the machine's own package manager.
install_packages() {
  local name
  enter_phase "installing ${packages[*]}"
  case $manager in
    apt)
      for name in "${packages[@]}"; do
        case $name in *:*) as_root dpkg --add-architecture "${name#*:}" ;; esac
      done
      # One list out of reach among many need not matter: what is missed then says so itself.
      as_root apt-get update
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"
      ;;
    brew) quietly HOMEBREW_NO_AUTO_UPDATE=1 brew install "${packages[@]}" ;;
    choco) quietly choco install -y --no-progress "${packages[@]}" ;;
    *) die 64 "this script knows no package manager '$manager'." ;;
  esac || fail 69 "$manager could not install ${packages[*]}."
}

as_root() {
  [ "$(id -u)" -eq 0 ] || set -- sudo "$@"
  quietly "$@"
}

quietly() { (in_workspace "$@") </dev/null >>"$log" 2>&1; }

# tell <key> <value>: what goes along with every output, a line of it; nothing where nothing is known.
tell() {
  local value
  value=$(printf %s "$2" | head -n 1 | tr -d '\000-\037\177')
  [ -z "$value" ] || printf '%s=%s\n' "$1" "$value" >>begin.txt
}

# What rustc answers to "$@", as cargo in the workspace would call it.
ask_rustc() {
  # shellcheck disable=SC2016
  (in_workspace bash -c '"${RUSTC:-rustc}" "$@"' rustc "$@") </dev/null 2>/dev/null
}

describe_machine() {
  tell rustc "$(ask_rustc --version)"
  tell cargo "$( (in_workspace "${CARGO:-cargo}" --version) </dev/null 2>/dev/null)"
  tell image "${TRAVIS_OSX_IMAGE:-${TRAVIS_DIST:-${APPVEYOR_BUILD_WORKER_IMAGE:-${ImageOS-}}}}"
  tell system "$(uname -sm)"
  case $service in
    github-actions) tell job "${GITHUB_SERVER_URL-}/${GITHUB_REPOSITORY-}/actions/runs/${GITHUB_RUN_ID-}" ;;
    travis) tell job "${TRAVIS_JOB_WEB_URL-}" ;;
    appveyor)
      tell job "${APPVEYOR_URL-}/project/${APPVEYOR_ACCOUNT_NAME-}/${APPVEYOR_PROJECT_SLUG-}/builds/${APPVEYOR_BUILD_ID-}/job/${APPVEYOR_JOB_ID-}"
      ;;
  esac
}

# Cargo takes flags from one source alone, the first there is of CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS, target.*.rustflags,
# build.rustflags (The Cargo Book, "Configuration"): so the leg's go where the user's are, and the last source's are
# carried over.
add_rustflags() {
  local variable encoded=${CARGO_ENCODED_RUSTFLAGS-} plain=${RUSTFLAGS-} list
  for variable in ${variables[@]+"${variables[@]}"}; do
    case $variable in
      CARGO_ENCODED_RUSTFLAGS=*) encoded=${variable#*=} ;;
      RUSTFLAGS=*) plain=${variable#*=} ;;
    esac
  done
  if [ -n "$encoded" ]; then
    variables+=("CARGO_ENCODED_RUSTFLAGS=$encoded$(printf '\037%s' "${rustflags[@]}")")
  elif [ -n "$plain" ]; then
    variables+=("RUSTFLAGS=$plain$(printf ' %s' "${rustflags[@]}")")
  else
    list=$(printf "'%s', " "${rustflags[@]}")
    arguments+=(--config "target.$target.rustflags=[${list%, }]")
    case $(cargo_config target) in *rustflags*) return ;; esac
    list=$(cargo_config build.rustflags)
    case $list in
      '['*']') arguments+=(--config "target.$target.rustflags=$list") ;;
      '"'*'"') arguments+=(--config "target.$target.rustflags=[$(printf %s "$list" | sed 's/  */","/g')]") ;;
    esac
  fi
}

# Cargo's merged configuration under the key $1 as JSON, whose strings and lists are TOML too; not a stable command yet.
cargo_config() {
  (in_workspace RUSTC_BOOTSTRAP=1 "${CARGO:-cargo}" -Zunstable-options config get --format json-value "$1") 2>/dev/null
}

# Beside the build: tells that it started, which crate it is at, and says something before the service takes silence for
# a hang. Runs in its own process until told to stop.
watch_build() {
  local line rest='' crate='' count=0 told=0 step='' told_step='' said=$SECONDS
  trap 'stopping=1; [ -z "$pausing" ] || kill "$pausing" 2>/dev/null' TERM
  cd watch || exit
  stop_file=../stop
  nonces=''
  printf 'phase=started\n\n' >event.txt
  insist_event "$deadline"
  if [ $? -eq 65 ]; then
    : >../cancelled
    kill -TERM $$
  fi
  until stopped; do
    pause 1
    while IFS= read -r line <&3 || { rest=$rest$line && false; }; do
      line=$rest$line rest=''
      case $line in *' Compiling '?*) crate=${line#* Compiling } count=$((count + 1)) ;; esac
    done
    [ ! -e ../phase ] || IFS= read -r step <../phase
    case $step in
      "$told_step") ;;
      installing\ *)
        told_step=$step
        printf 'phase=toolchain\nstep=%s\n\n' "${step:0:100}" >event.txt
        stopped || send_event
        ;;
    esac
    if [ "$count" -gt "$told" ] && ! stopped; then
      told=$count crate=${crate%% (*}
      printf 'phase=compiling\ncrate=%s\ncount=%s\n\n' "$crate" "$count" >event.txt
      send_event
    fi
    if [ $((SECONDS - said)) -ge "$keepalive" ]; then
      said=$SECONDS
      IFS= read -r line <../phase
      say "still $line${crate:+, last crate $crate}, $SECONDS s"
    fi
  done
} 3<"$log"

stopped() { [ -n "$stopping" ] || [ -e "$stop_file" ]; }

start_watch() {
  set -m
  # Until the watcher has a trap of its own, a signal would have it run this process's; a file tells it all the same.
  trap '' TERM
  watch_build &
  watcher=$!
  trap 'told_to_stop 143' TERM
  set +m
}

stop_watch() {
  [ -n "$watcher" ] || return
  : >stop
  kill -TERM "$watcher" 2>/dev/null
  wait "$watcher" 2>/dev/null
  watcher=''
}

# Runs "$@" in the Cargo workspace, all it says to the log, where clean_up finds it; sets $built to its status.
work() {
  set -m
  in_workspace "$@" </dev/null >>"$log" 2>&1 &
  builder=$!
  set +m
  wait "$builder"
  built=$?
  builder=''
}

build() {
  local file missing='' line
  [ "${#arguments[@]}" -gt 0 ] || return
  enter_phase "cargo ${arguments[*]}"
  [ "${#rustflags[@]}" -eq 0 ] || add_rustflags
  work "${zigbuild:-${CARGO:-cargo}}" "${arguments[@]}"
  [ "$built" -eq 0 ] || fail 70 "cargo ended with status $built."
  for line in "${outputs[@]}"; do
    case $line in *' wheel '*) continue ;; esac
    file=${line#* * * }
    [ -f "$output_dir/$file" ] || missing="$missing $file"
  done
  [ -z "$missing" ] || fail 70 "cargo succeeded but did not write:$missing."
}

# Builds the wheels that are owed, through the interface of all build backends (PEP 517), in a copy of the sources: what
# backends write beside these would be in the next wheel, or in that of a leg beside this one.
build_wheels() {
  local line copy=$target_dir/wheel-source before=$workspace
  [ -n "$wheel_backend" ] || return
  # The times stay, as Cargo compiles again what is newer than its outputs.
  { mkdir -p "$output_dir" && rm -rf "$copy" && cp -Rp "$root/source" "$copy"; } >>"$log" 2>&1 ||
    fail 70 "the sources cannot be copied to '$copy'."
  workspace=$copy/$wheel_directory
  # What the user set for the legs stands behind, and so wins. 1980 is the first year that a zip can have.
  set -- CARGO_BUILD_TARGET="$target" SOURCE_DATE_EPOCH=315532800 MATURIN_PEP517_ARGS="$wheel_arguments"
  [ -z "$wheel_platform" ] || set -- "$@" _PYTHON_HOST_PLATFORM="$wheel_platform"
  case $wheel_platform in
    macosx-*)
      line=${wheel_platform#*-}
      set -- "$@" MACOSX_DEPLOYMENT_TARGET="${line%%-*}"
      ;;
  esac
  variables=("$@" ${variables[@]+"${variables[@]}"})
  for line in "${outputs[@]}"; do
    case $line in *' wheel '*) build_wheel "${line%% *}" "$output_dir/${line#* * * }" ;; esac
  done
  workspace=$before
}

# build_wheel <output id, wheel or wheel-3.12> <file>
build_wheel() {
  local version=${1#wheel} wheels=$target_dir/wheels/$1 from found
  find_python "${version#-}" || fail 69 "there is no Python${version/-/ } on this machine, neither python${version#-} nor python3."
  enter_phase "pip wheel${version/-/ by Python }"
  from=$(($(wc -c <"$log") + 1))
  { rm -rf "$wheels" && mkdir -p "$wheels"; } || fail 70 "the folder '$wheels' cannot be made."
  work "$python" -m pip wheel --no-deps --no-input --disable-pip-version-check --wheel-dir "$wheels" .
  [ "$built" -eq 0 ] || fail 70 "pip ended with status $built." "$from"
  found=("$wheels"/*.whl)
  { [ "${#found[@]}" -eq 1 ] && [ -f "${found[0]}" ]; } || fail 70 "pip succeeded but did not write one wheel." "$from"
  cp "${found[0]}" "$2" || fail 70 "the wheel cannot be copied to '$2'."
  tell "${1//[-.]/_}" "${found[0]##*/}"
}

# Sets $python to an interpreter of the version $1, or of any 3.x where that is empty, with pip.
find_python() {
  local name found
  # The variable of the build, not of this script.
  # shellcheck disable=SC2016
  for python in "$( (in_workspace bash -c 'printf %s "${PYTHON-}"'))" ${1:+"python$1"} python3 python; do
    [ -n "$python" ] || continue
    found=$( (in_workspace "$python" -c 'import pip, sys; print("%d.%d" % sys.version_info[:2])') </dev/null 2>/dev/null)
    found=${found%$'\r'}
    case $found in 3.*) [ -n "$1" ] && [ "$found" != "$1" ] || return 0 ;; esac
  done
  return 1
}

# Tries what was built, where this machine can run it; the plugin tells the user where not.
try_outputs() {
  local host from files=() line
  [ -n "$smoke_test" ] || return
  host=$(ask_rustc -vV | sed -n 's/^host: //p')
  if [ "$host" != "$target" ]; then
    tell smoke_test "a machine of ${host:-an unknown kind} does not run what is made for $target"
    return
  fi
  enter_phase "the smoke test"
  from=$(($(wc -c <"$log") + 1))
  if [ "$smoke_test" = java ]; then
    for line in "${outputs[@]}"; do
      case $line in *' cdylib '*) files+=("$output_dir/${line#* * * }") ;; esac
    done
    write_loader
    # shellcheck disable=SC2016
    work bash -c 'bin=${JAVA_HOME:+$JAVA_HOME/bin/} && "${bin}javac" -d "$0" "$0/Load.java" && "${bin}java" -cp "$0" Load "$@"' \
      "$tmp" ${files[@]+"${files[@]}"}
  elif [ "$smoke_test" = python ]; then
    try_wheels
  else
    work TRAVIS_COMPILE_OUTPUTS="$output_dir" bash -c "$smoke_test"
  fi
  [ "$built" -eq 0 ] || fail 71 "the smoke test '$smoke_test' ended with status $built." "$from"
  tell smoke_test passed
}

# Installs each wheel into a folder of its own, and imports all that lies at its top.
try_wheels() {
  local line id version
  built=1
  for line in "${outputs[@]}"; do
    id=${line%% *} version=${line%% *}
    case $line in *' wheel '*) ;; *) continue ;; esac
    version=${version#wheel}
    find_python "${version#-}" || fail 69 "there is no Python${version/-/ } on this machine."
    work "$python" -m pip install --quiet --no-deps --no-index --disable-pip-version-check --target "$tmp/site-$id" \
      "$target_dir/wheels/$id"/*.whl
    [ "$built" -eq 0 ] || return
    work "$python" -c "$IMPORT_ALL" "$tmp/site-$id"
    [ "$built" -eq 0 ] || return
  done
}

write_loader() {
  cat >Load.java <<'EOF'
public class Load {
    public static void main(String[] libraries) {
        for (String library : libraries) {
            System.load(library);
            System.out.println("A JVM has loaded " + library);
        }
    }
}
EOF
}

# Reports the failure $2 with rustc's first error and the log's end, and ends the leg with status $1. The event's field
# error_lines says how many lines of its text are that error. With $3, the error is $2 and what the log has from that byte.
fail() {
  local lines room
  stop_watch
  if [ "$#" -gt 2 ]; then
    { printf 'error: %s\n' "$2" && tail -c "+$3" "$log" | tail -c "$((MAX_BLOCK / 2))"; } >block
  else
    first_error >block
  fi
  [ -s block ] || printf 'error: %s\n' "$2" >block
  [ -z "$(tail -c 1 block)" ] || printf '\n' >>block
  lines=$(wc -l <block)
  # Where nobody listens, the job's log tells it.
  [ -z "$outbox" ] || { printf 'tcmp1 error_lines=%s\n' "$((lines))" && cat block; }
  printf 'phase=failed\nstatus=%s\nexit=%s\nerror_lines=%s\n\n' "$1" "$built" "$((lines))" | cat - block >event.txt
  room=$((MAX_EVENT - $(wc -c <event.txt)))
  tail -n 200 "$log" | tail -c "$room" >>event.txt
  insist_event "$deadline" || say "the endpoint could not be told."
  die "$1" "$2"
}

first_error() {
  # A block ends at an empty line, but for cargo's own errors: causes follow one, and with them, indented and with empty
  # lines of its own, what a build script said.
  awk '/^Caused by:/ { cause = p } p && (gap || cause) && !/^Caused by:/ && !(cause && /^(  |$)/) { exit }
    /^error/ { p = 1 } p { gap = /^$/; print }' "$log" | head -c "$MAX_BLOCK"
}

deliver_all() {
  local line
  progress_at=$SECONDS begin_length=$(($(wc -c <begin.txt)))
  enter_phase "uploading"
  for line in "${outputs[@]}"; do
    deliver "${line%% *}" "$output_dir/${line#* * * }"
  done
  # No output is called so.
  [ -z "$outbox" ] || deliver _details begin.txt
  stop_watch
  printf 'phase=done\n\n' >event.txt
  insist_event "$deadline"
  case $? in
    0) say "done" ;;
    65) die 65 "the run is over or was cancelled." ;;
    *) die 75 "the endpoint could not be told that all is delivered." ;;
  esac
}

clean_up() {
  trap '' HUP INT TERM
  # Words on purpose: none, or process ids.
  # shellcheck disable=SC2046,SC2086
  kill_groups TERM $builder $(jobs -p)
  # It would go on to its next look at files that are about to go.
  [ -z "$watcher" ] || kill_groups KILL "$watcher"
  [ -z "$watcher" ] || { wait "$watcher"; } 2>/dev/null
  cd / && rm -rf "$tmp"
}

kill_groups() {
  local signal=$1 group
  shift
  for group; do kill "-$signal" -- "-$group" 2>/dev/null || kill "-$signal" "$group" 2>/dev/null; done
}

told_to_stop() {
  [ ! -e "$tmp/cancelled" ] || die 65 "the run is over or was cancelled."
  exit "$1"
}

main() {
  leg=${1-}
  read_environment
  case $leg in '' | *[!a-z0-9_.-]* | [!a-z0-9]*) die 64 "usage: bash .travis-compile/leg.sh <leg id>" ;; esac
  check_environment
  read_leg_file ".travis-compile/$leg.leg"
  : >"$log" || die 64 "the log $log cannot be written."
  command -v curl >/dev/null || die 69 "there is no curl on this machine."
  command -v openssl >/dev/null || die 69 "there is no openssl on this machine."
  stopping='' stop_file='' pausing='' watcher='' builder='' built=0 zigbuild='' nonces='' chunk=$MAX_CHUNK
  tmp=$(mktemp -d "${TMPDIR:-/tmp}/tcmp.XXXXXX") || die 69 "no temporary directory can be made."
  trap clean_up EXIT
  trap 'told_to_stop 129' HUP
  trap 'told_to_stop 130' INT
  trap 'told_to_stop 143' TERM
  { cd "$tmp" && mkdir watch && : >begin.txt; } || die 69 "the temporary directory cannot be used."
  [ -z "$key" ] || derive_keys "$key" || die 69 "openssl does not compute SHA-256."
  if [ -n "$public_key" ]; then say_hello "$key"; fi
  unset key
  workspace=$root/source/$directory
  start_watch
  prepare_toolchain
  output_dir=$target_dir/$target/$profile_directory
  build
  build_wheels
  try_outputs
  describe_machine
  deliver_all
}

# Its functions can be tried one by one.
if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
