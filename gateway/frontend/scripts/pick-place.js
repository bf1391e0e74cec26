/* Lets a person point at the place of an idea. Without a script, the district and the address say where. */
import { spot, territoryMap } from "./territory-map.js";

function button(text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn quiet small";
  made.textContent = text;
  return made;
}

export function pickPlace(box) {
  const { form } = /** @type {any} */ (document.querySelector("#scope input"));
  const { latitude, longitude } = form.elements;
  const opener = button(box.dataset.label);
  const emptier = button(box.dataset.empty);
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  box.append(opener, said);
  box.hidden = false;
  let marker;

  function show(map, place) {
    marker?.remove();
    marker = spot(place, { hot: true }).addTo(map);
    said.textContent = box.dataset.picked;
    box.append(emptier);
  }

  async function open() {
    opener.remove();
    const canvas = document.createElement("div");
    canvas.className = "live";
    box.prepend(canvas);
    const map = await territoryMap(canvas, box.dataset);
    if (latitude.value) show(map, [Number(latitude.value), Number(longitude.value)]);
    map.on("click", ({ latlng }) => {
      latitude.value = latlng.lat.toFixed(6);
      longitude.value = latlng.lng.toFixed(6);
      form.querySelector("[name=scope][value=district]").checked = true;
      show(map, latlng);
    });
    emptier.addEventListener("click", () => {
      latitude.value = longitude.value = said.textContent = "";
      marker?.remove();
      emptier.remove();
    });
  }

  opener.addEventListener("click", open);
  if (latitude.value) open();
}
