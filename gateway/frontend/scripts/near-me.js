/* Fills in the position when it is asked for, rounded to about a hundred metres, and sends the form. Without a script, a place is typed. */
const DECIMALS = 3;

export function nearMe(form) {
  if (!navigator.geolocation) return;
  const button = form.querySelector("[data-locate]");
  const said = form.querySelector("[data-said]");
  const { place, latitude, longitude } = form.elements;
  button.hidden = false;

  function found({ coords }) {
    place.value = "";
    latitude.value = coords.latitude.toFixed(DECIMALS);
    longitude.value = coords.longitude.toFixed(DECIMALS);
    form.requestSubmit();
  }

  function failed() {
    button.disabled = false;
    said.textContent = form.dataset.failed;
    place.focus();
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: 15_000, maximumAge: 60_000 });
  });
}
