import '../support/electron-stub/register.ts';
import type { UpdatesState } from '../../shared/contract/updates.ts';
import { inProject } from '../../build/paths.ts';
import { calls } from '../support/electron-stub/calls.ts';
import { given } from '../support/electron-stub/session.ts';

// Runs in a process of its own: an AppImage that was packed, as far as the built main bundle can tell, and an operator who
// takes each step of an update that is offered, up to the one named by the argument.

export interface UpdatePlay {
  readonly states: readonly UpdatesState[];
  /** Replies to calls that were refused. */
  readonly refused: readonly string[];
  readonly calls: readonly string[];
}

const [end, resources] = process.argv.slice(2);
const { app, BrowserWindow } = await import('../support/electron-stub/index.ts');
app.isPackaged = true;
Object.assign(process, { resourcesPath: resources, windowsStore: false });

async function until<T>(what: string, question: () => T | null | undefined | false): Promise<T> {
  const limit = performance.now() + 10_000;
  for (;;) {
    const answer = question();
    if (answer) return answer;
    if (performance.now() > limit) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

await import(inProject('out/main/index.js'));
const states: UpdatesState[] = [];
const refused: string[] = [];

if (app.exitCode === null) {
  app.becomeReady();
  const contents = (await until('the window', () => BrowserWindow.getAllWindows()[0])).webContents;
  await until('the page', () => contents.getURL());
  const send = contents.send.bind(contents);
  contents.send = (channel, message) => {
    if (channel === 'cachedeck:feed:updates.state') states.push((message as { value: UpdatesState }).value);
    send(channel, message);
  };
  const ask = async (channel: string, argument: unknown): Promise<void> => {
    const event = { sender: contents, senderFrame: { url: 'app://cachedeck/', parent: null } };
    const reply = await given.channels.get(`cachedeck:${channel}`)?.(event as never, argument);
    const { ok, error } = reply as { ok: boolean; error?: { message: string } };
    if (!ok) refused.push(error?.message ?? 'refused');
  };
  const stage = (): UpdatesState['stage'] | undefined => states.at(-1)?.stage;
  await ask('subscribe', 'updates.state');
  if (stage() !== 'off') {
    await ask('updates.check', {});
    await until('an answer', () => stage() !== 'checking');
  }
  if (stage() === 'available') {
    await ask('updates.download', {});
    await until('the download', () => stage() !== 'downloading');
  }
  if (end === 'restart') await ask('updates.install', {});
  else app.quit();
  await until('the exit', () => app.exitCode !== null);
}
const told: UpdatePlay = { states, refused, calls: calls.map(({ name }) => name) };
process.send?.(told, () => process.exit());
