import { Popover } from '@base-ui/react/popover';
import { createContext, memo, use, useState } from 'react';
import type { FocusEvent } from 'react';
import { ageText, spanText } from '../../shared/model/age.ts';
import { observedBefore } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { spanBetween, useTicking } from '../live/ticker.ts';
import { ChipText } from './chip.tsx';
import { bothTimesText, durationText } from './format.ts';
import { failureWordsOf, servedWords } from './words.ts';

interface Props {
  readonly source: Source<unknown>;
  readonly paused: boolean;
}

const SourceContext = createContext<Source<unknown> | null>(null);

/**
 * The chip as a button; on hover and on focus it opens the chain of ages behind the one it shows. The source
 * travels by context, so that a poll draws the words again and not the popover around them.
 */
export function ChipWithChain({ source, paused }: Props) {
  return (
    <SourceContext value={source}>
      <ChainPopover title={source.polled.title} paused={paused} />
    </SourceContext>
  );
}

interface PopoverProps {
  readonly title: string;
  readonly paused: boolean;
}

const ChainPopover = memo(function ChainPopover({ title, paused }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const openOnFocus = (event: FocusEvent<HTMLButtonElement>): void => {
    if (event.currentTarget.matches(':focus-visible')) setOpen(true);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="chip-button" openOnHover delay={150} closeDelay={120} onFocus={openOnFocus}>
        <span className="visually-hidden">{title}, state and age: </span>
        <SharedChip paused={paused} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="layer">
          <Popover.Popup className="popup chain" initialFocus={false}>
            <Popover.Title className="popup-title">{title}: how old?</Popover.Title>
            <SharedChain />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
});

function SharedChip({ paused }: { readonly paused: boolean }) {
  const source = use(SourceContext);
  return source && <ChipText source={source} paused={paused} />;
}

function SharedChain() {
  const source = use(SourceContext);
  return source && <Chain source={source} />;
}

function Chain({ source }: { readonly source: Source<unknown> }) {
  const { reading, received, repliedAt } = source;
  const since = useTicking((now) => (received === null ? null : ageText(spanBetween(received, now))));
  const before = observedBefore(reading);
  return (
    <dl className="chain-list">
      {repliedAt !== null && <Row term="Shown" text={`${bothTimesText(repliedAt)} · ${since ?? ''}`} />}
      <Row term="Served" text={servedWords[reading.served]} />
      {reading.age !== null && (
        <Row
          term="App cache"
          text={`${durationText(reading.age)} old then · fresh for ${durationText(reading.ttl)} once stored`}
        />
      )}
      {reading.loadedAt !== null && <Row term="Load began" text={bothTimesText(reading.loadedAt)} />}
      {reading.age !== null && (
        <Row
          term="Backend"
          text={
            reading.observedAt === null
              ? 'does not say when it observed this'
              : before < 50
                ? 'observed it during the load'
                : `observed it ${durationText(before)} before`
          }
        />
      )}
      {reading.failure && (
        <>
          <Row
            term="Failure"
            text={`${failureWordsOf(source) ?? ''}: ${reading.failure.message}`}
            tone="bad"
          />
          <Row
            term="Failing for"
            text={`${spanText(Math.max(0, (repliedAt ?? 0) - reading.failure.since))} · ${reading.failure.count} in a row`}
          />
        </>
      )}
      {source.callError !== null && <Row term="Cachedeck" text={source.callError} tone="bad" />}
    </dl>
  );
}

function Row({ term, text, tone }: { readonly term: string; readonly text: string; readonly tone?: 'bad' }) {
  return (
    <div className="chain-row" data-tone={tone}>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}
