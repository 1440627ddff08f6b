import {
  BellRing,
  Boxes,
  Cloud,
  Database,
  Gauge,
  History,
  Monitor,
  PanelLeftClose,
  PanelLeftOpen,
  Search,
  Settings,
  UsersRound,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { showPalette } from '../palette/opened.ts';
import { Hint } from '../ui/hint.tsx';
import { remember, remembered } from '../live/remembered.ts';
import { UpdateLine } from '../updates/update-line.tsx';
import { routeNames, routes } from './routes.ts';
import type { Route } from './routes.ts';

const icons: Readonly<Record<Route, LucideIcon>> = {
  overview: Gauge,
  engines: Boxes,
  cache: Database,
  sessions: UsersRound,
  portal: Cloud,
  workstations: Monitor,
  alerts: BellRing,
  events: History,
  settings: Settings,
};

/** The way from page to page; narrow windows show its icons alone. */
export function Rail({ route }: { readonly route: Route }) {
  const [closed, setClosed] = useState(() => remembered('rail') === 'closed');
  const toggle = (): void => {
    remember('rail', closed ? 'open' : 'closed');
    setClosed(!closed);
  };
  const Fold = closed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav className="rail" aria-label="Pages" data-closed={closed || undefined}>
      <p className="product">
        <img src="./favicon.svg" alt="" width={24} height={24} />
        <span className="rail-word">Cachedeck</span>
      </p>
      <Hint text="Find a page, an action or a name (Ctrl or Cmd K)" repeats side="right">
        <button
          type="button"
          className="rail-link"
          aria-haspopup="dialog"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => showPalette(true)}
        >
          <Search size={18} aria-hidden="true" />
          <span className="rail-word">Find…</span>
        </button>
      </Hint>
      <ul>
        {routeNames.map((name) => {
          const Icon = icons[name];
          const { title, hash, key } = routes[name];
          return (
            <li key={name}>
              <Hint text={`${title} (${key})`} repeats side="right">
                <a className="rail-link" href={hash} aria-current={name === route ? 'page' : undefined}>
                  <Icon size={18} aria-hidden="true" />
                  <span className="rail-word">{title}</span>
                </a>
              </Hint>
            </li>
          );
        })}
      </ul>
      <UpdateLine settings={routes.settings.hash} />
      <Hint text={closed ? 'Expand the list of pages' : 'Collapse the list of pages'} repeats side="right">
        <button type="button" className="rail-link rail-fold" aria-expanded={!closed} onClick={toggle}>
          <Fold size={18} aria-hidden="true" />
          <span className="rail-word">{closed ? 'Expand' : 'Collapse'}</span>
        </button>
      </Hint>
    </nav>
  );
}
