/* Brings a person who sent a form with errors to the list of them. */
export function focusErrors(root) {
  root.querySelector(".errors[tabindex]")?.focus();
}
