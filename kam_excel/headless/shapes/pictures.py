"""The pictures of a drawing: their parts, and the markup that shows them."""

from __future__ import annotations

from kam_excel.headless.cells.geometry import EMU, Marker
from kam_excel.headless.charts.drawings import corner, declarations
from kam_excel.headless.package import relating
from kam_excel.headless.package.parts import Package
from kam_excel.headless.shapes.images import Image
from kam_excel.headless.xml.splice import attribute_text


def relate(package: Package, drawing: str, image: Image) -> str:
    """Put a picture into the package; returns the relationship by which a drawing shows it.

    A picture that the drawing has already is used again.
    """
    for each in package.rels(drawing).of_type("image"):
        known = not each.external and each.target in package
        if known and package.read(each.target) == image.data:
            return each.id
    part = package.free_name(f"xl/media/image{{}}.{image.extension}")
    package.write(part, image.data)
    package.set_default_type(part, image.content_type)
    return package.rels(drawing).add("image", part)


def anchor(
    data: bytes,
    relationship: str,
    number: int,
    name: str,
    place: Marker,
    size: tuple[float, float],
    locked: bool,
) -> bytes:
    """An anchor for the drawing `data`, which moves with its cell and keeps its size in points.

    `locked` keeps the proportions.
    """
    shown = relating.attribute(None, relationship).replace("r:id=", "r:embed=")
    width, height = (round(each * EMU) for each in size)
    locks = f'<a:picLocks noChangeAspect="{int(locked)}"/>'
    return (
        f"<xdr:oneCellAnchor{declarations(data)}>{corner('from', place)}"
        f'<xdr:ext cx="{width}" cy="{height}"/><xdr:pic><xdr:nvPicPr>'
        f'<xdr:cNvPr id="{number}" name="{attribute_text(name)}"/>'
        f"<xdr:cNvPicPr>{locks}</xdr:cNvPicPr></xdr:nvPicPr>"
        f"<xdr:blipFill><a:blip {shown}/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>"
        f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
        "<xdr:clientData/></xdr:oneCellAnchor>"
    ).encode()
