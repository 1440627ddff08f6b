import { registerHooks } from 'node:module';
import { Problems } from '../../electron/core/storage/problems.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { openCount } from './storage-writer.ts';

// Counts one up in the folder it is given, as the desktop app stores, and says the count and what was told.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    const url = new URL('./storage-electron.ts', import.meta.url).href;
    return { url, format: 'module-typescript', shortCircuit: true };
  },
});
const { openElectronStore } = await import('../../electron/shell/electron-store.ts');
const problems = new Problems(systemClock);
const document = openCount(process.argv[2] ?? '', problems, openElectronStore);
document.set({ count: document.value.count + 1, text: 'dots.in.text' });
console.log(JSON.stringify({ count: document.value.count, told: problems.feed.value.map(({ id }) => id) }));
