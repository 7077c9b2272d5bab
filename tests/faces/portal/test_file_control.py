"""Choosing a file: the button speaks the page's language, and the keyboard opens it with and without script."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize(("script", "key"), [(True, "Enter"), (True, "Space"), (False, "Space")])
def test_the_keyboard_opens_it_and_the_name_is_shown(browser, site, script, key):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US", java_script_enabled=script)
    context.add_cookies([site.cookie("mother")])
    page = context.new_page()
    # Listening from the start: a chooser that opens before the browser has been told to hand it over is never seen.
    page.on("filechooser", lambda _chooser: None)
    page.goto(f"{site.url}/h/{site.told['asked']}/bo-sung")
    assert page.locator("label.cv-btn:visible", has_text="Chọn ảnh, tệp").count() == 2
    box = page.locator("#file-0")
    box.focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press(key)
    chooser.value.set_files({"name": "giay.jpg", "mimeType": "image/jpeg", "buffer": b"x"})
    assert box.evaluate("el => [el.files[0].name, getComputedStyle(el).opacity]") == ["giay.jpg", "1"]
    context.close()
