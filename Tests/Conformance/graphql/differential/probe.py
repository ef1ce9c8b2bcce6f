"""The engine under test: a process that answers a request in a line."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from .oracle import SCHEMA


def binary() -> Path:
    """GraphQLProbe, from GRAPHQL_PROBE, else beside the command under test."""
    named = os.environ.get("GRAPHQL_PROBE")
    if named:
        return Path(named).resolve()
    sluice = os.environ.get("SLUICE_BIN")
    if not sluice:
        raise RuntimeError("neither GRAPHQL_PROBE nor SLUICE_BIN says where the probe is; run scripts/test --conformance")
    return Path(sluice).resolve().parent / "GraphQLProbe"


def answers(requests: Iterable[dict]) -> Iterator[dict]:
    """The probe's answer to each request, in order. Requests are written beside the reading, so neither waits for ever."""
    with subprocess.Popen([binary(), SCHEMA], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def write() -> None:
            try:
                for request in requests:
                    process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.close()
            except BrokenPipeError:
                pass  # The reader says what became of the process.

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        for line in process.stdout:
            yield json.loads(line)
        writer.join(60)
    assert process.returncode == 0, f"the probe ended with {process.returncode}"
