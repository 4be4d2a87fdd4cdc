import json
import random
import string
from collections.abc import Callable

import pytest

from bot.articles.read import read
from bot.errors import Refused
from tests.articles.texts import TEXT, TITLE, answer

DICE = random.Random(20)  # noqa: S311 - none of these opens anything
LETTERS = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


def some(length: int, signs: str = LETTERS) -> str:
    """Return letters in a row, each time the same."""
    return "".join(DICE.choice(signs) for _ in range(length))


def armour(name: str, end: str = "\n") -> str:
    """Return a block of invented base64 between its two lines."""
    lines = [
        f"-----BEGIN {name}-----",
        *(some(64, LETTERS + "+/") for _ in range(5)),
        f"-----END {name}-----",
    ]
    return end.join(lines)


TOKENS = {
    "Discord": f"MTA{some(21)}.G{some(5)}.{some(38)}",
    "a webhook of Discord": f"https://discord.com/api/webhooks/1{some(18, string.digits)}/{some(68)}",
    "GitHub": f"ghp_{some(36)}",
    "of GitHub": f"github_pat_11{some(20)}_{some(59)}",
    "GitLab": f"glpat-{some(20)}",
    "Amazon": f"AKIA{some(16, string.ascii_uppercase + '234567')}",
    "Slack": f"xoxb-{some(12, string.digits)}-{some(13, string.digits)}-{some(24)}",
    "a webhook of Slack": f"https://hooks.slack.com/services/T{some(9)}/B{some(9)}/{some(24)}",
    "Stripe": f"sk_live_{some(24)}",
    "Google": f"AIza{some(35)}",
    "a secret of Google": f"GOCSPX-{some(28)}",
    "OpenAI": f"sk-proj-{some(48)}",
    "a language model": f"sk-{some(48)}",
    "Anthropic": f"sk-ant-api03-{some(90)}AA",
    "npm": f"npm_{some(36)}",
    "PyPI": f"pypi-AgEIcHlwaS5vcmc{some(90)}",
    "Telegram": f"1234{some(6, string.digits)}:AA{some(33)}",
    "JWT": f"eyJ{some(33)}.eyJ{some(70)}.{some(43)}",
    "SendGrid": f"SG.{some(22)}.{some(43)}",
    "Twilio": f"SK{some(32, HEX)}",
    "Mailgun": f"key-{some(32, HEX)}",
    "Mailchimp": f"{some(32, HEX)}-us14",
    "DigitalOcean": f"dop_v1_{some(64, HEX)}",
    "Hugging Face": f"hf_{some(34, string.ascii_letters)}",
    "Shopify": f"shpat_{some(32, HEX)}",
    "Vault": f"hvs.{some(90)}",
    "Azure": f"DefaultEndpointsProtocol=https;AccountName=sun;AccountKey={some(86)}==",
    "a secret key of Amazon": f"aws_secret_access_key = {some(20)}/{some(19)}",
    "a password": f"postgres://sun:{some(9)}@db.example.org/news",
    "age": f"AGE-SECRET-KEY-1{some(58, string.ascii_uppercase + '234567')}",
    "WireGuard": f"PrivateKey = {some(42)}8=",
    "PuTTY": f"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n{some(44)}",
    "JWK": f'{{"kty": "EC", "crv": "P-256", "x": "{some(43)}", "d": "{some(43)}"}}',
    "OpenSSH": f"b3BlbnNzaC1rZXktdjEA{some(44)}",
    "private key": armour("PRIVATE KEY"),
    "key (PEM)": armour("RSA PRIVATE KEY"),
    "key (PGP)": armour("PGP PRIVATE KEY BLOCK"),
    "certificate": armour("CERTIFICATE"),
    "a public key": armour("PUBLIC KEY"),
}


