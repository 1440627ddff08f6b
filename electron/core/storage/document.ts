import { accessSync, constants, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { ProblemArea } from '../../../shared/model/settings.ts';
import type { Clock } from '../clock.ts';
import { diskFault } from './disk-fault.ts';
import { judgeContent } from './judge-content.ts';
import type { ContentRules } from './judge-content.ts';
import { makeFolder } from './make-folder.ts';
import type { Problems } from './problems.ts';
import { setAside } from './set-aside.ts';
import { StoreError } from './store-file.ts';
import type { OpenStore, StoreFile } from './store-file.ts';

export interface DocumentOptions<S extends z.ZodObject> extends ContentRules<S> {
  /** Where `<name>.json` lives; made with mode 0700. null: in memory only, which is no problem to anyone. */
  readonly folder: string | null;
  readonly name: string;
  readonly area: ProblemArea;
  readonly clock: Clock;
  readonly problems: Problems;
  readonly openStore: OpenStore;
  /** Another process holds the folder: values are read, nothing is touched, and whoever asked for this has told it. */
  readonly readOnly?: boolean;
}

/** One JSON document of a checked type. */
export interface StoredDocument<T> {
  /** The copy in memory; not to be changed in place. */
  readonly value: T;
  /** Whether changes are written at all. */
  readonly persistent: boolean;
  /**
   * Replaces the value; on disk when it returns.
   * @throws StoreError when it cannot be written: it counts until the app ends, and the message says why no longer.
   */
  set(next: T): void;
}

/**
 * Opens a document, whatever its file looks like. A file that cannot be used is never wiped but set aside and told, and
 * defaults are used; of a file that fits in part a copy is kept. Temporary files of a killed write are swept.
 */
export function openDocument<S extends z.ZodObject>(options: DocumentOptions<S>): StoredDocument<z.infer<S>> {
  if (options.migrations.length !== options.format - 1) {
    throw new Error(`${options.name}: format ${options.format} needs ${options.format - 1} migrations`);
  }
  const { folder } = options;
  if (folder === null) return inMemory(options.schema, options.defaults);
  return new DocumentFile(folder, options);
}

function inMemory<S extends z.ZodObject>(schema: S, defaults: z.infer<S>): StoredDocument<z.infer<S>> {
  let value = defaults;
  return {
    get value() {
      return value;
    },
    persistent: false,
    set: (next) => void (value = schema.parse(next)),
  };
}

class DocumentFile<S extends z.ZodObject> implements StoredDocument<z.infer<S>> {
  readonly #options: DocumentOptions<S>;
  readonly #folder: string;
  readonly #file: string;
  #value: z.infer<S>;
  #store: StoreFile | null = null;
  /** Why nothing is written; null: it is. */
  #hindrance: string | null;

  constructor(folder: string, options: DocumentOptions<S>) {
    this.#options = options;
    this.#folder = folder;
    this.#file = `${options.name}.json`;
    this.#value = options.defaults;
    this.#hindrance = options.readOnly ? 'another Cachedeck is using the same folder' : null;
    if (this.#hindrance === null) this.#attempt(() => this.#prepareFolder());
    const changed = this.#load();
    if (this.#hindrance === null) {
      this.#attempt(() => {
        this.#store = options.openStore({ folder, name: options.name });
        if (changed) this.#write();
      });
    }
  }

  get value(): z.infer<S> {
    return this.#value;
  }

  get persistent(): boolean {
    return this.#hindrance === null;
  }

  set(next: z.infer<S>): void {
    this.#value = this.#options.schema.parse(next);
    if (this.#hindrance !== null) throw notKept(this.#hindrance);
    try {
      this.#write();
    } catch (error) {
      const why = diskFault(error);
      this.#tellNotKept(why);
      throw notKept(why);
    }
    this.#options.problems.remove(this.#problemId('keeping'));
  }

  #write(): void {
    makeFolder(this.#folder);
    this.#store?.write({ format: this.#options.format, data: this.#value });
  }

  #prepareFolder(): void {
    makeFolder(this.#folder);
    accessSync(this.#folder, constants.W_OK);
    for (const name of readdirSync(this.#folder)) {
      if (name.startsWith(`${this.#file}.tmp-`)) rmSync(join(this.#folder, name), { force: true });
    }
  }

  /** Takes from the file what can be used. Returns whether the file should be written anew. */
  #load(): boolean {
    const path = join(this.#folder, this.#file);
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
      // The mode counts even where it would not stop this account: whoever took the write bits away meant it.
      if ((statSync(path).mode & 0o222) === 0 && this.#hindrance === null) {
        this.#stopKeeping(`${this.#file} is read-only`);
      }
    } catch (error) {
      if (!isMissing(error)) this.#stopKeeping(`${this.#file} cannot be read`);
      return false;
    }
    const judged = judgeContent(bytes, this.#options);
    switch (judged.kind) {
      case 'good':
        this.#value = judged.value;
        return judged.migrated;
      case 'partial': {
        this.#value = judged.value;
        const kept = this.#setAside('copy', 'corrupt');
        const fields = judged.misfits.join(', ');
        this.#tellContent(
          `Parts of ${this.#file} do not fit and were left out or replaced by defaults: ${fields}. ${kept}`,
        );
        return true;
      }
      case 'bad': {
        const kept = this.#setAside('move', judged.mark);
        this.#tellContent(`${this.#file} ${judged.reason}, so defaults are used. ${kept}`);
        return false;
      }
    }
  }

  /** Keeps the file as it is under another name, where that may be done. Returns a sentence for the operator. */
  #setAside(how: 'move' | 'copy', mark: 'corrupt' | 'newer'): string {
    if (this.#hindrance !== null) return `The file stays as it is in ${this.#folder}.`;
    try {
      const name = setAside(how, this.#folder, this.#file, mark, this.#options.clock.wall());
      return `The file as it was is kept as ${name} in ${this.#folder}.`;
    } catch (error) {
      this.#stopKeeping(`${this.#file} cannot be set aside: ${diskFault(error)}`);
      return `The file stays as it is in ${this.#folder}.`;
    }
  }

  /** Does what writing needs; if it fails, nothing is written in this run. */
  #attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#stopKeeping(diskFault(error));
    }
  }

  #stopKeeping(why: string): void {
    this.#hindrance ??= why;
    this.#tellNotKept(why);
  }

  #tellNotKept(why: string): void {
    const { area, problems } = this.#options;
    problems.report({
      id: this.#problemId('keeping'),
      area,
      title: `Changes of ${this.#options.name} are not kept`,
      text: limited(`They count until Cachedeck ends: ${why}. The folder is ${this.#folder}.`),
    });
  }

  #tellContent(text: string): void {
    const { area, name, problems } = this.#options;
    problems.report({
      id: this.#problemId('content'),
      area,
      title: `The file of ${name} could not be used as it was`,
      text: limited(text),
    });
  }

  #problemId(what: 'keeping' | 'content'): string {
    return `${this.#options.name}:${what}`;
  }
}

function notKept(why: string): StoreError {
  return new StoreError(`The change counts until Cachedeck ends but is not kept: ${why}.`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** What the contract lets a problem's text be; folders can be long. */
function limited(text: string): string {
  return text.length <= 1000 ? text : `${text.slice(0, 999)}…`;
}
