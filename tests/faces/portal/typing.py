"""A declaration filled in a real browser, box by box, as a mother would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.faces.portal.births import ANSWERS


def fill_page(page: Any, *photos: Path) -> None:
    """Answer every box that stands open and empty; each way to add a file gets a photo."""
    for name, value in ANSWERS.items():
        box = page.locator(f'main [name="{name}"]')
        if box.count() == 0 or not value:
            continue
        if box.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f'main [name="{name}"][value="{value}"]').first.check()
        elif box.first.evaluate("el => el.tagName") != "SELECT":
            box.first.fill(value)
    for date in page.locator('main input[name$=".d"]').all():
        if not date.input_value():
            stem = date.get_attribute("name").removesuffix(".d")
            for part, text in (("d", "5"), ("m", "6"), ("y", "2021")):
                page.fill(f'main [name="{stem}.{part}"]', text)
    for province in page.locator('main select[name$=".province"]').all():
        if not province.input_value():
            stem = province.get_attribute("name").removesuffix(".province")
            province.select_option("01")
            page.wait_for_function(
                "name => document.getElementsByName(name)[0].options.length > 10", arg=f"{stem}.commune"
            )
            page.locator(f'main select[name="{stem}.commune"]').select_option(index=1)
    for chosen in page.locator("main select").all():
        if not chosen.input_value() and "nationality2" not in (chosen.get_attribute("name") or ""):
            chosen.select_option(index=1)
    for radios in {box.get_attribute("name") for box in page.locator('main input[type="radio"]').all()}:
        if page.locator(f'main input[name="{radios}"]:checked').count() == 0:
            page.locator(f'main input[name="{radios}"]').first.check()
    for box in page.locator('main input:is([type="text"], :not([type]))').all():
        if box.is_visible() and not box.input_value():
            box.fill("Thôn Đông")
    for number, upload in enumerate(page.locator('main input[type="file"]').all()):
        upload.set_input_files(str(photos[number % len(photos)]))
