"""What a file is comes from its bytes; hostile ones are judged without being opened."""

import io
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from files.content import Found, examine, export_name
from files.file_types import EXTENSIONS, OFFICE
from files.pictures import size_of


def zipped(*names: str, first: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A zip with members of these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in first:
            archive.writestr(name, text, zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, "x" * 50)
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    """The beginning of a compound file whose directory names one stream."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return header + "Root Entry".encode("utf-16-le").ljust(128, b"\0") + stream.encode("utf-16-le").ljust(128, b"\0")


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes, pixels: bytes = b"") -> bytes:
    """A PNG that declares a size, whatever its pixels are."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), *chunks, chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def picture(kind: str) -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(buffer, kind)
    return buffer.getvalue()


ODT = "application/vnd.oasis.opendocument.text"
TYPES = "[Content_Types].xml"
SAMPLES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "application/x-empty"),
    "jpeg": (picture("JPEG"), "image/jpeg"),
    "png": (picture("PNG"), "image/png"),
    "gif": (picture("GIF"), "image/gif"),
    "webp": (picture("WEBP"), "image/webp"),
    "bmp": (picture("BMP"), "image/bmp"),
    "tiff": (picture("TIFF"), "image/tiff"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(20), "image/heic"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "application/pdf"),
    "pdf after a printer's words": (b"\x1b%-12345X@PJL\n%PDF-1.4\n", "application/pdf"),
    "docx": (zipped(TYPES, "word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
    "docx in an unusual order": (
        zipped("[trash]/0.dat", "word/document.xml", TYPES),
        f"{OFFICE}.wordprocessingml.document",
    ),
    "doc with macros": (compound("_VBA_PROJECT"), "application/vnd.ms-office.macroenabled.12"),
    "docx with macros": (
        zipped(TYPES, "word/document.xml", "word/vbaProject.bin"),
        "application/vnd.ms-word.document.macroenabled.12",
    ),
    "xlsx": (zipped(TYPES, "xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
    "pptx": (zipped(TYPES, "ppt/presentation.xml"), f"{OFFICE}.presentationml.presentation"),
    "odt": (zipped("content.xml", first=(("mimetype", ODT),)), ODT),
    "zip that says it is something else": (zipped("a", first=(("mimetype", "text/evil"),)), "application/zip"),
    "zip": (zipped("a.txt", "word/x"), "application/zip"),
    "zip with a program": (zipped("anh/a.jpg", "anh/Anh chup.JPG.exe"), "application/zip.with-programs"),
    "zip with a sheet's macros": (zipped("bieu.XLSM"), "application/zip.with-programs"),
    "apk": (zipped("AndroidManifest.xml", "META-INF/MANIFEST.MF"), "application/vnd.android.package-archive"),
    "doc": (compound("WordDocument"), "application/msword"),
    "xls": (compound("Workbook"), "application/vnd.ms-excel"),
    "other compound file": (compound("SummaryInformation"), "application/x-ole-storage"),
    "rar": (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\x04", "application/x-7z-compressed"),
    "mp4": (b"\0\0\0\x20ftypisom" + bytes(20), "video/mp4"),
    "mov": (b"\0\0\0\x14ftypqt  " + bytes(20), "video/quicktime"),
    "mp3": (b"\xff\xfb\x90\0" + bytes(50), "audio/mpeg"),
    "mp3 with a title": (b"ID3\x04" + bytes(50), "audio/mpeg"),
    "ogg": (b"OggS\0\x02" + bytes(20), "audio/ogg"),
    "m4a": (b"\0\0\0\x18ftypM4A " + bytes(20), "audio/mp4"),
    "text": ("Kế hoạch cải cách hành chính\n".encode(), "text/plain"),
    "text of Windows": ("\ufeffKế hoạch\r\n".encode("utf-16-le"), "text/plain"),
    "html": (b"\n<!DOCTYPE html><script>x</script>", "text/html"),
    "svg": (b'<?xml version="1.0"?><svg xmlns=""/>', "image/svg+xml"),
    "exe": (b"MZ\x90\0" + bytes(200), "application/vnd.microsoft.portable-executable"),
    "elf": (b"\x7fELF\x02\x01", "application/x-elf"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "text/x-script"),
    "batch file": (b"@echo off\r\ndel *.*\r\n", "text/x-script"),
    "noise": (b"\x00\x01\x02\x03", "application/octet-stream"),
}


RUN = (
    *("apk", "exe", "elf", "script", "batch file", "html", "svg", "docx with macros", "doc with macros"),
    *("zip with a program", "zip with a sheet's macros"),
)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_file_is_comes_from_its_bytes(name: str) -> None:
    data, content = SAMPLES[name]
    found = examine(data)
    assert found.content == content
    assert found.runs == (name in RUN)


@given(st.binary(max_size=300) | st.sampled_from([data for data, _ in SAMPLES.values()]), st.data())
@example(b"PK\x05\x06" + b"\xff" * 18, None)
def test_whatever_the_bytes_it_gives_a_known_type(data: bytes, draw: st.DataObject | None) -> None:
    if draw is not None and data:
        at = draw.draw(st.integers(0, len(data) - 1))
        data = data[:at] + draw.draw(st.binary(max_size=8)) + data[at + draw.draw(st.integers(0, 9)) :]
    found = examine(data)
    assert found.content in EXTENSIONS
    # Only what is a picture by its first bytes has a size.
    assert found.width is None or found.content.startswith("image/")


def test_a_zip_that_claims_a_million_members_costs_nothing() -> None:
    member = b"PK\x01\x02" + bytes(42)
    many = member * 400_000
    data = b"PK\x03\x04" + many + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(many), 4, 0)
    start = time.perf_counter()
    assert examine(data).content == "application/zip"
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_pictures_size_is_read(kind: str) -> None:
    found = examine(picture(kind))
    assert (found.width, found.height) == (40, 30)


@pytest.mark.parametrize(("width", "height"), [(100_000, 100_000), (2**31 - 1, 2**31 - 1), (0, 5)])
def test_a_picture_that_declares_too_much_has_no_size(width: int, height: int) -> None:
    assert size_of(png(width, height, pixels=bytes(20_000_000))) is None


def test_a_bomb_in_a_pictures_text_is_not_unpacked() -> None:
    bomb = chunk(b"zTXt", b"c\0\0" + zlib.compress(bytes(30_000_000), 9))
    data = png(40, 30, *[bomb] * 20)
    tracemalloc.start()
    # Read to its end it would have a size.
    assert examine(data) == Found("image/png")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


@pytest.mark.parametrize("name", ["heic", "svg", "exe", "pdf", "nothing", "tiff"])
def test_what_is_no_picture_of_a_known_kind_has_no_size(name: str) -> None:
    assert size_of(SAMPLES[name][0]) is None


def test_an_exported_file_has_the_extension_of_what_it_is() -> None:
    assert export_name("Báo cáo.pdf.exe", "application/pdf") == "Báo_cáo.pdf.pdf"
    assert export_name("anh.jpg", "application/vnd.microsoft.portable-executable") == "anh_exe.bin"
    assert export_name("../../etc/passwd", "text/plain") == "etc_passwd.txt"
