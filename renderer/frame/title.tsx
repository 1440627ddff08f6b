import { useEffect } from 'react';
import type { TrayModel } from '../../shared/contract/app.ts';
import { useFeed, useLinkState } from '../live/feed.ts';
import { useOverall } from './overall.tsx';

type TrayState = TrayModel['state'];

const glyphs: Readonly<Record<TrayState, string>> = { ok: '', attention: '▲', bad: '✕', paused: '❚❚' };

/**
 * The document's title and icon carry what the tray does: a tab or task bar tells the worst state and the page. Until
 * main has told they stay as they are, so that nothing flickers while another connection is made.
 */
export function Title({ title }: { readonly title: string }) {
  const overall = useOverall();
  const tray = useFeed('tray.model');
  const link = useLinkState();
  const heard = link === 'open' ? tray : undefined;
  const prefix = heard ? prefixOf(heard, overall.prefix) : overall.prefix;
  const icon = link === 'lost' || link === 'signed-out' ? 'bad' : heard?.state;
  useEffect(() => {
    document.title = prefix === '' ? `${title} · Cachedeck` : `${prefix} · ${title} · Cachedeck`;
  }, [prefix, title]);
  useEffect(() => {
    if (icon) showIcon(icon);
  }, [icon]);
  return null;
}

/** The tray's mark before the page's own count of sources ("▲ 1 stale"), else before what the tray complains of. */
function prefixOf({ state, lines }: TrayModel, counted: string): string {
  const glyph = glyphs[state];
  if (glyph === '') return counted; // the page may see a moment earlier what the tray will say
  if (state === 'paused') return `${glyph} Paused`;
  const [, count] = counted.split(/ (.*)/);
  const [complaint] = lines.find((line) => line.state === state)?.text.split(' · ') ?? [];
  const words = count ?? complaint;
  return words === undefined ? glyph : `${glyph} ${words}`;
}

function showIcon(state: TrayState): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  link?.setAttribute('href', `./favicon-${state}.svg`);
}
