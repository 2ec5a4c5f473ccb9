// The ranking that follows from what is typed, where the plan of a workshop shows it: a file of its
// own, so that other phones need not load it. It uses `fields`, `number` and `page` of the scripts
// beside it.

// The rules of Python: the same points, ties and cautions, and the headline as it is before scores
// are sampled. Which option comes first most often takes samples, and follows once the answers are
// sent. A browser test holds the two equal.

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
  const rows = rankRows(data.values, weights, TIE);
  return { rows, lead: leadOf(data.moments, weights, scoresAt(data.moments, weights), rows) };
}

// What goes behind a headline: samples may name another option only where a lead is not decided.
function asides(lead, missing) {
  const said = missing ? [`${missing} still blank`] : [];
  if (lead.leaders.length === 1 && lead.near.length) said.push("before sampling");
  return said.length ? ` (${said.join(", ")})` : "";
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
  const caution = $("#caution");
  const items = data.signs.map(rowOf);
  const labels = data.signs.map(([name]) => name);
  sheet.hidden = false;
  return () => {
    const given = fields.map(number);
    const missing = given.filter((value) => value === null).length;
    const sum = given.reduce((total, value) => total + value, 0);
    list.hidden = swings ? !sum : missing > 0;
    caution.hidden = true;
    if (list.hidden) {
      summary.textContent = swings ? "Your ranking: give points first" : `Your ranking: ${missing} still without a place`;
      return;
    }
    const { rows, lead } = ranked(data, swings ? given.map((value) => value / sum) : centroid(given));
    summary.textContent = headlineOf(data.headlines, lead, labels) + asides(lead, missing);
    const said = lead.leaders.map(({ index }) => data.cautions[index]).filter(Boolean);
    caution.textContent = said.length ? [...said, data.unlifted].join(" ") : "";
    caution.hidden = !said.length;
    for (const row of rows) {
      const { index, rank, score } = row;
      const item = items[index];
      item.classList.toggle("u", lead.near.includes(row));
      item.querySelector(".r").textContent = rank;
      item.querySelector(".s").textContent = inUnits(score, 1);
      item.querySelector("rect").setAttribute("width", `${score}%`);
      list.append(item);
    }
  };
}
