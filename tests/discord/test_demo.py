"""The demo: what a newcomer sees first, and how it ends."""

from bot.demo import stage


async def test_a_command_that_is_answered_with_an_error_does_not_break_the_end_of_the_demo() -> None:
    async with stage() as demo:
        await demo.gazette.quiet()
        member = demo.env.guild.add_member(demo.env.create_user("reader"))
        answer = (await member.slash(demo.channel, "summary", article="no such title")).response
        assert answer is not None
        assert "No article in the history" in answer.content
