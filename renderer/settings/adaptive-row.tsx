import { Field } from '@base-ui/react/field';
import { useState } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import type { AdaptiveTtl } from '../../shared/contract/tuning.ts';
import { defaultTtls, resourceTitles } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import { ttlSentence } from '../cache/tuning.ts';
import { FieldLabel } from '../ui/field.tsx';
import { NumberInput } from '../ui/number-input.tsx';
import { Toggle } from '../ui/switch.tsx';
import { Outcome } from './outcome.tsx';
import type { Attempt } from './use-attempt.ts';

export type Bounds = NonNullable<Settings['adaptiveTtl'][ResourceKey]>;

/** s, as the contract has it. */
const longest = 3600;
/** s until the operator chooses, unless the configured TTL is longer: what operators accept as the age of a status. */
const usualMost = 30;

interface Props {
  readonly resource: ResourceKey;
  /** undefined: never chosen. */
  readonly chosen: Bounds | undefined;
  /** What is in effect; undefined: not told. */
  readonly inEffect: AdaptiveTtl | undefined;
  /** It will be told. */
  readonly asking: boolean;
  /** Why it cannot be changed here. */
  readonly blocked: string | null;
  readonly attempt: Attempt;
  readonly onChange: (bounds: Bounds) => void;
}

/** One resource's TTL: whether it adapts, between which bounds, and what it is now and why. */
export function AdaptiveRow({ resource, chosen, inEffect, asking, blocked, attempt, onChange }: Props) {
  const title = resourceTitles[resource];
  const kept = chosen ?? usualBounds(inEffect?.configured ?? defaultTtls[resource]);
  /** Bounds that do not fit each other and are not sent. */
  const [wrong, setWrong] = useState<Bounds | null>(null);
  const shown = wrong ?? kept;
  const change = (part: Partial<Bounds>): void => {
    const next = { ...shown, ...part };
    const fits = next.minSeconds <= next.maxSeconds;
    setWrong(fits ? null : next);
    if (fits) onChange(next);
  };
  return (
    <fieldset className="setting adaptive-row" disabled={blocked !== null}>
      <legend className="visually-hidden">Adaptive TTL: {title}</legend>
      <div className="setting-words">
        <p className="field-label" aria-hidden="true">
          {title}
        </p>
        <p className="field-note adaptive-reason">
          {inEffect ? ttlSentence(inEffect) : asking ? 'Asking what it is now…' : 'Not known now.'}
        </p>
      </div>
      <div className="setting-control">
        <div className="adaptive-controls">
          <Field.Root className="adaptive-switch" disabled={blocked !== null}>
            <FieldLabel text="Adapts" button={false} />
            <Toggle on={chosen?.on ?? false} onChange={(on) => change({ on })} />
          </Field.Root>
          <Bound
            label="Least"
            value={shown.minSeconds}
            disabled={blocked !== null || !kept.on}
            wrong={wrong !== null}
            onCommit={(minSeconds) => change({ minSeconds })}
          />
          <Bound
            label="Most"
            value={shown.maxSeconds}
            disabled={blocked !== null || !kept.on}
            wrong={wrong !== null}
            onCommit={(maxSeconds) => change({ maxSeconds })}
          />
        </div>
        {wrong ? (
          <p className="outcome" role="alert">
            <span className="chip-glyph" data-role="bad" aria-hidden="true">
              ✕
            </span>{' '}
            Least {wrong.minSeconds} s is above most {wrong.maxSeconds} s: not saved.
          </p>
        ) : (
          <Outcome attempt={attempt} />
        )}
      </div>
    </fieldset>
  );
}

interface BoundProps {
  readonly label: string;
  readonly value: number;
  readonly disabled: boolean;
  /** It does not fit the other one. */
  readonly wrong: boolean;
  readonly onCommit: (seconds: number) => void;
}

/** What is typed counts once the field is left. */
function Bound({ label, value, disabled, wrong, onCommit }: BoundProps) {
  const [typed, setTyped] = useState<number | null>(null);
  return (
    <Field.Root className="adaptive-bound" disabled={disabled} invalid={wrong}>
      <FieldLabel text={label} button={false} />
      <NumberInput
        value={typed ?? value}
        min={1}
        max={longest}
        unit="s"
        onChange={setTyped}
        onCommit={(seconds) => {
          setTyped(null);
          if (seconds !== null && seconds !== value) onCommit(seconds);
        }}
      />
    </Field.Root>
  );
}

function usualBounds(configuredMs: number): Bounds {
  const least = Math.min(longest, Math.max(1, Math.round(configuredMs / 1000)));
  return { on: false, minSeconds: least, maxSeconds: Math.max(least, usualMost) };
}
