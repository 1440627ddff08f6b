import type { controlContract } from '../../../shared/contract/control.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Handlers } from '../router.ts';
import type { ControlService } from './control-service.ts';
import type { KeyStore } from './keys.ts';

/** The control API and its keys, for pages. Who may use it is worth a line in the event log. */
export function controlHandlers(services: {
  readonly control: ControlService;
  readonly keys: KeyStore;
  readonly events: Pick<EventLog, 'record'>;
}): Handlers<typeof controlContract> {
  const { control, keys, events } = services;
  const told = (title: string): void => events.record({ kind: 'settings', severity: 'info', title });
  return {
    'control.state': control.state,
    'control.configure': (choice) => control.configure(choice).then(() => ({})),
    'control.addKey': (key) => {
      const id = keys.add(key);
      told(`Key added: ${key.name} (${key.role})`);
      return { id };
    },
    'control.removeKey': ({ id }) => {
      const name = keys.list.find((one) => one.id === id)?.name;
      try {
        keys.remove(id);
      } finally {
        if (name !== undefined && keys.list.every((one) => one.id !== id)) told(`Key removed: ${name}`);
      }
      return {};
    },
  };
}
