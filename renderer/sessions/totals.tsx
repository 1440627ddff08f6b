import { useId } from 'react';
import type { SessionStatistics } from '../../shared/contract/sessions.ts';
import { spanText } from '../../shared/model/age.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { bytesParts, bytesText, countText, dash, durationText, percentText } from '../ui/format.ts';
import { Tile } from '../ui/tile.tsx';
import { sessionFields } from '../../shared/model/sessions.ts';
import { lookupsOf } from './words.ts';

/** Lookups under which a rate says little. */
const fewSamples = 20;

function fromStoreNote({ hits, hitMs, loadMs }: SessionStatistics): string {
  if (hitMs.n === 0) return hits === 0 ? 'no hits yet' : 'no hit timed yet';
  return loadMs.n === 0 ? 'portal: no loads yet' : `portal ${durationText(loadMs.p50)}`;
}

/** What the store did for all users together, each number with its formula behind its name. */
export function Totals({ told }: { readonly told: CallOutput<'sessions.list'> }) {
  const { users, total, bytes } = told;
  const heading = useId();
  const lookups = lookupsOf(total);
  const long = total.savedMs >= 100_000;
  const complete = users.filter(({ present }) => present === sessionFields.length).length;
  const [size, unit] = bytesParts(bytes);
  const { hitMs } = total;
  return (
    <section className="tiles session-totals" aria-labelledby={heading}>
      <h2 id={heading} className="visually-hidden">
        All sessions together
      </h2>
      <Tile
        label="Users"
        means="Users of whom at least one field is kept."
        value={countText(users.length)}
        note={`${countText(complete)} with all ${sessionFields.length} fields`}
      />
      <Tile
        label="Hit rate"
        means="Hits ÷ lookups. Lookups are hits, misses and those that joined a running load; forced refreshes stand outside."
        value={lookups === 0 ? dash : percentText((100 * total.hits) / lookups)}
        unit={lookups === 0 ? undefined : '%'}
        note={
          lookups === 0
            ? 'no lookups yet'
            : `n ${countText(lookups)}${lookups < fewSamples ? ' · few samples' : ''}`
        }
      />
      <Tile
        label="Calls saved"
        means="Lookups − loads, never below 0. Every lookup without a store would have been a call to the portal."
        value={countText(total.callsSaved)}
        note={`${countText(total.loads)} loads made`}
      />
      <Tile
        label="Time saved"
        means="Hits × median time of a load."
        wordy={long}
        value={total.savedMs === 0 ? dash : long ? spanText(total.savedMs) : durationText(total.savedMs)}
        note={total.savedMs === 0 ? 'no hits yet' : 'waiting for the portal'}
      />
      <Tile
        label="From the store"
        means="Median time of an answer from the store, beside the median of asking the portal. A part of the hits is timed."
        wordy
        value={hitMs.n === 0 ? dash : durationText(hitMs.p50)}
        note={fromStoreNote(total)}
      />
      <Tile
        label="Size"
        means="Approximate size in memory of all that is kept. The session document reckons with about 25 KB a user."
        value={size}
        unit={unit}
        note={users.length === 0 ? 'nothing kept' : `${bytesText(bytes / users.length)} a user`}
      />
    </section>
  );
}
