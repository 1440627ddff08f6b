import type { CustomScheme, IpcMain, IpcMainInvokeEvent, Protocol, Session } from 'electron';
import { record } from './calls.ts';

type PermissionRequest = Parameters<Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Session['setPermissionCheckHandler']>[0];
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type IpcListener = (event: IpcMainInvokeEvent, argument: unknown) => unknown;

/** The handlers the app gave, for a test to call. */
export const given = {
  permissionRequest: null as PermissionRequest,
  permissionCheck: null as PermissionCheck,
  beforeRequest: null as BeforeRequest | null,
  schemes: [] as CustomScheme[],
  protocols: new Map<string, ProtocolHandler>(),
  channels: new Map<string, IpcListener>(),
  /** Channels listened to without an answer: none of ours. */
  listened: new Set<string>(),
  download: null as ((event: { preventDefault(): void }) => void) | null,
};

export const session = {
  /** electron-updater has one of its own. */
  fromPartition: (name: string) => name,
  defaultSession: {
    setPermissionRequestHandler(handler: PermissionRequest) {
      given.permissionRequest = handler;
    },
    setPermissionCheckHandler(handler: PermissionCheck) {
      given.permissionCheck = handler;
    },
    on(event: 'will-download', listener: (event: { preventDefault(): void }) => void) {
      if (event === 'will-download') given.download = listener;
    },
    webRequest: {
      onBeforeRequest(handler: BeforeRequest) {
        given.beforeRequest = handler;
      },
    },
  } satisfies Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> & {
    on: unknown;
    webRequest: Record<keyof Pick<Session['webRequest'], 'onBeforeRequest'>, unknown>;
  },
};

export const protocol = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]) {
    record('protocol.registerSchemesAsPrivileged');
    given.schemes.push(...schemes);
  },
  handle(scheme: string, handler: ProtocolHandler) {
    record(`protocol.handle ${scheme}`);
    given.protocols.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged'> & Record<keyof Pick<Protocol, 'handle'>, unknown>;

export const ipcMain = {
  handle(channel: string, listener: IpcListener) {
    if (given.channels.has(channel)) throw new Error(`A second handler for ${channel}`);
    given.channels.set(channel, listener);
  },
  removeHandler(channel: string) {
    given.channels.delete(channel);
  },
  on(channel: string) {
    given.listened.add(channel);
  },
  removeAllListeners(channel: string) {
    given.listened.delete(channel);
  },
} satisfies Pick<IpcMain, 'handle' | 'removeHandler'> &
  Record<keyof Pick<IpcMain, 'on' | 'removeAllListeners'>, unknown>;
