/* A link that shares the page: the phone's own sheet, or the address in the clipboard. Without a script it is a plain link. */
async function send(event) {
  const link = event.currentTarget;
  const page = { title: document.title, url: link.href };
  if (navigator.share) {
    event.preventDefault();
    await navigator.share(page).catch(() => {});
  } else if (navigator.clipboard) {
    event.preventDefault();
    await navigator.clipboard.writeText(page.url);
    link.querySelector("[data-label]").textContent = link.dataset.done;
  }
}

export function share(root) {
  for (const link of root.querySelectorAll("a[data-share]")) link.addEventListener("click", send);
}
