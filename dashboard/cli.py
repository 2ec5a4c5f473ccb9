"""The command line: check, rank, robustness, briefings, serve, workshop."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

from dashboard import __version__
from dashboard.briefing_commands import briefing_commands
from dashboard.cli_arguments import (
    asked_points,
    command,
    correlation,
    font_option,
    samples,
    seed,
    weights_options,
)
from dashboard.methods.distributions import Distribution
from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.second_opinions import second_opinions
from dashboard.model.doubts import weights_file_doubts
from dashboard.model.errors import Fault, InputError
from dashboard.model.explain import did_you_mean
from dashboard.model.load import load_question
from dashboard.model.overrides import with_overrides
from dashboard.model.overrides_file import read_overrides_file
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from dashboard.model.statements_file import read_statements_file
from dashboard.model.weights_file import read_weights_file
from dashboard.model.wording import counted, printable
from dashboard.report.extra_fonts import coverage, read_fonts
from dashboard.report.results import opinion_results, ranking_results
from dashboard.report.robustness_results import robustness_results
from dashboard.report.robustness_text import robustness_text
from dashboard.report.safe_text import WAY_OUT, lacking, question_texts, unprintable_words
from dashboard.report.terminal import ranking_text
from dashboard.report.terminal_progress import stop_asked, terminal_progress
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import assess
from dashboard.robustness.readings import ScoreErrors, stated_weights
from dashboard.robustness.weight_sampling import WeightSource
from dashboard.robustness.workers import RunCancelledError, Workers
from dashboard.serve_command import serve, serve_options
from dashboard.workshop_commands import workshop_options

BAD_INPUT, INTERRUPTED = 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 with the message on standard error for bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without Unicode shows codes; it is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.command
    try:
        return run(options)
    except InputError as error:
        print(printable(str(error)), file=sys.stderr)
        return BAD_INPUT
    except (KeyboardInterrupt, RunCancelledError):
        print("Stopped before it was finished.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`counterweight rank | head -1`); that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def check(options: argparse.Namespace) -> int:
    question = load_question(options.question)
    if options.override is not None:
        question = with_overrides(question, read_overrides_file(options.override, question))
    doubts: tuple[Fault, ...] = ()
    if options.weights is not None:
        points = read_weights_file(options.weights, question)
        doubts = weights_file_doubts(points, question, str(options.weights))
    found = [*question.warnings, *doubts]
    warnings = [*map(str, found), *_unprintable(question, options.font)]
    for warning in warnings:
        print(f"warning: {printable(warning)}", file=sys.stderr)
    counts = (
        counted(len(question.proposals), "option"),
        counted(len(question.criteria), "criterion", "criteria"),
        counted(len(question.perspectives), "perspective"),
        counted(len(question.sources), "source"),
    )
    print(printable(f"{question.context.title}: {', '.join(counts)}."))
    warned = counted(len(warnings), "warning")
    print(f"No faults, {warned}. Fingerprint {question.fingerprint[:12]}.")
    return 0


def _unprintable(question: Question, fonts: Sequence[Path]) -> list[str]:
    """That a PDF of the question would be refused, if it would: while the files are at hand."""
    also = coverage(read_fonts(fonts))
    words = [word for text in question_texts(question) for word in unprintable_words(text, also)]
    return [f"{lacking(words)}; {WAY_OUT}"] if words else []


def rank(options: argparse.Namespace) -> int:
    question = _question(options)
    points, whose = asked_points(question, options)
    evaluation = evaluate(question, points)
    opinions = second_opinions(evaluation) if options.methods else None
    if options.json:
        results = ranking_results(evaluation, options.perspective)
        if opinions is not None:
            results["methods"] = opinion_results(evaluation, opinions)
        print(json.dumps(results, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print(printable(ranking_text(evaluation, whose, opinions, every=options.all)))
    return 0


def robustness(options: argparse.Namespace) -> int:
    question = _question(options)
    points, whose = asked_points(question, options)
    sampling = Sampling(samples=options.samples, seed=options.seed)
    evaluation = evaluate(question, points)
    stated, pair = _stated(question, options), _pair(evaluation, options.pair)
    with (
        stop_asked() as asked,
        terminal_progress("Testing how far the ranking can be trusted") as tell,
    ):
        found = assess(
            evaluation,
            sampling,
            Workers(progress=tell, cancelled=asked),
            ScoreErrors(options.scores, options.correlation),
            stated,
            pair,
            full=options.full,
        )
    if options.json:
        results = robustness_results(found, options.perspective)
        print(json.dumps(results, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print(printable(robustness_text(found, whose)))
    return 0


def _question(options: argparse.Namespace) -> Question:
    question = with_settings(load_question(options.question), options.setting)
    if options.override is not None:
        question = with_overrides(question, read_overrides_file(options.override, question))
    for warning in question.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    return question


def _stated(question: Question, options: argparse.Namespace) -> WeightSource | None:
    """Weights that fulfil the statements, if there is a file of them."""
    if options.statements is None:
        return None
    stated = read_statements_file(options.statements, question)
    try:
        return stated_weights(question, stated, options.seed)
    except ValueError as error:
        file, remedy = str(options.statements), "change or take out one of the statements"
        raise InputError.one(file, None, str(error), remedy) from error


def _pair(evaluation: Evaluation, ids: Sequence[str] | None) -> tuple[int, int] | None:
    """The rows of the two options, if two were named."""
    if ids is None:
        return None
    known = [proposal.id for proposal in evaluation.question.proposals]
    for id_ in ids:
        if id_ not in known:
            what = f"unknown proposal {id_!r}"
            raise InputError.one("--pair", None, what, did_you_mean(id_, known, "there is none"))
    if ids[0] == ids[1]:
        raise InputError.one("--pair", None, f"{ids[0]!r} comes twice", "name two options")
    return known.index(ids[0]), known.index(ids[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="counterweight",
        description="Weigh proposals against criteria: see who leads, why, and how firmly.",
        epilog="check, rank, robustness, brief and serve take --question DIR; without it the "
        "shipped question is used.",
    )
    parser.add_argument("--version", action="version", version=f"counterweight {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    checking = command(commands, "check", check, "read a question and list every fault in it")
    font_option(checking)
    checking.add_argument(
        "--weights", type=Path, metavar="FILE", help="check a file of weights as well"
    )
    checking.add_argument(
        "--override", type=Path, metavar="FILE", help="check a file of overrides as well"
    )
    ranking = command(commands, "rank", rank, "rank the proposals under one set of weights")
    weights_options(ranking)
    ranking.add_argument("--json", action="store_true", help="print JSON at full precision")
    ranking.add_argument("--all", action="store_true", help="list all options, however many")
    ranking.add_argument("--methods", action="store_true", help="add what three other methods say")
    trusting = command(commands, "robustness", robustness, "say how far a ranking can be trusted")
    weights_options(trusting)
    trusting.add_argument("--json", action="store_true", help="print JSON at full precision")
    trusting.add_argument(
        "--full",
        "--all",
        action="store_true",
        help="of more than 50 options too, work out everything and print it for all",
    )
    trusting.add_argument(
        "--samples", type=samples, default=100_000, metavar="N", help="100,000 by default"
    )
    trusting.add_argument("--seed", type=seed, default=0, metavar="N", help="0 by default")
    trusting.add_argument(
        "--statements",
        type=Path,
        metavar="FILE",
        help="YAML or JSON: {order: [ID, ...], between: {ID: [5, 20]}}, percent of all weight",
    )
    trusting.add_argument(
        "--pair",
        nargs=2,
        metavar=("ID", "ID"),
        help="two options to set against each other; the first two in order by default",
    )
    trusting.add_argument(
        "--scores",
        choices=get_args(Distribution),
        default="triangular",
        help="how scores lie in their bands; triangular by default",
    )
    trusting.add_argument(
        "--correlation",
        type=correlation,
        default=0.0,
        metavar="R",
        help="between the errors of the scores of one option, 0 to 1; 0 by default",
    )
    briefing_commands(commands)
    serve_options(command(commands, "serve", serve, "start the dashboard", several=True))
    workshop_options(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
