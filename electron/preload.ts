import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import type { CallFunction, FeedFunction, FeedMessage, Reply } from '../shared/rpc/wire.ts';

// One function for each entry on channels fixed at build time; neither `ipcRenderer` nor an event object leaves here.

function callFunction(name: string): CallFunction {
  return (input) => ipcRenderer.invoke(`cachedeck:${name}`, input) as Promise<Reply>;
}

/** Main hears of the first listener and of the last one going; those in between get the value we hold. */
function feedFunction(name: string): FeedFunction {
  const listeners = new Set<(message: FeedMessage) => void>();
  let latest: FeedMessage | null = null;

  function onPush(_event: IpcRendererEvent, message: FeedMessage): void {
    latest = message;
    for (const listener of listeners) listener(message);
  }

  async function subscribe(): Promise<void> {
    const reply = (await ipcRenderer.invoke('cachedeck:subscribe', name)) as Reply;
    if (!reply.ok) throw new Error(reply.error.message);
  }

  return (onMessage, onRefused) => {
    const listener = (message: FeedMessage): void => onMessage(message); // functions change identity on the way
    listeners.add(listener);
    if (listeners.size === 1) {
      ipcRenderer.on(`cachedeck:feed:${name}`, onPush);
      subscribe().catch(() => onRefused());
    } else if (latest) {
      listener(latest);
    }
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      latest = null;
      ipcRenderer.off(`cachedeck:feed:${name}`, onPush);
      ipcRenderer.invoke('cachedeck:unsubscribe', name).catch(() => onRefused());
    };
  };
}

contextBridge.exposeInMainWorld(
  'cachedeck',
  Object.fromEntries(
    ENTRY_NAMES.map(({ name, kind }) => [name, kind === 'call' ? callFunction(name) : feedFunction(name)]),
  ),
);
