// The order of the swings, for whoever has no weights yet: which improvement first, which next?
// Python turns the order into weights (rank-order centroid); what was not chosen shares the rest.

function askSwingOrder(root, branches, onOrder) {
  const criteria = branches.flatMap((branch) => branch.criteria);
  const chosen = [];
  const order = make("ol", { class: "order", "aria-label": "Chosen so far" });
  const rest = make("div", { class: "choices", role: "group", "aria-label": "Improvements to choose from" });
  const said = make("p", { class: "hint", role: "status" });
  const use = button("Use this order", () => { sheet.close(); onOrder(chosen.map((c) => c.id)); }, { class: "primary" });
  const back = button("Take the last one back", () => { chosen.pop(); draw(); });

  function draw(focus) {
    order.replaceChildren(...chosen.map((c) => make("li", { text: c.name })));
    rest.replaceChildren(
      ...criteria.filter((c) => !chosen.includes(c)).map((c) => {
        const choice = button("", () => { chosen.push(c); draw(true); }, { class: "choice" });
        choice.append(make("span", { class: "name", text: c.name }), make("span", { class: "swing", text: c.swing }));
        return choice;
      }),
    );
    use.disabled = chosen.length === 0;
    back.disabled = chosen.length === 0;
    const left = criteria.length - chosen.length;
    said.textContent = left ? `${chosen.length} chosen. The ${left} not chosen share what is left, equally.` : "All are in order.";
    if (focus) (rest.querySelector("button") ?? use).focus();
  }

  const sheet = openSheet(
    root, "Which improvement first?",
    make("p", { text: "Imagine an option that is worst on everything. Choose the one improvement you would buy first, then the next. Stop when the rest are alike to you." }),
    make("div", { class: "columns" }, rest, order),
    said,
    make("div", { class: "actions" }, use, back, button("Cancel", () => sheet.close())),
  );
  draw();
}
