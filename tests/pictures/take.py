"""Takes the pictures of the README and the pages anew from the demo."""

import asyncio
from pathlib import Path

from simcord.results import ResponseMessage

from bot.demo.blank_lines import keep_blank_lines
from bot.demo.pages import Pages
from bot.demo.stage import DIGESTS, NEWS, Stage, stage
from bot.printing import print_line
from tests.pictures.browser import Page, browser

FOLDER = Path(__file__).parents[2] / "docs"

WIDTH, HEIGHT = 1000, 1400


class Photographer:
    """Opens channels of the demo in a browser, and keeps what stands there as pictures."""

    def __init__(self, demo: Stage, pages: Pages, page: Page) -> None:
        self.demo = demo
        self.pages = pages
        self.page = page

    async def take(self, name: str, channel: str, message_id: int) -> None:
        """Keep a message of a channel under this name."""
        place = self.demo.channels[channel]
        address = f"{self.pages.url}channels/{self.demo.guild.id}/{place.id}/{message_id}"
        await self.page.open(address, WIDTH, HEIGHT)
        selector = f'article[data-message-id="{message_id}"]'
        await self.page.until(f"!!document.querySelector({selector!r})")
        await asyncio.sleep(1)  # fonts, faces and lists come after the words
        await self.page.ask(f"document.querySelector({selector!r}).scrollIntoView({{block: 'end'}})")
        picture = await self.page.picture(selector)
        (FOLDER / f"{name}.png").write_bytes(picture)
        print_line(f"docs/{name}.png: {len(picture) // 1000} KB")


async def main() -> None:
    """Take all of them."""
    keep_blank_lines()
    pages = Pages()
    await pages.start(0)
    try:
        async with browser() as page, stage() as demo, pages.showing(demo):
            demo.viewers.reverse()  # private answers are the editor's
            photographer = Photographer(demo, pages, page)
            (digest,) = demo.channels[DIGESTS].history()
            await photographer.take("digest", DIGESTS, digest.id)
            posts = demo.channels[NEWS].history()
            copied = next(post for post in posts if "Ferry Nations Agree" in (post.embeds[0].title or ""))
            await photographer.take("demo", NEWS, copied.id)
            await photographer.take("filter-test", NEWS, (await _filter_test(demo)).id)
            await photographer.take("setup", NEWS, (await _set_up(demo)).id)
    finally:
        await pages.close()


async def _filter_test(demo: Stage) -> ResponseMessage:
    editor = demo.viewers[0]
    options = {"action": "exclude", "by": "words", "text": "council"}
    answer: object = (await editor.slash(demo.channels[NEWS], "filter test", **options)).response
    assert isinstance(answer, ResponseMessage)
    return answer


async def _set_up(demo: Stage) -> ResponseMessage:
    """Go through /setup as far as its third page."""
    editor = demo.viewers[0]
    shown: object = (await editor.slash(demo.channels[NEWS], "setup")).response
    assert isinstance(shown, ResponseMessage)

    def item(action: str) -> str:
        every = [one for row in shown.components for one in row["components"]]
        return next(str(one["custom_id"]) for one in every if one["custom_id"].endswith(f":{action}"))

    await editor.select(shown, [demo.channels[DIGESTS]], custom_id=item("channel"))
    for action in ("next", "next"):
        await editor.click(shown, custom_id=item(action))
    return shown
