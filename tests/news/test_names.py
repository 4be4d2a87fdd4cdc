"""Names of other programs are passed over; names that only look so are not."""

import pytest

from bot.news import names


@pytest.mark.parametrize(
    "name",
    [
        # editors
        *("#ferry.txt#", "#tag#", ".#ferry.txt", "ferry.txt~", "ferry.txt.~3~", "4913", "5036", "6020"),
        *(
            "ferry.txt.bak",
            "ferry.bak1",
            "ferry.txt.bak.2",
            "ferry.txt.orig",
            "ferry.txt.orig.1",
            "FERRY.BAK",
        ),
        *("ferry.txt.save", "ferry.txt.save.3", "ferry.txt.old", "ferry.old-2031-02-03", "ferry.txt.rej"),
        *("ferry.swp", "ferry.swo", "ferry.swn", "ferry.txt.un~", "ferry.txt.kate-swp", "ferry.txt.autosave"),
        *("ferry.txt___jb_tmp___", "ferry.txt,v", "ferry.wbk", "ferry.txt.crswap", "DEADJOE"),
        # downloads and copies that are not finished
        *("ferry.txt.aria2", "ferry.txt.!qB", "ferry.txt.!ut", "ferry.txt.bc!", "ferry.txt.!sync"),
        *("ferry.txt.utpart", "ferry.txt.dtapart", "ferry.txt.fdmdownload", "ferry.txt.downloading"),
        *("ferry.txt.unfinished", "ferry.txt.incomplete", "ferry.txt.tmp.4711", "ferry.txt.temp2"),
        *("~syncthing~ferry.txt.tmp", "~WRL0001.tmp", ".syncthing.ferry.txt.tmp", ".ferry.txt.Ab12Cd"),
        *(".goutputstream-A1B2C3", ".~lock.ferry.odt#"),
        # installers
        *(
            "ferry.dpkg-old",
            "ferry.dpkg-dist",
            "ferry.rpmsave",
            "ferry.rpmnew",
            "ferry.pacnew",
            "ferry.ucf-dist",
        ),
        # desktops and storage boxes
        *(".DS_Store", "._ferry.txt", "Icon\r", "ehthumbs.db", "~$ferry.docx"),
    ],
)
def test_files_of_other_programs_are_passed_over(name: str) -> None:
    assert names.is_passed_over(name)
    assert names.is_passed_over(f"world/{name}")


@pytest.mark.parametrize(
    "folder",
    ["$RECYCLE.BIN", "System Volume Information", ".Trash-1000", "#snapshot", "@eaDir", "ferry.part"],
)
def test_what_lies_in_folders_of_other_programs_is_passed_over(folder: str) -> None:
    assert names.is_passed_over(f"{folder}/ferry.txt")
    assert names.is_passed_over(f"world/{folder}/deeper/ferry.txt")
    assert not names.may_hold_files(f"world/{folder}")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "#ferry.txt",
            "#1 ferry",
            "#",
            "##",
            "1984.txt",
            "4913.txt",
            "4914",
            "4912",
            "1984",
            "6143",
            "491300",
        ),
        *(
            "old",
            "save",
            "bak",
            "orig",
            "the-old.txt",
            "old.txt",
            "save.the.ferry",
            "Mr. Old",
            "ferry.bak.txt",
        ),
        *(
            "ferry.older",
            "ferry.saved",
            "ferry.2031",
            "ferry.2",
            "ferry.part1",
            "ferry.r1",
            "ferry.swf",
            "ferry.",
        ),
        *(
            "Hurrah!",
            "Hurrah! Ferry!",
            "ferry.Hurrah!",
            "What. No!",
            "Just.Say.No!",
            "Rocky IV,V",
            "ferry, v",
            "x_old",
            "ferry-bak",
        ),
        *("ferry.sync-conflict-20310203-101112-ABCDEFG.txt", "ferry (conflicted copy 2031-02-03).txt"),
        *("ferry (1).txt", "Copy of ferry.txt", "ferry.download.html", "tmp", "lock"),
    ],
)
def test_news_whose_name_only_looks_so_is_read(name: str) -> None:
    assert not names.is_passed_over(name)


@pytest.mark.parametrize("folder", ["politics.old", "2031.bak", "archive.save", "#world#", "4913"])
def test_a_section_that_a_person_renamed_is_read(folder: str) -> None:
    assert not names.is_passed_over(f"{folder}/ferry.txt")
    assert names.may_hold_files(folder)