@pytest.mark.parametrize(("kind", "token"), TOKENS.items(), ids=TOKENS)
def test_a_file_with_a_credential_is_refused_whole_and_the_reason_holds_its_kind_alone(
    kind: str, token: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(f"{TITLE}\n\n{TEXT}\n\nIt was {token} until today.\n".encode(), "a.txt")
    reason = str(refused.value)
    assert reason.startswith("It holds ")
    assert kind in reason
    assert token[-12:] not in reason


WAYS: dict[str, Callable[[str], str]] = {
    "an article in JSON": lambda token: json.dumps({"title": TITLE, "text": f"{TEXT}\n{token}\nThe end."}),
    "a key of JSON that is not read": lambda token: json.dumps({"text": TEXT, "by": {"x": token}}),
    "JSON with escapes": lambda token: json.dumps({"text": TEXT, "x": token}).translate(
        {45: "\\u002d", 95: "\\u005f"}
    ),
    "HTML": lambda token: f"<html><body><h1>{TITLE}</h1><p>{TEXT}</p><pre>{token}</pre></body></html>",
    "HTML with numbered characters": lambda token: f"<html><p>{TEXT}</p><p>{token}</p></html>".translate(
        {45: "&#45;", 95: "&#x5f;"}
    ),
    "a title": lambda token: f"<html><head><title>{token}</title></head><body><p>{TEXT}</p></body></html>",
    "a comment of HTML": lambda token: f"<html><body><p>{TEXT}</p><!-- {token} --></body></html>",
    "Markdown": lambda token: f"# {TITLE}\n\n{TEXT}\n\n```\n{token}\n```\n",
    "front matter": lambda token: f"---\ntitle: {TITLE}\nurl: {token}\n---\n{TEXT}",
    "a quotation": lambda token: f"{TITLE}\n\n{TEXT}\n\n> " + token.replace("\n", "\n> "),
    "one line": lambda token: f"{TITLE}\n\n{TEXT} " + token.replace("\n", " "),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("kind", ["Discord", "GitHub", "Anthropic", "private key"])
def test_it_is_found_in_each_kind_of_file(way: Callable[[str], str], kind: str) -> None:
    assert "It holds a" in str(answer(way(TOKENS[kind]).encode(), "a"))


def test_a_key_with_a_tag_around_each_line_is_found() -> None:
    rows = "".join(f"<li><b>{line}</b></li>" for line in TOKENS["private key"].split("\n"))
    assert "a private key" in str(answer(f"<html><p>{TEXT}</p><ul>{rows}</ul></html>".encode(), "a.html"))


def test_a_token_that_only_the_reader_puts_together_is_found() -> None:
    token = TOKENS["GitHub"]
    sentence = f"The key was {token[:20]}<wbr>{token[20:]}, they said."
    page = f"<html><h1>{TITLE}</h1><p>{TEXT}</p><p>{sentence}</p></html>"
    assert "GitHub" in str(answer(page.encode(), "a.html"))


def test_dashes_made_beautiful_hide_no_key() -> None:
    key = TOKENS["private key"].replace("-----", "\u2014\u2013")
    assert "a private key" in str(answer(f"{TITLE}\n\n{TEXT}\n\n{key}".encode(), "a.txt"))


STAYS = [
    "The file opened with “-----BEGIN RSA PRIVATE KEY-----”, and everybody could read it, the town said.",
    "-----BEGIN PRIVATE KEY-----\nMIIEv…\n-----END PRIVATE KEY-----\nis how such a file begins, he said.",
    "A key of this service looks like AKIA… or ghp_… and must be kept secret, the office for security said.",
    "Write ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx where your token stands, the guide said on Monday.",
    "The commit 9fceb02d0ae598e95dc970b74767f19372d61af8 mended it, the maintainers said on Monday.",
    "Its sum is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, the maintainers said.",
    "More: https://example.org/sk-hynix-to-build-a-new-memory-chip-plant-in-korea-by-2030-report-says today.",
    "Picture: https://img.example.org/v3/0AbCdEf12345GhIjKl67890MnOpQrStUvWxYz/ferry_2025.jpg was shown.",
    "See https://example.org:8080/@fairhaven and https://maps.example.org/@59.3,18.06,12z for it, he said.",
    "Addresses such as https://user:password@example.org are read by nobody, the office said on Monday.",
    "Programs write https://${NAME}:${PASSWORD}@example.org/ into their settings, the office said on Monday.",
    "Write to ines.dahl@example.org or call 0123456789: the board answers on each day of the week.",
    "The number 550e8400-e29b-41d4-a716-446655440000 stands on the bridge, the works office said.",
    "xoxo-from-the-whole-team-in-the-old-harbour-town was the name of the boat, its owner said on Monday.",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz is a word, the teacher said on Monday.",
]


@pytest.mark.parametrize("sentence", STAYS)
def test_what_only_talks_of_a_key_or_looks_like_one_is_read(sentence: str) -> None:
    assert read(f"{TITLE}\n\n{TEXT}\n\n{sentence}\n".encode(), "a.txt").paragraphs[0] in TEXT


def test_keys_that_a_page_gives_to_each_browser_do_not_hide_its_article() -> None:
    page = (
        f"<html><head><script>maps('{TOKENS['Google']}', '{TOKENS['JWT']}')</script></head>"
        f"<body><h1>{TITLE}</h1><p>{TEXT}</p><iframe src='https://maps.example.org/?key={TOKENS['Google']}'></iframe></body></html>"
    )
    assert read(page.encode(), "a.html").title == TITLE


def test_a_picture_within_a_page_is_no_token() -> None:
    picture = "AKIA" + some(16, string.ascii_uppercase) + "/" + some(400_000, LETTERS + "+/")
    page = f'<html><h1>{TITLE}</h1><p>{TEXT}</p><img src="data:image/png;base64,/{picture}"></html>'
    assert read(page.encode(), "a.html").title == TITLE


def test_a_clear_signed_text_is_read_without_its_signature() -> None:
    signature = armour("PGP SIGNATURE")
    signed = (
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{TITLE}\n\n{TEXT}\n\n- - a list\n{signature}\n"
    )
    article = read(signed.encode(), "a.txt")
    assert article.title == TITLE
    assert article.text.startswith(TEXT)
    assert "BEGIN" not in article.text
