// Who leads, and whether that lead counts: the rule of lead.py, for as long as a hand moves a
// weight. A browser test holds the two equal.

const DECIDED = 1.28;
const TIE = 1e-9;

// Expected scores and their variances under given weights.
function scoresAt({ means, variances }, weights) {
  const expected = means.map((row) => row.reduce((sum, mean, j) => sum + mean * weights[j], 0));
  const spread = variances.map((row) => row.reduce((sum, variance, j) => sum + variance * weights[j] ** 2, 0));
  return { expected, spread, errors: spread.map((own) => DECIDED * Math.sqrt(own)), largest: Math.max(...spread) };
}

// What one alternative is ahead of another by: the mean, its error, and whether it counts.
function leadOver({ known, shared }, weights, { expected, spread, largest }, first, second) {
  let both = spread[first] + spread[second];
  for (const [j, covariance] of shared) both -= 2 * weights[j] ** 2 * covariance[first][second];
  const mean = expected[first] - expected[second];
  const error = both > 1e-12 * largest ? DECIDED * Math.sqrt(both) : 0;
  return { mean, error, decided: !known || (mean > error && mean > TIE) };
}

// `ranked`: rows with `index`, `score` and `rank`, best first; `scores` from `scoresAt`.
function leadOf(moments, weights, scores, ranked) {
  const leaders = ranked.filter((row) => row.rank === 1);
  const rest = ranked.slice(leaders.length);
  const near = rest.filter((row) => !leadOver(moments, weights, scores, leaders[0].index, row.index).decided);
  return { leaders, next: rest[0] ?? null, gap: rest.length ? leaders[0].score - rest[0].score : 0, near };
}

function headlineKind({ leaders, next, near }) {
  if (leaders.length > 1) return "tie";
  if (!next) return "only";
  if (!near.length) return "leads";
  return near.includes(next) ? "close" : "not alone";
}

const andListed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`);

const wholePoints = (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

function inPoints(value) {
  const rounded = wholePoints(value);
  if (rounded === 0 && value > 0) return "less than 1 point";
  return Math.abs(rounded) === 1 ? `${rounded} point` : `${rounded} points`;
}

const NAMED = 3;

// The sentence that verdict.py would say; `sentences` are its own.
function headlineOf(sentences, found, labels) {
  const named = (rows) => rows.map((row) => labels[row.index]);
  const others = found.near.length > NAMED ? [`${found.near.length} other options`] : named(found.near);
  const filled = {
    leader: andListed(named(found.leaders)),
    score: inPoints(found.leaders[0].score),
    gap: inPoints(found.gap),
    only_gap: wholePoints(found.gap) ? `only ${inPoints(found.gap)}` : inPoints(found.gap),
    runner_up: found.next ? labels[found.next.index] : "",
    others: andListed(others),
  };
  return sentences[headlineKind(found)].replace(/{(\w+)}/g, (_, key) => filled[key]);
}
