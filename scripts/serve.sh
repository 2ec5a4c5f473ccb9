#!/usr/bin/env bash
# Starts the dashboard for this machine alone: scripts/serve.sh [port]
# Without a port it takes 8501, or the next one that is free.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Another program may take the port between this look and the start; the start then says so.
first_free_port() {
    .venv/bin/python - <<'PYTHON'
import socket

for port in range(8501, 8601):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    print(port)
    break
else:
    raise SystemExit("No port from 8501 to 8600 is free; name one: make run PORT=9000")
PYTHON
}

port=${1:-}
[ -n "$port" ] || port=$(first_free_port)
exec .venv/bin/counterweight serve --address 127.0.0.1 --port "$port"
