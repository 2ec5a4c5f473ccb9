// The ranking that follows from what is typed, where the plan of a workshop shows it: a file of its
// own, so that other phones need not load it. It uses `fields`, `number`, `page` and `make` of the
// scripts beside it.

// The rules of Python: the same headline, points and ties. A browser test holds the two equal.
const whole = (value) => Math.floor(value + 0.5);

// Rank-order centroid; ties share the mean of the weights of the places they take up.
function centroid(ranks) {
  const count = ranks.length;
  const at = ranks.map((_, place) => { let sum = 0; for (let k = count; k > place; k -= 1) sum += 1 / k; return sum / count; });
  return ranks.map((rank) => {
    const before = ranks.filter((other) => other < rank).length;
    const tied = ranks.filter((other) => other === rank).length;
    return at.slice(before, before + tied).reduce((sum, weight) => sum + weight, 0) / tied;
  });
}

function ranked(data, weights) {
  const rows = data.values.map((values, index) => ({
    index,
    score: values.reduce((sum, value, j) => sum + value * weights[j], 0),
  }));
  for (const row of rows) row.rank = 1 + rows.filter((other) => other.score > row.score + 1e-9).length;
  rows.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return { rows, lead: leadOf(data.moments, weights, scoresAt(data.moments, weights), rows) };
}

function rowOf([name, colour, outline]) {
  const item = $("#row").content.firstElementChild.cloneNode(true);
  item.querySelector("bdi").textContent = name;
  item.querySelector("path").setAttribute("d", outline);
  for (const drawn of item.querySelectorAll("svg")) drawn.classList.add(colour);
  return item;
}

function liveRanking() {
  const data = JSON.parse($("#data").textContent);
  const swings = page.method === "swing";
  const sheet = $("#live");
  const summary = sheet.firstElementChild;
  const list = sheet.querySelector("ol");
  const items = data.signs.map(rowOf);
  const labels = data.signs.map(([name]) => name);
  sheet.hidden = false;
  return () => {
    const given = fields.map(number);
    const missing = given.filter((value) => value === null).length;
    const sum = given.reduce((total, value) => total + value, 0);
    list.hidden = swings ? !sum : missing > 0;
    if (list.hidden) {
      summary.textContent = swings ? "Your ranking: give points first" : `Your ranking: ${missing} still without a place`;
      return;
    }
    const { rows, lead } = ranked(data, swings ? given.map((value) => value / sum) : centroid(given));
    summary.textContent = headlineOf(data.headlines, lead, labels) + (missing ? ` (${missing} still blank)` : "");
    for (const row of rows) {
      const { index, rank, score } = row;
      const item = items[index];
      item.classList.toggle("u", lead.near.includes(row));
      item.querySelector(".r").textContent = rank;
      item.querySelector(".s").textContent = whole(score);
      item.querySelector("rect").setAttribute("width", `${score}%`);
      list.append(item);
    }
  };
}
