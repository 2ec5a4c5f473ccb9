// Tells a hand that slides a weight from a finger that is about to scroll the page.

// A browser sets a slider as soon as a finger comes down on it, even if the page then scrolls. So a
// touch counts when it has gone sideways or has been lifted; when the page scrolls, it is cancelled.
// `value()` is where the slider stands, `onSlide` is told of each place, `onTap` of the last one.
function followHand(slider, value, onSlide, onTap) {
  let touch = null;
  slider.oninput = () => {
    const target = Number(slider.value);
    if (!touch) {
      onSlide(target);
      return;
    }
    touch.target = target;
    slider.value = value();
  };
  slider.onpointerdown = ({ pointerType, clientX, clientY }) => {
    touch = pointerType === "touch" ? { x: clientX, y: clientY, target: null } : null;
  };
  slider.onpointermove = ({ clientX, clientY }) => {
    if (touch && Math.abs(clientX - touch.x) > Math.abs(clientY - touch.y)) touch = null;
  };
  slider.onpointercancel = () => { touch = null; };
  slider.onpointerup = () => {
    const target = touch?.target ?? null;
    touch = null;
    if (target !== null) onTap(target);
  };
}
