import { useId } from 'react';
import type { ReactNode } from 'react';
import { spanText } from '../../shared/model/age.ts';
import { lateAfterIntervals } from '../../shared/model/freshness.ts';
import { resourceTitles } from '../../shared/model/resources.ts';
import type { WatchedResource } from '../../shared/model/resources.ts';
import { useFeed } from '../live/feed.ts';
import { chipAt, mainTimeAt, observedBefore } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { spanBetween, useTicking } from '../live/ticker.ts';
import { useActions } from '../frame/actions.tsx';
import { ProfileLink } from '../frame/profile-link.tsx';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { Ribbon, ribbonSentence } from '../ui/ribbon.tsx';
import { useClaims } from '../ui/use-unsure.ts';
import { failureWords } from '../ui/words.ts';
import { Gate } from '../ui/gate.tsx';

/** ms a skeleton may stand in for a value that never came; afterwards words do. */
const skeletonMs = 10_000;

interface Props<T> {
  readonly title: string;
  readonly icon: ReactNode;
  readonly resource: WatchedResource;
  readonly source: Source<T>;
  readonly paused: boolean;
  /** Draws the last good value; called only when there is one. */
  readonly children: (value: T) => ReactNode;
  /** What the value means, in a sentence; null while there is nothing to explain. */
  readonly note?: (value: T) => ReactNode;
}

/** One source: chip, last good value, two lines kept for what there is to say, and the ribbon. */
export function Card<T>({ title, icon, resource, source, paused, children, note }: Props<T>) {
  const id = useId();
  const ribbons = useFeed('status.ribbons');
  const cells = ribbons?.cells[resource] ?? [];
  const intervalMs = ribbons?.intervalMs ?? 5000;
  const claims = useClaims(source, paused);
  const { value } = source.reading;
  const said = value === null ? null : note?.(value);
  return (
    <section className="card" aria-labelledby={id} data-paused={paused || undefined}>
      <header className="card-head">
        <h2 id={id}>
          {icon}
          {title}
        </h2>
        <ChipWithChain source={source} paused={paused} />
      </header>
      <div className="card-body" data-unsure={!claims || undefined}>
        {value === null ? <NoValue source={source} /> : children(value)}
      </div>
      <footer className="card-foot">
        <Trouble source={source} paused={paused}>
          {said ?? ribbonSentence(cells, intervalMs)}
        </Trouble>
        <Ribbon title={resourceTitles[resource]} cells={cells} intervalMs={intervalMs} />
      </footer>
    </section>
  );
}

/** Before the first value: a skeleton, later words. */
export function NoValue({ source }: { readonly source: Source<unknown> }) {
  const waiting = useTicking((now) => spanBetween(source.startedAt, now) < skeletonMs);
  const { reading } = source;
  if (!reading.supported) return <p className="empty">This backend does not report it.</p>;
  if (reading.failure) {
    return (
      <p className="empty">
        No value yet. {reading.failure.message} {hint(reading.failure.code)} <ProfileLink />
      </p>
    );
  }
  if (!waiting) return <p className="empty">No reply yet. The first request is still running.</p>;
  return (
    <div className="skeleton">
      <p className="visually-hidden">Loading</p>
      <span />
      <span />
      <span />
    </div>
  );
}

function hint(code: keyof typeof failureWords): string {
  switch (code) {
    case 'unauthorized':
    case 'forbidden':
      return 'Check the API key of this profile.';
    case 'tls':
      return 'Check the certificate of the backend.';
    case 'not-found':
    case 'bad-reply':
      return 'Check that the address belongs to an orchestrator.';
    case 'unreachable':
    case 'timeout':
    case 'rate-limited':
    case 'server-error':
    case 'cancelled':
      return 'It is tried again by itself.';
  }
}

interface TroubleProps {
  readonly source: Source<unknown>;
  readonly paused: boolean;
  /** Said while nothing is wrong. */
  readonly children: ReactNode;
}

/** The source's failure with the next try counted down, and the one retry control; otherwise quiet words. */
export function Trouble({ source, paused, children }: TroubleProps) {
  const { failure } = source.reading;
  const { refresh, refreshResting } = useActions();
  const kind = useTicking((now) => chipAt(source, now, paused).kind);
  const next = useTicking((now) => nextTry(failure?.nextTryAt ?? null, mainTimeAt(source, now)));
  if (paused) return <Note>Polling is paused. The last value is shown.</Note>;
  if (!failure && source.callError !== null) return <Note>{source.callError} The last value is shown.</Note>;
  if (!failure && kind === 'stale') return <Note>No newer reply has come.</Note>;
  const before = observedBefore(source.reading);
  if (!failure && before > lateAfterIntervals * source.reading.interval) {
    return (
      <Note>
        <span className="mark" data-role="attention">
          <span className="chip-glyph" aria-hidden="true">
            ◔
          </span>{' '}
          Replies arrive, but the backend observed this {spanText(before)} before.
        </span>
      </Note>
    );
  }
  if (!failure) return <Note>{children}</Note>;
  const tries = failure.count === 1 ? 'Last try' : `Last ${failure.count} tries`;
  return (
    <div className="card-note trouble">
      <p>
        {tries} failed: {failureWords[failure.code]}
        {next !== '' && ` · ${next}`}
      </p>
      <Gate call="refresh.force">
        <button
          type="button"
          className="link-button"
          disabled={refreshResting}
          onClick={() => refresh(false)}
        >
          Refresh now
        </button>
      </Gate>
    </div>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return (
    <div className="card-note">
      <p>{children}</p>
    </div>
  );
}

function nextTry(at: number | null, now: number): string {
  if (at === null) return '';
  const seconds = Math.ceil((at - now) / 1000);
  return seconds <= 0 ? 'trying now' : `next try in ${seconds} s`;
}
