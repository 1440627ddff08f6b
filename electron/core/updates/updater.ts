/** What can bring this copy of the app up to date. The host makes it; one thing is asked of it at a time. */
export interface Updater {
  /**
   * Looks whether there is a newer version, and downloads nothing.
   * @returns its version; null: none is newer
   * @throws Error with a sentence for the operator
   */
  check(): Promise<string | null>;
  /**
   * Downloads the version found last and checks it. From then on it is put in place when the app quits.
   * @param onPercent 0–100; called as it goes on
   * @param signal aborted: the download is given up
   * @throws Error with a sentence for the operator
   */
  download(onPercent: (percent: number) => void, signal: AbortSignal): Promise<void>;
  /** Quits, puts what was downloaded in place and starts it. Where that fails, the reason is in the log alone. */
  install(): void;
}

/** How this copy is updated: by itself, or by whom the sentence names. */
export type UpdateWay = { readonly updater: Updater } | { readonly updater: null; readonly why: string };
