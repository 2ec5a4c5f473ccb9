// Joins the weights and the ranking, and reports to Python when the hand rests.
// Python leads: what it sends with a new revision replaces what stands here. An echo of the
// browser's own report carries the old revision and must not undo a move made since.

const instances = new WeakMap();

function signature(data) {
  return JSON.stringify([data.question, data.branches, data.alternatives.map((a) => [a.id, a.flags])]);
}

function mount(root, data, report) {
  const instance = { signature: signature(data), revision: data.revision, report };
  instance.perspectives = new Perspectives((id) => instance.report.perspective(id));
  instance.ranking = new Ranking(data);
  instance.weights = new Weights(data, (points, locked, resting) => {
    instance.ranking.show(points, !resting);
    if (!resting) return;
    instance.report.weights({ points, locked: [...locked], revision: instance.revision });
  });
  root.replaceChildren(instance.perspectives.element, instance.weights.element, instance.ranking.element);
  instance.perspectives.show(data.perspectives);
  instance.ranking.show(data.points, false);
  return instance;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".counterweight");
  const report = {
    weights: (moved) => setStateValue("weights", moved),
    perspective: (id) => setTriggerValue("perspective", id),
  };
  let instance = instances.get(root);
  if (!instance || instance.signature !== signature(data)) {
    instance = mount(root, data, report);
    instances.set(root, instance);
    return;
  }
  instance.report = report;
  instance.ranking.data = data;
  instance.perspectives.show(data.perspectives);
  if (data.revision !== instance.revision) {
    instance.revision = data.revision;
    instance.weights.take(data.points, data.locked);
  }
  instance.ranking.show(instance.weights.points, false);
}
