"""Uploads and the catalogue over the API."""

from __future__ import annotations

from django.test import override_settings

from congvu.ground.files.models import Blob, File
from tests.faces.api.caller import BASE, fields
from tests.faces.api.test_dossiers import PDF


def test_one_file_gets_an_id(counter):
    response = counter.upload(PDF, "../Tờ khai.pdf")
    answer = response.json()
    assert (response.status_code, answer["name"], answer["media_type"], answer["size"]) == (
        201, "Tờ khai.pdf", "application/pdf", len(PDF),
    )  # fmt: skip
    assert File.objects.get().owner_user == counter.user


@override_settings(UPLOAD_LIMIT=100_000)
def test_a_huge_file_is_refused(counter):
    for size in (100_001, 300_000):
        response = counter.upload(PDF + b" " * size)
        assert (response.status_code, response.json()["code"]) == (413, "too_large"), size
    assert not File.objects.exists()


def test_what_is_no_paper_is_refused(counter):
    for content in (b"", b"MZ" + b"\0" * 100, b"<html>"):
        response = counter.upload(content)
        assert (response.status_code, list(fields(response))) == (422, ["file"]), content
    assert not File.objects.exists()
    assert not Blob.objects.exists()


def test_exactly_one_file_in_its_field(counter):
    headers = {"Authorization": f"Bearer {counter.secret}"}
    assert fields(counter.client.post(BASE + "files", {}, headers=headers)) == {"file": "required"}
    assert fields(counter.client.post(BASE + "files", {"file": "chữ"}, headers=headers)) == {"file": "required"}
    assert fields(counter.upload(PDF, extra="x")) == {"file": "required"}
    response = counter.client.post(BASE + "files", b"x", content_type="multipart/form-data", headers=headers)
    assert response.status_code == 400
    assert counter.post("files", {}).status_code == 415
    assert not File.objects.exists()


def test_the_catalogue_pages_by_name(counter, django_assert_num_queries):
    with django_assert_num_queries(3):
        first = counter.get("procedures", {"limit": 2}).json()
    second = counter.get("procedures", {"limit": 2, "after": first["next"]}).json()
    codes = [row["code"] for row in first["rows"] + second["rows"]]
    assert (sorted(codes), len(first["rows"]), second["next"]) == (["1.001193", "1.004873", "2.000908"], 2, "")


def test_search_by_words_without_marks(counter, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        answer = counter.get("procedures", {"q": "khai sinh"}).json()
    assert answer["rows"][0]["code"] == "1.001193"
    assert counter.get("procedures", {"q": "1.004873"}).json()["rows"][0]["runnable"] is True


def test_strange_queries_are_refused_by_name(counter):
    for query in (
        {"after": "x"}, {"q": "\x00"}, {"q": "x" * 10_000}, {"level": "moon"}, {"limit": "-1"}, {"audience": ""},
    ):  # fmt: skip
        response = counter.get("procedures", query)
        assert (response.status_code, set(fields(response))) == (422, set(query)), query


def test_one_procedure(counter):
    answer = counter.get("procedures/1.004873").json()
    assert (answer["code"], answer["budget"], answer["runnable"], answer["blocks"]) == ("1.004873", "3wd", True, [])
    assert answer["papers"][0]["kind"] in ("submit", "show", "instruction")


def test_an_unknown_procedure_is_not_found(counter):
    for code in ("9.999999", "1.00%00", "x" * 400, "á"):
        response = counter.get(f"procedures/{code}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json; charset=utf-8"), (
            code
        )
