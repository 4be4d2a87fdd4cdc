"What holds no sentence of prose is refused, whatever its name; a sentence is an article, in any script."

# ruff: noqa: RUF001 - letters of other scripts are meant

import pytest

from bot.articles.article import Article
from tests.articles.texts import answer

OTHERS = {
    "a link of Windows": ("a link", "[InternetShortcut]\r\nURL=https://a.example/x\r\nIconIndex=0\r\n"),
    "a link of a Mac": (
        "a link",
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
            '"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
            '<plist version="1.0">\n'
            "<dict>\n"
            "\t<key>URL</key>\n"
            "\t<string>https://a.example/ferry</string>\n"
            "</dict>\n"
            "</plist>\n"
        ),
    ),
    "a link of Linux": (
        "a link",
        (
            "[Desktop Entry]\n"
            "Encoding=UTF-8\n"
            "Name=The old ferry returns to the island in May\n"
            "Type=Link\n"
            "URL=https://a.example/\n"
            "Icon=text-html\n"
        ),
    ),
    "robots": (
        "a file for robots",
        (
            "User-agent: *\n"
            "Disallow: /admin/\n"
            "Disallow: /tmp/\n"
            "# We ask all robots to be slow.\n"
            "Crawl-delay: 10\n"
            "\n"
            "Sitemap: https://a.example/sitemap.xml\n"
        ),
    ),
    "an environment file": (
        "a list of settings",
        (
            "# Settings of the bot. Do not share them with anybody.\n"
            "DISCORD_TOKEN=abc\n"
            "CHANNEL=1\n"
            "export LEVEL=info\n"
        ),
    ),
    "settings in sections": (
        "a list of settings",
        "[server]\nhost = 127.0.0.1\nport = 8080\n; the port that is used\n[log]\nlevel = info\n",
    ),
    "toml": (
        "a list of settings",
        (
            "[project]\n"
            'name = "gazette"\n'
            'description = "A bot that posts news."\n'
            "dependencies = [\n"
            '  "a",\n'
            "]\n"
        ),
    ),
    "yaml": (
        "a list of settings",
        "version: 3\nservices:\n  web:\n    image: nginx\n    ports:\n      - 80:80\n    restart: always\n",
    ),
    "yaml2": (
        "a list of settings",
        (
            "# The settings of the site. Edit them here.\n"
            "site_name: The Post\n"
            "theme:\n"
            "  name: material\n"
            "nav:\n"
            "  - Home: index.md\n"
            "  - News: news.md\n"
        ),
    ),
    "ics": (
        "a calendar",
        (
            "BEGIN:VCALENDAR\n"
            "VERSION:2.0\n"
            "BEGIN:VEVENT\n"
            "SUMMARY:The board meets.\n"
            "DESCRIPTION:The board of the harbour meets and votes on the bridge.\n"
            "END:VEVENT\n"
            "END:VCALENDAR\n"
        ),
    ),
    "vcf": (
        "a contact",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ida Moe\nNOTE:She is the mayor of the town.\nEND:VCARD\n",
    ),
    "diff": (
        "a patch",
        (
            "diff --git a/x.md b/x.md\n"
            "--- a/x.md\n"
            "+++ b/x.md\n"
            "@@ -1,3 +1,3 @@\n"
            "-The ferry is closed for the winter.\n"
            "+The ferry is open again this week.\n"
        ),
    ),
    "patch": (
        "a patch",
        (
            "--- a/x.txt\n"
            "+++ b/x.txt\n"
            "@@ -1 +1 @@\n"
            "-The ferry is closed for the winter.\n"
            "+The ferry is open again.\n"
        ),
    ),
    "log": (
        "a log",
        (
            "2025-03-03 10:00:01,123 INFO bot: The bot is connected to Discord.\n"
            "2025-03-03 10:00:02,123 WARNING bot: The folder is empty now.\n"
            "2025-03-03 10:00:03,123 INFO bot: Waiting for files to come.\n"
        ),
    ),
    "log2": (
        "a log",
        (
            "Mar  3 10:00:01 host sshd[812]: Connection closed by 10.0.0.1 port 22\n"
            "Mar  3 10:00:02 host cron[9]: The job has ended.\n"
        ),
    ),
    "log3": (
        "a log",
        (
            '10.0.0.1 - - [03/Mar/2025:10:00:01 +0000] "GET / HTTP/1.1" 200 512\n'
            '10.0.0.2 - - [03/Mar/2025:10:00:01 +0000] "GET /news HTTP/1.1" 404 12\n'
        ),
    ),
    "log4": (
        "a log",
        (
            "[INFO] Server has started on port 8080.\n"
            "[INFO] The cache is warm now.\n"
            "[ERROR] Could not open the file.\n"
        ),
    ),
    "csv": ("a table", "name,age,city\nIda Moe,52,Ostby\nPer Lund,31,Sola\n"),
    "csv2": (
        "a table",
        (
            "id;title;date\n"
            "1;The ferry returns to the island;2025-03-03\n"
            "2;The bridge is closed for repairs;2025-03-04\n"
        ),
    ),
    "csv3": (
        "a table",
        (
            '"id","title","text"\n'
            '"1","Ferry","The ferry returns to the island in May."\n'
            '"2","Bridge","The bridge is closed for the winter."\n'
        ),
    ),
    "py": (
        "a program",
        (
            "import os\n"
            "\n"
            "\n"
            "def add(a, b):\n"
            '    """Return the sum of the two numbers."""\n'
            "    return a + b\n"
            "\n"
            "\n"
            "print(add(1, 2))\n"
        ),
    ),
    "js": (
        "a program",
        (
            "// This file starts the app.\n"
            "const app = require('app');\n"
            "function run() {\n"
            "  app.start({port: 80});\n"
            "}\n"
            "run();\n"
        ),
    ),
    "c": (
        "a program",
        (
            "#include <stdio.h>\n"
            "\n"
            "int main(void) {\n"
            "    /* Say hello to the world. */\n"
            '    printf("Hello to the whole world.\\n");\n'
            "    return 0;\n"
            "}\n"
        ),
    ),
    "sh": (
        "a program",
        "#!/bin/sh\n# Start the bot and wait for it.\nset -e\ncd /opt/bot\nexec ./run --now\n",
    ),
    "sql": (
        "a program",
        (
            "SELECT id, title FROM articles WHERE id = 1;\n"
            "INSERT INTO articles VALUES (1, 'The ferry returns.');\n"
        ),
    ),
    "css": ("a program", "body {\n  margin: 0;\n  color: red;\n}\n.a { padding: 1px; }\n"),
    "m3u": ("a playlist", "#EXTM3U\n#EXTINF:123,The Band - A song of the sea\nsong.mp3\n"),
    "pls": ("a playlist", "[playlist]\nFile1=https://a.example/stream\nTitle1=Radio\nNumberOfEntries=1\n"),
    "srt": (
        "a file of subtitles",
        (
            "1\n"
            "00:00:01,000 --> 00:00:04,000\n"
            "The ferry returns in May.\n"
            "\n"
            "2\n"
            "00:00:05,000 --> 00:00:07,000\n"
            "I am so happy about it.\n"
        ),
    ),
    "vtt": ("a file of subtitles", "WEBVTT\n\n00:01.000 --> 00:04.000\nThe ferry returns in May.\n"),
    "po": ("a file of translations", 'msgid "The ferry returns."\nmsgstr "Die Fähre kommt."\n'),
    "props": (
        "a list of settings",
        "app.name=The Post\napp.title=The news of the whole island.\napp.port=80\n",
    ),
    "nginx": ("a program", "server {\n  listen 80;\n  location / { proxy_pass http://a; }\n}\n"),
    "bookmarks": (
        "a list of bookmarks",
        (
            "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
            "<TITLE>Bookmarks</TITLE>\n"
            "<H1>Bookmarks</H1>\n"
            '<DL><p><DT><A HREF="https://a.example">The old ferry returns to the island in '
            "May</A></DL>\n"
        ),
    ),
}


