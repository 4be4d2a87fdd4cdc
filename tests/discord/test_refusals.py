"""What is refused, what is passed over, and how a refusal ends."""

import discord
import pytest

from tests.discord.conftest import BRIDGE, HARBOUR, World

KITES = """<html><head><title>Forty kites over Brenn</title></head><body><article>
<h1>Forty kites over Brenn</h1>
<p>Forty kites rose over the harbour of Brenn on Sunday, more than in any year since the festival began.</p>
<p>The wind held from the morning until the early evening, and the largest kite stayed up for five hours.</p>
<p>Mara Lind, who built it with her pupils, said that the frame had been made from the mast of a dinghy.</p>
<p>The town expects twice as many guests next year and will open the northern quay for them as well.</p>
</article></body></html>"""

FRAME = """<html><head><title>Win a kite</title></head><body>
<h1>Win a kite</h1>
<p>Sign up for our letter today, and you may win one of three kites that our partners give away now.</p>
<p>Our partners may write to you about kites, strings and sails, and about holidays on the coast of Brenn.</p>
</body></html>"""

BAD_GATEWAY = """<html><head><title>502 Bad Gateway</title></head><body>
<center><h1>502 Bad Gateway</h1></center><hr><center>harbour-proxy/3.4</center></body></html>"""

NOT_FOUND = """<html><head><title>Page not found</title></head><body>
<h1>Page not found</h1><p>The page you are looking for does not exist or has been moved.</p></body></html>"""

ARE_YOU_HUMAN = """<html><head><title>Just a moment...</title></head><body>
<h1>Verify that you are human</h1><p>Checking your browser before you go on. Please enable cookies.</p>
</body></html>"""

TITLE = "Forty kites over Brenn"


async def failed(world: World) -> str:
    return (await world.manage("inbox failed")).content


