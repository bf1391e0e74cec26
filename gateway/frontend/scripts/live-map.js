/* Puts a live map in the place of a drawing: the same pins, gathered where they are many. */
import L from "leaflet";
import { spot, territoryMap } from "./territory-map.js";

const MANY = 30;

function pinsOf(figure) {
  return [...figure.querySelectorAll("circle.pin")].map((pin) => ({
    place: [Number(pin.dataset.lat), Number(pin.dataset.lng)],
    text: pin.nextElementSibling?.tagName === "text" ? pin.nextElementSibling.textContent : "",
    title: pin.dataset.title ?? "",
    href: pin.dataset.href,
    hot: pin.classList.contains("hot"),
  }));
}

async function layerFor(pins) {
  if (pins.length < MANY) return L.layerGroup();
  globalThis.L = L;
  await import("leaflet.markercluster");
  const heap = (cluster) => L.divIcon({ className: "", html: `<span class="heap">${cluster.getChildCount()}</span>`, iconSize: [40, 40] });
  return L.markerClusterGroup({ iconCreateFunction: heap, showCoverageOnHover: false, animate: false });
}

export async function liveMap(figure) {
  const pins = pinsOf(figure);
  const box = document.createElement("div");
  box.className = "live";
  const drawing = figure.querySelector("svg");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", drawing.getAttribute("aria-label"));
  drawing.replaceWith(box);
  const map = await territoryMap(box, figure.dataset);
  const layer = await layerFor(pins);
  for (const pin of pins) {
    const marker = spot(pin.place, pin);
    if (pin.href) marker.on("click", () => location.assign(pin.href));
    layer.addLayer(marker);
  }
  layer.addTo(map);
  if (pins.length === 1) map.setView(pins[0].place, 15);
  else if (pins.length) map.fitBounds(L.latLngBounds(pins.map((pin) => pin.place)), { padding: [56, 56], maxZoom: 15 });
}
