/* Arrows (or J and K) go from one line to the next, X ticks it, A ticks all, T takes what is ticked, P publishes. */
function linesOf(queue) {
  return [...queue.querySelectorAll("tbody th a")];
}

function move(queue, step) {
  const lines = linesOf(queue);
  const at = lines.findIndex((line) => line.closest("tr").contains(document.activeElement));
  lines[Math.min(Math.max(at + step, 0), lines.length - 1)]?.focus();
}

function tick() {
  /** @type {HTMLInputElement | null | undefined} */
  const box = document.activeElement?.closest("tr")?.querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
}

function tickAll(queue) {
  const boxes = [...queue.querySelectorAll("tbody input[type=checkbox]")];
  const wanted = !boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = wanted;
}

const ACTS = {
  ArrowDown: (queue) => move(queue, 1),
  ArrowUp: (queue) => move(queue, -1),
  j: (queue) => move(queue, 1),
  k: (queue) => move(queue, -1),
  x: tick,
  a: tickAll,
  t: () => /** @type {HTMLElement | null} */ (document.querySelector("[data-key=t]"))?.click(),
  p: (queue) => queue.querySelector("[data-key=p]")?.click(),
};

function typing(element) {
  return element.matches("textarea, select, input:not([type=checkbox])");
}

export function queueKeys(queue) {
  queue.addEventListener("keydown", (event) => {
    const act = ACTS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    act(queue);
  });
}
