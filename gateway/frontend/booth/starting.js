/* Only a worker's address ever becomes code, and only through here: the page's policy allows no other way. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("worker", { createScriptURL: (/** @type {string} */ url) => url });

/** @param {string} code the text of a worker */
export const workerAddress = (code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));

/** @param {string} address one that `workerAddress` made @returns {Worker} */
export const startWorker = (address) => new Worker(policy ? policy.createScriptURL(address) : address);
