import { useEffect } from 'react';
import type { ReactNode } from 'react';

/** The page's sections in their order. */
export const sections = {
  profiles: 'Profiles',
  display: 'Display',
  polling: 'Polling',
  caching: 'Caching',
  notifications: 'Notifications',
  records: 'History and logs',
  control: 'Control API',
  app: 'This app',
} as const;
export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as readonly SectionName[];

function headingId(name: SectionName): string {
  return `settings-${name}`;
}

interface Props {
  readonly name: SectionName;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ name, actions, children }: Props) {
  return (
    <section className="panel settings-section" aria-labelledby={headingId(name)}>
      <header className="panel-head">
        <h2 id={headingId(name)} tabIndex={-1}>
          {sections[name]}
        </h2>
        {actions !== undefined && <div className="panel-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** Leads to a section: the address of the page already says which page it is, so these are no links. */
export function SectionIndex() {
  useEffect(() => {
    goToNamed();
    window.addEventListener('hashchange', goToNamed);
    return () => window.removeEventListener('hashchange', goToNamed);
  }, []);
  return (
    <nav className="settings-index" aria-label="Sections of the settings">
      <ul>
        {sectionNames.map((name) => (
          <li key={name}>
            <button type="button" className="index-button" onClick={() => goTo(name)}>
              {sections[name]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function headingOf(name: SectionName): HTMLElement | null {
  return document.getElementById(headingId(name));
}

/** The section that a link of another page names: `#/settings/caching`. */
function goToNamed(): void {
  const named = window.location.hash.split('/')[2];
  const name = sectionNames.find((one) => one === named);
  if (name) goTo(name);
}

function goTo(name: SectionName): void {
  const heading = headingOf(name);
  heading?.closest('section')?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
