/** Where one document is written: conf or electron-store, given by the host. */
export interface StoreFile {
  /** Replaces the whole file at once; on disk when it returns. @throws whatever the file system says. */
  write(content: Readonly<Record<string, unknown>>): void;
}

/** Opens `<folder>/<name>.json`, which need not exist. The folder does. */
export type OpenStore = (options: { readonly folder: string; readonly name: string }) => StoreFile;

/**
 * What both packages are told. They only write here: the document has read and judged the file itself, so whatever is in
 * it, they see an empty one and have nothing to refuse or to repair.
 */
export const storeOptions = {
  accessPropertiesByDotNotation: false,
  clearInvalidConfig: false,
  configFileMode: 0o600,
  deserialize: (): Record<string, unknown> => ({}),
} as const;

/** The port on an open store of either package. */
export function storeFile(opened: { store: Record<string, unknown> }): StoreFile {
  return {
    write(content) {
      opened.store = { ...content };
    },
  };
}

/** Something counts for this run but is not kept. Its message is a plain sentence for the operator, without paths. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
