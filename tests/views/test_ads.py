"""The ad's pages: composed, edited by more than one, composed anew, published, closed."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import yaml
from flask import Flask
from lxml import html
from support import Client, case, counted_queries, full_case, load, make_person, signed_in
from werkzeug.test import TestResponse
from wordfile import WordFile

from recruit.audit import AuditEvent
from recruit.casefile.export import export_case
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.profiles.ads.models import Ad, AdPart
from recruit.profiles.ads.service import load_ad, load_parts
from recruit.profiles.models import Profile
from recruit.profiles.service import approve_profile, load_rows, print_of, write_sections
from recruit.recruitments.criteria import pick_criteria
from recruit.recruitments.models import Recruitment
from recruit.recruitments.timetable import today

HARD = "<b>Å & \"Ø\"</b> 'x' 🎈"
FACTS = {
    "tone": "direct",
    "language": "da",
    "apply_at": "https://odder.example/job?a=1&b=2",
    "workplace": "Havvej 1, 8300 Odder",
    "pay_from": "46000",
    "pay_to": "51000",
    "employment": "FULL_TIME",
}
PROFILE = {"purpose": "Børn skal trives.", "contact": "Ring til Lise Holm på tlf. 12 34 56 78."}


class Desk:
    """HR at the ad of one recruitment."""

    def __init__(self, app: Flask, values: dict[str, Any] | None = None, **facts: str) -> None:
        self.app = app
        self.recruitment: Recruitment = load(values or case(profile=PROFILE))
        self.path = f"/recruitments/{self.recruitment.id}/ad"
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")
        assert self.hr.post(f"{self.path}/facts", data=FACTS | facts).status_code == 302

    @property
    def ad(self) -> Ad:
        db.session.expire_all()
        found = load_ad(self.recruitment)
        assert found is not None
        return found

    def part(self, key: str, length: str = "full") -> AdPart:
        return load_parts(self.ad)[length][key]

    def page(self, path: str = "", *, status: int = 200) -> str:
        answer = self.hr.get(self.path + path)
        assert answer.status_code == status
        return answer.get_data(as_text=True)

    def fields(self, length: str = "full") -> dict[str, str]:
        """Every field as the page has it when it is opened."""
        form = html.fromstring(self.page(f"/{length}/edit")).xpath("//form[@data-ad]")[0]
        return {name: str(value).strip("\n") for name, value in form.fields.items() if name != "csrf_token"}

    def save(self, fields: dict[str, str], length: str = "full") -> TestResponse:
        return self.hr.post(f"{self.path}/{length}/edit", data=fields)

    def write(self, key: str, text: str, length: str = "full") -> None:
        assert self.save(self.fields(length) | {f"{key}_text": text}, length).status_code == 302

    def publish(self, days: int = 20, **more: str) -> TestResponse:
        return self.hr.post(f"{self.path}/publish", data={"closes_on": (today() + timedelta(days)).isoformat(), **more})

    @property
    def public(self) -> TestResponse:
        """The public page as somebody sees it who has never been here."""
        nobody = self.app.test_client()
        return nobody.get(f"/jobs/{self.ad.id}", follow_redirects=True)


def events(*names: str) -> list[str]:
    db.session.rollback()
    found = db.session.scalars(db.select(AuditEvent.event).order_by(AuditEvent.id)).all()
    return [event for event in found if event in names]


def test_ad_is_composed_and_says_where_each_piece_came_from(app: Flask) -> None:
    desk = Desk(app)
    page = html.fromstring(desk.page()).text_content()
    for words in ("Børn skal trives.", "Profilen: Formål med stillingen", "Fast vending", "Opslagets oplysninger"):
        assert words in page
    assert "Kriterium: Tydelig retning og følgeskab" in page
    assert "Alle kriterier er nævnt" in page
    short = html.fromstring(desk.page("/short")).text_content()
    assert "Læs hele opslaget på http" in short


def test_ad_needs_criteria_and_is_written_once(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    recruitment = load(case(criteria=[], rounds=[]))
    hr = signed_in(app, "hr@example.org")
    assert "begynder i huset" in hr.get(f"/recruitments/{recruitment.id}/ad").get_data(as_text=True)
    assert hr.post(f"/recruitments/{recruitment.id}/ad/facts", data=FACTS).status_code == 400
    assert load_ad(recruitment) is None
    assert hr.get(f"/recruitments/{recruitment.id}/ad/full/edit").status_code == 404


def test_edit_is_kept_with_what_stood_before_and_can_be_undone(app: Flask) -> None:
    desk = Desk(app)
    before = desk.part("intro").text
    desk.write("intro", f"{HARD} er her.")
    page = desk.page()
    assert "&lt;b&gt;Å &amp; " in page
    assert "<b>Å" not in page
    assert "Skrevet her" in page
    assert "rettet af jer" in page
    history = desk.page("/full/sections/intro/earlier")
    earlier = re.findall(r'name="earlier" value="(\d+)"', history)
    assert "Hr" in history  # who changed it
    assert desk.hr.post(f"{desk.path}/full/sections/intro/earlier", data={"earlier": earlier[0]}).status_code == 302
    assert desk.part("intro").text == before
    assert desk.hr.post(f"{desk.path}/full/sections/intro/earlier", data={"earlier": "9999"}).status_code == 404


def test_section_is_composed_anew_and_edits_of_others_stay(app: Flask) -> None:
    desk = Desk(app)
    desk.write("apply", "Vores egen tekst.")
    desk.write("intro", "Vores egen indledning.")
    write_sections(desk.recruitment, {"purpose": "Børn skal lære."}, actor=None)
    db.session.commit()
    page = desk.page("/full/sections/intro")
    assert "Børn" in page and "<ins>" in page and "<del>" in page
    hidden = dict(re.findall(r'name="(version|shown)" value="([^"]+)"', page))
    assert desk.hr.post(f"{desk.path}/full/sections/intro", data=hidden).status_code == 302
    assert "Børn skal lære." in desk.part("intro").text
    assert desk.part("apply").text == "Vores egen tekst."
    # the same page in another window: what it showed is not what is there
    assert desk.hr.post(f"{desk.path}/full/sections/intro", data=hidden).status_code == 409


def test_what_nobody_wrote_in_follows_the_profile_only_when_asked(app: Flask) -> None:
    desk = Desk(app)
    desk.write("apply", "Vores egen tekst.")
    write_sections(desk.recruitment, {"purpose": "Børn skal lære.", "contact": "Ring til Bo."}, actor=None)
    db.session.commit()
    assert "afsnit ville blive skrevet anderledes" in desk.page()
    assert "Børn skal trives." in desk.part("intro").text
    assert desk.hr.post(f"{desk.path}/refresh").status_code == 302
    assert "Børn skal lære." in desk.part("intro").text
    assert desk.part("apply").text == "Vores egen tekst."


def test_tone_and_language_change_what_nobody_wrote_in(app: Flask) -> None:
    desk = Desk(app)
    desk.write("leader", "Vores egen leder.")
    facts = dict(re.findall(r'name="(version|shown)" type="hidden" value="([^"]*)"', desk.page("/facts")))
    assert desk.hr.post(f"{desk.path}/facts", data=FACTS | facts | {"tone": "formal"}).status_code == 302
    assert desk.part("headline").text == "Leder af Havhuset"
    assert desk.part("leader").text == "Vores egen leder."
    facts = dict(re.findall(r'name="(version|shown)" type="hidden" value="([^"]*)"', desk.page("/facts")))
    assert desk.hr.post(f"{desk.path}/facts", data=FACTS | facts | {"language": "en"}).status_code == 302
    assert desk.part("pay").heading == "Pay and terms"
    assert "trives" not in desk.part("intro").text
    facts = dict(re.findall(r'name="(version|shown)" type="hidden" value="([^"]*)"', desk.page("/facts")))
    assert desk.hr.post(f"{desk.path}/facts", data=FACTS | facts).status_code == 302
    assert desk.part("leader").text == "Vores egen leder."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("apply_at", "javascript:alert(1)"),
        ("apply_at", "odder"),
        ("pay_from", "12"),
        ("pay_from", "52.000,5"),
        ("pay_to", "40000"),
        ("tone", "rude"),
    ],
)
def test_facts_that_make_no_sense_are_refused(app: Flask, field: str, value: str) -> None:
    desk = Desk(app)
    facts = dict(re.findall(r'name="(version|shown)" type="hidden" value="([^"]*)"', desk.page("/facts")))
    assert desk.hr.post(f"{desk.path}/facts", data=FACTS | facts | {field: value}).status_code == 400


def test_two_who_edit_the_same_section_both_see_both_texts(app: Flask) -> None:
    desk = Desk(app)
    mine, theirs = desk.fields(), desk.fields()
    assert desk.save(theirs | {"intro_text": "Deres."}).status_code == 302
    other_section = desk.save(mine | {"offer_text": "Mit tilbud."})
    assert other_section.status_code == 302  # another section: nobody is in the way, and theirs stays
    assert (desk.part("intro").text, desk.part("offer").text) == ("Deres.", "Mit tilbud.")
    answer = desk.save(mine | {"intro_text": "Min."})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Deres." in page and "Min." in page
    assert desk.part("intro").text == "Deres."


def test_text_is_saved_as_typed_and_one_go_is_one_step_of_its_history(app: Flask) -> None:
    desk = Desk(app)
    place = f"{desk.path}/full/edit/texts"
    before = desk.part("post").text
    version = desk.part("post").version
    for words in ("Du leder", "Du leder huset, mens du", f"Du leder huset, mens du {HARD}"):
        answer = desk.hr.put(f"{place}/post_text", json={"text": words, "version": version})
        assert (answer.status_code, answer.json["text"]) == (200, words)
        version = answer.json["version"]
    assert desk.hr.put(f"{place}/post_heading", json={"text": "Opgaven", "version": version}).status_code == 200
    assert (desk.part("post").heading, desk.part("post").text) == ("Opgaven", f"Du leder huset, mens du {HARD}")
    page = html.fromstring(desk.page("/full/sections/post/earlier"))
    assert len(page.xpath("//input[@name='earlier']")) == 1
    assert " ".join(before.split()[:3]) in " ".join(page.text_content().split())
    late = desk.hr.put(f"{place}/post_text", json={"text": "Min.", "version": version})
    assert (late.status_code, late.json["text"]) == (409, f"Du leder huset, mens du {HARD}")
    for field in ("post_version", "headline_heading", "nothing_text"):
        assert desk.hr.put(f"{place}/{field}", json={"text": "x", "version": 1}).status_code == 404
    long = {"text": "x" * 6_001, "version": desk.part("post").version}
    assert desk.hr.put(f"{place}/post_text", json=long).status_code == 400


def test_applicant_fetches_the_profile_when_it_is_approved_and_the_ad_is_out(app: Flask) -> None:
    desk = Desk(app)
    nobody = app.test_client()
    assert nobody.get(f"/jobs/{desk.ad.id}/profile.docx").status_code == 404
    desk.publish()
    assert "profile.docx" not in desk.public.get_data(as_text=True)
    assert nobody.get(f"/jobs/{desk.ad.id}/profile.docx").status_code == 404
    profile = Profile(recruitment_id=desk.recruitment.id, section_order="", approved_print="", kept_because="")
    seen = print_of(desk.recruitment, profile, load_rows(desk.recruitment))
    approve_profile(desk.recruitment, seen=seen, actor=make_person("chief@example.org"))
    db.session.commit()
    [link] = html.fromstring(desk.public.get_data(as_text=True)).xpath("//a[contains(@href, 'profile.docx')]/@href")
    assert PROFILE["purpose"] in WordFile(nobody.get(link).data).raw
    write_sections(desk.recruitment, {"purpose": "Noget, ingen har godkendt."}, actor=None)
    db.session.commit()
    assert nobody.get(link).status_code == 404


def test_criterion_that_is_not_named_is_pointed_out_until_somebody_vouches_for_it(app: Flask) -> None:
    desk = Desk(app)
    leader = desk.part("leader").text
    desk.write("leader", "\n".join(line for line in leader.splitlines() if not line.startswith("- ")))
    assert "3 kriterier bliver vurderet, men er ikke nævnt her" in desk.page()
    for key in ("performance.2", "compliance.4"):
        assert desk.hr.post(f"{desk.path}/criteria/{key}/said", data={"said": "yes"}).status_code == 302
    assert "Et kriterium bliver vurderet, men er ikke nævnt her" in desk.page()
    assert desk.hr.post(f"{desk.path}/criteria/performance.2/said", data={"said": "no"}).status_code == 302
    assert "2 kriterier bliver vurderet" in desk.page()
    assert desk.hr.post(f"{desk.path}/criteria/made.up/said", data={"said": "yes"}).status_code == 400


def test_name_of_what_is_no_longer_a_criterion_is_pointed_out(app: Flask) -> None:
    desk = Desk(app)
    pick_criteria(desk.recruitment, ["performance.2", "compliance.4"], actor=None)
    db.session.commit()
    assert "ikke længere et kriterium" in desk.page()


def test_checks_follow_the_words_and_save_nothing(app: Flask) -> None:
    desk = Desk(app)
    words = desk.fields() | {"intro_text": "Vi søger en yngre leder. Ring til [navn]."}
    answer = desk.hr.post(f"{desk.path}/full/check", data=words)
    page = html.fromstring(answer.get_data(as_text=True)).text_content()
    assert "yngre" in page and "[navn]" in page
    assert "yngre" not in desk.part("intro").text


def test_published_ad_is_for_everybody_and_holds_nothing_of_panel_candidates_or_weights(app: Flask) -> None:
    desk = Desk(app, full_case(profile=PROFILE, revealed=[1]))
    assert desk.public.status_code == 404
    assert desk.publish().status_code == 302
    answer = desk.public
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    for words in ("Børn skal trives.", "Havvej 1, 8300 Odder", "https://odder.example/job?a=1&amp;b=2"):
        assert words in page
    for words in ("Åse Ørsted", "Carla Chef", "anna@example.org", "26/1", "At kunne stå ved", "csrf", "Log ud", "vægt"):
        assert words not in page
    assert events("ad.published") == ["ad.published"]


def test_public_page_says_what_others_show_of_it(app: Flask) -> None:
    desk = Desk(app)
    desk.write("intro", f"{HARD} </script> her.")
    desk.publish()
    tree = html.fromstring(desk.public.get_data(as_text=True))
    properties = {each.get("property"): each.get("content") for each in tree.xpath("//meta[@property]")}
    assert properties["og:title"] == desk.part("headline").text
    assert HARD in properties["og:description"]
    address = tree.xpath("//link[@rel='canonical']/@href")[0]
    assert properties["og:url"] == address
    assert address.endswith(f"/jobs/{desk.ad.id}-leder-af-havhuset")
    posting = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
    assert (posting["title"], posting["@type"]) == ("Leder af Havhuset", "JobPosting")
    assert posting["validThrough"].startswith((today() + timedelta(20)).isoformat() + "T23:59:59")


def test_address_leads_to_the_page_whatever_words_stand_in_it(app: Flask) -> None:
    desk = Desk(app)
    desk.publish()
    nobody = app.test_client()
    answer = nobody.get(f"/jobs/{desk.ad.id}-noget-andet")
    assert answer.status_code == 301
    assert nobody.get(answer.location).status_code == 200
    assert nobody.get("/jobs/99999999999-x").status_code == 404


def test_ad_closes_by_itself_when_its_last_day_is_over(app: Flask) -> None:
    desk = Desk(app)
    desk.publish(0)
    assert desk.public.status_code == 200
    desk.ad.closes_on = today() - timedelta(1)
    db.session.commit()
    answer = desk.public
    page = answer.get_data(as_text=True)
    assert answer.status_code == 410
    assert "ikke længere slået op" in page
    assert "JobPosting" not in page and "Børn skal trives" not in page
    assert "Fristen er udløbet" in desk.page()
    assert desk.publish(5).status_code == 302  # the deadline is moved: the same address again
    assert desk.public.status_code == 200


def test_ad_is_taken_down_and_stays_down(app: Flask) -> None:
    desk = Desk(app)
    assert desk.hr.post(f"{desk.path}/take-down").status_code == 400
    desk.publish()
    assert desk.hr.post(f"{desk.path}/take-down").status_code == 302
    assert desk.public.status_code == 410
    assert desk.hr.post(f"{desk.path}/take-down").status_code == 400
    assert events("ad.taken_down") == ["ad.taken_down"]


def test_what_is_changed_after_publishing_is_out_only_when_published_again(app: Flask) -> None:
    desk = Desk(app)
    desk.publish()
    desk.write("intro", "Helt nye ord.")
    assert "Helt nye ord." not in desk.public.get_data(as_text=True)
    assert "Offentliggør rettelserne" in desk.page()
    first = desk.ad.published_at
    desk.publish()
    assert "Helt nye ord." in desk.public.get_data(as_text=True)
    assert desk.ad.published_at == first


def test_unlawful_wording_needs_a_reason_before_it_is_out(app: Flask) -> None:
    desk = Desk(app)
    desk.write("intro", "Vi søger en yngre leder.")
    refused = desk.publish()
    assert refused.status_code == 400
    assert "yngre" in refused.get_data(as_text=True)
    assert desk.public.status_code == 404
    assert desk.publish(kept_because="Det står i et citat.").status_code == 302
    assert desk.ad.kept_because == "Det står i et citat."
    assert events("wording.kept") == ["wording.kept"]


@pytest.mark.parametrize(("days", "text"), [(-1, "Vi åbner."), (5, "Ring til [navn].")])
def test_ad_that_is_not_ready_is_refused_with_a_sentence(app: Flask, days: int, text: str) -> None:
    desk = Desk(app)
    desk.write("intro", text)
    answer = desk.publish(days)
    assert answer.status_code == 400
    assert re.search("Fristen er overskredet|kantede parenteser", answer.get_data(as_text=True))
    assert desk.public.status_code == 404


def test_ad_that_closes_on_a_day_it_does_not_name_is_pointed_out(app: Flask) -> None:
    desk = Desk(app)
    desk.publish()
    assert "dagen står ikke i teksten" in desk.page()


def test_word_file_holds_the_ad_and_a_qr_code_once_it_is_out(app: Flask) -> None:
    desk = Desk(app)
    desk.write("intro", HARD)
    before = WordFile(desk.hr.get(f"{desk.path}/full/word").data)
    assert HARD in before.text
    assert "/jobs/" not in before.text
    desk.publish()
    after = WordFile(desk.hr.get(f"{desk.path}/full/word").data)
    assert f"/jobs/{desk.ad.id}-leder-af-havhuset" in after.text
    assert "QR-kode" in after.raw
    assert after.styled("Heading 1")[:2] == [desk.part("post").heading, desk.part("leader").heading]


def test_text_and_html_are_files_and_hold_the_ad(app: Flask) -> None:
    desk = Desk(app)
    desk.write("intro", HARD)
    text, page = desk.hr.get(f"{desk.path}/short/text"), desk.hr.get(f"{desk.path}/full/html")
    assert "46.000" in text.get_data(as_text=True)
    assert "&lt;b&gt;Å &amp; " in page.get_data(as_text=True)
    for answer in (text, page):
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_members_read_the_ad_and_do_not_change_it(app: Flask) -> None:
    values = case(profile=PROFILE)
    values.pop("candidates")
    desk = Desk(app, values)
    anna = signed_in(app, "anna@example.org")
    page = anna.get(desk.path)
    assert page.status_code == 200
    assert f"{desk.path}/full/edit" not in page.get_data(as_text=True)
    for path in ("/facts", "/full/edit", "/publish", "/full/sections/intro"):
        assert anna.get(desk.path + path).status_code == 403


def test_page_asks_the_same_number_of_questions_whatever_the_ad_holds(app: Flask) -> None:
    desk = Desk(app)
    with counted_queries() as few:
        desk.page()
    for number in range(4):
        desk.write("intro", f"Udgave {number}.\n\n" + "Et afsnit mere.\n\n" * 20)
    with counted_queries() as many:
        desk.page()
    assert len(few) == len(many)


def test_ad_goes_with_its_recruitment(app: Flask) -> None:
    desk = Desk(app)
    desk.write("intro", "Noget nyt.")
    db.session.execute(db.delete(AuditEvent))
    db.session.execute(db.delete(Recruitment).where(Recruitment.id == desk.recruitment.id))
    db.session.commit()
    for table in ("ad", "ad_part", "ad_earlier"):
        assert db.session.scalar(db.text(f"SELECT count(*) FROM {table}")) == 0


def test_chain_shows_the_ad_between_profile_and_guide(app: Flask) -> None:
    desk = Desk(app)
    overview: Client = desk.hr

    def labels() -> list[str]:
        tree = html.fromstring(overview.get(f"/recruitments/{desk.recruitment.id}").get_data(as_text=True))
        return [" ".join(link.text_content().split()) for link in tree.xpath("//nav[@class='chain']//li")]

    place = next(index for index, label in enumerate(labels()) if label.startswith("Opslag"))
    assert labels()[place - 1].startswith("Profil") and labels()[place + 1].startswith("Guide")
    assert "Udkast" in labels()[place]
    desk.publish()
    assert "Ude til" in labels()[place]


def test_ad_goes_out_and_in_with_the_case(app: Flask) -> None:
    desk = Desk(app)
    desk.write("intro", f"{HARD} er vores ord.")
    desk.hr.post(f"{desk.path}/criteria/resilience/said", data={"said": "yes"})
    values = yaml.safe_load(export_case(desk.recruitment, actor=None))
    assert [(text["key"], text["text"]) for text in values["ad"]["texts"]] == [("intro", f"{HARD} er vores ord.")]
    again = load(values)
    assert yaml.safe_load(export_case(again, actor=None))["ad"] == values["ad"]
    ad = load_ad(again)
    assert ad is not None
    assert load_parts(ad)["full"]["post"].text == desk.part("post").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"apply_at": "javascript:x"}, "web address"),
        ({"pay_to": 40_000}, "pay_from"),
        ({"texts": [{"language": "da", "length": "short", "key": "offer", "text": "x"}]}, "offer"),
        ({"tone": "rude"}, "formal"),
    ],
)
def test_ad_of_a_case_file_that_makes_no_sense_is_refused(app: Flask, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FaultyFile, match=sentence):
        load(case(ad={"language": "da", "tone": "formal"} | change))
    with pytest.raises(FaultyFile, match="criteria"):
        load(case(ad={"language": "da", "tone": "formal"}, criteria=[], rounds=[]))
