import type { OrchestratorStatus } from '../../../shared/contract/orchestrator.ts';
import type { Clock } from '../clock.ts';
import type { EventDraft } from './event-log.ts';
import { FlapGuard, settledText, unstableText } from './flap-guard.ts';

type Word = Exclude<OrchestratorStatus['status'], 'unknown'>;

const severities: Readonly<Record<Word, EventDraft['severity']>> = {
  healthy: 'info',
  degraded: 'attention',
  unavailable: 'bad',
};

/** Turns what an orchestrator says about itself into events: healthy, degraded, unavailable. */
export class ServerWatch {
  readonly #record: (event: EventDraft) => void;
  readonly #guard: FlapGuard;
  #told: Word | null = null;

  constructor(clock: Clock, record: (event: EventDraft) => void) {
    this.#record = record;
    this.#guard = new FlapGuard(clock);
  }

  /** @param status what it says now; null: not known now, which is no news */
  tick(status: OrchestratorStatus | null, watchedFor: number): void {
    const before = this.#told;
    if (status && status.status !== 'unknown' && status.status !== before) {
      this.#told = status.status;
      if (before !== null) this.#change(before, status.status, status);
    }
    const changes = this.#guard.settled(watchedFor);
    if (changes !== null && this.#told !== null) {
      const now = this.#told;
      this.#tell(severities[now], settledText('Orchestrator’s health', capital(now), changes));
    }
  }

  #change(before: Word, now: Word, status: OrchestratorStatus): void {
    const blocked = status.provisioning.blocked;
    switch (this.#guard.change()) {
      case 'quiet':
        return;
      case 'unstable':
        return this.#tell('attention', unstableText('Orchestrator’s health'));
      case 'tell':
        return this.#tell(severities[now], {
          title: now === 'healthy' ? 'Orchestrator is healthy again' : `Orchestrator says it is ${now}`,
          detail: `Was ${before}.${now !== 'healthy' && blocked ? ` ${blocked.message}` : ''}`,
        });
    }
  }

  #tell(severity: EventDraft['severity'], text: Pick<EventDraft, 'title' | 'detail'>): void {
    this.#record({ kind: 'state', severity, subject: 'orchestrator:status', ...text });
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
