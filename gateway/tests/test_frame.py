from contracts.errors import Fault
from contracts.identity import SIGN_IN


def test_home(browser, services):
    r = browser.get("/")
    assert r.status_code == 200, r.text
    assert "<h1>" in r.text


def test_signin(browser, services):
    services.on(SIGN_IN, Fault.unauthenticated())
    r = browser.get("/compte/connexion")
    assert r.status_code == 200, r.text
    r = browser.send("/compte/connexion", "/compte/connexion", {"login": "", "password": ""})
    assert r.status_code == 422
    print(r.text)


def test_404(browser, api):
    assert browser.get("/nope").status_code == 404
    r = api.simulate_get("/api/v1/nope")
    assert r.json["status"] == 404
    r = api.simulate_get("/api/v1/openapi.json")
    assert r.status_code == 200
    r = api.simulate_get("/api/v1/sessions")
    assert r.status_code == 405, r.text
    r = api.simulate_post("/api/v1/sessions", json={"x": 1})
    assert r.status_code == 422
    print(r.json)
    for p in ["/aide", "/transparence", "/healthz", "/metrics"]:
        assert browser.get(p).status_code == 200
