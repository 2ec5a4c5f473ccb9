// The points in a field, read as Python reads them; null where they cannot be.
function number(field) {
  const { possible } = numbersIn(field.value, 0, 100);
  return possible.length ? Number(possible[0]) : null;
}

// A finger that comes down on a slider may be about to scroll: it counts once it has gone sideways
// or is lifted. The slider is for hands; keyboards and readers have the field beside it.
function addSlider(field, changed) {
  const slider = make("input", { type: "range", min: 0, max: 100, step: 5, tabIndex: -1 });
  slider.setAttribute("aria-hidden", "true");
  const follow = () => {
    const value = number(field);
    slider.value = value ?? 0;
    slider.classList.toggle("unset", value === null);
  };
  const set = (value) => { field.value = value; follow(); changed(); };
  let touch = null;
  slider.oninput = () => {
    if (!touch) return set(slider.value);
    touch.target = slider.value;
    follow();
  };
  slider.onpointerdown = (e) => { touch = e.pointerType === "touch" ? { x: e.clientX, y: e.clientY, target: null } : null; };
  slider.onpointermove = (e) => { if (touch && Math.abs(e.clientX - touch.x) > Math.abs(e.clientY - touch.y)) touch = null; };
  slider.onpointercancel = () => { touch = null; follow(); };
  slider.onpointerup = () => {
    const target = touch?.target;
    touch = null;
    if (target !== null && target !== undefined) set(target);
  };
  field.after(slider);
  return follow;
}

beginWeighing((changed) => {
  const follow = new Map(fields.map((field) => [field, addSlider(field, changed)]));
  return (field) => { for (const one of field ? [field] : fields) follow.get(one)(); };
});
