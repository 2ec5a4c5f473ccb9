// How far each weight can move alone before another leads: crossings of lines, exact. The same
// reckoning as `robustness/stability.py`, on shares of 1; a browser test holds the two equal.

const dot = (row, weights, chosen) => chosen.reduce((sum, j) => sum + row[j] * weights[j], 0);

// The row of rank 1, the first of those that tie.
function leadingRow(scores, tolerance) {
  const top = Math.max(...scores);
  return scores.findIndex((score) => score + tolerance >= top);
}

// The parts of a move: what moves, what gives way, and what stays. Null where it cannot move.
function moveOf(members, weights, locked) {
  const inNode = new Set(members);
  const every = weights.map((_, j) => j);
  const inside = members.filter((j) => !locked[j]);
  const outside = every.filter((j) => !inNode.has(j) && !locked[j]);
  const sum = (chosen) => chosen.reduce((total, j) => total + weights[j], 0);
  const held = sum(inside);
  const rest = sum(outside);
  if (inside.length === 0 || rest <= 1e-9 || (held <= 0 && inside.length > 1)) return null;
  return {
    inside, outside, held, rest,
    fixed: every.filter((j) => locked[j]),
    least: sum(members.filter((j) => locked[j])),
    beyond: sum(every.filter((j) => !inNode.has(j) && locked[j])),
  };
}

// The score of a row where the node has no weight and where it has all of it.
function lineEnds(row, weights, move) {
  const inner = move.inside.length === 1 ? row[move.inside[0]] : dot(row, weights, move.inside) / move.held;
  const outer = dot(row, weights, move.outside) / move.rest;
  const kept = dot(row, weights, move.fixed);
  return {
    zero: kept - move.least * inner + (1 - move.beyond) * outer,
    one: kept + (1 - move.least) * inner - move.beyond * outer,
  };
}

// Of the crossings, the nearest; of those equally near, the row that is furthest ahead beyond it.
function nearestCrossing(crossings, tolerance) {
  if (crossings.length === 0) return null;
  const nearest = Math.min(...crossings.map((crossing) => crossing.distance));
  return crossings
    .filter((crossing) => crossing.distance <= nearest + tolerance)
    .reduce((best, crossing) => (crossing.beyond < best.beyond ? crossing : best));
}

function leaderInterval(values, weights, locked, members, leader, gaps, tolerance) {
  const move = moveOf(members, weights, locked);
  if (!move) return null;
  const now = move.least + move.held;
  const most = 1 - move.beyond;
  const own = lineEnds(values[leader], weights, move);
  const down = [];
  const up = [];
  values.forEach((row, rival) => {
    const ends = lineEnds(row, weights, move);
    const zero = own.zero - ends.zero;
    const one = own.one - ends.one;
    if (zero < -tolerance && now > 0) {
      const at = (now * zero) / (zero - gaps[rival]);
      if (at >= move.least) down.push({ at, rival, distance: -at, beyond: zero });
    }
    if (one < -tolerance) {
      const at = now + ((1 - now) * gaps[rival]) / (gaps[rival] - one);
      if (at <= most) up.push({ at, rival, distance: at, beyond: one });
    }
  });
  const below = nearestCrossing(down, tolerance);
  const above = nearestCrossing(up, tolerance);
  return {
    low: below ? below.at : move.least, high: above ? above.at : most,
    below: below ? below.rival : null, above: above ? above.rival : null,
  };
}

// `values` is a row an alternative, `nodes` the criteria of each node, by index. For each node the
// interval in which the leader stays, and who takes over below and above; null where it cannot move.
function leaderIntervals(values, nodes, weights, locked, tolerance) {
  const every = weights.map((_, j) => j);
  const scores = values.map((row) => dot(row, weights, every));
  const leader = leadingRow(scores, tolerance);
  const gaps = scores.map((score) => {
    const gap = scores[leader] - score;
    return gap <= tolerance ? 0 : gap;
  });
  return nodes.map((members) => leaderInterval(values, weights, locked, members, leader, gaps, tolerance));
}
