import type { Stream } from '../../shared/contract/fleet.ts';
import { spanText } from '../../shared/model/age.ts';
import { dash } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { behindOf, bufferedOf } from './stream-words.ts';

interface Props {
  readonly name: string;
  readonly buffer: Stream['buffer'];
}

/** Where playback is within what can be played: a full bar is live. */
export function BufferBar({ name, buffer }: Props) {
  if (buffer === null) return <>{dash}</>;
  const all = bufferedOf(buffer);
  const behind = behindOf(buffer);
  return (
    <Meter
      label={`Buffer of ${name}`}
      value={Math.max(0, all - behind)}
      max={all}
      text={`${spanText(behind * 1000)} behind, ${spanText(all * 1000)} buffered`}
    />
  );
}
