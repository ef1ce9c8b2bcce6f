"""Channels, queues, outboxes and tags in a real Chromium: from nothing to a post in the outbox, by the pages."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
import requests
from playwright.sync_api import sync_playwright

from support.chromium import Gallery, Person, Watch, chromium

MARKUP_NAME = "<b>Bold</b> & <img src=x onerror=alert(1)>"
CREATE = """
mutation($input: CreatePostInput!) {
  createPost(input: $input) { ... on PostActionSuccess { post { id } } ... on MutationError { message } }
}
"""


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright, chromium(playwright) as running:
        yield running


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def person(request, browser, base):
    context = browser.new_context(java_script_enabled=request.param)
    watch = Watch(context)
    yield Person(context.new_page(), base)
    context.close()
    assert watch.complaints == []
    assert all(url.startswith(base + "/") for url in watch.urls), "a page loaded something from elsewhere"


@pytest.fixture(scope="module")
def gallery():
    folder = os.environ.get("SLUICE_SCREENSHOTS")
    return Gallery(Path(folder) / "channels" if folder else Path(tempfile.mkdtemp(prefix="sluice-screenshots-")))


class Poster:
    """Somebody who posts through the API."""

    def __init__(self, server, account):
        self.url = server.url
        self.key = server.installation.create_key(account)

    def post(self, channel: str, text: str, mode: str = "addToQueue", **more) -> str:
        variables = {"channelId": channel, "text": text, "mode": mode, "schedulingType": "automatic"} | more
        answer = requests.post(
            self.url, json={"query": CREATE, "variables": {"input": variables}},
            headers={"Authorization": f"Bearer {self.key}"}, timeout=30,
        ).json()  # fmt: skip
        return answer["data"]["createPost"]["post"]["id"]


def wait_for(condition) -> None:
    """Until the server's scheduler, which looks each second, has done it."""
    end = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def texts(person: Person) -> list[str]:
    return person.page.locator(".post-text").all_inner_texts()


def test_from_a_channel_to_a_post_in_the_outbox(person, server, account):
    poster = Poster(server, account)
    person.sign_in(account)
    person.follow("/settings/channels")
    channels = person.page.url.removeprefix(person.base)
    assert channels.endswith("/channels")
    assert "No network is connected" in person.page.content()
    person.follow(f"{channels}/new")
    boards = person.page.locator("#boards")
    assert not boards.is_visible()
    person.fill(channels, service="pinterest")
    assert boards.is_visible(), "what Pinterest alone has appears with it"
    person.fill(channels, service="mastodon", name="ada", time_zone="Europe/Berlin")
    assert not boards.is_visible() and person.page.locator("#server_url").is_visible()
    person.press(channels)
    channel = person.page.url.removeprefix(person.base).split("?")[0]
    identifier = channel.split("/")[-1]

    person.fill(f"{channel}/schedule", mon="8:00, 16:30")
    person.press(f"{channel}/schedule", "mon")
    assert person.page.locator("#sun").input_value() == "08:00, 16:30"
    person.press(f"{channel}/pause")
    first, second = poster.post(identifier, "One"), poster.post(identifier, "Two")
    person.follow(f"{channel}/queue")
    assert texts(person) == ["One", "Two"]
    organization = channel.split("/channels/")[0]
    person.press(f"{organization}/posts/{second}/top")
    assert texts(person) == ["Two", "One"]
    person.press(f"{organization}/posts/{first}/delete")
    assert texts(person) == ["Two"]
    person.press(f"{channel}/resume")
    poster.post(identifier, "Out", "shareNow")
    wait_for(lambda: person.open(f"{channel}/outbox") == 200 and texts(person) == ["Out"])


@pytest.mark.parametrize("person", [True], indirect=True, ids=["javascript"])
def test_s35_s128_the_pages_about_channels_fit_both_widths_and_both_schemes(person, server, gallery):
    """S17: markup in a name is text on every page; nothing scrolls sideways, every control has a name."""
    installation = server.installation
    account = installation.create_account("Wolfeschlegelsteinhausenbergerdorff the Elder")
    poster = Poster(server, account)
    owner = ("--account", account.email)
    person.sign_in(account)
    person.open("/settings/channels")
    gallery.shoot(person.page, "channels-empty")
    organization = person.page.url.removeprefix(person.base).removesuffix("/channels")

    def add(*options: str) -> str:
        return installation.json("channel", "add", *owner, *options)["id"]

    channel = add("--service", "mastodon", "--name", MARKUP_NAME, "--time-zone", "America/Argentina/ComodRivadavia")
    other = add("--service", "pinterest", "--name", "of-a-long-name-" * 6, "--board", "Recipes | 1", "Tools")
    installation.run("channel", "edit", other, "--disconnected", "--locked")
    tag = installation.json("tag", "add", *owner, "--name", MARKUP_NAME, "--color", "pinkLight")["id"]
    picture = [{"image": {"url": "https://images.example.com/" + "a-long-path/" * 9 + "loom.png"}}]
    installation.run("channel", "fail", channel, "--reason", MARKUP_NAME, "--raw-error", "HTTP-401-" * 20)
    failed = poster.post(channel, "Refused", "shareNow")
    wait_for(lambda: installation.json("post", "show", failed)["status"] == "error")
    poster.post(channel, f"Out {MARKUP_NAME}\n\nhttps://example.com/{'x' * 200}", "shareNow", assets=picture)
    poster.post(channel, "By hand", "shareNow", schedulingType="notification")
    wait_for(lambda: len(installation.json("post", "list", *owner, "--status", "sent")["items"]) == 2)
    poster.post(channel, MARKUP_NAME, tagIds=[tag], assets=picture)
    poster.post(channel, "May I?", needsApproval=True)
    installation.run("channel", "pause", channel)

    for name, path in [
        ("channels", "/channels"), ("channel-new", "/channels/new"), ("channel", f"/channels/{channel}"),
        ("channel-pinterest", f"/channels/{other}"), ("queue", f"/channels/{channel}/queue"),
        ("queue-empty", f"/channels/{other}/queue"), ("outbox", f"/channels/{channel}/outbox"),
        ("outbox-of-all", "/outbox"), ("tags", "/tags"),
    ]:  # fmt: skip
        assert person.open(organization + path) == 200
        gallery.shoot(person.page, name)
        assert person.page.locator("img[onerror], b:text-is('Bold')").count() == 0, f"markup came alive on {name}"

    person.open(f"{organization}/channels/new")
    person.page.locator(".channel-form").evaluate("form => form.noValidate = true")
    person.fill(f"{organization}/channels", service="mastodon", name=" ", server_url="nonsense", max_characters="x")
    person.press(f"{organization}/channels")
    gallery.shoot(person.page, "channel-new-refused")
    person.open(f"{organization}/channels/{channel}")
    person.fill(f"{organization}/channels/{channel}/schedule", mon="09:00, 25:00", sat="noon", sun_paused="on")
    person.press(f"{organization}/channels/{channel}/schedule")
    gallery.shoot(person.page, "schedule-refused")
    person.open(f"{organization}/channels/{channel}/queue")
    person.page.locator("details.confirm summary").first.click()
    gallery.shoot(person.page, "queue-delete")
    person.open(f"{organization}/tags")
    person.page.locator("details.change summary").first.click()
    gallery.shoot(person.page, "tag-change")
    installation.run("organization", "create", *owner, "--name", MARKUP_NAME)
    person.open("/settings/channels")
    gallery.shoot(person.page, "channel-organizations")
    assert gallery.complaints == []
