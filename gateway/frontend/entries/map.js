/* Live maps: loaded only by pages that show one. The drawing and the list say the same without it. */
import { liveMap } from "../scripts/live-map.js";
import { pickPlace } from "../scripts/pick-place.js";

for (const figure of document.querySelectorAll("[data-map]")) liveMap(figure);
for (const box of document.querySelectorAll("[data-pick]")) pickPlace(box);
