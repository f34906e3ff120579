"""The types of files that evidence may turn out to be, and the bytes they are known by."""

UNKNOWN = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument"
ZIP = "application/zip"
# An archive in which something lies that runs when it is opened from there.
ZIP_RUNS = "application/zip.with-programs"
# Office files that hold programs of their own, the older kind without saying which of them it is.
OLE_MACROS = "application/vnd.ms-office.macroenabled.12"
OLE = "application/x-ole-storage"
# Type and the extension that an exported file gets.
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "image/tiff": "tif",
    "image/bmp": "bmp",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
    f"{OFFICE}.wordprocessingml.document": "docx",
    f"{OFFICE}.spreadsheetml.sheet": "xlsx",
    f"{OFFICE}.presentationml.presentation": "pptx",
    "application/vnd.ms-word.document.macroenabled.12": "docm",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsm",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12": "pptm",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    OLE: "ole",
    OLE_MACROS: "ole",
    "application/rtf": "rtf",
    ZIP: "zip",
    ZIP_RUNS: "zip",
    "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z",
    "application/gzip": "gz",
    "application/x-bzip2": "bz2",
    "application/x-xz": "xz",
    "application/x-tar": "tar",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/amr": "amr",
    "text/plain": "txt",
    "text/html": "html",
    "text/xml": "xml",
    "text/x-script": "script",
    "application/vnd.microsoft.portable-executable": "exe",
    "application/x-elf": "elf",
    "application/x-mach-binary": "macho",
    "application/vnd.android.package-archive": "apk",
    "application/java-archive": "jar",
    "application/x-ms-shortcut": "lnk",
    "application/x-empty": "empty",
    UNKNOWN: "bin",
}
RUNS = frozenset(
    {
        "text/x-script",
        "application/vnd.microsoft.portable-executable",
        "application/x-elf",
        "application/x-mach-binary",
        "application/vnd.android.package-archive",
        "application/java-archive",
        "application/x-ms-shortcut",
        # A browser runs what stands in these.
        "text/html",
        "image/svg+xml",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
        OLE_MACROS,
        ZIP_RUNS,
    }
)
# What a system would run by its name alone, where the bytes do not say what it is.
RUN_BY_NAME = tuple(
    f".{each}"
    for each in (
        *("bat", "cmd", "com", "cpl", "exe", "hta", "htm", "html", "inf", "iso", "jar", "js", "jse", "lnk", "mht"),
        *("mhtml", "msc", "msi", "msp", "pif", "ps1", "py", "reg", "scf", "scr", "sh", "svg", "url", "vb", "vbe"),
        *("vbs", "wsf", "wsh", "xht", "xhtml"),
    )
)
# What runs inside an archive, whose members are known by their names alone.
RUN_WITHIN = (*RUN_BY_NAME, ".apk", ".docm", ".dotm", ".xlsm", ".xlsb", ".xltm", ".xlam", ".pptm", ".ppsm")
SAY_NOTHING = frozenset({"text/plain", "text/xml", "application/x-empty", UNKNOWN, OLE})
STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"#!", "text/x-script"),
    (b"\x7fELF", "application/x-elf"),
    (b"\xfe\xed\xfa", "application/x-mach-binary"),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
)
RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
# ISO base media: the brand after `ftyp`; whatever else has one is a film.
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    b"qt  ": "video/quicktime",
}
PARTS = (
    ("word/", "vnd.ms-word.document", "wordprocessingml.document"),
    ("xl/", "vnd.ms-excel.sheet", "spreadsheetml.sheet"),
    ("ppt/", "vnd.ms-powerpoint.presentation", "presentationml.presentation"),
)
STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
