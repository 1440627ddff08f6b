import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The numbers by which rows name their profile; each is looked up once. Methods throw what SQLite says. */
export class ProfileTable {
  readonly #known = new Map<string, number>();
  readonly #select: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT id FROM profile WHERE key = ?');
    this.#insert = database.prepare('INSERT INTO profile (key) VALUES (?)');
    this.#delete = database.prepare('DELETE FROM profile WHERE key = ?');
  }

  /** null: nothing was ever written of it. */
  find(key: string): number | null {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const row = this.#select.get(key);
    return row === undefined ? null : this.#keep(key, Number(row['id']));
  }

  /** Not to be called in a transaction: one that is undone leaves a number here that the next profile is given too. */
  findOrAdd(key: string): number {
    return this.find(key) ?? this.#keep(key, Number(this.#insert.run(key).lastInsertRowid));
  }

  /** Its number may be given to another one: nothing of it must be left. */
  remove(key: string): void {
    this.#known.delete(key);
    this.#delete.run(key);
  }

  #keep(key: string, id: number): number {
    this.#known.set(key, id);
    return id;
  }
}