async def test_files_of_other_programs_are_neither_posted_nor_refused(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        for name in ("a.txt.aria2", "b.bak", "#c.txt#", "4913", "d.orig", "e.!qB", "f.old", "g.txt,v"):
            hidden = world.inbox / ".draft"
            hidden.write_text(BRIDGE.replace("bridge", name))
            hidden.rename(world.inbox / name)
        world.put("empty.txt.rej", "")
        await world.quiet()
        assert world.titles() == ["Harbour board elects Ada Reed as its chair"]
        assert await failed(world) == "No file is refused."
        assert "knows nothing" in (await world.manage("why", path="b.bak")).content
        (world.inbox / "b.bak").rename(world.inbox / "b.txt")
        await world.quiet()
        assert len(world.posts()) == 2


@pytest.mark.parametrize("page_comes", ["first", "last"])
async def test_what_a_browser_saved_with_a_page_is_neither_posted_nor_refused(
    world: World, page_comes: str
) -> None:
    async with world.bot() as gazette:
        if page_comes == "first":
            world.put("Kites.html", KITES)
            await world.quiet()
        world.put("Kites_files/frame.html", FRAME)
        world.put("Kites_files/style.css", "body { margin: 0 }")
        world.put("Kites_files/a.js", "var a = 1;")
        world.put("Kites.html", KITES)
        await world.quiet()
        assert world.titles() == [TITLE]
        assert await failed(world) == "No file is refused."
        assert await gazette.bot.digesting.every_section() == []


async def test_a_section_called_like_the_files_of_a_page_is_posted(world: World) -> None:
    async with world.bot() as gazette:
        world.put("my_files/kites.html", KITES)
        await world.quiet()
        assert world.titles() == [TITLE]
        assert await gazette.bot.digesting.every_section() == ["my_files"]


async def test_a_placeholder_is_refused_until_it_is_filled(world: World) -> None:
    async with world.bot():
        world.put("later.txt", "")
        await world.quiet()
        assert "later.txt" in await failed(world)
        assert "1 file refused" in (await world.manage("status")).content
        world.put("later.txt", HARBOUR)
        await world.quiet()
        assert len(world.posts()) == 1
        assert await failed(world) == "No file is refused."
        told = (await world.manage("status")).content
        assert "0 files refused" in told
        assert "later.txt: The file is empty." not in told


async def test_a_good_page_that_is_overwritten_by_a_bad_one_keeps_its_post(world: World) -> None:
    world.put("world/page.html", KITES)
    async with world.bot():
        await world.quiet()
        before = world.posts()
        for bad in ("", BAD_GATEWAY, NOT_FOUND, ARE_YOU_HUMAN, ""):
            world.put("world/page.html", bad)
            await world.quiet()
        assert world.posts() == before
        assert await failed(world) != "No file is refused."
        (told,) = world.told_to_the_owner()
        assert told == (
            "world/page.html was read before and is now refused: The file is empty. Its post stays as it was."
        )
        world.put("world/page.html", KITES)
        await world.quiet()
        assert world.posts() == before
        assert await failed(world) == "No file is refused."
        assert len(world.told_to_the_owner()) == 1


async def test_a_corrected_page_changes_its_post_after_a_bad_one(world: World) -> None:
    world.put("page.html", KITES)
    async with world.bot():
        await world.quiet()
        world.put("page.html", "")
        await world.quiet()
        world.put("page.html", KITES.replace("Forty kites rose", "Fifty kites rose"))
        await world.quiet()
        (post,) = world.posts()
        assert "Fifty kites rose" in (post.description or "")


async def test_the_owner_is_told_again_on_another_day(world: World) -> None:
    world.put("page.html", KITES)
    async with world.bot():
        await world.quiet()
        for day in (0, 0, 1):
            world.clock.advance(days=day)
            world.put("page.html", "")
            await world.quiet()
            world.put("page.html", KITES)
            await world.quiet()
        assert len(world.told_to_the_owner()) == 2


async def test_what_was_dismissed_is_listed_no_longer_and_why_still_tells(world: World) -> None:
    world.put("a.txt", "")
    world.put("world/b.txt", " ")
    async with world.bot():
        await world.quiet()
        told = (await world.manage("inbox dismiss", path="world/b.txt")).content
        assert told.startswith("Dismissed: 1 refused file.")
        assert "world/b.txt" not in await failed(world)
        status = (await world.manage("status")).content
        assert "1 file refused" in status
        assert "white space" in (await world.manage("why", path="world/b.txt")).content
        assert "No file at that path" in (await world.manage("inbox dismiss", path="world/b.txt")).content
    async with world.bot():
        await world.quiet()
        assert "world/b.txt" not in await failed(world)
        world.put("world/b.txt", "")
        await world.quiet()
        assert "world/b.txt" in await failed(world)
        assert "Dismissed: 2 refused files." in (await world.manage("inbox dismiss")).content
        assert await failed(world) == "No file is refused."
        assert (await world.manage("inbox dismiss")).content == "No file is refused."


async def test_the_paths_of_refused_files_are_offered_to_those_who_may_dismiss_them(world: World) -> None:
    world.put("a.txt", "")
    world.put("world/b.txt", " ")
    async with world.bot():
        await world.quiet()
        role = world.guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
        editor = world.guild.add_member(world.env.create_user("editor"), roles=[role])
        offered = await editor.autocomplete(world.channel, "inbox dismiss", "path", "WORLD")
        assert [choice["value"] for choice in offered] == ["world/b.txt"]
        elsewhere = world.env.create_guild("Elsewhere")
        room = elsewhere.create_text_channel("room")
        admin = elsewhere.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        stranger = elsewhere.add_member(world.env.create_user("stranger"), roles=[admin])
        assert await stranger.autocomplete(room, "inbox dismiss", "path", "") == []
        answer = await world.manage("inbox dismiss", guild=elsewhere, channel=room)
        assert "of the server that this bot belongs to" in answer.content
        assert len((await failed(world)).splitlines()) == 2


async def test_a_member_who_may_not_manage_the_server_cannot_dismiss(world: World) -> None:
    world.put("a.txt", "")
    async with world.bot() as gazette:
        await world.quiet()
        synced = {known.name: known for known in await gazette.bot.tree.fetch_commands()}
        world.guild.set_command_permissions(synced["inbox"], {world.guild.default_role: True})
        assert "may manage the server" in (await world.ask("inbox dismiss", path="a.txt")).content
        assert "a.txt" in await failed(world)
