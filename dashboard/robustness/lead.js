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
  for (const [j, group, factors] of shared) {
    if (group[first] < 0 || group[first] !== group[second]) continue;
    const covariance = factors[first].reduce((sum, factor, k) => sum + factor * factors[second][k], 0);
    both -= 2 * weights[j] ** 2 * covariance;
  }
  const mean = expected[first] - expected[second];
  const error = both > 1e-12 * largest ? DECIDED * Math.sqrt(both) : 0;
  return { mean, error, decided: !known || (mean > error && mean > TIE) };
}

// `ranked`: rows with `index`, `score` and `rank`, best first; `scores` from `scoresAt`.
function leadOf(moments, weights, scores, ranked) {
  const { alike } = moments;
  const leaders = ranked.filter((row) => row.rank === 1);
  const rest = ranked.slice(leaders.length);
  const counts = (row) => leaders.every((leader) => leadOver(moments, weights, scores, leader.index, row.index).decided);
  const near = rest.filter((row) => !counts(row));
  const equal = leaders.every((row) => alike[row.index] === alike[leaders[0].index]);
  return { leaders, equal, next: rest[0] ?? null, gap: rest.length ? leaders[0].score - rest[0].score : 0, near };
}

function headlineKind({ leaders, next, near, equal }) {
  if (leaders.length > 1) return equal ? "equal" : "tie";
  if (!next) return "only";
  if (!near.length) return "leads";
  return near.includes(next) ? "close" : "not alone";
}

const andListed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`);

const cleaned = (value) => Math.round(value * 1e9) / 1e9;
const inUnits = (value, units) => Math.round(cleaned(value) * units);

// How far a score is ahead of another, in whole points where the whole scores differ by as much; else
// with a decimal, and both scores with theirs. `short` is for a cell.
function gapBetween(higher, lower) {
  const exact = cleaned(higher - lower);
  if (inUnits(higher, 1) - inUnits(lower, 1) === inUnits(exact, 1)) {
    const whole = inUnits(exact, 1);
    const words = whole > 0 || exact <= 0 ? `${whole} point${whole === 1 ? "" : "s"}` : "less than 1 point";
    return { words, short: exact <= 0 ? "=" : whole > 0 ? `${whole}` : "<1", scores: "" };
  }
  const tenths = [higher, lower, exact].map((value) => inUnits(value, 10));
  const [first, second, gap] = tenths.map((value) => (value / 10).toFixed(1));
  const rounded = tenths[0] - tenths[1] === tenths[2] ? "" : ", rounded";
  const scores = ` (${first} against ${second}${rounded})`;
  if (tenths[2] === 0) return { words: "less than 0.1 points", short: "<0.1", scores };
  return { words: `${gap} points`, short: gap, scores };
}

function inPoints(value) {
  const whole = inUnits(value, 1);
  if (whole === 0 && value > 0) return "less than 1 point";
  return Math.abs(whole) === 1 ? `${whole} point` : `${whole} points`;
}

function gapText(higher, lower) {
  const { words, scores } = gapBetween(higher, lower);
  return `${words}${scores}`;
}

function aheadWords(higher, lower) {
  const { words, scores } = gapBetween(higher, lower);
  return `${words.startsWith("less") ? "" : "only "}${words} ahead${scores}`;
}

const NAMED = 3;

// The sentence that verdict.py would say; `sentences` are its own.
function headlineOf(sentences, found, labels) {
  const named = (rows) => rows.map((row) => labels[row.index]);
  const others = found.near.length > NAMED ? [`${found.near.length} other options`] : named(found.near);
  const top = found.leaders[0].score;
  const filled = {
    leader: andListed(named(found.leaders)),
    score: inPoints(top),
    gap: found.next ? gapText(top, found.next.score) : "",
    ahead: found.next ? aheadWords(top, found.next.score) : "",
    runner_up: found.next ? labels[found.next.index] : "",
    others: andListed(others),
  };
  return sentences[headlineKind(found)].replace(/{(\w+)}/g, (_, key) => filled[key]);
}
