#!/bin/sh
# Installs the restic-manager agent on this Linux machine, and enrols it.
#
#   sh install.sh [--sha256 DIGEST] [--token-file FILE | --announce] [--replace] [--name NAME] [--server URL] [--no-start] [--dry-run]
#
#   --sha256 DIGEST    the agent must have this digest; without it, the one that the server tells is taken
#   --token-file FILE  holds the one-time token; - for standard input. Without it: the variable
#                      RESTIC_MANAGER_ENROLMENT_TOKEN, or a question on the terminal
#   --announce         without a token: shows a fingerprint and waits until an administrator accepts it
#   --replace          enrols a machine that is enrolled already anew: stops its agent, forgets the earlier enrolment, starts it
#                      again. Where there is no agent yet it is as without
#   --name NAME        the host's name; the machine's own unless given
#   --server URL       the control plane; the one that this script came from unless given
#   --no-start         does not start the agent
#   --dry-run          says what it would do, and changes nothing
#
# Run again, it replaces the agent and leaves the enrolment, unless told otherwise by --replace. With DESTDIR set everything goes below that folder, and
# neither a user is made nor a service started.
set -eu
umask 022

server=@SERVER@
digest='' token_file='' name='' announce='' replace='' start=yes dry_run=''
root=${DESTDIR:-}
user=restic-manager
program=$root/usr/local/lib/restic-manager/restic-manager-agent.jar
data=$root/var/lib/restic-manager-agent
service_name=restic-manager-agent
unit=$root/etc/systemd/system/$service_name.service

say() { printf '%s\n' "$*"; }
die() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
value() { [ $# -ge 2 ] || die "$1 needs a value"; }
with_systemd() { [ -z "$root" ] && [ -d /run/systemd/system ]; }

while [ $# -gt 0 ]; do
  case $1 in
    --sha256) value "$@"; digest=$2; shift ;;
    --token-file) value "$@"; token_file=$2; shift ;;
    --name) value "$@"; name=$2; shift ;;
    --server) value "$@"; server=${2%/}; shift ;;
    --announce) announce=yes ;;
    --replace) replace=yes ;;
    --no-start) start='' ;;
    --dry-run) dry_run=yes ;;
    *) die "unknown option $1" ;;
  esac
  shift
done

# --- what must be there ---

[ "$(uname -s)" = Linux ] || die 'this script is for Linux'
[ -n "$root$dry_run" ] || [ "$(id -u)" = 0 ] || die 'run it as root, as in: sudo sh install.sh'
have java || die 'Java 17 or newer is needed; on Debian: apt-get install openjdk-17-jre-headless'
java=$(command -v java)
java_version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
[ "${java_version:-0}" -ge 17 ] || die "Java 17 or newer is needed; $java is version ${java_version:-unknown}"
have sha256sum || die 'sha256sum is needed; on Debian it is in coreutils'
if have curl; then
  fetch() { curl -fsS --proto '=http,https' -o "$2" "$1"; }
elif have wget; then
  fetch() { wget -q -O "$2" "$1"; }
else
  die 'curl or wget is needed'
fi
have restic || say 'note: there is no restic yet; install 0.14 or newer before the first backup'

# --- what runs here already ---

