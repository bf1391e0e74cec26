/* Says how many characters a field holds of how many, as one types. The server wrote the first sentence. */
function say(field, output) {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const used = [...field.value].length;
  output.textContent = output.dataset.words
    .replace("{used}", number.format(used))
    .replace("{max}", number.format(Number(output.dataset.max)));
}

export function countDown(root) {
  for (const output of root.querySelectorAll(".count-down[data-for]")) {
    const field = root.getElementById(output.dataset.for);
    field?.addEventListener("input", () => say(field, output));
  }
}
