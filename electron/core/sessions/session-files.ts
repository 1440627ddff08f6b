import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { diskFault } from '../storage/disk-fault.ts';
import { judgeContent } from '../storage/judge-content.ts';
import { makeFolder } from '../storage/make-folder.ts';
import type { Problems } from '../storage/problems.ts';
import { setAside } from '../storage/set-aside.ts';
import type { OpenStore } from '../storage/store-file.ts';
import { storedSessionRules } from './stored-session.ts';
import type { StoredSession } from './stored-session.ts';
import { isUserRef } from './user-id.ts';

export interface SessionFilesOptions {
  /** Of the sessions of one portal alone: the same address may be known to two. Made with mode 0700. */
  readonly folder: string;
  readonly clock: Clock;
  readonly problems: Problems;
  readonly openStore: OpenStore;
  /** Another process holds the folder: files are read, nothing is touched. */
  readonly readOnly?: boolean;
}

export interface FoundSession {
  readonly ref: string;
  readonly session: StoredSession;
}

/** Files set aside in one go that are told by name. */
const named = 3;

/** The users' files, `<folder>/<ref>.json`. What goes wrong with any of them is told as one problem for all. */
export class SessionFiles {
  readonly #options: SessionFilesOptions;

  constructor(options: SessionFilesOptions) {
    this.#options = options;
  }

  /** Reads all files. One that cannot be used is set aside and told; the others do not suffer. */
  read(): FoundSession[] {
    const { folder, readOnly } = this.#options;
    let names: string[];
    try {
      if (!readOnly) makeFolder(folder);
      names = readdirSync(folder);
    } catch (error) {
      if (!readOnly) this.#tellNotKept(error);
      return [];
    }
    // Of writes that a kill cut off.
    this.#remove(names.filter((name) => name.includes('.json.tmp-')));
    const faults: string[] = [];
    const found: FoundSession[] = [];
    for (const ref of refsOf(names)) {
      const session = this.#readOne(ref, faults);
      if (session) found.push({ ref, session });
    }
    if (faults.length > 0) this.#tellContent(faults);
    return found;
  }

  /** Replaces a user's file; on disk when it returns. Returns whether it is; if not, that is told. */
  write(ref: string, session: StoredSession): boolean {
    const { folder, openStore, problems, readOnly } = this.#options;
    if (readOnly) return true;
    try {
      makeFolder(folder);
      openStore({ folder, name: ref }).write({ format: storedSessionRules(ref).format, data: session });
    } catch (error) {
      this.#tellNotKept(error);
      return false;
    }
    problems.remove('sessions:keeping');
    return true;
  }

  /** Removes a user's file, if there is one. */
  remove(ref: string): void {
    this.#remove([`${ref}.json`]);
  }

  /** Removes all there is of a user, also what was set aside. */
  forget(ref: string): void {
    this.#remove(this.#names().filter((name) => name.startsWith(`${ref}.`)));
  }

  /** `forget` for everyone, also for those who are not known now. */
  forgetAll(): void {
    this.#remove(this.#names().filter((name) => isUserRef(name.split('.', 1)[0] ?? '')));
  }

  /** The users who have a file. */
  refs(): string[] {
    return refsOf(this.#names());
  }

  pathOf(ref: string): string {
    return join(this.#options.folder, `${ref}.json`);
  }

  #names(): string[] {
    try {
      return readdirSync(this.#options.folder);
    } catch {
      return []; // no folder, no files
    }
  }

  #remove(names: readonly string[]): void {
    if (this.#options.readOnly) return;
    for (const name of names) {
      try {
        rmSync(join(this.#options.folder, name), { force: true });
      } catch (error) {
        this.#tellNotRemoved(name, error);
      }
    }
  }

  #readOne(ref: string, faults: string[]): StoredSession | null {
    const file = `${ref}.json`;
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(this.pathOf(ref));
    } catch {
      faults.push(`${file} cannot be read`);
      return null;
    }
    const judged = judgeContent(bytes, storedSessionRules(ref));
    switch (judged.kind) {
      case 'good':
        return judged.value;
      case 'partial':
        faults.push(
          `parts of ${file} do not fit and were left out${this.#setAside('copy', file, 'corrupt')}`,
        );
        return judged.value;
      case 'bad':
        faults.push(`${file} ${judged.reason}${this.#setAside('move', file, judged.mark)}`);
        return null;
    }
  }

  /** Returns the end of the sentence. */
  #setAside(how: 'move' | 'copy', file: string, mark: 'corrupt' | 'newer'): string {
    const { clock, folder, readOnly } = this.#options;
    if (readOnly) return '';
    try {
      return ` (kept as ${setAside(how, folder, file, mark, clock.wall())})`;
    } catch (error) {
      return ` (and cannot be set aside: ${diskFault(error)})`;
    }
  }

  #tellContent(faults: readonly string[]): void {
    const more = faults.length > named ? `, and ${faults.length - named} more` : '';
    this.#options.problems.report({
      id: 'sessions:content',
      area: 'sessions',
      title:
        faults.length === 1
          ? 'A kept session could not be used'
          : `${faults.length} kept sessions could not be used`,
      text: `These are asked for again: ${faults.slice(0, named).join('; ')}${more}. The folder is ${this.#shownFolder}.`,
    });
  }

  #tellNotRemoved(name: string, error: unknown): void {
    this.#options.problems.report({
      id: 'sessions:removing',
      area: 'sessions',
      title: 'A cleared session is still on disk',
      text: `${name} cannot be removed: ${diskFault(error)}. The folder is ${this.#shownFolder}.`,
    });
  }

  #tellNotKept(error: unknown): void {
    this.#options.problems.report({
      id: 'sessions:keeping',
      area: 'sessions',
      title: 'Sessions are not kept',
      text: `They count until Cachedeck ends: ${diskFault(error)}. The folder is ${this.#shownFolder}.`,
    });
  }

  get #shownFolder(): string {
    return this.#options.folder.slice(-400);
  }
}

function refsOf(names: readonly string[]): string[] {
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter(isUserRef);
}
