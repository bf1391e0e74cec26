/* Keys of the desk. They act only while the focus is in the queue, so that no letter surprises anybody elsewhere. */
import { queueKeys } from "../scripts/queue-keys.js";

for (const queue of document.querySelectorAll("[data-queue]")) queueKeys(queue);