@pytest.mark.parametrize(("kind", "text"), OTHERS.values(), ids=OTHERS)
def test_a_text_of_another_kind_is_refused_by_its_kind(kind: str, text: str) -> None:
    assert str(answer(text.encode(), "a.txt")).startswith(f"This is {kind}")


EMPTY = {
    "address": "https://a.example/2025/the-old-ferry-returns-to-the-island\n",
    "addresses": "https://a.example/1\nhttps://a.example/2\nwww.b.example/c\n",
    "mdlink": "[Link](https://a.example/1)\n",
    "mail": "mailto:ida@example.org\n",
    "tabs": "name\tage\tcity\nIda\t52\tOstby\nPer\t31\tSola\n",
    "bars": "a|b|c\n1|2|3\n4|5|6\n",
    "hi": "hi",
    "ok": "ok.",
    "test": "test test\n",
    "base64": (
        "VGhlIG9sZCBmZXJyeSByZXR1cm5zIHRvIHRoZSBpc2xhbmQgaW4gTWF5LiBUaGUgb2xkIGZl\n"
        "cnJ5IHJldHVybnMgdG8gdGhlIGlzbGFuZCBpbiBNYXku\n"
    ),
    "a hex dump": (
        "00000000  54 68 65 20 66 65 72 72  79 20 72 65 74 75 72 6e  |The ferry return|\n"
        "00000010  73 20 74 6f 20 74 68 65  20 69 73 6c 61 6e 64 2e  |s to the island.|\n"
    ),
    "checksums": (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.txt\n"
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  b.txt\n"
    ),
    "menu": "Home\nNews\nSport\nWeather\nLog in\nAbout us\nContact\n",
    "menu1": "Home News Sport Weather Login Contact\n",
    "menude": "Startseite\nNachrichten\nSport\nWetter\nAnmelden\nÜber uns\nKontakt\nImpressum\n",
    "menufr": "Accueil | Actualités | Sport | Météo | Connexion\n",
    "menuja": "ホーム\nニュース\nスポーツ\nログイン\n",
    "menuzh": "首页 新闻 体育 财经 登录\n",
    "menuth": "หน้าแรก\nข่าว\nกีฬา\nเข้าสู่ระบบ\n",
    "menuru": "Главная\nНовости\nСпорт\nПогода\nВойти\n",
    "menuar": "الرئيسية\nأخبار\nرياضة\nالقائمة\n",
    "numbers": "1 2 3 4 5\n6 7 8 9 10\n",
    "date": "2025-03-03\n",
    "dots": "...\n",
    "emoji": "😀😀😀\n",
    "jsonhi": '{"title": "Hi", "text": "hi"}',
    "htmlmenu": (
        "<html><body><ul><li><a href=/a>Home</a></li><li><a "
        "href=/b>News</a></li><li>Sport</li></ul></body></html>"
    ),
    "list": "milk\neggs\nbread\nbutter\n",
    "names": "Ida Moe\nPer Lund\nHanna Brandt\n",
    "path": "articles/world/ferry.txt\narticles\\world\\sorn.txt\n",
    "gitignore": "*.pyc\n__pycache__/\n.venv/\n# what editors leave\n*~\n",
    "makefile": "all: build\n\tgcc -o a a.c\n\nclean:\n\trm -f a\n",
    "dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD ["gazette"]\n',
    "reqs": "discord.py==2.3.2\nnumpy>=1.26\n",
}


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_a_text_without_a_sentence_is_refused(text: str) -> None:
    assert isinstance(answer(text.encode(), "a"), str)


