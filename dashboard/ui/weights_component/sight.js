// What can be seen at the moment. While a hand moves, only that is written again; the rest follows
// when it comes into sight, or when the hand rests.

class Sight {
  // `onEnter(elements)` is told of what has come into sight.
  constructor(onEnter) {
    this.seen = new Set();
    this.observer = new IntersectionObserver((entries) => {
      const entered = [];
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) this.seen.delete(target);
        else if (!this.seen.has(target)) entered.push(target);
      }
      for (const target of entered) this.seen.add(target);
      if (entered.length) onEnter(entered);
    });
  }

  watch(element) {
    this.observer.observe(element);
  }

  has(element) {
    return this.seen.has(element);
  }
}
