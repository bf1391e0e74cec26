/* "Use my position", on the one page that offers it. */
import { nearMe } from "../scripts/near-me.js";

for (const form of document.querySelectorAll("[data-near]")) nearMe(form);
