"""`kaiji letters key …`: the administrator sees whose key signs, until when, and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from portal import doctor, services, setup
from portal.core import clock
from portal.letters.keys_cli import key_cli
from tests.conftest import make_settings
from tests.factories import certificates
from tests.portal.core.signed_letters import installation


def run(*words, home: Path, **env):
    """The command's status and what it printed; settings are KAIJI_ variables in lower case."""
    named = {f"KAIJI_{name.upper()}": value for name, value in env.items()}
    done = CliRunner().invoke(key_cli, words, env={"KAIJI_HOME": str(home), **named})
    return done.exit_code, done.output


def variables(settings):
    """What `run` needs for an installation with a key file."""
    names = ("signing", "signing_file", "signing_password_file", "signing_subject", "signing_anchors")
    return {name: str(getattr(settings, name)) for name in names} | {"sample": "0"}


def test_the_sample_key_is_made_once_and_shown(tmp_path):
    assert run("sample", home=tmp_path) == (0, "sample key made\n")
    assert run("sample", home=tmp_path) == (0, "sample key is there\n")
    status, printed = run("show", "--json", home=tmp_path)
    shown = json.loads(printed)
    assert status == 0
    assert shown["sample"] is True
    assert shown["algorithm"] == "EC P-256"
    assert shown["days_left"] > 3600
    assert shown["warnings"] == []
    assert len(shown["fingerprint"]) == 64
    assert "subject:     CN=見本 SAMPLE" in run("show", home=tmp_path)[1]


def test_a_missing_key_is_said_in_one_line(tmp_path):
    status, printed = run("show", home=tmp_path)
    assert status == 1
    assert printed.startswith("Error: The key file")
    assert printed.count("\n") == 1


def test_unsigned_letters_are_said_to_be_so(tmp_path):
    status, printed = run("show", home=tmp_path, signing="none")
    assert status == 0
    assert "not signed" in printed
    status, printed = run("sample", home=tmp_path, signing="none")
    assert status == 1
    assert "would not be used" in printed


def test_a_certificate_that_ends_soon_and_leads_nowhere_is_warned_of(tmp_path, monkeypatch):
    settings = installation(tmp_path, certificates.end(certificates.root()), certificates.root("見本の別の認証局"))
    monkeypatch.setattr(clock, "now", lambda: certificates.UNTIL.replace(year=2027, month=12, day=20))
    shown = json.loads(run("show", "--json", home=tmp_path, **variables(settings))[1])
    assert shown["days_left"] == 12
    assert [text for text in shown["warnings"] if "in 12 days" in text]
    assert [text for text in shown["warnings"] if "KAIJI_SIGNING_ANCHORS" in text]


def test_the_time_stamp_service_is_asked_only_on_demand(tmp_path):
    assert run("sample", home=tmp_path)[0] == 0
    service = {"timestamp_url": "http://127.0.0.1:9/tsa"}
    assert json.loads(run("show", "--json", home=tmp_path, **service)[1])["warnings"] == []
    asked = json.loads(run("show", "--ask", "--json", home=tmp_path, **service)[1])
    assert "does not answer" in asked["warnings"][0]


@pytest.mark.parametrize("kind", [[], ["--rsa"]])
def test_a_request_for_a_certificate_is_written_with_its_key(tmp_path, kind):
    folder = tmp_path / "new"
    words = ("request", "--subject", certificates.SUBJECT, "--folder", str(folder), *kind)
    assert run(*words, home=tmp_path) == (0, f"{folder / 'letters.csr'}\n")
    asked = x509.load_pem_x509_csr((folder / "letters.csr").read_bytes())
    assert asked.is_signature_valid
    assert asked.subject.rfc4514_string() == certificates.SUBJECT.replace(", ", ",")
    password = (folder / "letters.password").read_bytes()
    key = load_pem_private_key((folder / "letters.key").read_bytes(), password)
    assert key.public_key() == asked.public_key()
    assert (folder / "letters.key").stat().st_mode & 0o777 == 0o400
    status, printed = run(*words, home=tmp_path)
    assert status == 1
    assert "exists already" in printed


@pytest.mark.parametrize("subject", ["", "見本", "O=見本機構", "CN"])
def test_a_subject_without_a_name_is_refused(tmp_path, subject):
    status, printed = run("request", "--subject", subject, "--folder", str(tmp_path / "new"), home=tmp_path)
    assert status == 1
    assert "CN=" in printed
    assert not (tmp_path / "new").exists()


def findings(settings):
    return {finding.what: finding.ok for finding in doctor._signing(settings)}


def test_the_doctor_looks_at_the_key(tmp_path):
    settings = make_settings(tmp_path)
    assert [ok for what, ok in findings(settings).items() if "is missing" in what] == [False]
    services.make_keys(settings)
    assert all(findings(settings).values())
    assert not [what for what in doctor._keys(settings) if not what.ok]
    seal = tmp_path / "seal.png"
    seal.write_bytes(b"no picture")
    assert not all(findings(make_settings(tmp_path, seal_file=str(seal))).values())
    assert all(findings(make_settings(tmp_path, signing="none")).values())


def test_set_up_says_how_letters_are_signed(tmp_path):
    said: list[str] = []
    settings = make_settings(tmp_path)
    setup._letters(settings, said.append)
    services.make_keys(settings)
    setup._letters(settings, said.append)
    setup._letters(make_settings(tmp_path, signing="none"), said.append)
    assert said[0].startswith("Letters: cannot be signed.")
    assert said[1:] == ["Letters: signed with a sample key.", "Letters: not signed (KAIJI_SIGNING=none)."]
