// How weights behave. Points are percentages of one total (100) and always add up to it.
// Moving a leaf rescales every other unlocked leaf in proportion; moving a branch keeps the
// proportions inside it. A move that nothing unlocked can absorb is refused, with the reason.

const TOTAL = 100;

const sumOf = (points, ids) => ids.reduce((sum, id) => sum + points[id], 0);

const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

// Give `ids` the sum `share`, in the proportions they have; equally where all of them are zero.
function scaleTo(points, ids, share) {
  const now = sumOf(points, ids);
  for (const id of ids) {
    points[id] = now > 1e-12 ? (points[id] * share) / now : share / ids.length;
  }
}

function moveLeaf(points, locked, id, target) {
  if (locked.has(id)) return { points, refused: "This weight is locked. Unlock it to move it." };
  const all = Object.keys(points);
  const others = all.filter((other) => other !== id && !locked.has(other));
  if (others.length === 0) {
    return {
      points,
      refused: "Nothing else is unlocked, so this weight has nothing to trade with. Unlock another.",
    };
  }
  const free = TOTAL - sumOf(points, all.filter((other) => locked.has(other)));
  const moved = { ...points, [id]: clamp(target, 0, free) };
  scaleTo(moved, others, Math.max(0, free - moved[id]));
  return { points: moved, refused: null };
}

function moveBranch(points, locked, leaves, target) {
  const all = Object.keys(points);
  const inside = leaves.filter((id) => !locked.has(id));
  if (inside.length === 0) {
    return { points, refused: "Every weight in this branch is locked. Unlock one to move it." };
  }
  const members = new Set(leaves);
  const outside = all.filter((id) => !members.has(id) && !locked.has(id));
  if (outside.length === 0) {
    return {
      points,
      refused: "Nothing outside this branch is unlocked, so it has nothing to trade with.",
    };
  }
  const lockedInside = sumOf(points, leaves.filter((id) => locked.has(id)));
  const lockedOutside = sumOf(points, all.filter((id) => !members.has(id) && locked.has(id)));
  const share = clamp(target, lockedInside, TOTAL - lockedOutside);
  const moved = { ...points };
  scaleTo(moved, inside, share - lockedInside);
  scaleTo(moved, outside, Math.max(0, TOTAL - lockedOutside - share));
  return { points: moved, refused: null };
}

// Additive scores for every alternative under points, best first.
function rankAlternatives(alternatives, criteria, points, tolerance) {
  const weights = criteria.map((id) => points[id] / TOTAL);
  const rows = rankRows(alternatives.map((alternative) => alternative.values), weights, tolerance);
  return rows.map((row) => ({ ...row, alternative: alternatives[row.index] }));
}
