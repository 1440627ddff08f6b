import { createContext, use } from 'react';
import type { Client } from '../../shared/rpc/client.ts';

export const ClientContext = createContext<Client | null>(null);

/** The one way to main. */
export function useClient(): Client {
  const client = use(ClientContext);
  if (!client) throw new Error('ClientContext is missing');
  return client;
}
