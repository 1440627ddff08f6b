/** What the app asked of Electron, in order: the name of the function and when (ms). */
export const calls: { readonly name: string; readonly at: number }[] = [];

export function record(name: string): void {
  calls.push({ name, at: performance.now() });
}
