// The ranking under weights, for the panel of weights and for phones alike. Weights run from 0 to 1,
// in the order of the values.

// A row for each alternative, best first; scores within the tolerance share the better rank and keep
// the given order.
function rankRows(values, weights, tolerance) {
  const rows = values.map((own, index) => {
    const parts = own.map((value, j) => value * weights[j]);
    return { index, parts, score: parts.reduce((sum, part) => sum + part, 0) };
  });
  for (const row of rows) row.rank = 1 + rows.filter((other) => other.score > row.score + tolerance).length;
  return rows.sort((a, b) => a.rank - b.rank || a.index - b.index);
}
