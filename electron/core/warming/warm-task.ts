/** How one thing came out. */
export interface WarmEnd {
  readonly state: 'ok' | 'failed' | 'not-reported' | 'given-up';
  /** Why, in the operator's words; null where there is nothing to say. */
  readonly message: string | null;
}

/** One thing to load before anybody asks for it. */
export interface WarmTask {
  /** A key of the cache, or a user's session by their masked address. */
  readonly key: string;
  /** What it is asked of: of each lane one thing is asked at a time. */
  readonly lane: 'orchestrator' | 'further';
  /** `loading`: somebody else's load runs, which is only waited for. */
  readonly now: () => 'fresh' | 'loading' | 'cold';
  /** Loads it, or joins its load. Begins nothing more once `signal` fired. Never rejects. */
  readonly load: (signal: AbortSignal) => Promise<WarmEnd>;
}
