import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { snoozeChoices } from '../../shared/model/alerts.ts';
import { Outcome } from '../settings/outcome.tsx';
import { useSnooze } from './use-snooze.ts';
import { snoozeWords } from './words.ts';
import { Gate } from '../ui/gate.tsx';

interface Props {
  readonly alertKey: string;
  readonly title: string;
  /** It is muted by a snooze of its own, which can be ended. */
  readonly snoozed: boolean;
}

/** Mutes one alert for a time to choose; ends that where it is muted. */
export function SnoozeControl({ alertKey, title, snoozed }: Props) {
  const { attempt, snooze, end } = useSnooze();
  const button = useRef<HTMLButtonElement>(null);
  const pressedAs = useRef<boolean | null>(null);
  useLayoutEffect(() => {
    if (pressedAs.current === null || pressedAs.current === snoozed) return;
    // The one button takes the other's place, and the focus with it.
    if (document.activeElement === document.body) button.current?.focus();
    pressedAs.current = null;
  }, [snoozed]);
  return (
    <div className="alert-action">
      <Gate call="alerts.snooze">
        {snoozed ? (
          <button
            ref={button}
            type="button"
            className="button small"
            aria-label={`End snooze: ${title}`}
            onClick={() => {
              pressedAs.current = snoozed;
              end(alertKey);
            }}
          >
            End snooze
          </button>
        ) : (
          <Menu.Root>
            <Menu.Trigger ref={button} className="button small" aria-label={`Snooze: ${title}`}>
              Snooze
              <ChevronDown size={14} aria-hidden="true" />
            </Menu.Trigger>
            <Menu.Portal>
              <Menu.Positioner sideOffset={4} align="end" className="layer">
                <Menu.Popup className="popup menu alert-menu">
                  {snoozeChoices.map((choice) => (
                    <Menu.Item
                      key={choice}
                      className="menu-item plain"
                      onClick={() => {
                        pressedAs.current = snoozed;
                        snooze(alertKey, choice);
                      }}
                    >
                      {snoozeWords[choice]}
                    </Menu.Item>
                  ))}
                </Menu.Popup>
              </Menu.Positioner>
            </Menu.Portal>
          </Menu.Root>
        )}
      </Gate>
      <Outcome attempt={attempt} running="" />
    </div>
  );
}
