"""The command line as a person or a program meets it."""

from __future__ import annotations

import datetime
import io
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from benchmarks.questions import write_question
from dashboard.cli import main
from dashboard.model.question import Question
from tests.conftest import ROOT, fixture_json


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_check_counts_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "Ways out for Russian officials: 7 options, 14 criteria, 8 perspectives, 57 sources.\n"
        "No faults, 0 warnings. Fingerprint "
    )


def test_rank_as_json_holds_weights_and_ranking(
    capsys: pytest.CaptureFixture[str], shipped: Question
) -> None:
    assert main(["rank", "--perspective", "ukraine", "--json"]) == 0
    captured = capsys.readouterr()
    results = json.loads(captured.out)
    expected = fixture_json("totals")["ukraine"]
    assert captured.err == ""
    assert results["perspective"] == "ukraine"
    assert list(results["weights"]) == [criterion.id for criterion in shipped.criteria]
    assert sum(results["weights"].values()) == pytest.approx(1, abs=1e-12)
    ranking = results["ranking"]
    assert [entry["id"] for entry in ranking] == expected["order"]
    assert [entry["rank"] for entry in ranking] == [1, 2, 3, 4, 5, 6, 7]
    for entry in ranking:
        assert entry["name"] == shipped.proposal(entry["id"]).name
        assert entry["score"] == pytest.approx(expected["scores"][entry["id"]], abs=0.051)
        assert sum(entry["contributions"].values()) == pytest.approx(entry["score"])
    assert ranking[-1]["constraints"]["no-sanctions-relief"] == "fail"


def test_rank_without_weights_says_that_none_were_chosen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rank"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Ways out for Russian officials"
    assert lines[1] == "Weights: Equal branches, as no weights were chosen"
    assert lines[3].startswith(
        "No clear winner: Sanctuary is only 0.5 points ahead (45.9 against 45.4), but Capital "
        "amnesty comes first more often. All other options are within the uncertainty (8 points "
        "to Capital amnesty): too close to call."
    )
    assert "one analyst's illustrative judgements" in lines[-1]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_weights_come_from_a_file(
    form: str, tmp_path: Path, shipped: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    points = {criterion.id: 0 for criterion in shipped.criteria} | {"ukraine-consent": 30}
    path = tmp_path / f"mine.{form}"
    lines = "\n".join(f"{key}: {value}" for key, value in points.items())
    path.write_text(lines if form == "yaml" else json.dumps(points), encoding="utf-8")
    assert main(["rank", "--weights", str(path), "--json"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert results["perspective"] is None
    assert results["weights"]["ukraine-consent"] == 1
    assert results["ranking"][0]["id"] == "status-quo"
    assert results["ranking"][0]["score"] == 70


def test_rank_with_methods_prints_every_method(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "--perspective", "ukraine", "--methods"]) == 0
    out = capsys.readouterr().out
    assert "2 of 4 methods put Status quo first." in out
    for method in ("Weighted sum", "Weighted product", "TOPSIS", "VIKOR"):
        assert f"  {method}: 1 " in out
    assert main(["rank", "--perspective", "ukraine", "--methods", "--json"]) == 0
    methods = json.loads(capsys.readouterr().out)["methods"]
    assert [entry["method"] for entry in methods][1:] == ["Weighted product", "TOPSIS", "VIKOR"]
    assert all(sorted(entry["ranks"].values()) == [1, 2, 3, 4, 5, 6, 7] for entry in methods)


def test_a_setting_is_switched_on_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "--setting", "status-quo-acts-at-once"]) == 0
    out = capsys.readouterr().out
    assert "Setting on: Status quo acts at once\n" in out
    assert "Status quo" in out.splitlines()[4]


MONEY = (
    "- {proposal: capital-amnesty, criterion: recovery-money, low: 400, likely: 1800, high: 2500,"
    " reason: new figures}\n"
)


