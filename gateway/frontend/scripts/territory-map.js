/* A map with the territory's outlines, and tiles if the city has a tile server. */
import L from "leaflet";

const words = document.documentElement.lang === "en"
  ? { zoomIn: "Zoom in", zoomOut: "Zoom out" }
  : { zoomIn: "Zoomer", zoomOut: "Dézoomer" };

export async function territoryMap(box, { outlines, tiles }) {
  const map = L.map(box, { zoomControl: false, attributionControl: Boolean(tiles), zoomSnap: 0.25, maxZoom: 19 });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (tiles) L.tileLayer(tiles).addTo(map);
  const shapes = await fetch(outlines).then((answer) => answer.json());
  const layer = L.geoJSON(shapes, {
    interactive: false,
    style: { className: "land", fillOpacity: tiles ? 0 : 1 },
    pointToLayer: (_feature, place) => L.circleMarker(place, { radius: 4, className: "land" }),
  }).addTo(map);
  map.fitBounds(layer.getBounds(), { padding: [8, 8] });
  return map;
}

export function spot(place, { text = "", title = "", hot = false } = {}) {
  const icon = L.divIcon({ className: "", html: `<span class="spot${hot ? " hot" : ""}">${text}</span>`, iconSize: [28, 28] });
  return L.marker(place, { icon, title, keyboard: false });
}
