// What a typed number is, or the sentence to show beside its field: { value } or { sentence }.
function readNumber(text, least, most) {
  const given = text.trim();
  const quoted = given.length > 60 ? `${given.slice(0, 57)}...` : given;
  const { all, possible } = numbersIn(text, least, most);
  if (given && !all.length) {
    return { sentence: `“${quoted}” is not a number. Type digits alone, with a point or a comma for decimals, such as 1.8 or 1,8.` };
  }
  if (all.some((one) => one.replace(/^-?0*|[.].*/g, "").length > 15)) {
    return { sentence: "Give a number of at most 15 digits before the decimals." };
  }
  if (!possible.length) return { sentence: `Give a number from ${least} to ${most}.` };
  if (possible.length > 1) {
    return { sentence: `“${quoted}” can be read in two ways. Do you mean ${possible[0]} or ${possible[1]}? Type the one that you mean.` };
  }
  return { value: Number(possible[0]) + 0 };
}