for file in "$root"/etc/systemd/system/*.timer "$root"/etc/systemd/system/*.service "$root"/usr/lib/systemd/system/*.timer \
  "$root"/usr/lib/systemd/system/*.service "$root"/etc/crontab "$root"/etc/cron.*/* "$root"/var/spool/cron/* \
  "$root"/var/spool/cron/crontabs/*; do
  if [ -f "$file" ] && [ "$file" != "$unit" ] && grep -v '^[[:space:]]*#' "$file" 2>/dev/null | grep -qi restic; then
    say "note: $file runs restic already. It stays as it is: end it once the new backups work"
  fi
done

# --- the agent ---

work=$(mktemp -d)
stopped=''
leave() {
  status=$?
  rm -rf "$work"
  if [ "$status" -ne 0 ] && [ -n "$stopped" ]; then
    say 'the agent goes on as it was enrolled before'
    systemctl start "$service_name"
  fi
}
trap leave EXIT
trap 'exit 1' HUP INT TERM
if [ -z "$digest" ]; then
  fetch "$server/agent/restic-manager-agent.jar.sha256" "$work/sha256" || die "cannot reach $server"
  digest=$(cut -d ' ' -f 1 "$work/sha256")
  say 'note: the digest of the agent is the one that the server tells; --sha256 pins it'
fi
fetch "$server/agent/restic-manager-agent.jar" "$work/agent.jar" || die "cannot get the agent from $server"
printf '%s  %s\n' "$digest" "$work/agent.jar" | sha256sum -c >/dev/null 2>&1 ||
  die "the agent from $server has another digest than $digest: nothing was installed"

# run COMMAND…: does it, or says what it would do.
run() {
  if [ -n "$dry_run" ]; then
    say "would run: $*"
  else
    "$@"
  fi
}

if [ -z "$root" ] && ! id "$user" >/dev/null 2>&1; then
  run useradd --system --home-dir "$data" --shell /usr/sbin/nologin "$user"
fi
run mkdir -p "${program%/*}" "${unit%/*}" "${data%/*}"
if [ -z "$dry_run" ] && [ ! -d "$data" ]; then
  (umask 077 && mkdir "$data")
  [ -n "$root" ] || chown "$user:" "$data"
fi
run cp "$work/agent.jar" "$program.new"
run chmod 644 "$program.new"
run mv "$program.new" "$program"

# Java keeps what a start loads in an archive, and later starts take half as long. It fits this Java and this agent; to another it does not
# matter. The agent runs for a moment, in a folder and at a server of its own.
java_options='-XX:+UseSerialGC -Xms8m -Xmx64m -XX:TieredStopAtLevel=1 -XX:-UsePerfData'
archive=${program%.jar}.jsa
archive_classes() {
  # shellcheck disable=SC2086 # several words
  if "$java" $java_options -XX:ArchiveClassesAtExit="$work/classes.jsa" -jar "$program" prepare --data "$work/prepare" \
    >"$work/prepare.log" 2>&1 && [ -f "$work/classes.jsa" ]; then
    chmod 644 "$work/classes.jsa" && mv "$work/classes.jsa" "$archive"
  else
    rm -f "$archive"
    say 'note: Java made no archive of classes; the agent starts without'
  fi
}
if [ -n "$dry_run" ]; then
  say "would write: $archive"
else
  archive_classes
fi

service() {
  cat <<UNIT
[Unit]
Description=restic-manager agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=$java $java_options -XX:SharedArchiveFile=${archive#"$root"} -Xlog:cds=off -Xlog:cds+dynamic=off -jar ${program#"$root"} run --data ${data#"$root"}
User=$user
Restart=on-failure
RestartSec=10
# A restic that runs goes on while the agent is replaced.
KillMode=process

# It reads all files, and writes its own only. Allow more in a drop-in: ReadWritePaths=/srv/backup for a repository on
# this machine, or CAP_DAC_OVERRIDE CAP_CHOWN CAP_FOWNER and ReadWritePaths=/ to restore in place.
AmbientCapabilities=CAP_DAC_READ_SEARCH
CapabilityBoundingSet=CAP_DAC_READ_SEARCH
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths=${data#"$root"}
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
UMask=0077

[Install]
WantedBy=multi-user.target
UNIT
}
if [ -n "$dry_run" ]; then
  say "would write: $unit"
else
  service >"$unit"
fi

# --- enrolment ---

# as_agent ARGUMENTS…: the agent, as the user that it is to run as.
as_agent() {
  if [ -n "$root" ]; then
    "$java" -jar "$program" "$@"
  else
    runuser -u "$user" -- "$java" -jar "$program" "$@"
  fi
}

# The token goes from one process to the other through a pipe: it is on no command line.
token() {
  if [ "$token_file" = - ]; then
    head -n 1
  elif [ -n "$token_file" ]; then
    cat -- "$token_file"
  elif [ -n "${RESTIC_MANAGER_ENROLMENT_TOKEN:-}" ]; then
    printf '%s\n' "$RESTIC_MANAGER_ENROLMENT_TOKEN"
  else
    [ -r /dev/tty ] || die 'there is no one-time token: give it with --token-file, or use --announce'
    printf 'One-time token: ' >/dev/tty
    stty -echo </dev/tty
    IFS= read -r typed </dev/tty || typed=''
    stty echo </dev/tty
    printf '\n' >/dev/tty
    printf '%s\n' "$typed"
  fi
}

# An agent that runs holds its data folder: it has to end first. A restic that it has started goes on.
stop_agent() {
  [ -n "$replace" ] && with_systemd || return 0
  case $(systemctl is-active "$service_name") in
    active | activating | reloading)
      run systemctl stop "$service_name"
      [ -n "$dry_run" ] || stopped=yes
      ;;
  esac
}

set -- --server "$server" --data "$data"
[ -z "$name" ] || set -- "$@" --name "$name"
[ -z "$replace" ] || set -- "$@" --replace
if [ -e "$data/agent.json" ] && [ -z "$replace" ]; then
  say 'enrolled already; the agent was replaced. To enrol this machine anew: --replace'
elif [ -n "$dry_run" ]; then
  stop_agent
  say "would enrol at $server"
elif [ -n "$announce" ]; then
  stop_agent
  as_agent announce "$@"
else
  token >"$work/token"
  stop_agent
  (
    unset RESTIC_MANAGER_ENROLMENT_TOKEN
    as_agent enrol "$@" --token-file - <"$work/token"
  )
fi

# --- the service ---

if [ -n "$root" ] || [ -z "$start" ]; then
  say "installed; start it with: systemctl enable --now $service_name"
elif with_systemd; then
  run systemctl daemon-reload
  run systemctl enable "$service_name"
  run systemctl restart "$service_name"
else
  say "installed; there is no systemd here. Start it with: $java -jar $program run --data $data"
fi
