"""What the frame promises every route: problems, negotiation, limits, caching, form tokens, sessions."""

from typing import Any

import falcon.testing
import pytest
from contracts import ideas
from contracts.errors import Fault, FieldError
from contracts.identity import JWKS, REFRESH, SIGN_IN
from gateway.testing import samples
from gateway.testing.stand_ins import Browser, FakeServices

PROBLEM = "application/problem+json"
IDEA = "/api/v1/ideas/PAR-2026-004200"


class TestApi:
    def test_an_unknown_address_is_a_problem(self, api: falcon.testing.TestClient) -> None:
        answer = api.simulate_get("/api/v1/nothing-here")

        assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
        assert answer.json["instance"] == "/api/v1/nothing-here"
        assert answer.json["trace"] == answer.headers["x-request-id"]

    def test_an_unknown_method_names_the_known_ones(self, api: falcon.testing.TestClient) -> None:
        answer = api.simulate_delete("/api/v1/ideas")

        assert answer.status_code == 405
        assert {"GET", "POST"} <= set(answer.headers["allow"].replace(",", "").split())

    def test_every_error_comes_at_once_with_its_pointer(self, api: falcon.testing.TestClient) -> None:
        body = {"email": "not an address", "password": "short", "surprise": 1}
        answer = api.simulate_post("/api/v1/accounts", json=body)

        assert answer.status_code == 422
        pointers = {error["pointer"] for error in answer.json["errors"]}
        assert {"/email", "/password", "/display_name", "/language", "/accepts_terms", "/surprise"} <= pointers

    @pytest.mark.parametrize(
        ("body", "content_type", "status"),
        [
            ("{", "application/json", 400),
            ("[1]", "application/json", 400),
            ("a=1", "application/x-www-form-urlencoded", 415),
            ("x" * 300_000, "application/json", 413),
        ],
    )
    def test_bodies_that_cannot_be_read(
        self, api: falcon.testing.TestClient, body: str, content_type: str, status: int
    ) -> None:
        answer = api.simulate_post("/api/v1/sessions", body=body, headers={"Content-Type": content_type})

        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)

    def test_only_json_is_offered(self, api: falcon.testing.TestClient) -> None:
        assert api.simulate_get("/api/v1/ideas", headers={"Accept": "text/csv"}).status_code == 406

    def test_writing_needs_a_token(self, api: falcon.testing.TestClient) -> None:
        answer = api.simulate_put(f"/api/v1/ideas/{samples.IDEA}/support")

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")

    def test_the_token_and_the_language_travel(self, api: falcon.testing.TestClient, services: FakeServices) -> None:
        services.on(ideas.SUPPORT_IDEA, Fault.wrong_state(reason="not-open"))
        headers = {"Authorization": "Bearer abc", "Accept-Language": "en-GB"}
        answer = api.simulate_put(f"/api/v1/ideas/{samples.IDEA}/support", headers=headers)

        assert (answer.status_code, answer.json["reason"]) == (409, "not-open")
        _, request, context = services.asked[-1]
        assert (request.idea_id, context.token, context.locale) == (samples.IDEA, "abc", "en")

    def test_an_idempotency_key_makes_the_same_id(self, api: falcon.testing.TestClient, services: FakeServices) -> None:
        services.on(ideas.DEPOSIT_IDEA, samples.dossier())
        body = {"title": "Un titre assez long", "text": "Un texte.", "theme": "nature", "place": {"scope": "city"}}
        made = []
        for key in ("one", "one", "two"):
            headers = {"Authorization": f"Bearer {samples.token()}", "Idempotency-Key": key}
            answer = api.simulate_post("/api/v1/ideas", json=body, headers=headers)
            made.append(services.asked[-1][1].idea_id)

        assert made[0] == made[1] != made[2]
        assert (answer.status_code, answer.headers["location"]) == (201, "/api/v1/ideas/PAR-2026-004200")

    def test_a_service_that_is_down_is_503(self, api: falcon.testing.TestClient) -> None:
        answer = api.simulate_get("/api/v1/ideas")

        assert (answer.status_code, answer.json["type"]) == (503, "/problems/service-unavailable")
        assert int(answer.headers["retry-after"]) > 0

    def test_conditional_reads(self, api: falcon.testing.TestClient, services: FakeServices) -> None:
        services.on(ideas.READ_IDEA, samples.dossier())
        first = api.simulate_get(IDEA)
        again = api.simulate_get(IDEA, headers={"If-None-Match": first.headers["etag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert [route for route, *_ in services.asked] == ["ideas.read_idea"]

    def test_head_answers_like_get_without_the_body(
        self, api: falcon.testing.TestClient, services: FakeServices
    ) -> None:
        services.on(ideas.READ_IDEA, samples.dossier())
        answer = api.simulate_head(IDEA)

        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["etag"] == api.simulate_get(IDEA).headers["etag"]

    def test_a_signed_in_read_is_never_answered_from_memory(
        self, api: falcon.testing.TestClient, services: FakeServices
    ) -> None:
        services.on(ideas.READ_IDEA, samples.dossier())
        api.simulate_get(IDEA)
        answer = api.simulate_get(IDEA, headers={"Authorization": "Bearer abc"})

        assert len(services.asked) == 2
        assert answer.headers["cache-control"].startswith("private")

    def test_an_accident_says_its_trace_only(self, api: falcon.testing.TestClient, services: FakeServices) -> None:
        services.on(JWKS, lambda _request, _context: 1 / 0)
        answer = api.simulate_get("/.well-known/jwks.json")

        assert answer.status_code == 500
        assert "ZeroDivision" not in answer.text

    def test_only_declared_services_leave_a_trace(self, make_app: Any) -> None:
        alone = falcon.testing.TestClient(make_app(services="identity"))

        assert alone.simulate_get("/api/v1").json["services"] == ["identity"]
        assert not any("ideas" in path for path in alone.simulate_get("/api/v1/openapi.json").json["paths"])
        assert alone.simulate_get("/api/v1/ideas").status_code == 404
        assert "/idees" not in alone.simulate_get("/").text

    def test_a_name_that_is_no_service_is_refused_at_the_start(self, make_app: Any) -> None:
        with pytest.raises(ValueError, match="idaes"):
            make_app(services="identity,idaes")


class TestOpenApi:
    def test_every_operation_is_described(self, api: falcon.testing.TestClient) -> None:
        document = api.simulate_get("/api/v1/openapi.json").json
        operations = [one for path in document["paths"].values() for one in path.values()]

        assert document["openapi"] == "3.1.0"
        assert len({one["operationId"] for one in operations}) == len(operations)
        assert all(one["summary"] for one in operations)

    def test_references_exist(self, api: falcon.testing.TestClient) -> None:
        answer = api.simulate_get("/api/v1/openapi.json")
        components = answer.json["components"]
        wanted = {part.split('"')[0] for part in answer.text.replace(" ", "").split('"$ref":"#/components/')[1:]}

        assert {name for name in wanted if name.split("/")[1] not in components[name.split("/")[0]]} == set()

    def test_a_problem_is_described_as_rfc_9457_has_it(self, api: falcon.testing.TestClient) -> None:
        components = api.simulate_get("/api/v1/openapi.json").json["components"]
        reference = components["responses"]["Problem422"]["content"]["application/problem+json"]["schema"]["$ref"]

        described = components["schemas"][reference.split("/")[-1]]

        assert {"type", "title", "status", "errors"} <= set(described["properties"])


class TestSite:
    def test_an_address_that_no_service_can_be_asked_gets_a_page_in_words(
        self, browser: Browser, services: FakeServices
    ) -> None:
        services.on(SIGN_IN, samples.session())
        browser.send("/compte/connexion", "/compte/connexion", {"login": "a@b.fr", "password": "x"})
        answer = browser.get(f"/moi/suivis?after={'x' * 600}")

        assert answer.status_code == 422
        assert "pas compris ce qui a été envoyé" in answer.text

    def test_a_form_without_its_token_is_refused(self, browser: Browser, services: FakeServices) -> None:
        services.on(SIGN_IN, samples.session())
        answer = browser.post("/compte/connexion", {"login": "a@b.fr", "password": "x", "_csrf": "0" * 64})

        assert answer.status_code == 403
        assert services.asked == []

    def test_a_form_sent_from_another_site_is_refused(self, browser: Browser) -> None:
        token = browser.get("/compte/connexion").text.split('name="_csrf" value="', 1)[1].split('"', 1)[0]
        fields = {"login": "a@b.fr", "password": "x", "_csrf": token}
        answer = browser.post("/compte/connexion", fields, **{"Sec-Fetch-Site": "cross-site"})

        assert answer.status_code == 403

    def test_signing_in_goes_where_one_was_going(self, browser: Browser, services: FakeServices) -> None:
        services.on(SIGN_IN, samples.session())
        fields = {"login": "nadia@exemple.fr", "password": "x", "next": "/idees?q=arbre"}
        answer = browser.send("/compte/connexion?suite=/idees", "/compte/connexion", fields)

        assert (answer.status_code, answer.headers["location"]) == (303, "/idees?q=arbre")
        assert {"access", "refresh"} <= browser.cookies.keys()

    @pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"])
    def test_signing_in_never_leaves_the_site(self, browser: Browser, services: FakeServices, wanted: str) -> None:
        services.on(SIGN_IN, samples.session())
        fields = {"login": "nadia@exemple.fr", "password": "x", "next": wanted}
        answer = browser.send("/compte/connexion", "/compte/connexion", fields)

        assert answer.headers["location"] == "/moi"

    def test_errors_keep_what_was_typed_except_the_password(self, browser: Browser, services: FakeServices) -> None:
        services.on(SIGN_IN, Fault.unauthenticated(reason="wrong-credentials"))
        fields = {"login": "nadia@exemple.fr", "password": "hunter2hunter2"}
        answer = browser.send("/compte/connexion", "/compte/connexion", fields)

        assert answer.status_code == 401
        assert 'value="nadia@exemple.fr"' in answer.text
        assert "hunter2" not in answer.text
        assert "ne correspondent pas" in answer.text

    def test_a_fault_of_a_field_is_beside_it(self, browser: Browser, services: FakeServices) -> None:
        services.on(SIGN_IN, Fault.invalid(FieldError("/login", "string-too-long", "long", {"max_length": 254})))
        answer = browser.send("/compte/connexion", "/compte/connexion", {"login": "x", "password": "y"})

        assert answer.status_code == 422
        assert 'href="#login"' in answer.text
        assert "restez sous 254 caractères" in answer.text

    def test_a_box_that_must_be_ticked_says_so(self, browser: Browser, services: FakeServices) -> None:
        answer = browser.send("/compte/nouveau", "/compte/nouveau", {"email": "n@exemple.fr"})

        assert "J’accepte les règles d’utilisation. Cochez la case pour continuer." in answer.text

    def test_a_session_that_is_over_is_renewed_silently(self, browser: Browser, services: FakeServices) -> None:
        services.on(REFRESH, samples.session())
        browser.cookies |= {"access": samples.token(minutes=-1), "refresh": "old"}
        answer = browser.get("/aide")

        assert "Mon espace" in answer.text
        assert browser.cookies["refresh"] == "a-refresh-token"

    def test_several_requests_with_one_old_cookie_renew_once(self, api: Any, services: FakeServices) -> None:
        services.on(REFRESH, samples.session())
        for _ in range(3):
            tab = Browser(api)
            tab.cookies["refresh"] = "the same"
            assert "Mon espace" in tab.get("/aide").text

        assert [route for route, *_ in services.asked] == ["identity.refresh"]

    def test_a_refused_renewal_signs_out(self, browser: Browser, services: FakeServices) -> None:
        services.on(REFRESH, Fault.unauthenticated())
        browser.cookies["refresh"] = "stolen"
        answer = browser.get("/aide")

        assert "Se connecter" in answer.text
        assert "refresh" not in browser.cookies

    def test_the_language_is_kept_and_so_is_the_address(self, browser: Browser) -> None:
        answer = browser.get("/lang/en?suite=/aide%3Fa%3D1")

        assert (answer.status_code, answer.headers["location"]) == (303, "/aide?a=1")
        assert '<html lang="en">' in browser.get("/aide").text

    def test_a_page_for_citizens_leads_to_signing_in_and_back(self, browser: Browser) -> None:
        assert browser.get("/moi").headers["location"] == "/compte/connexion?suite=/moi"

    def test_an_anonymous_page_is_kept_and_validated(self, browser: Browser) -> None:
        first = browser.get("/aide")
        again = browser.get("/aide", **{"If-None-Match": first.headers["etag"]})

        assert "max-age=300" in first.headers["cache-control"]
        assert again.status_code == 304

    def test_a_page_with_a_form_is_never_kept(self, browser: Browser) -> None:
        assert browser.get("/compte/connexion").headers["cache-control"] == "private, no-store"

    def test_a_block_whose_service_is_down_does_not_break_the_page(self, browser: Browser) -> None:
        answer = browser.get("/")

        assert answer.status_code == 200
        assert "ne répond pas" in answer.text

    def test_a_missing_page_says_so_in_words(self, browser: Browser) -> None:
        answer = browser.get("/rien")

        assert answer.status_code == 404
        assert "n’existe pas" in answer.text

    def test_no_inline_script_and_no_other_host(self, browser: Browser) -> None:
        answer = browser.get("/")

        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert " style=" not in answer.text
        assert 'src="http' not in answer.text

    def test_https_cookies_are_bound_to_the_host(self, make_app: Any, services: FakeServices) -> None:
        services.on(SIGN_IN, samples.session())
        secure = Browser(falcon.testing.TestClient(make_app(public_url="https://decider.example")))
        secure.send("/compte/connexion", "/compte/connexion", {"login": "a@b.fr", "password": "x"})

        assert {"__Host-access", "__Host-refresh", "__Host-nonce"} <= secure.cookies.keys()
