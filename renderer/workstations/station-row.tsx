import { memo, useState } from 'react';
import type { Workstation, WorkstationList } from '../../shared/contract/workstations.ts';
import { ageText } from '../../shared/model/age.ts';
import { useClient } from '../live/client-context.ts';
import { mainTimeAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';
import { Missing } from '../ui/facts.tsx';
import { bothTimesText, countText, dash, percentText, timeText } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { columnNames, statusMarks } from './list-model.ts';
import { Gate } from '../ui/gate.tsx';

interface Props {
  readonly station: Workstation;
  readonly list: Source<WorkstationList>;
  /** Why its connection cannot be tested; null: it can. */
  readonly refusal: string | null;
}

/** One workstation, and below it what the manager answered about its connection. */
export const StationRow = memo(function StationRow({ station, list, refusal }: Props) {
  const { answer, test } = useConnectionTest(station);
  const status = statusMarks[station.status];
  const name = station.name ?? station.id;
  const running = answer?.role === 'running';
  return (
    <>
      <tr>
        <th scope="row">{name}</th>
        <td className="mono">{station.address ?? dash}</td>
        <td>
          <span className="mark" data-role={status.role}>
            <span className="chip-glyph" aria-hidden="true">
              {status.glyph}
            </span>{' '}
            {status.word}
          </span>
        </td>
        <td className="num">
          <Emulators station={station} />
        </td>
        <Percent label={`${name}: CPU`} percent={station.cpuPercent} />
        <Percent label={`${name}: memory`} percent={station.memoryPercent} />
        <Percent label={`${name}: disk`} percent={station.diskPercent} />
        <td className="num">
          <Seen at={station.lastSeen} list={list} />
        </td>
        <td className="station-action">
          <Gate call="workstations.testConnection">
            <button
              type="button"
              className="button small"
              aria-label={`Test the connection of ${name}`}
              disabled={refusal !== null}
              aria-disabled={running}
              onClick={() => {
                if (!running) test();
              }}
            >
              {running ? 'Testing…' : 'Test'}
            </button>
          </Gate>
        </td>
      </tr>
      {answer && answer.role !== 'running' && (
        <tr className="station-answer">
          <td colSpan={columnNames.length + 1}>
            <output>
              <span className="chip-glyph" data-role={answer.role} aria-hidden="true">
                {answer.role === 'ok' ? '✓' : '✕'}
              </span>{' '}
              {answer.text}
            </output>
          </td>
        </tr>
      )}
    </>
  );
});

interface Answer {
  readonly role: 'running' | 'ok' | 'bad';
  readonly text: string;
}

/** Lets the manager try to reach a workstation: that it cannot is an answer too. */
function useConnectionTest({ id, name }: Workstation) {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const test = async (): Promise<void> => {
    setAnswer({ role: 'running', text: '' });
    const who = name ?? id;
    try {
      const { ok, message } = await client.call('workstations.testConnection', { id });
      const said = ok ? `The manager reached ${who}` : `The manager could not reach ${who}`;
      setAnswer({ role: ok ? 'ok' : 'bad', text: `${timeText(Date.now())} · ${said}: ${message}` });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      setAnswer({ role: 'bad', text: `${timeText(Date.now())} · ${who} was not tested: ${why}` });
    }
  };
  return { answer, test: () => void test() };
}

function Emulators({ station: { emulators, activeEmulators } }: { readonly station: Workstation }) {
  if (emulators === null && activeEmulators === null) return <Missing />;
  const text = (n: number | null): string => (n === null ? dash : countText(n));
  return (
    <>
      {text(activeEmulators)} <span className="muted">of {text(emulators)}</span>
    </>
  );
}

function Percent({ label, percent }: { readonly label: string; readonly percent: number | null }) {
  return (
    <td className="num station-load">
      {percent === null ? (
        <Missing />
      ) : (
        <Meter label={label} value={percent} max={100} text={percentText(percent)} />
      )}
    </td>
  );
}

interface SeenProps {
  readonly at: number | null;
  readonly list: Source<WorkstationList>;
}

/** How long ago the manager saw it, by main's clock. */
function Seen({ at, list }: SeenProps) {
  const age = useTicking((now) => (at === null ? null : ageText(mainTimeAt(list, now) - at)));
  if (at === null || age === null) return <Missing />;
  return <time title={bothTimesText(at)}>{age === 'just now' ? age : `${age} ago`}</time>;
}
