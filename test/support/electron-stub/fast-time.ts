/** Lets this process's time run `speed` times as fast, timers included, so that half a minute passes in a moment. */
export function speedUp(speed: number): void {
  const begun = { wall: Date.now(), mono: performance.now() };
  const { setTimeout: later, setInterval: often } = globalThis;
  const mono = performance.now.bind(performance);
  performance.now = () => begun.mono + (mono() - begun.mono) * speed;
  Date.now = () => begun.wall + (performance.now() - begun.mono);
  globalThis.setTimeout = ((task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    later(task, ms / speed, ...args)) as typeof later;
  globalThis.setInterval = ((task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    often(task, ms / speed, ...args)) as typeof often;
}
