// Joins the weights and the ranking, and reports to Python when the hand rests.
// Python leads: what it sends with a new revision replaces what stands here. An echo of the
// browser's own report carries the old revision and must not undo a move made since.

const instances = new WeakMap();

function signature(data) {
  return JSON.stringify([data.question, data.branches, data.alternatives.map((a) => [a.id, a.flags])]);
}

function mount(root, data, setStateValue) {
  const instance = { data, signature: signature(data), revision: data.revision, setStateValue };
  instance.ranking = new Ranking(data);
  instance.weights = new Weights(data, (points, locked, resting) => {
    instance.ranking.show(points, !resting);
    if (!resting) return;
    instance.setStateValue("weights", { points, locked: [...locked], revision: instance.revision });
  });
  root.replaceChildren(instance.weights.element, instance.ranking.element);
  instance.ranking.show(data.points, false);
  return instance;
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".counterweight");
  let instance = instances.get(root);
  if (!instance || instance.signature !== signature(data)) {
    instance = mount(root, data, setStateValue);
    instances.set(root, instance);
    return;
  }
  instance.setStateValue = setStateValue;
  instance.ranking.data = data;
  if (data.revision !== instance.revision) {
    instance.revision = data.revision;
    instance.weights.take(data.points, data.locked);
  }
  instance.ranking.show(instance.weights.points, false);
}
