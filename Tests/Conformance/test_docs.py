"""The pages tell the truth: their commands run, their JSON has the shape that the binary prints, nothing is left out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time

import pytest
import requests

from support.app import App
from support.home import Home
from support.pages import ADDRESS, EMAIL, PAGES, PASSWORD, ROOT, Block, Reader, blocks, compare_shape, is_runnable, last_json
from support.server import ADDRESS as READY, Account, Client, Installation, binary, free_port
from support.visitor import Visitor


@pytest.fixture
def at_home(tmp_path):
    """An installation where the pages have theirs: ./sluice-data."""
    installation = Installation(tmp_path)
    installation.data = tmp_path / "sluice-data"
    return installation


@pytest.mark.parametrize("page", [page for page in PAGES if any(is_runnable(block) for block in blocks(page))])
def test_every_command_of_a_page_runs_and_answers_what_the_page_shows(at_home, page, tmp_path):
    with at_home.serve() as server:

        def prepare(block: Block) -> None:
            # A grant takes a browser, which a page of commands has not.
            if page == "docs/cli.md" and "sluice grant list" in block.text:
                clients = at_home.json("client", "list", "--account", EMAIL)["items"]
                public = next(client for client in clients if client["type"] == "public")
                app = App(server.url, Client(public["client_id"], None, public["redirect_uris"][0]))
                app.sign_in(Visitor(server.url), Account("", EMAIL, PASSWORD, "Ada Lovelace"))

        done = Reader(tmp_path, server, prepare).read(page)
    outputs = {block.line: output for block, output in done}
    previous = None
    for block in blocks(page):
        if block.language == "json":
            shown = json.loads(block.text)
            if previous is not None and block.follows and previous.line in outputs:
                compare_shape(shown, last_json(outputs[previous.line]), f"{page}:{block.line}")
            else:
                assert page != "docs/cli.md", f"{page}:{block.line}: no command shows this"
        previous = block


@pytest.mark.parametrize("page", PAGES)
def test_every_link_between_pages_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), f"{page} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(), flags=re.MULTILINE)
            anchors = [re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings]
            assert anchor in anchors, f"{page} links to {target}; there are {anchors}"


def commands(command: dict, path: tuple[str, ...] = ()):
    """Every command that does something, with its long options."""
    below = [one for one in command.get("subcommands", []) if one["commandName"] != "help"]
    for one in below:
        yield from commands(one, (*path, one["commandName"]))
    if not below and path:
        names = {
            name["name"] for argument in command.get("arguments", []) if argument["kind"] != "positional"
            for name in argument["names"] if name["kind"] == "long"
        }  # fmt: skip
        yield " ".join(path), names - {"help", "version"}


@pytest.fixture(scope="module")
def help_of_all() -> dict[str, set[str]]:
    done = subprocess.run([str(binary()), "--experimental-dump-help"], capture_output=True, text=True, check=True)
    return dict(commands(json.loads(done.stdout)["command"]))


def test_the_page_of_commands_leaves_none_out_and_its_options_neither(help_of_all):
    page = (ROOT / "docs/cli.md").read_text()
    run = "".join(block.text for block in blocks("docs/cli.md") if is_runnable(block))
    shared = {"data", "master-key-file", "config", "json"}
    for command, options in help_of_all.items():
        assert f"sluice {command}" in run, f"no example of `sluice {command}` is run"
        settings = options if command in ("serve", "config check") else set()
        for option in options - shared - settings:
            assert f"--{option}" in page, f"docs/cli.md does not know `{command} --{option}`"


def test_every_option_that_a_page_names_exists(help_of_all):
    known = set().union(*help_of_all.values()) | {"help", "version", "generate-completion-script", "all"}
    other = {"conformance", "swift", "filter", "data-urlencode", "base64url", "arg", "now", "package-path", "preview", "skip-build"}
    other |= set(re.findall(r'add_argument\("--([a-z-]+)"', (ROOT / "Benchmarks/run").read_text()))
    for page in PAGES:
        named = set(re.findall(r"(?<![\w-])--([a-z][a-z0-9-]+)", (ROOT / page).read_text()))
        assert not named - known - other, f"{page} names options that do not exist"


def test_the_page_of_settings_has_each_with_its_names_and_default():
    done = subprocess.run([str(binary()), "config", "check", "--json"], capture_output=True, text=True, check=True)
    page = (ROOT / "docs/configuration.md").read_text()
    rows = {re.split(r"\s*\|\s*", line)[1].strip("`"): line for line in page.splitlines() if line.startswith("| `")}
    settings = json.loads(done.stdout)["settings"]
    assert {setting["name"] for setting in settings} <= set(rows), "a setting has no row"
    for setting in settings:
        row = rows[setting["name"]]
        assert f"`{setting['variable']}`" in row
        if setting["name"] not in ("auth-url", "api-url", "app-url") and setting["value"] not in (None, []):
            value = setting["value"]
            assert f"`{str(value).lower() if isinstance(value, bool) else value}`" in row, f"{row} says no {value}"


def test_exit_codes_are_those_of_the_page(at_home, tmp_path):
    """Each row of the table is reached by a command."""
    account = at_home.create_account()
    page = (ROOT / "docs/cli.md").read_text().split("## Exit codes")[1].split("\n## ")[0]
    documented = {int(code): name for code, name in re.findall(r"^\| (\d+) \| `(\w+)` \|", page, flags=re.MULTILINE)}
    create = ("account", "create", "--name", "A", "--password-file", "-")
    reached = {}

    def reach(*arguments: str, input: str = "", installation: Installation = at_home) -> None:
        note(installation.run(*arguments, "--json", input=input, check=False))

    def note(done: subprocess.CompletedProcess) -> None:
        error = json.loads(done.stderr.strip().splitlines()[-1]) if done.returncode and done.stderr.strip() else None
        if error is not None:
            assert error["exit_code"] == done.returncode
            assert list(error) == ["error", "exit_code", "message", "kept", "next"]
        reached[done.returncode] = error["error"] if error else "ok" if done.returncode == 0 else None

    home = Home(tmp_path)
    note(home.run("whoami", "--json"))
    note(home.run("api", "{ a }", "--json", environment={"BUFFER_API_KEY": "k", "BUFFER_API_URL": f"http://127.0.0.1:{free_port()}"}))
    with at_home.serve() as server:
        key = {"BUFFER_API_KEY": at_home.create_key(account), "BUFFER_API_URL": server.url}
        note(home.run("api", "{ nonsense }", "--json", environment=key))
    reach("account", "list")
    reach("serve", "--port", "many")
    reach(*create, "--email", "no address", input=PASSWORD)
    reach("account", "disable", "nobody@example.com")
    reach(*create, "--email", account.email, input=PASSWORD)
    reach("key", "create", "--account", account.email, "--name", "n", "--scope", "nothing:at-all")
    wrong = Installation(tmp_path, environment={"SLUICE_PORT": "many"})
    wrong.data = at_home.data
    reach("serve", installation=wrong)
    with at_home.serve() as server:
        other = Installation(tmp_path / "other")
        other.folder.mkdir()
        reach("serve", "--port", str(server.port), installation=other)
    key = at_home.data / "master.key"
    key.chmod(0o644)
    reach("account", "list")
    key.rename(tmp_path / "kept")
    reach("doctor")
    reached[1] = "failed" if 1 in reached else None
    (tmp_path / "kept").rename(key)
    key.chmod(0o600)
    (at_home.data / "sluice.sqlite").write_bytes(b"SQLite format 3\0 no more")
    reach("account", "list")
    assert reached == documented


def test_the_python_sample_of_the_readme_signs_in(server, base, account, tmp_path):
    client = server.installation.create_client(account, "http://127.0.0.1:5000/callback")
    program = next(block.text for block in blocks("README.md") if block.language == "python")
    for placeholder, value in {ADDRESS: base, "CLIENT_ID": client.client_id, "CLIENT_SECRET": client.client_secret}.items():
        assert placeholder in program
        program = program.replace(placeholder, value)
    with subprocess.Popen(
        [sys.executable, "-u", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as run:
        url = run.stdout.readline().removeprefix("Open ").strip()
        output, _ = run.communicate(Visitor(base).authorize(url, account) + "\n", timeout=60)
    assert run.returncode == 0, output
    assert account.email in output.splitlines()[-1]


def test_the_first_command_of_the_readme_starts_a_server(tmp_path):
    """As it stands but for the configuration, whose build this suite has already."""
    assert [block.text for block in blocks("README.md") if block.language == "sh"][0] == "./scripts/run\n"
    if shutil.which("swift") is None or ROOT / ".build" not in binary().parents:
        pytest.skip("needs the build of this checkout")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLUICE_")}
    environment |= {"SLUICE_CONFIGURATION": "debug", "HOME": "/nonexistent"}
    log = tmp_path / "log"
    with log.open("w") as output:
        run = subprocess.Popen(
            [str(ROOT / "scripts/run"), "--data", str(tmp_path / "data"), "--port", str(free_port())],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=tmp_path, env=environment,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 300
        while not (ready := re.search(r"Sluice is ready at (\S+)", log.read_text())):
            assert run.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        assert READY.fullmatch(ready.group(1))
        page = requests.get(ready.group(1), headers={"Accept": "text/html"}, timeout=10)
        assert page.status_code == 200 and "/sign-up" in page.text
    finally:
        run.terminate()
        assert run.wait(60) == 0
