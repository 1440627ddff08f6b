import { demoFaults } from '../../shared/contract/app.ts';
import type { DemoFault } from '../../shared/contract/app.ts';
import { demoSize } from './demo/demo-size.ts';
import { startDemo } from './demo/demo-server.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { ManagerTarget } from './workstations/manager-session.ts';
import { createOrchestratorSource } from './sources/orchestrator/create-orchestrator-source.ts';
import type { OrchestratorSource } from './sources/orchestrator/orchestrator-source.ts';
import type { PortalAccount } from './sources/portal/sign-in.ts';
import type { SourceError } from './sources/source-error.ts';

/** A profile's portal. */
export interface PortalTarget {
  readonly url: string;
  readonly uatPaths: boolean;
  /** The service login; null: users paste their own tokens. */
  readonly account: PortalAccount | null;
  /** Users who are signed in from the start. */
  readonly tokens: readonly { readonly email: string; readonly token: string }[];
}

/** The backends of a profile beside its orchestrator; null: it has none. */
export interface FurtherTargets {
  readonly portal: PortalTarget | null;
  readonly workstations: ManagerTarget | null;
}

/** What to connect. `none`: a profile without an orchestrator, or one that cannot be connected. */
export type BackendTarget =
  | { readonly kind: 'demo' }
  | ({ readonly kind: 'orchestrator'; readonly url: string; readonly apiKey: string | null } & FurtherTargets)
  | ({ readonly kind: 'none'; readonly why: SourceError } & FurtherTargets);

/** What a profile's values come from, and what a page is told of it. */
export interface Backend extends FurtherTargets {
  /** Without credentials; null: nothing is connected. */
  readonly url: string | null;
  readonly source: OrchestratorSource;
  /** null: a real backend, which cannot be told to misbehave. */
  readonly demo: { readonly fault: DemoFault; setFault(fault: DemoFault): Promise<void> } | null;
  close(): Promise<void>;
}

/** Connects a backend; the product's own is `connectBackend`, tests pass theirs. */
export type Connect = (target: BackendTarget, surroundings: Surroundings) => Promise<Backend>;

interface Surroundings {
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called with every secret that is made here, before it is used. */
  readonly onSecret: (secret: string) => void;
}

/**
 * Connects a backend, starting the embedded one for the demo. Nothing is asked yet.
 * @throws SourceError for an address or key that cannot be used.
 */
export const connectBackend: Connect = async (target, { clock, random, log, environment, onSecret }) => {
  const close = (): Promise<void> => Promise.resolve();
  switch (target.kind) {
    case 'none': {
      const { portal, workstations } = target;
      return { url: null, source: absentSource(target.why), demo: null, portal, workstations, close };
    }
    case 'orchestrator': {
      // First, because it says in plain words what is wrong with an address, and refuses one with credentials.
      const source = createOrchestratorSource({ url: target.url, apiKey: target.apiKey, log });
      const { portal, workstations } = target;
      return { url: new URL(target.url.trim()).href, source, demo: null, portal, workstations, close };
    }
    case 'demo': {
      const demo = await startDemo({ clock, random, size: demoSize(environment, log) });
      for (const secret of demo.secrets) onSecret(secret);
      const { customer } = demo.portal.accounts;
      const { admin } = demo.workstations;
      await demo.setFault(faultFrom(environment['CACHEDECK_DEMO_FAULT'], log));
      return {
        url: demo.url,
        source: createOrchestratorSource({ url: demo.url, apiKey: demo.apiKey, log }),
        demo,
        portal: {
          url: demo.url,
          uatPaths: false,
          account: customer,
          tokens: [demo.portal.tokens.lasting, demo.portal.tokens.expiring],
        },
        workstations: { url: demo.url, ...admin },
        close: () => demo.close(),
      };
    }
  }
};

/** A source where there is none: every read fails for the one reason. */
function absentSource(why: SourceError): OrchestratorSource {
  const refuse = (): Promise<never> => Promise.reject(why);
  return {
    engineTotals: refuse,
    engineList: refuse,
    orchestratorStatus: refuse,
    vpnStatus: refuse,
    healthStatus: refuse,
    serverCache: refuse,
    clearServerCache: refuse,
    streamList: refuse,
    streamSamples: refuse,
    serverEvents: refuse,
    engineLog: refuse,
    changes: { provision: refuse, removeEngine: refuse, resetBreaker: refuse, stopStreams: refuse },
  };
}

/** The demo may start broken, for a rehearsal without a hand on the menu. */
function faultFrom(text: string | undefined, log: Log): DemoFault {
  const fault = demoFaults.find((one) => one === text);
  if (text && !fault)
    log.warn(`CACHEDECK_DEMO_FAULT is not one of ${demoFaults.join(', ')}; nothing is simulated.`);
  return fault ?? 'none';
}
