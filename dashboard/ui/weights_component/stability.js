// How far each weight can move alone before another leads: crossings of lines, exact. The same
// rule as `robustness/stability.py`, on shares of 1; a browser test holds the two equal.
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

// The score of a row where the node has the least weight it can have, and the most: none and all of
// it, or what locked weights leave.
function lineEnds(row, move, locked) {
  const { node, held, rest, least, beyond, only } = move;
  const inner = only >= 0 ? row.values[only] : unlockedIn(node, row.parts, locked) / held;
  const outer = (row.sums.before[node[0]] + row.sums.from[node[1]]) / rest;
  const kept = row.sums.lockedBefore[row.parts.length];
  const free = 1 - least - beyond;
  return [kept + free * outer, kept + free * inner];
}

// The nearest crossing so far; of those equally near, the row that is furthest ahead beyond it.
function nearer(best, distance, beyond, row, tolerance) {
  if (best === null || distance < best.distance - tolerance) return { distance, beyond, row };
  if (distance > best.distance + tolerance || beyond >= best.beyond - tolerance) return best;
  return { distance: Math.min(distance, best.distance), beyond, row };
}

function leaderInterval(rows, leader, move, locked, tolerance) {
  const now = move.least + move.held;
  const most = 1 - move.beyond;
  const [ownLeast, ownMost] = lineEnds(leader, move, locked);
  let below = null;
  let above = null;
  let low = -Infinity;
  let high = Infinity;
  for (const row of rows) {
    const { index } = row;
    const [rivalLeast, rivalMost] = lineEnds(row, move, locked);
    const atLeast = ownLeast - rivalLeast;
    const atMost = ownMost - rivalMost;
    // A tie at an end, and no more, is no change of leader: the weight cannot go beyond it.
    if (atLeast < -tolerance && now > move.least) {
      const at = now - ((now - move.least) * row.gap) / (row.gap - atLeast);
      below = nearer(below, -at, atLeast, index, tolerance);
      low = Math.max(low, at);
    }
    if (atMost < -tolerance && now < most) {
      const at = now + ((most - now) * row.gap) / (row.gap - atMost);
      above = nearer(above, at, atMost, index, tolerance);
      high = Math.min(high, at);
    }
  }
  return {
    low: below ? low : move.least, high: above ? high : most,
    below: below ? below.row : null, above: above ? above.row : null,
  };
}

// For each node the interval in which the leader stays, and who takes over below and above; null
// where it cannot move. `values` has a row an alternative, `weights` and `locked` a criterion each.
function leaderIntervals(values, nodes, weights, locked, tolerance) {
  const rows = values.map((row, index) => {
    const parts = Float64Array.from(row, (value, j) => value * weights[j]);
    const score = parts.reduce((a, b) => a + b, 0);
    return { index, values: row, parts, sums: runningSums(parts, locked), score, worth: row.reduce((a, b) => a + b, 0) };
  });
  const top = Math.max(...rows.map((row) => row.score));
  // The first of those that tie for rank 1.
  const leader = rows.find((row) => row.score + tolerance >= top);
  for (const row of rows) {
    const gap = leader.score - row.score;
    row.gap = gap <= tolerance ? 0 : gap;
  }
  // One that is dominated comes first only beside the one that dominates it, which is named instead:
  // its values add up to more.
  rows.sort((a, b) => b.worth - a.worth || a.index - b.index);
  const sums = runningSums(weights, locked);
  return nodes.map((node) => {
    const move = moveOf(node, weights, locked, sums);
    return move && leaderInterval(rows, leader, move, locked, tolerance);
  });
}
