/**
 * ms that a change waits for others. The replies to one tick's polls arrive within it, and drawing the page once for
 * all of them costs a fraction of drawing it for each.
 */
const gatherMs = 100;

let gathered: (() => void)[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Runs `change` soon, together with all others that come until then, in their order: React draws them at once. */
export function changeTogether(change: () => void): void {
  gathered.push(change);
  timer ??= setTimeout(changeNow, gatherMs);
}

/** Runs what is gathered until then as soon as this task is over: for an answer that the operator waits for. */
export function changeSoon(): void {
  setTimeout(changeNow, 0);
}

/** Runs what was gathered: for who is about to draw anyway. */
export function changeNow(): void {
  clearTimeout(timer);
  timer = undefined;
  const changes = gathered;
  gathered = [];
  for (const change of changes) change();
}