ARTICLES = {
    "brief1": "Ostby: road closed\n\nThe road around the bay is closed.\n",
    "one": "The ferry returns to Ostby on Monday.",
    "flash": "BREAKING: Old ferry returns to Trelleck in May after two years of repairs",
    "short": "It is so.",
    "poem": "The harbour\n\nThe tide goes out\nand with it\nthe boats\nwe loved\n\nwe wait\nfor them\n",
    "poem2": "An old silent pond\nA frog jumps into the pond\nSplash! Silence again\n",
    "list": (
        "What to take to the beach\n\nPack these before you go to the island:\n\n- towel\n- water\n- hat\n"
    ),
    "zh": "渡轮复航\n\n渡轮将于五月恢复运营。",
    "zh2": "老渡轮将于五月恢复运营",
    "ja": "市長は火曜日、橋が閉鎖されると発表した。",
    "th": "นายกเทศมนตรีประกาศเมื่อวันอังคารว่าสะพานจะปิดเป็นเวลาสามเดือน",
    "ar": "أعلن رئيس البلدية يوم الثلاثاء أن الجسر سيغلق",
    "hi": "महापौर ने मंगलवार को कहा कि पुल बंद रहेगा।",
    "ko": "시장은 화요일 다리가 석 달 동안 폐쇄된다고 밝혔다.",
    "he": "ראש העיר הודיע ביום שלישי כי הגשר ייסגר לשלושה חודשים.",
    "ru": "Мэр заявил, что мост закроют.",
    "de": "Fähre fährt wieder\n\nDie Fähre fährt ab Mai wieder.",
    "tr": "Belediye başkanı köprünün kapatılacağını açıkladı.",
    "el": "Η γέφυρα θα κλείσει για τρεις μήνες.",
    "vi": "Cây cầu sẽ đóng cửa trong ba tháng.",
    "fi": "Silta suljetaan kolmeksi kuukaudeksi.",
    "ka": "ხიდი სამი თვით დაიკეტება.",
    "interview": (
        "Q: What did you find?\n"
        "A: We found cracks in two of the pillars.\n"
        "Q: And now?\n"
        "A: Nobody should drive over them.\n"
    ),
    "interview2": (
        "Lamb: We found cracks in two of the pillars.\n"
        "Moe: And what will you do now?\n"
        "Lamb: We close the bridge.\n"
    ),
    "live": (
        "10:42 The minister arrives at the court.\n"
        "10:55 He speaks with the judges.\n"
        "11:20 The doors are closed.\n"
    ),
    "liveiso": (
        "2025-03-03 10:42 The minister arrives at the court.\n2025-03-03 10:55 He speaks with the judges.\n"
    ),
    "codey": (
        "How to greet in Python\n"
        "\n"
        "A new course teaches pupils to write their first lines. They type this:\n"
        "\n"
        "print('hello')\n"
        "x = 1\n"
        "y = 2\n"
        "\n"
        "The program then answers.\n"
    ),
    "hashmd": "# Ferry returns\n\n# Second\n\nThe ferry returns in May.\n",
    "results": "Ostby win the cup\n\nOstby beat Sola 2:1 on Sunday.\n\nOstby 2:1 Sola\nTrelleck 0:0 Lund\n",
    "bullets": (
        "- The bridge is closed for three months.\n- The ferry returns in May.\n- Fares stay as they are.\n"
    ),
    "quote": '"We are happy," she said.',
    "weather": "Tomorrow: rain in the north, sun in the south, 14 degrees.",
    "table": "Prices rise\n\nPrices rose in March, the office said.\n\nbread,2.10,2.30\nmilk,1.10,1.20\n",
    "keyed": "Title: Ferry returns\nDate: 2025-03-03\n\nThe ferry returns in May.\n",
    "math": "E=mc2 is on the wall of the school since Monday, the headmaster said.",
    "dates": "May 3: The ferry returns.\nMay 4: The school opens.\n",
    "json": '{"title": "Ferry returns", "text": "The ferry returns in May."}',
    "html": "<html><body><h1>Ferry returns</h1><p>The ferry returns in May.</p></body></html>",
    "md": "# Ferry\n\nThe ferry returns in **May**.\n",
    "caps": "THE FERRY RETURNS IN MAY.",
    "pt": "A ponte fecha por três meses.",
    "sv": "Bron stängs i tre månader.",
    "pl": "Most zostanie zamknięty na trzy miesiące.",
    "semis": "The wind;\nthe rain;\nthe old grey sea;\nall of them sing;\nand nobody hears.\n",
    "oneline_semis": "We lost the boat; we lost the pier; we keep the song.",
    "logstory": "2025-03-03 10:00:00\n\nThe server of the town hall was down for an hour, the town said.\n",
    "notes": "NOTICE: The water is turned off on Monday from 8 to 10.",
    "warning": "WARNING: Ice on the bridge. Drive slowly today.",
    "km": "ស្ពាននេះនឹងត្រូវបិទរយៈពេលបីខែ",
    "my": "တံတားကို သုံးလပိတ်ထားမည်ဟု မြို့တော်ဝန်က ပြောကြားခဲ့သည်။",
    "am": "ድልድዩ ለሦስት ወራት ይዘጋል ሲሉ ከንቲባው ተናገሩ።",
}


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_a_sentence_or_a_verse_is_an_article(text: str) -> None:
    assert isinstance(answer(text.encode(), "a"), Article)
