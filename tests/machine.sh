# Sourced by bin/test: what this machine has, and what root can add to it. Sets CHROMIUM, TEST_DATABASE_URL, TEST_REDIS_URL.

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
install() {
  echo "· Installing $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 || true
}
answers() { .venv/bin/python -c "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()" "$1" 2>/dev/null; }

# Without the mixing engine's compiled kernel there is nothing to hold the plain one against.
has_kernel() { compgen -G 'peerhood/mixing/engine/kernel.*.so' >/dev/null || compgen -G 'peerhood/mixing/engine/kernel.*.pyd' >/dev/null; }
if ! has_kernel && may_install; then
  install gcc libc6-dev python3-dev
  rm -f .venv/kernel-compiled
  bin/setup --test
fi

find_chromium() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  for path in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /snap/bin/chromium; do
    [ -x "$path" ] && echo "$path" && return
  done
  return 1
}
if [ -z "${CHROMIUM:-}" ]; then
  CHROMIUM=$(find_chromium) || { may_install && install chromium; CHROMIUM=$(find_chromium) || CHROMIUM=; }
fi

if [ -z "${TEST_DATABASE_URL:-}" ]; then
  for url in "postgres://postgres@127.0.0.1:5432/postgres" "postgres://$(id -un)@127.0.0.1:5432/postgres" "postgres://%2Fvar%2Frun%2Fpostgresql/postgres"; do
    answers "$url" && TEST_DATABASE_URL=$url && break
  done
fi
if [ -z "${TEST_DATABASE_URL:-}" ] && may_install; then
  install postgresql
  if command -v pg_lsclusters >/dev/null; then
    read -r version cluster _ < <(pg_lsclusters -h) || true
    pg_ctlcluster --skip-systemctl-redirect "$version" "$cluster" start 2>/dev/null || true
    su postgres -c "createuser --superuser root" 2>/dev/null || true
    url="postgres://%2Fvar%2Frun%2Fpostgresql/postgres"
    for _ in 1 2 3 4 5 6 7 8 9 10; do answers "$url" && TEST_DATABASE_URL=$url && break; sleep 1; done
  fi
fi

redis_answers() { .venv/bin/python -c "import redis, sys; redis.from_url(sys.argv[1], socket_connect_timeout=2).ping()" "$1" 2>/dev/null; }
TEST_REDIS_URL=${TEST_REDIS_URL:-redis://127.0.0.1:6379/9}
if ! redis_answers "$TEST_REDIS_URL"; then
  may_install && ! command -v redis-server >/dev/null && install redis-server
  command -v redis-server >/dev/null && redis-server --daemonize yes --save "" --port 6379 >/dev/null && sleep 1
  redis_answers "$TEST_REDIS_URL" || TEST_REDIS_URL=
fi
export CHROMIUM TEST_DATABASE_URL TEST_REDIS_URL
