"""The words of attachments."""

from changes.domain.attached import LARGEST, MOST_OF_A_CHANGE, FileKind

MEGABYTE = 1024 * 1024

KINDS: dict[str, str] = {
    FileKind.PDF: "PDF",
    FileKind.PNG: "PNG picture",
    FileKind.JPEG: "JPEG picture",
    FileKind.GIF: "GIF picture",
    FileKind.WEBP: "WebP picture",
    FileKind.DOCX: "Word document",
    FileKind.XLSX: "Excel workbook",
    FileKind.ZIP: "ZIP archive",
    FileKind.TEXT: "Plain text",
}
ACCEPTED = (
    "PDF, pictures (PNG, JPEG, GIF, WebP), plain text (.txt, .csv, .log), Word and Excel (.docx, .xlsx), ZIP"
)

REFUSALS: dict[str, str] = {
    "attachment.empty": "This file is empty.",
    "attachment.too_large": f"This file is larger than {LARGEST // MEGABYTE} MB. "
    "Attach a smaller one, or a part of it.",
    "attachment.change_is_full": f"With this file the change would hold more than {MOST_OF_A_CHANGE // MEGABYTE}"
    " MB. Remove an attachment first.",
    "attachment.is_a_page": "“{name}” is a web page or a drawing with code inside, whatever its name says. "
    "Attach a picture or a PDF of it.",
    "attachment.kind_not_accepted": f"The content of “{{name}}” is none of what is accepted: {ACCEPTED}.",
    "attachment.name_says_otherwise": "The ending of “{name}” does not fit its content, which is {kind}. "
    "Rename the file and attach it again.",
}

HISTORY: dict[str, str] = {
    "change.attached": "Attached “{name}”",
    "change.attachment_removed": "Removed the attachment “{name}”",
}
