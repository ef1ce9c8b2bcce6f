"""Runs the code blocks of Buffer's guide with the host names of the server under test."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from support.server import Client

FOLDER = Path(__file__).resolve().parent.parent / "snippets"
# Node 18 has Web Crypto, but not yet as a global of a module.
WEB_CRYPTO = "globalThis.crypto ??= (await import('node:crypto')).webcrypto\n"


class Guide:
    """The guide's blocks, filled in for one server and one client."""

    def __init__(self, base: str, client: Client | None = None):
        self.replacements = {"https://auth.buffer.com": base, "https://api.buffer.com": base}
        if client is not None:
            self.replacements |= {
                "YOUR_CLIENT_ID": client.client_id,
                "YOUR_CLIENT_SECRET": client.client_secret or "",
                "https://yourapp.com/callback": client.redirect_uri,
            }

    def block(self, name: str) -> str:
        text = (FOLDER / name).read_text()
        for old, new in self.replacements.items():
            text = text.replace(old, new)
        return text

    def javascript(self, name: str) -> str:
        return self.block(f"javascript/{name}.js")

    def php(self, name: str) -> str:
        """Without the opening tag, so that blocks can follow one another."""
        return self.block(f"php/{name}.php").removeprefix("<?php\n")


def run_javascript(program: str, folder: Path, **values):
    """Runs a module and returns what it prints, as JSON. `values` reach it as constants."""
    constants = "".join(f"const {name} = {json.dumps(value)}\n" for name, value in values.items())
    path = folder / "program.mjs"
    path.write_text(WEB_CRYPTO + constants + program)
    return _run(["node", str(path)])


def run_php(program: str, folder: Path, **values):
    """Runs a script and returns what it prints, as JSON. `values` reach it as variables."""
    variables = "".join(f"${name} = json_decode('{_quoted(json.dumps(value))}', true);\n" for name, value in values.items())
    path = folder / "program.php"
    path.write_text("<?php\n" + variables + program)
    return _run(["php", "-d", "display_errors=stderr", str(path)])


def _quoted(text: str) -> str:
    """For a single-quoted PHP string."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _run(command: list[str]):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ | {"NODE_OPTIONS": ""})
    assert done.returncode == 0, f"{command[0]} failed with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return json.loads(done.stdout)