@pytest.mark.parametrize("command", [["rank"], ["robustness", "--samples", "16"]])
def test_overridden_scores_are_taken_and_said(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "changed.yaml"
    path.write_text(MONEY, encoding="utf-8")
    assert main([*command, "--override", str(path)]) == 0
    assert (
        "Overridden: Capital amnesty on Recovery money, 400 (50 to 2,500) EUR m, 5 yr -> "
        "1,800 (400 to 2,500) EUR m, 5 yr: new figures"
    ) in capsys.readouterr().out
    assert main([*command, "--override", str(path), "--json"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert results["ranking"][0]["id"] == "capital-amnesty"
    assert results["overrides"] == [
        {
            "proposal": "capital-amnesty",
            "criterion": "recovery-money",
            "was": {"low": 50, "likely": 400, "high": 2500},
            "now": {"low": 400, "likely": 1800, "high": 2500},
            "reason": "new figures",
            "reason_given": True,
        }
    ]


def test_a_missing_reason_is_null_and_no_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "changed.yaml"
    path.write_text(MONEY.replace("new figures", "null"), encoding="utf-8")
    assert main(["rank", "--override", str(path)]) == 0
    assert "1,800 (400 to 2,500) EUR m, 5 yr (no reason given)\n" in capsys.readouterr().out
    assert main(["rank", "--override", str(path), "--json"]) == 0
    (override,) = json.loads(capsys.readouterr().out)["overrides"]
    assert (override["reason"], override["reason_given"]) == (None, False)


def test_overridden_scores_are_in_the_briefing(tmp_path: Path) -> None:
    changed, path = tmp_path / "changed.yaml", tmp_path / "briefing.pdf"
    changed.write_text(MONEY, encoding="utf-8")
    assert main(["brief", "--override", str(changed), "--output", str(path)]) == 0
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "Annex A, scores changed by the reader: " in " ".join(text.split())
    assert "new figures" in text


def test_a_faulty_file_of_overrides_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "changed.yaml"
    path.write_text(MONEY.replace("new figures", "''"), encoding="utf-8")
    assert main(["rank", "--override", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"{path}, line 1: overrides > entry 1 > reason is empty; fill it in\n"
    )


def test_brief_writes_a_pdf_with_the_same_leader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "briefing.pdf"
    arguments = ["brief", "--perspective", "human-rights", "--output", str(path)]
    assert main([*arguments, "--date", "2026-03-05"]) == 0
    assert capsys.readouterr().out.startswith(f"{path}: ")
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    text = reader.pages[0].extract_text()
    assert "Sanctuary is only 6.3 points ahead (45.6 against 39.3)" in " ".join(text.split())
    assert "5 March 2026" in text


def test_brief_takes_today_by_default(tmp_path: Path) -> None:
    path = tmp_path / "briefing.pdf"
    assert main(["brief", "--output", str(path)]) == 0
    today = datetime.datetime.now().astimezone().date()
    text = pypdf.PdfReader(path).pages[0].extract_text()
    assert f"{today.day} {today:%B %Y}" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["check", "--question", "no-such-folder"],
            "no-such-folder: is not a folder; name the folder of a question",
        ),
        (
            ["rank", "--perspective", "ukrain"],
            "--perspective: unknown perspective 'ukrain'; did you mean 'ukraine'?",
        ),
        (
            ["rank", "--setting", "earlier-anchor"],
            "settings: unknown setting 'earlier-anchor'; did you mean 'earlier-anchors'?",
        ),
        (
            ["brief", "--output", "no/such/folder/x.pdf"],
            (
                "no/such/folder/x.pdf: cannot be written (No such file or directory); "
                "name another place"
            ),
        ),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err == message + "\n"
    assert captured.out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["rank", "--perspective", "a", "--weights", "b"], "not allowed with argument"),
        (["brief"], "the following arguments are required: --output"),
        (["brief", "--output", "x", "--date", "5.3.2026"], "is not a date; write YYYY-MM-DD"),
        (["serve", "--port", "0"], "is not a port; give a number from 1 to 65535"),
    ],
)
def test_wrong_arguments_are_explained(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("command", [[], ["check"], ["rank"], ["brief"], ["serve"]])
def test_every_command_explains_itself(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("usage: counterweight")


def test_an_unreadable_weights_file_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rank", "--weights", str(tmp_path / "none.yaml")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_output_survives_a_terminal_without_unicode() -> None:
    done = run("rank", "--perspective", "emigres", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"Anti-war Russian \\xe9migr\\xe9s" in done.stdout


def test_control_characters_of_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    files = {
        "seeds/question.yaml": "title: A\ndecision: B\ndisclaimer: C\n",
        "criteria/value-tree.yaml": (
            "branches:\n- id: b\n  name: B\n  criteria:\n  - id: c\n    name: C\n"
            "    definition: D\n    unit: u\n    worst: 0\n    best: 1\n"
        ),
        "proposals/p.yaml": (
            'id: p\nname: "\\e[2J gone"\nsummary: S\nscores:\n  c: {low: 0, likely: 0.5, high: 1, '
            "class: [judgement], confidence: low, evidence: [by-definition], rationale: R}\n"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("rank", "--question", str(tmp_path))
    assert done.returncode == 0, done.stderr.decode()
    assert b"\x1b" not in done.stdout
    assert b"\\u001b[2J gone" in done.stdout


def test_robustness_says_how_far_to_trust_the_ranking(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["robustness", "--perspective", "ukraine", "--samples", "4000", "--seed", "3"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "With these weights it is unlikely (44 %) that Status quo comes first" in out
    assert "Moving 2.1 % of all weight, from Retaliation to Time to effect" in out
    assert "NATO integration: 2.1 % of all weight has to move" in out
    assert "4,000 samples, seed 3" in out
    assert out.rstrip().endswith("and the tool takes no side.")


def test_robustness_as_json_is_the_same_for_the_same_seed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["robustness", "--perspective", "finance", "--samples", "3000", "--json"]
    outputs = []
    for seed in ("5", "5", "6"):
        assert main([*arguments, "--seed", seed]) == 0
        outputs.append(json.loads(capsys.readouterr().out))
    assert outputs[0] == outputs[1]
    assert outputs[0] != outputs[2]
    assert outputs[0]["seed"] == 5
    shares = outputs[0]["acceptability"]["given_weights"]["status-quo"]["ranks"]
    assert sum(shares) == pytest.approx(1)


def test_robustness_prints_what_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = tmp_path / "known.yaml"
    known.write_text("order: [penetration, public-cost]\n", encoding="utf-8")
    arguments = ["robustness", "--samples", "2000", "--pair", "ngo-roles", "finance-advisers"]
    assert main([*arguments, "--statements", str(known), "--scores", "pert"]) == 0
    out = capsys.readouterr().out
    assert "Finance advisers against NGO roles:" in out
    assert "stated: all weights that fulfil the statements" in out
    assert "Structural checks\n" in out
    assert "Kendall's tau: 1 where two rank all alike" in out
    assert main([*arguments, "--json"]) == 0
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    assert (pairs[0]["first"], pairs[0]["second"]) == ("finance-advisers", "ngo-roles")
    assert {pair["first"] for pair in pairs[1:]} == {"sanctuary"}
    assert len(pairs) == 7


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pair", "sanctury", "ngo-roles"], "--pair: unknown proposal 'sanctury'; did you mean"),
        (["--pair", "sanctuary", "sanctuary"], "--pair: 'sanctuary' comes twice; name two options"),
        (["--statements", "conflict"], "fulfil: public-cost >= 0.6; time-to-effect >= 0.5; change"),
    ],
)
def test_robustness_explains_what_does_not_fit(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conflict = tmp_path / "conflict"
    conflict.write_text("between: {public-cost: [60, 70], time-to-effect: [50, 60]}\n")
    arguments = [str(conflict) if word == "conflict" else word for word in arguments]
    assert main(["robustness", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--samples", "0"], "Give a whole number from 1 to 100000000."),
        (["--seed", "-1"], "Give a whole number from 0 to 1000000000000000."),
        (["--correlation", "2"], "Give a number from 0 to 1."),
    ],
)
def test_robustness_explains_wrong_numbers(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["robustness", *arguments])
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_serve_says_what_is_wrong_with_a_port_or_an_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        f"127.0.0.1:{port}: cannot be used (address already in use); "
        "name another with --port or --address\n"
    )
    done = run("serve", "--address", "192.0.2.1")
    assert done.returncode == 2
    assert "cannot be used (cannot assign requested address)" in done.stderr.decode()


def test_an_empty_perspective_is_no_choice_and_no_default(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rank", "--perspective", ""]) == 2
    assert "unknown perspective ''" in capsys.readouterr().err


def test_serve_refuses_a_folder_named_twice_and_one_that_is_no_question(tmp_path: Path) -> None:
    shipped = str(ROOT)
    done = run("serve", "--question", shipped, "--question", f"{shipped}/docs/..")
    assert done.returncode == 2
    assert b"is named twice; name each folder once" in done.stderr
    done = run("serve", "--question", shipped, "--question", str(tmp_path))
    assert done.returncode == 2
    assert b"is no question: it holds neither seeds, criteria nor proposals" in done.stderr
    assert b"Traceback" not in done.stderr


def test_serve_says_what_is_wrong_with_one_of_several_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds").mkdir()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        # It gets as far as the port, which is the next thing to be checked.
        port = str(taken.getsockname()[1])
        asked = ["--question", str(ROOT), "--question", str(tmp_path), "--port", port]
        assert main(["serve", *asked]) == 2
    said = capsys.readouterr().err
    assert f"warning: {tmp_path.name}: criteria/: is missing" in said
    assert f"{tmp_path.name}: proposals/: is missing" in said
    assert "cannot be used" in said


def test_a_run_that_is_stopped_ends_at_once_with_one_sentence() -> None:
    """Ctrl-C, once the first line of progress is there; the output stays empty."""
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard.cli", "robustness", "--json", "--samples", "100000000"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        assert first.startswith("Testing how far the ranking can be trusted: ")
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert error.splitlines()[-1] == "Stopped before it was finished."
    assert "Traceback" not in error


def test_of_many_options_the_first_fifty_are_listed_and_all_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(write_question(tmp_path / "many", options=60, criteria=3, branches=2))
    assert main(["rank", "--question", folder]) == 0
    assert capsys.readouterr().out.count("Option ") == 50 + 3
    assert main(["rank", "--question", folder, "--all"]) == 0
    assert "--all shows them" not in capsys.readouterr().out
    robust = ["robustness", "--question", folder, "--samples", "64", "--json"]
    assert main(robust) == 0
    captured = capsys.readouterr()
    some = json.loads(captured.out)
    assert some["left_out"]["how_to_get_all"] == "counterweight robustness --json --full"
    assert len(some["ranking"]) == 60
    assert main([*robust, "--full"]) == 0
    every = json.loads(capsys.readouterr().out)
    assert "left_out" not in every
    assert len(every["acceptability"]["all_weights"]) == 60
    assert len(every["acceptability"]["all_weights"]["option-0"]["beats"]) == 60
