# What the measurements share: programs, servers, and how a figure is taken. To be sourced.

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/../.." && pwd)
seconds=${BENCH_SECONDS:-3}
connections=${BENCH_CONNECTIONS:-32}
work=$(mktemp -d "${TMPDIR:-/tmp}/waybill-bench.XXXXXX")
pids=()

say() { printf 'bench: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

stop_all() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap stop_all EXIT

# need PROGRAM PACKAGE
need() {
    command -v "$1" >/dev/null && return
    local root=()
    [ "$(id -u)" = 0 ] || root=(sudo -n)
    say "installing Debian's package $2"
    "${root[@]}" apt-get -qq update && "${root[@]}" apt-get -qq install -y --no-install-recommends "$2" >/dev/null || fail "$1 is needed: install $2"
}

# Sets `waybill` and `bare`. WAYBILL=PATH and BARE=PATH name programs that are built already.
find_programs() {
    need wrk wrk
    need curl curl
    need psql postgresql-client
    PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr | head -1)
    need pgbench postgresql-contrib
    local target
    target=$(mkdir -p "${CARGO_TARGET_DIR:-$root/target}" && cd "${CARGO_TARGET_DIR:-$root/target}" && pwd)/release
    if [ -z "${WAYBILL:-}" ]; then (cd "$root" && cargo build -q --release -p waybill --bin waybill); fi
    if [ -z "${BARE:-}" ]; then (cd "$root" && cargo build -q --release -p waybill-bench --bin bare); fi
    waybill=${WAYBILL:-$target/waybill} bare=${BARE:-$target/bare}
    [ -x "$waybill" ] && [ -x "$bare" ] || fail "no program at $waybill or $bare"
}

free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
now_micros() { echo $(($(date +%s%N) / 1000)); }

wait_for() {
    local _
    for _ in $(seq 300); do curl -fsS -o /dev/null "$1" 2>/dev/null && return; sleep 0.1; done
    fail "$1 does not answer"
}

# What every server here has in common. The limits are off: what is measured is the work, not the refusal.
# Background work is left to others (JOB_CONCURRENCY=0), as a deployment may: pgbench has none either.
export JOB_CONCURRENCY=${BENCH_JOBS:-0} APP_ENV=development HOST=127.0.0.1 LOG_LEVEL=error
export JWT_SECRET=the-secret-of-the-benchmark-signs-tokens JWT_REFRESH_SECRET=another-secret-of-the-benchmark-for-cursors
export JWT_EXPIRES_IN=4h
limits_off() {
    export RATE_LIMIT_GENERAL=off RATE_LIMIT_AUTH=off RATE_LIMIT_HEAVY=off RATE_LIMIT_GLOBAL=off \
        RATE_LIMIT_ACCOUNT_LOGIN=off RATE_LIMIT_API_KEY=off
}

# use MODE NAME: points DATABASE_URL and REDIS_URL at a new, migrated database. MODE is sqlite or postgres.
use() {
    if [ "$1" = sqlite ]; then
        export DATABASE_URL=sqlite://$work/$2.db REDIS_URL=
    else
        psql -q -X "$TEST_POSTGRES_URL" -c "create database $2"
        export DATABASE_URL=${TEST_POSTGRES_URL%/*}/$2 REDIS_URL=$TEST_REDIS_URL DB_POOL_MAX=$connections
    fi
    (cd "$work" && "$waybill" migrate up) >> "$work/migrate.log" 2>&1 || { cat "$work/migrate.log" >&2; fail "migrate up failed"; }
}

# serve NAME: starts a server on DATABASE_URL and REDIS_URL in a folder of its own; sets `url` and `server`.
serve() {
    local port
    port=$(free_port)
    url=http://127.0.0.1:$port
    mkdir -p "$work/$1"
    (cd "$work/$1" && PORT=$port exec "$waybill" serve) > "$work/$1/log" 2>&1 &
    server=$!
    pids+=("$server")
    wait_for "$url/readyz"
}

# Ends a server and waits for it.
stop() { kill "$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; }

json='content-type: application/json'
password='correct horse battery'

# register URL NAME
register() {
    curl -fsS -o /dev/null -X POST "$1/api/v1/auth/register" -H "$json" \
        -d "{\"email\":\"$2@bench.example\",\"password\":\"$password\",\"name\":\"$2\"}"
}

# log_in URL NAME: prints the access token.
log_in() {
    curl -fsS -X POST "$1/api/v1/auth/login" -H "$json" -d "{\"email\":\"$2@bench.example\",\"password\":\"$password\"}" \
        | jq -r .data.accessToken
}

# One token a line, of member0 to member(N-1).
log_in_members() {
    python3 - "$1" "$2" "$password" <<'PYTHON'
import http.client, json, sys, urllib.parse
url, count, password = sys.argv[1:]
connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)
for n in range(int(count)):
    body = json.dumps({"email": f"member{n}@bench.example", "password": password})
    connection.request("POST", "/api/v1/auth/login", body, {"content-type": "application/json"})
    answer = json.load(connection.getresponse())
    print(answer["data"]["accessToken"])
PYTHON
}

# Ticks of 10 ms that a process has used; with its children that ended and those that live, if `all`.
ticks() {
    if [ "${2:-}" = all ]; then
        { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/([^)]*)/x/' | awk -v p="$1" '$1==p{s+=$14+$15+$16+$17} $4==p{s+=$14+$15} END{print s+0}'
    else
        sed 's/([^)]*)/x/' "/proc/$1/stat" | awk '{print $14+$15}'
    fi
}

memory() { awk -v k="$2" '$1==k":"{printf "%.1f", $2/1024}' "/proc/$1/status"; }
# Has the kernel count the peak anew.
forget_peak() { echo 5 > "/proc/$1/clear_refs" 2>/dev/null || true; }

# machine: what the figures were taken on.
machine() {
    printf '%s cores, %s, %s of memory, Linux %s, %s, PostgreSQL %s, Redis %s\n' "$(nproc)" \
        "$(awk -F': ' '/model name/{print $2; exit}' /proc/cpuinfo)" "$(awk '/MemTotal/{printf "%.0f GiB", $2/1048576}' /proc/meminfo)" \
        "$(uname -r)" "$("$waybill" --version 2>/dev/null)" "$(psql -qtAX "$TEST_POSTGRES_URL" -c 'show server_version')" \
        "$("${TEST_REDIS_PROGRAM:-redis-server}" --version | grep -o 'v=[^ ]*')"
}
