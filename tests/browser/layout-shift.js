/* Adds up by how much the page moves while it loads. */
globalThis.layoutShift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.layoutShift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
