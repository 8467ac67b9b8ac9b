"""Take the macro sheets out of a workbook: they hold no report, and the library that reads it gives up on them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from pobratim.readers.package import opened, part_name

_KINDS = {"xlMacrosheet", "xlIntlMacrosheet"}
"""Relations of Excel 4 macro sheets ([MS-OFFMACRO2] 2.2.1.4)."""


def without_macro_sheets(data: bytes, file: str) -> bytes | None:
    """Return an .xlsx without its macro sheets, None where it has none. Raises as ``opened``."""
    with opened(data, file) as package:
        main = package.main_name()
        macros = {key for key, one in package.relations(main).items() if one.kind in _KINDS}
        root = package.tree(main) if macros else None
        if root is None:
            return None
        for sheet in [one for one in root.iterfind("{*}sheets/{*}sheet") if macros.intersection(one.attrib.values())]:
            sheets = sheet.getparent()
            if sheets is not None:
                sheets.remove(sheet)
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED) as archive:
            for name, own in package.names.items():
                if not own.endswith("/"):
                    archive.writestr(
                        own, etree.tostring(root) if name == part_name(main) else package.read(name) or b""
                    )
        return made.getvalue()
