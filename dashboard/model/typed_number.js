// Numbers as people type them: the rules of typed_number.py, for fields that the browser reads.
const GROUPED = [["[.]", "{2,}", ",", "?"], [",", "{2,}", "[.]", "?"], ["[.]", "", ",", ""], [",", "", "[.]", ""], [" ", "+", "[.,]", "?"], ["['\\u2019]", "+", "[.,]", "?"]];

// What an unsigned text may mean, as plain digits with a decimal point.
function readings(text) {
  for (const [sign, times, decimal, needed] of GROUPED) {
    const found = RegExp(`^([1-9]\\d{0,2}(?:${sign}\\d{3})${times})(?:${decimal}(\\d+))${needed}$`).exec(text);
    if (found) return [found[1].replace(/\D/g, "") + (found[2] ? `.${found[2]}` : "")];
  }
  const [found, whole, typed = ""] = /^(\d*)(?:[.,](\d*))?$/.exec(text) ?? [];
  if (!whole && !typed) return [];
  const decimals = typed.replace(/0+$/, "");
  const joined = (part) => (whole || "0") + (part && `.${part}`);
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(found)) return [joined(decimals)];
  // A fourth decimal tells a decimal point from one that parts thousands.
  return [joined(decimals === typed ? `${decimals}0` : decimals), whole + typed];
}

// All that a text may mean as a number, and what of it is within the limits.
function numbersIn(text, least, most) {
  const plain = text.trim().replace(/[\u00a0\u2009\u202f]/g, " ").replace(/^\u2212/, "-");
  const sign = plain[0] === "-" ? "-" : "";
  const all = plain.length > 40 ? [] : readings(plain.replace(/^[-+]/, "")).map((one) => sign + one);
  return { all, possible: all.filter((one) => one >= least && one <= most) };
}
