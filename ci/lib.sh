# shellcheck shell=bash
# What the scripts in ci/ share. Source it first: it sets strict mode, `root` (the project's folder) and `tools`.
# Every function either does what it says or ends the script through `die` with one clear line.

set -euo pipefail
IFS=$'\n\t'
shopt -s inherit_errexit nullglob

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
tools=$root/.tools
script=$(basename "$0")

# say LINE…
say() { printf '%s\n' "$@"; }

# warn TEXT: says it on stderr, with the script's name.
warn() { printf '%s: %s\n' "$script" "$1" >&2; }

# die TEXT [CODE]: the one clear line, and the end.
die() {
  warn "$1"
  exit "${2:-1}"
}

have() { command -v "$1" >/dev/null 2>&1; }

# usage: prints the comment at the head of the calling script: its only documentation.
usage() { awk 'NR == 1 { next } !/^#/ { exit } { sub(/^# ?/, ""); print }' "$0"; }

# option_value OPTION [VALUE…]: the value that must follow an option.
option_value() {
  [[ $# -ge 2 && -n $2 ]] || die "$1 wants a value" 2
  printf '%s' "$2"
}

# --- what the machine must have ---

# java_home_bin TOOL: how to call a tool of the JDK that Maven will use.
jdk_tool() { printf '%s' "${JAVA_HOME:+$JAVA_HOME/bin/}$1"; }

# need_jdk: a JDK 17 or newer, and Maven. They are not installed for you: which JDK is your choice.
need_jdk() {
  local found version hint='install one, on Debian: apt-get install openjdk-17-jdk-headless'
  found=$("$(jdk_tool javac)" -version 2>&1) ||
    die "no JDK found (javac is not on PATH${JAVA_HOME:+ of JAVA_HOME=$JAVA_HOME}): $hint"
  version=$(sed -nE 's/^javac ([0-9]+).*/\1/p' <<<"$found")
  [[ -n $version && $version -ge 17 ]] || die "JDK 17 or newer is needed, found \"$found\": $hint"
  have mvn || die 'Maven is needed and mvn is not on PATH: install it, on Debian: apt-get install maven'
}

# as_root COMMAND…: runs it as root, directly or by sudo without a password; fails when neither is possible.
as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

# apt_install PACKAGE…: installs those Debian packages that are missing.
apt_install() {
  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  local names="${missing[*]}" log
  names=${names//$'\n'/ }
  have apt-get || die "these packages are needed, please install them: $names"
  [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null ||
    die "these packages are needed and only root can install them: apt-get install $names"
  say "Installing $names"
  log=$(mktemp)
  # The first try spares the update when the lists are fresh enough.
  if ! apt_get_install "${missing[@]}" >"$log" 2>&1; then
    as_root apt-get -q update >>"$log" 2>&1 </dev/null || true
    if ! apt_get_install "${missing[@]}" >>"$log" 2>&1; then
      tail -n 5 "$log" >&2
      rm -f "$log"
      die "apt-get could not install $names"
    fi
  fi
  rm -f "$log"
}

apt_get_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "$@" </dev/null
}

# --- ports ---

# port_busy PORT: whether something on this machine listens there.
port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_port_number() {
  [[ $1 =~ ^[0-9]{1,5}$ && $((10#$1)) -ge 1 && $((10#$1)) -le 65535 ]] || die "not a port: $1 (1 to 65535)" 2
}

free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 12000))
    port_busy "$port" || {
      printf '%s' "$port"
      return
    }
  done
  die 'found no free port'
}

# --- processes ---

alive() { kill -0 "$1" 2>/dev/null; }

# start COMMAND…: runs it in a session of its own, out of reach of the terminal's Ctrl-C, so that things can be stopped
# in order. It does not inherit descriptor 9, where our scripts hold their lock. Its process id is then in `started`.
start() {
  setsid "$@" </dev/null 9>&- &
  # shellcheck disable=SC2034
  started=$!
}

# stop PID SECONDS: asks a started process to end, waits, and kills in the end what is left of its group. Nothing happens
# when PID is empty or all are gone already.
stop() {
  local pid=$1 tries=$(($2 * 10))
  [[ -n $pid ]] || return 0
  kill -TERM "$pid" 2>/dev/null || true
  while alive "$pid" && ((tries-- > 0)); do sleep 0.1; done
  ! alive "$pid" || warn "process $pid did not end within $2 s: killed"
  kill -KILL -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

# --- secrets ---

# generate_secret FILE: leaves 24 random characters in a new file that only its owner can read; keeps a file that exists.
generate_secret() {
  [[ -s $1 ]] && return
  local secret
  secret=$(head -c 18 /dev/urandom | base64 | tr '+/' '-_')
  (umask 077 && printf '%s\n' "$secret" >"$1.new")
  mv "$1.new" "$1"
}

# --- the build ---

# version_of NAME: the version that the root pom gives to NAME (wildfly, liberty, payara, …): versions stand nowhere else.
version_of() {
  local version
  version=$(sed -nE "s|^ *<version\\.$1>(.*)</version\\.$1>.*|\\1|p" "$root/pom.xml")
  [[ -n $version ]] || die "pom.xml has no property version.$1"
  printf '%s' "$version"
}

maven() { mvn -f "$root/pom.xml" -B -ntp -q -Dstyle.color=never "$@" </dev/null; }

# up_to_date FILE…: whether all exist and no source of the product is newer than one of them.
up_to_date() {
  local file newer
  for file in "$@"; do
    [[ -f $file ]] || return 1
    newer=$(find "$root/pom.xml" "$root"/{protocol-jaxb,ejb,web,ear,standalone,agent-jar}/{pom.xml,src/main} \
      -newer "$file" -print -quit 2>/dev/null || true)
    [[ -z $newer ]] || return 1
  done
}

# build MODULE[,MODULE…] ARCHIVE…: makes these archives of these modules, unless they are up to date. Compiles and packs,
# no more: tests and format are for `mvn verify`.
build() {
  local modules=$1
  shift
  ! up_to_date "$@" || return 0
  mkdir -p "$root/target"
  (
    flock 7 # two builds in one tree would pull each other's classes away
    ! up_to_date "$@" || exit 0
    say 'Building …'
    maven -Dmaven.test.skip=true -Dspotless.skip -pl "$modules" -am package || die 'the build failed'
    # Maven leaves an archive alone whose contents did not change: say that it has been looked at.
    touch "$@"
  ) 7>"$root/target/build.lock"
}

# --- folders ---

# private_folder DIR: makes it, for its owner only.
private_folder() {
  (umask 077 && mkdir -p "$1" && [[ -w $1 ]]) 2>/dev/null || die "no permission to write to the folder $1"
}

# point_agent_at URL DIR: the agent enrolled in DIR finds the control plane there: the port may be another one today.
point_agent_at() {
  (umask 077 && jq --arg server "$1" '.server = $server' "$2/agent.json" >"$2/agent.json.new")
  mv "$2/agent.json.new" "$2/agent.json"
}

# --- tools ---

# newest_restic: the path of the newest restic under .tools (see ci/tools).
newest_restic() {
  local found=("$tools"/restic/*/restic)
  [[ ${#found[@]} -gt 0 ]] || die 'no restic fetched yet: ci/tools restic'
  printf '%s\n' "${found[@]}" | sort -V | tail -n 1
}
