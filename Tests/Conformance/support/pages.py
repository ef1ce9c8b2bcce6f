"""The project's Markdown pages: their blocks, and a shell that runs them as a reader would.

A block marked `sh` is run. All of a page run in order, in one shell, in an empty folder, with `sluice` on PATH and a
server on ./sluice-data at the address that the pages call http://127.0.0.1:8080. A `json` block behind one shows what the
last line of its output looks like. When a page prints an authorization URL, Ada signs in, allows it, and types the
address that the app's callback got.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from support.server import Account, Server, binary
from support.visitor import Visitor

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
# Whom the pages speak of, with the password that they give her.
EMAIL, PASSWORD = "ada@example.com", "a long passphrase of yours"
ADDRESS = "http://127.0.0.1:8080"
AUTHORIZATION_URL = re.compile(r"https?://\S+/auth\?\S+")
LIMIT_IN_SECONDS = 120
# What a page's command starts as Ada's browser: she signs in, allows it, and the browser goes where it is sent.
BROWSER = """\
#!{python}
import sys

sys.path.insert(0, "{tests}")
import requests

from support.pages import EMAIL, PASSWORD
from support.server import Account
from support.visitor import Visitor

callback = Visitor("{base}").authorize(sys.argv[1], Account("", EMAIL, PASSWORD, "Ada Lovelace"))
requests.get(callback, timeout=30)
"""


@dataclass
class Block:
    language: str
    text: str
    line: int
    # Whether only blank lines stand between the block before and this one.
    follows: bool = False


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, those inside lists too."""
    found: list[Block] = []
    fence = None
    empty_since_block = False
    for number, line in enumerate((ROOT / page).read_text().splitlines(), 1):
        opened = re.match(r"( *)```(\w*)\s*$", line)
        if fence is None and opened:
            indent, fence = opened.group(1), Block(opened.group(2), "", number, empty_since_block)
        elif fence is not None and opened and not opened.group(2):
            found.append(fence)
            fence, empty_since_block = None, True
        elif fence is not None:
            fence.text += line.removeprefix(indent) + "\n"
        elif line.strip():
            empty_since_block = False
    assert fence is None, f"{page}:{fence.line}: a block without an end"
    return found


def is_runnable(block: Block) -> bool:
    """The scripts of the checkout run this suite: they are tested by doing that."""
    commands = [line for line in block.text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return block.language == "sh" and not all(line.startswith("./scripts/") for line in commands)


class Reader:
    """Somebody who types what a page says, block by block."""

    def __init__(self, folder: Path, server: Server, before: Callable[[Block], None] | None = None):
        self.folder = folder
        self.server = server
        self.before = before or (lambda block: None)

    def read(self, page: str) -> list[tuple[Block, str]]:
        """Runs a page and returns its blocks with what each printed."""
        steps = [block for block in blocks(page) if is_runnable(block)]
        script = "set -euo pipefail\n"
        for number, block in enumerate(steps):
            # Each block waits for a line, so that the world can be prepared for it.
            script += f"printf '\\n@@@%d\\n' {number}; read -r _\n"
            script += block.text.replace(ADDRESS, self.server.url)
        (self.folder / ".page.sh").write_text(script)
        commands = self.folder / ".bin"
        commands.mkdir(exist_ok=True)
        (commands / "sluice").symlink_to(binary())
        home = self.folder / ".home"
        home.mkdir()
        browser = commands / "browser"
        browser.write_text(BROWSER.format(python=sys.executable, tests=ROOT / "Tests/Conformance", base=self.server.url))
        browser.chmod(0o700)
        mine = ("SLUICE", "BUFFER", "XDG_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
        environment |= {"PATH": f"{commands}:{os.environ['PATH']}", "HOME": str(home), "TMPDIR": tempfile.gettempdir()}
        environment |= {"BROWSER": str(browser)}
        with (self.folder / ".errors").open("w+") as errors:
            shell = subprocess.Popen(
                ["timeout", str(LIMIT_IN_SECONDS), "bash", ".page.sh"], cwd=self.folder, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip
            try:
                outputs, current = self._converse(shell, steps)
                status = shell.wait(LIMIT_IN_SECONDS)
            finally:
                shell.kill()
            errors.seek(0)
            where = f"{page}:{steps[current].line}" if steps else page
            assert status == 0, f"{where}: exit status {status}\n{''.join(outputs[current:])}\n{errors.read()}"
        return list(zip(steps, outputs, strict=True))

    def _converse(self, shell: subprocess.Popen, steps: list[Block]) -> tuple[list[str], int]:
        outputs = [""] * len(steps)
        current = 0
        for line in shell.stdout:
            mark = re.fullmatch(r"@@@(\d+)\n", line)
            if mark:
                current = int(mark.group(1))
                self.before(steps[current])
                self._type(shell, "")
                continue
            outputs[current] += line
            asked = AUTHORIZATION_URL.search(line)
            if asked:
                ada = Account("", EMAIL, PASSWORD, "Ada Lovelace")
                self._type(shell, Visitor(self.server.url).authorize(asked.group(0), ada))
        return outputs, current

    @staticmethod
    def _type(shell: subprocess.Popen, line: str) -> None:
        shell.stdin.write(line + "\n")
        shell.stdin.flush()


def last_json(output: str):
    """The JSON value that a block printed last, on one line or several."""
    lines = output.strip().splitlines()
    for start in range(len(lines) - 1, -1, -1):
        try:
            return json.loads("\n".join(lines[start:]))
        except ValueError:
            continue
    raise AssertionError(f"no JSON at the end of {output!r}")


def compare_shape(shown, real, where: str) -> None:
    """Same members in the same order, same kinds of values; null stands for a value that may be absent."""
    if shown is None or real is None:
        return
    assert type(shown) is type(real), f"{where}: {shown!r} is shown for {real!r}"
    if isinstance(shown, dict):
        assert list(shown) == list(real), f"{where}: members {list(shown)} are shown for {list(real)}"
        for name in shown:
            compare_shape(shown[name], real[name], f"{where}.{name}")
    elif isinstance(shown, list) and shown:
        assert real, f"{where}: an empty list proves nothing"
        for value in shown if len(shown) > 1 else shown[:1]:
            compare_shape(value, real[0], f"{where}[]")
