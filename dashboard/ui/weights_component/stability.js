// How far each weight can move alone before another leads: crossings of lines, exact. The same
// reckoning as `robustness/stability.py`, on shares of 1; a browser test holds the two equal.
// A node is a range [start, stop) of the criteria in the order of the tree.

// Sums of what is unlocked before and from each place, and of what is locked before it.
function runningSums(numbers, locked) {
  const n = numbers.length;
  const before = new Float64Array(n + 1);
  const from = new Float64Array(n + 1);
  const lockedBefore = new Float64Array(n + 1);
  for (let j = 0; j < n; j += 1) {
    before[j + 1] = before[j] + (locked[j] ? 0 : numbers[j]);
    lockedBefore[j + 1] = lockedBefore[j] + (locked[j] ? numbers[j] : 0);
  }
  for (let j = n - 1; j >= 0; j -= 1) from[j] = from[j + 1] + (locked[j] ? 0 : numbers[j]);
  return { before, from, lockedBefore };
}

function unlockedIn([start, stop], numbers, locked) {
  let sum = 0;
  for (let j = start; j < stop; j += 1) if (!locked[j]) sum += numbers[j];
  return sum;
}

// What moves, what gives way, and what stays. Null where the node cannot move.
function moveOf(node, weights, locked, sums) {
  const [start, stop] = node;
  let inside = 0;
  let only = start;
  for (let j = start; j < stop; j += 1) {
    if (locked[j]) continue;
    inside += 1;
    only = j;
  }
  const held = unlockedIn(node, weights, locked);
  // Not the total less what is held: the difference of two near numbers would be off.
  const rest = sums.before[start] + sums.from[stop];
  if (inside === 0 || rest <= 1e-9 || (held <= 0 && inside > 1)) return null;
  const least = sums.lockedBefore[stop] - sums.lockedBefore[start];
  const beyond = sums.lockedBefore[weights.length] - least;
  return { node, held, rest, least, beyond, only: inside === 1 ? only : -1 };
}

// The score of a row where the node has no weight, and where it has all of it.
function lineEnds(row, move, locked) {
  const { node, held, rest, least, beyond, only } = move;
  const inner = only >= 0 ? row.values[only] : unlockedIn(node, row.parts, locked) / held;
  const outer = (row.sums.before[node[0]] + row.sums.from[node[1]]) / rest;
  const kept = row.sums.lockedBefore[row.parts.length];
  return [
    kept - least * inner + (1 - beyond) * outer,
    kept + (1 - least) * inner - beyond * outer,
  ];
}

// The nearest crossing so far; of those equally near, the row that is furthest ahead beyond it.
function nearer(best, distance, beyond, row, tolerance) {
  if (best === null || distance < best.distance - tolerance) return { distance, beyond, row };
  if (distance > best.distance + tolerance || beyond >= best.beyond) return best;
  return { distance: Math.min(distance, best.distance), beyond, row };
}

function leaderInterval(rows, leader, move, locked, tolerance) {
  const now = move.least + move.held;
  const most = 1 - move.beyond;
  const [ownZero, ownOne] = lineEnds(rows[leader], move, locked);
  let below = null;
  let above = null;
  let low = -Infinity;
  let high = Infinity;
  rows.forEach((row, index) => {
    const [rivalZero, rivalOne] = lineEnds(row, move, locked);
    const zero = ownZero - rivalZero;
    const one = ownOne - rivalOne;
    if (zero < -tolerance && now > 0) {
      const at = (now * zero) / (zero - row.gap);
      if (at >= move.least) {
        below = nearer(below, -at, zero, index, tolerance);
        low = Math.max(low, at);
      }
    }
    if (one < -tolerance) {
      const at = now + ((1 - now) * row.gap) / (row.gap - one);
      if (at <= most) {
        above = nearer(above, at, one, index, tolerance);
        high = Math.min(high, at);
      }
    }
  });
  return {
    low: below ? low : move.least, high: above ? high : most,
    below: below ? below.row : null, above: above ? above.row : null,
  };
}

// For each node the interval in which the leader stays, and who takes over below and above; null
// where it cannot move. `values` has a row an alternative, `weights` and `locked` a criterion each.
function leaderIntervals(values, nodes, weights, locked, tolerance) {
  const rows = values.map((row) => {
    const parts = Float64Array.from(row, (value, j) => value * weights[j]);
    return { values: row, parts, sums: runningSums(parts, locked), score: parts.reduce((a, b) => a + b, 0) };
  });
  const top = Math.max(...rows.map((row) => row.score));
  // The first of those that tie for rank 1.
  const leader = rows.findIndex((row) => row.score + tolerance >= top);
  for (const row of rows) {
    const gap = rows[leader].score - row.score;
    row.gap = gap <= tolerance ? 0 : gap;
  }
  const sums = runningSums(weights, locked);
  return nodes.map((node) => {
    const move = moveOf(node, weights, locked, sums);
    return move && leaderInterval(rows, leader, move, locked, tolerance);
  });
}
