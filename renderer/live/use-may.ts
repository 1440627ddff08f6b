import { createContext, use, useCallback, useEffect, useState } from 'react';
import { covers } from '../../shared/model/roles.ts';
import type { Role } from '../../shared/model/roles.ts';
import type { CallName, Client } from '../../shared/rpc/client.ts';
import { entries } from '../client/entries.ts';

/** Of whoever looks at the page; undefined: main has not told yet. */
export const RoleContext = createContext<Role | undefined>(undefined);

/** Asked each time the link opens: whoever signs in anew may have another role. */
export function useToldRole(client: Client): Role | undefined {
  const [role, setRole] = useState<Role>();
  useEffect(
    () =>
      client.onState((state) => {
        if (state !== 'open') return;
        client.call('app.info', {}).then(
          (info) => setRole(info.role),
          () => {}, // the link tells what is wrong with it, and is asked anew when it is back
        );
      }),
    [client],
  );
  return role;
}

export interface May {
  readonly may: boolean;
  readonly needs: Role;
}

/** Whether the role of whoever looks suffices for a call. Until it is known nothing is refused here; main decides. */
export function useMay(name: CallName): May {
  return useMayOf()(name);
}

/** The same for calls that are chosen later. */
export function useMayOf(): (name: CallName) => May {
  const role = use(RoleContext);
  return useCallback(
    (name) => {
      const needs = entries.find((entry) => entry.name === name)?.role ?? 'admin';
      return { may: role === undefined || covers(role, needs), needs };
    },
    [role],
  );
}

export function needsWords(needs: Role): string {
  return `Needs the role ${needs}`;
}
