"""Photos and scans, decoded and encoded again."""

import warnings
from io import BytesIO

import magic
import pillow_heif
from PIL import Image, ImageFile, ImageOps

from portal.core import jpeg
from portal.core.errors import N_, Invalid

JPEG, PNG, HEIC = "image/jpeg", "image/png", "image/heic"
MAX_SIDE = 20_000
QUALITY = 90
PACKING = 3  # of 9; beyond it large pictures cost several times the time for a few per cent

TOO_MANY_PIXELS = N_("This picture has too many pixels (more than %(n)s million). Send a smaller one.")
BROKEN = N_("This picture cannot be read. It may be damaged. Open it, save it again and send the new file.")

_FORMATS = {JPEG: ("JPEG",), PNG: ("PNG",), HEIC: ("HEIF",)}
_KEPT_MODES = frozenset({"L", "RGB", "RGBA"})

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
warnings.simplefilter("error", Image.DecompressionBombWarning)


def is_text(data: bytes) -> bool:
    """Whether libmagic plainly says so, whatever the signature."""
    return magic.from_buffer(data[:4096], mime=True).startswith("text/")


def redraw(data: bytes, kind: str, *, max_pixels: int) -> tuple[str, bytes]:
    """The picture alone, upright, as JPEG or PNG: media type and bytes. HEIC becomes JPEG. Invalid."""
    try:
        if kind == JPEG:
            _refuse_slow(data)
        with Image.open(BytesIO(data), formats=_FORMATS[kind]) as picture:
            width, height = picture.size
            if width * height > max_pixels or max(width, height) > MAX_SIDE:
                raise Invalid(TOO_MANY_PIXELS, n=max_pixels // 1_000_000)
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # the letters' engine sets it for the whole process
            picture.load()
            upright = _plain(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombWarning:
        raise Invalid(TOO_MANY_PIXELS, n=max_pixels // 1_000_000) from None
    except Image.DecompressionBombError:
        raise Invalid(TOO_MANY_PIXELS, n=max_pixels // 1_000_000) from None
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError, IndexError, KeyError, OverflowError, TypeError):
        raise Invalid(BROKEN) from None
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    out = BytesIO()
    if kind == PNG:
        bare.save(out, "PNG", compress_level=PACKING)
        return PNG, out.getvalue()
    bare.convert("RGB" if bare.mode == "RGBA" else bare.mode).save(out, "JPEG", quality=QUALITY)
    return JPEG, out.getvalue()


def _refuse_slow(data: bytes) -> None:
    try:
        jpeg.bare_jpeg(data)
    except jpeg.TooManyScans:
        raise Invalid(BROKEN) from None
    except ValueError:
        return  # the decoder decides


def _plain(picture: Image.Image) -> Image.Image:
    """Grey, colour, or colour with transparency, eight bits each."""
    if picture.mode in _KEPT_MODES:
        return picture
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point([value >> 8 for value in range(65536)], "L")
    if picture.mode in ("1", "I", "F"):
        return picture.convert("L")
    transparent = picture.mode in ("LA", "PA", "La", "RGBa") or "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")
