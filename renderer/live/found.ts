import { useEffect, useRef } from 'react';

/** What can be looked for by name, and the page that shows it. */
export const foundOn = {
  engine: '#/engines',
  stream: '#/engines/streams',
  key: '#/cache',
  session: '#/sessions',
  user: '#/portal',
} as const;
export type Found = keyof typeof foundOn;

type Take = (name: string) => void;

const takers = new Map<Found, Set<Take>>();
let waiting: { readonly kind: Found; readonly name: string } | null = null;

/** Goes to the page that shows something and has it shown there: at once, or as soon as the page is. */
export function showFound(kind: Found, name: string): void {
  const here = window.location.hash === foundOn[kind];
  const now = here ? takers.get(kind) : undefined;
  waiting = now ? null : { kind, name };
  for (const take of now ?? []) take(name);
  window.location.hash = foundOn[kind];
}

/** Says how a page shows what was looked for. */
export function useFound(kind: Found, take: Take): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const own: Take = (name) => latest.current(name);
    const all = takers.get(kind) ?? new Set();
    takers.set(kind, all.add(own));
    if (waiting?.kind === kind) {
      const { name } = waiting;
      waiting = null;
      own(name);
    }
    return () => {
      all.delete(own);
      if (all.size === 0) takers.delete(kind);
    };
  }, [kind]);
}
