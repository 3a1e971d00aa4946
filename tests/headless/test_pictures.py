"""Pictures: added from files, shown instead of others, taken out without a trace."""

import struct
import zlib
from pathlib import Path

import pytest
import xlwings as xw

from kam_excel.errors import WorkbookError
from kam_excel.headless.shapes.images import Image


def png(width, height, dots_per_metre=None):
    """A grey PNG of that many pixels, with a resolution where one is given."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    resolution = b"" if dots_per_metre is None else struct.pack(">IIB", *[dots_per_metre] * 2, 1)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + (chunk(b"pHYs", resolution) if resolution else b"")
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + bytes(40) + b";"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x90\x00\x90\x00\x00"
    + b"\xff\xc0\x00\x0b\x08"
    + struct.pack(">HH", 72, 144)
    + b"\x01\x01\x11\x00"
    + bytes(40)
    + b"\xff\xd9"
)


@pytest.fixture
def picture(tmp_path):
    """A PNG file of 40 × 20 pixels."""
    path = tmp_path / "logo.png"
    path.write_bytes(png(40, 20))
    return path


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (png(40, 20), "png", (30, 15)),  # without a resolution 96 dots to the inch
        (png(300, 150, 11811), "png", (72, 36)),  # 300 dots to the inch
        (GIF, "gif", (22.5, 15)),
        (JPEG, "jpeg", (72, 36)),  # 144 dots to the inch
    ],
)
def test_a_picture_says_what_it_is_and_how_large(data, kind, size):
    image = Image.of(data, "logo")
    assert image.content_type == f"image/{kind}"
    assert (image.width, image.height) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize("data", [b"", b"<svg/>", png(3, 3)[:20], b"\xff\xd8\xff\xe0"])
def test_other_kinds_are_refused(data):
    with pytest.raises(WorkbookError) as refused:
        Image.of(data, "logo.svg")
    assert refused.value.problems[0].code.name == "PICTURE_UNKNOWN"


def test_a_picture_stands_where_it_was_put(app, new_book, picture, tmp_path):
    sheet = new_book.sheets[0]
    added = sheet.pictures.add(picture, anchor=sheet["C4"])
    assert (added.name, added.left, added.top) == ("Picture 1", sheet["C4"].left, sheet["C4"].top)
    assert (added.width, added.height) == (30, 15)
    new_book.save(tmp_path / "saved.xlsx")
    package = new_book.impl.package
    assert package.read("xl/media/image1.png") == picture.read_bytes()
    again = app.books.open(tmp_path / "saved.xlsx").sheets[0]
    assert again.pictures[0].top == again["C4"].top


def test_its_own_proportions_are_kept_unless_both_sides_are_given(new_book, picture):
    pictures = new_book.sheets[0].pictures
    own = pictures.add(picture, name="own")
    assert own.lock_aspect_ratio
    own.width = 60
    assert (own.width, own.height) == (60, 30)
    free = pictures.add(picture, name="free", width=50, height=50)
    assert not free.lock_aspect_ratio
    free.height = 10
    assert (free.width, free.height) == (50, 10)
    assert pictures.add(picture, name="high", height=30).width == 60
    assert pictures.add(picture, name="scaled", scale=2).width == 60


def test_columns_that_change_move_a_picture_and_do_not_stretch_it(new_book, picture):
    sheet = new_book.sheets[0]
    added = sheet.pictures.add(picture, left=100, top=50)
    sheet["A:B"].column_width = 40
    assert (added.width, added.height) == (30, 15)


def test_pictures_are_a_collection(new_book, picture):
    pictures = new_book.sheets[0].pictures
    added = [pictures.add(picture, name=name) for name in ("Logo", "Stamp")]
    assert [each.name for each in pictures] == ["Logo", "Stamp"]
    assert pictures["logo"] == pictures(1) == added[0]
    assert ("Stamp" in pictures, "other" in pictures, 2 in pictures) == (True, False, True)
    for wrong in ("other", 0, 3):
        with pytest.raises(KeyError):
            pictures(wrong)
    with pytest.raises(xw.ShapeAlreadyExists):
        pictures.add(picture, name="Logo")
    added[0].name = "Mark"
    assert [each.name for each in pictures] == ["Mark", "Stamp"]


def test_one_picture_is_stored_once(new_book, picture):
    pictures = new_book.sheets[0].pictures
    pictures.add(picture)
    pictures.add(picture)
    package = new_book.impl.package
    assert [name for name in package.names() if "media" in name] == ["xl/media/image1.png"]
    assert package.content_type("xl/media/image1.png") == "image/png"


def test_updating_shows_another_picture_in_the_same_place(new_book, picture, tmp_path):
    other = tmp_path / "other.gif"
    other.write_bytes(GIF)
    pictures = new_book.sheets[0].pictures
    before = pictures.add(picture, name="Logo", left=11, top=12)
    after = pictures.add(other, name="Logo", update=True)
    assert (after, len(pictures)) == (before, 1)
    assert (after.left, after.top, after.width, after.height) == (11, 12, 30, 15)
    package = new_book.impl.package
    assert [name for name in package.names() if "media" in name] == ["xl/media/image1.gif"]


def test_the_same_picture_again_changes_nothing(app, new_book, picture, tmp_path):
    new_book.sheets[0].pictures.add(picture, name="Logo")
    new_book.save(tmp_path / "saved.xlsx")
    book = app.books.open(tmp_path / "saved.xlsx")
    book.sheets[0].pictures.add(picture, name="Logo", update=True)
    book.impl.flush()
    assert not book.impl.package.is_changed


def test_a_picture_that_is_deleted_leaves_nothing(app, new_book, picture, tmp_path):
    new_book.sheets[0]["A1"].value = 1
    new_book.save(tmp_path / "saved.xlsx")
    parts = set(new_book.impl.package.names())
    added = new_book.sheets[0].pictures.add(picture)
    added.delete()
    new_book.impl.flush()
    assert {name for name in new_book.impl.package.names() if "/_rels/" not in name} == {
        name for name in parts if "/_rels/" not in name
    }
    with pytest.raises(KeyError, match="was deleted"):
        _ = added.left


def test_pictures_and_charts_of_the_file_stay(app, rich_file, picture, tmp_path, parts):
    before = parts(rich_file)
    book = app.books.open(rich_file)
    sheet = next(each for each in book.sheets if len(each.shapes))
    names = [shape.name for shape in sheet.shapes]
    sheet.pictures.add(picture, name="新图")
    sheet.charts.add(name="新图表")
    assert [shape.name for shape in sheet.shapes] == [*names, "新图", "新图表"]
    book.save(tmp_path / "saved.xlsx")
    after = parts(Path(tmp_path / "saved.xlsx"))
    changed = {name for name in before if before[name] != after.get(name)}
    drawing, sheets = "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"
    assert changed <= {drawing, sheets, "[Content_Types].xml"}
    old = before[drawing].removesuffix(b"</xdr:wsDr>")
    assert after[drawing].startswith(old)


def test_a_link_to_a_file_is_refused(new_book, picture):
    with pytest.raises(NotImplementedError, match="link_to_file"):
        new_book.sheets[0].pictures.add(picture, link_to_file=True)
