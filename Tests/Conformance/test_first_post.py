"""docs/first-post.md keeps what it says: its commands, word for word, take a fresh server to a post in the outbox."""

from __future__ import annotations

import json

import pytest

from support.pages import EMAIL, ROOT, Reader, blocks, compare_shape, last_json
from support.server import Installation

PAGE = "docs/first-post.md"


@pytest.fixture
def at_home(tmp_path):
    """An installation where the page has its: ./sluice-data."""
    installation = Installation(tmp_path)
    installation.data = tmp_path / "sluice-data"
    return installation


def test_every_command_of_the_page_does_what_the_page_shows(at_home, tmp_path):
    with at_home.serve() as server:
        outputs = {block.line: output for block, output in Reader(tmp_path, server).read(PAGE)}
        sent = at_home.json("outbox", "list", "--account", EMAIL)["items"]
        waiting = at_home.json("post", "list", "--account", EMAIL, "--status", "scheduled")["items"]
    previous, compared = None, 0
    for block in blocks(PAGE):
        if block.language == "json":
            shown, real = json.loads(block.text), last_json(outputs[previous.line])
            compare_shape(shown, real, f"{PAGE}:{block.line}")
            assert texts(shown) == texts(real), f"{PAGE}:{block.line}"
            compared += 1
        previous = block
    assert compared == 7
    assert [post["text"] for post in sent] == ["Just as the loom weaves flowers and leaves."]
    assert [post["text"] for post in waiting] == ["The engine weaves algebraic patterns."]


def texts(value) -> list[str]:
    """What the values say, apart from ids and times, which differ from run to run."""
    if isinstance(value, dict):
        return [text for name, one in value.items() for text in texts(one) if name not in ("id", "dueAt", "sentAt") and "_" not in name]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


def test_the_swift_of_the_page_is_what_a_test_compiles_and_runs():
    shown = [block.text for block in blocks(PAGE) if block.language == "swift"]
    test = (ROOT / "Tests/SluiceClientLiveTests/FirstPostTests.swift").read_text()
    assert len(shown) == 2
    for text in shown:
        assert text.rstrip() in test
