import { Menu } from '@base-ui/react/menu';
import { Download } from 'lucide-react';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '../live/client-context.ts';
import { useActiveProfile } from '../live/profile.ts';
import { useSay } from '../ui/toasts.tsx';
import type { Exportable } from './exportable.ts';
import type { Format } from './run-export.ts';

interface Props<Row> {
  readonly of: Exportable<Row>;
  /** Of a chart, which can be exported as a picture too: the time it shows, in words. */
  readonly range?: string;
  /** There is nothing to export yet. */
  readonly empty?: boolean;
}

/** Gives a table or chart to the operator: as CSV, JSON or picture, or on the clipboard. E opens it. */
export function ExportMenu<Row>({ of, range, empty = false }: Props<Row>) {
  const client = useClient();
  const say = useSay();
  const profile = useActiveProfile()?.name ?? '';
  const latest = useRef({ of, range });
  useEffect(() => {
    latest.current = { of, range };
  });
  const run = useCallback(
    async (format: Format, figure: HTMLElement | null): Promise<void> => {
      const { of, range = '' } = latest.current;
      try {
        const { runExport } = await import('./run-export.ts');
        const chart = figure && { figure, range };
        const said = await runExport({ client, profile, of, format, chart });
        if (said) say(said.title, said.body, 'ok');
      } catch (error) {
        say(`${of.title}: not exported`, error instanceof Error ? error.message : String(error), 'bad');
      }
    },
    [client, profile, say],
  );
  return <Choices title={of.title} chart={range !== undefined} empty={empty} run={run} />;
}

interface ChoicesProps {
  readonly title: string;
  readonly chart: boolean;
  readonly empty: boolean;
  readonly run: (format: Format, figure: HTMLElement | null) => Promise<void>;
}

interface Choice {
  readonly format: Format;
  readonly word: string;
  readonly note: string;
}

const tables: readonly Choice[] = [
  {
    format: 'csv',
    word: 'CSV',
    note: 'For spreadsheets. Text that looks like a formula gets a ’ before it.',
  },
  { format: 'json', word: 'JSON', note: 'For programs. At most 100 000 rows, as in all of these.' },
  { format: 'copy', word: 'Copy as table', note: 'To paste into a spreadsheet or a message.' },
];
const picture: Choice = {
  format: 'png',
  word: 'Picture (PNG)',
  note: 'The chart as it is drawn, twice as large.',
};

/** Of primitives alone: the values behind it change with each poll, and it does not. */
const Choices = memo(function Choices({ title, chart, empty, run }: ChoicesProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [figure, setFigure] = useState<HTMLElement | null>(null);
  const choose = async (format: Format): Promise<void> => {
    setBusy(true);
    await run(format, figure);
    setBusy(false);
  };
  return (
    <Menu.Root
      onOpenChange={(open) => {
        if (open) setFigure(trigger.current?.closest('.panel')?.querySelector('figure') ?? null);
      }}
    >
      <Menu.Trigger
        ref={trigger}
        className="button small export"
        data-export={title}
        aria-label={busy ? `Exporting ${title}` : `Export ${title}`}
        aria-busy={busy}
        disabled={empty}
      >
        <Download size={14} aria-hidden="true" />
        <span className="export-word">{busy ? 'Exporting…' : 'Export'}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="layer">
          <Menu.Popup className="popup menu export-menu">
            <Menu.Group>
              <Menu.GroupLabel className="menu-label">{title}</Menu.GroupLabel>
              {[...tables, ...(chart ? [picture] : [])].map(({ format, word, note }) => (
                <Menu.Item
                  key={format}
                  className="menu-item"
                  disabled={format === 'png' && figure === null}
                  onClick={() => void choose(format)}
                >
                  <span>
                    {word}
                    <span className="menu-note">
                      {format === 'png' && figure === null ? 'Show it as a chart first.' : note}
                    </span>
                  </span>
                </Menu.Item>
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
});
