"""The ad in Word, with a QR code that leads to its public page."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.profiles.ads.material import address_of
from recruit.profiles.ads.outputs import Section, clean_html, plain_text
from recruit.profiles.ads.rules import FULL
from recruit.profiles.ads.service import OPEN, load_ad, load_parts, state
from recruit.profiles.rules import blocks
from recruit.recruitments.documents import word_document
from recruit.recruitments.models import Recruitment

QR_WIDTH = 2.8  # centimetres: read at arm's length by any telephone
QR_SCALE = 12  # pixels a module


def ad_document(recruitment: Recruitment, parts: Sequence[Section], *, language: str, address: str | None) -> bytes:
    """The ad as a .docx file in its own language. `address` is that of the public page; None while it is not out."""
    with force_locale(language):
        document = word_document(recruitment, _("Stillingsopslag"), close=True, language=language)
        if address:
            # Beside the headline: whoever sees the ad on a wall reads on from there, and it takes no page of its own.
            alt = _("QR-kode, der fører til %(address)s", address=address)
            document.picture(qr_code(address), width_cm=QR_WIDTH, alt=alt, beside=True)
        for key, heading, text in parts:
            if not text:
                continue
            if key == "headline":
                document.title(" ".join(text.split()))
                continue
            if heading:
                document.heading(heading)
            for place, (is_list, lines) in enumerate(blocks(text)):
                if is_list:
                    document.bullets(lines)
                else:
                    document.paragraph("\n".join(lines), style="Lead" if key == "intro" and not place else "Normal")
        if address and all(address not in text for _key, _heading, text in parts):
            document.paragraph(_("Opslaget på nettet: %(address)s", address=address), style="Hint")
        return document.to_bytes()


def ad_files(recruitment: Recruitment) -> dict[str, bytes]:
    """Both lengths as Word, plain text and HTML, by the name of the file; empty while there is no ad."""
    ad = load_ad(recruitment)
    if ad is None:
        return {}
    address = address_of(ad, recruitment) if state(recruitment, ad) == OPEN else None
    files = {}
    for length, rows in load_parts(ad).items():
        parts = [(part.key, part.heading, part.text) for part in rows.values()]
        name = "ad" if length == FULL else f"ad-{length}"
        files[f"{name}.docx"] = ad_document(recruitment, parts, language=ad.language, address=address)
        files[f"{name}.txt"] = plain_text(parts).encode()
        files[f"{name}.html"] = clean_html(parts).encode()
    return files


def qr_code(address: str) -> bytes:
    """A PNG of the address as a QR code, with the quiet zone of four modules that ISO/IEC 18004 asks for."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", scale=QR_SCALE, border=4)
    return target.getvalue()
