// Figures in words, as Python writes them: `model/wording.py` and `model/side_by_side.py`. A browser
// test holds the two equal.

const SAME = 1e-9;
const WEIGHT_DECIMALS = 4;

// A weight, from 0 to 1: only none prints as 0 %, and only all of it as 100 %.
function percentWords(weight) {
  const value = weight > 0 ? weight * 100 : 0;
  if (value > 0 && value < 0.1) return value > 1e-7 ? "less than 0.1 %" : "0 %";
  if (value >= 99.5 && value < 100 - 1e-7) return value < 99.95 ? `${value.toFixed(1)} %` : "more than 99.9 %";
  const decimals = value > 0 && value < 10 && Math.abs(value - Math.round(value)) > 0.05 ? 1 : 0;
  return `${value.toFixed(decimals)} %`;
}

function percentTo(weight, decimals) {
  if (weight <= SAME) return "0 %";
  return weight >= 1 - SAME ? "100 %" : `${(weight * 100).toFixed(decimals)} %`;
}

const inWords = (text) => !/^\d/.test(text);
const isAnEnd = (text) => /^\d/.test(text) && [0, 100].includes(parseFloat(text));

// Two weights, with the decimals it takes to tell them apart.
function percentsApart(one, other) {
  const alone = [percentWords(one), percentWords(other)];
  const lacking = alone.map((text) => inWords(text) || alone[0] === alone[1]);
  let shown = alone;
  for (let decimals = 1; decimals <= WEIGHT_DECIMALS; decimals += 1) {
    if (Math.abs(one - other) <= SAME || !lacking.includes(true)) break;
    shown = [one, other].map((weight, k) =>
      lacking[k] ? percentTo(weight, decimals + (inWords(alone[k]) ? 1 : 0)) : alone[k],
    );
    if (shown[0] !== shown[1] && !shown.some((text) => text.includes(".") && isAnEnd(text))) break;
  }
  return shown;
}

// What lies past a weight: "above 11 %", "slightly below 11 %", "at 0 %".
function beyondWords(at, now, above) {
  const side = above ? "above" : "below";
  const [shown, was] = percentsApart(at, now);
  if (isAnEnd(shown)) return `at ${above ? "100" : "0"} %`;
  if (shown !== was) return `${side} ${shown}`;
  return `${at === now ? "" : "slightly "}${side} ${percentWords(now)}`;
}
