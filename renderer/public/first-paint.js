// Runs before anything is drawn, so that a chosen theme does not flash the other one. A file of its own, because the
// page's policy allows no inline script; the names are those of renderer/live/remembered.ts.
for (const name of ['theme', 'density']) {
  try {
    const value = localStorage.getItem(`cachedeck.${name}`);
    if (value !== null) document.documentElement.dataset[name] = value;
  } catch {
    // Storage may be refused: the page is drawn as the system has it until main has told.
  }
}
