/* Says what is left to give away, as one fills in a ballot. The server wrote the first sentence, and checks the ballot. */
function spent(field) {
  if (field.type === "checkbox") return field.checked ? Number(field.dataset.spends) : 0;
  return Number.parseInt(field.value, 10) || 0;
}

function say(output, fields) {
  const { total, left, over, currency } = output.dataset;
  /** @type {Intl.NumberFormatOptions} */
  const style = currency ? { style: "currency", currency, maximumFractionDigits: 0 } : {};
  const number = new Intl.NumberFormat(document.documentElement.lang, style);
  const rest = fields.reduce((sum, field) => sum - spent(field), Number(total));
  const words = rest < 0 ? over : left;
  output.textContent = words
    .replace("{left}", number.format(rest))
    .replace("{over}", number.format(-rest))
    .replace("{total}", number.format(Number(total)));
  output.classList.toggle("is-stop", rest < 0);
}

export function spending(root) {
  const output = root.querySelector("output[data-total]");
  const fields = [...root.querySelectorAll("[data-spends]")];
  if (!output || fields.length === 0) return;
  const tell = () => say(output, fields);
  for (const field of fields) field.addEventListener("input", tell);
  tell();
}
