import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** A switch in Electron's executable that a packed app sets once and for all. */
interface Decision {
  readonly on: boolean;
  readonly why: string;
}

export type FuseName = keyof typeof FuseV1Options;

/** All fuses of the pinned Electron, for a release. A name too few or too many is a type error. */
export const fuseDecisions: Readonly<Record<FuseName, Decision>> = {
  RunAsNode: { on: false, why: 'ELECTRON_RUN_AS_NODE would turn the app into a Node that runs any script' },
  EnableCookieEncryption: { on: true, why: 'costs nothing, and cannot be switched on later without loss' },
  EnableNodeOptionsEnvironmentVariable: { on: false, why: 'NODE_OPTIONS could load foreign code' },
  EnableNodeCliInspectArguments: {
    on: false,
    why: '--inspect would let any program of the account debug the main process; Playwright needs it, so its tests run on the unfused runtime',
  },
  EnableEmbeddedAsarIntegrityValidation: {
    on: true,
    why: 'a changed archive does not start (macOS, Windows; without effect on Linux)',
  },
  OnlyLoadAppFromAsar: { on: true, why: 'without it a folder beside the archive walks around its check' },
  LoadBrowserProcessSpecificV8Snapshot: { on: false, why: 'there is no snapshot of our own to load' },
  GrantFileProtocolExtraPrivileges: { on: false, why: 'the page comes from app://, never from file://' },
  WasmTrapHandlers: {
    on: true,
    why: 'the safe default: bounds of WebAssembly memory are checked by the processor, not by slower code',
  },
};

/** `missing`: the executable has no such fuse. `removed`: it had, and Electron took it away. */
export type FuseReading = 'on' | 'off' | 'removed' | 'missing' | 'unreadable';

function reading(state: FuseState | undefined): FuseReading {
  switch (state) {
    case FuseState.ENABLE:
      return 'on';
    case FuseState.DISABLE:
      return 'off';
    case FuseState.REMOVED:
      return 'removed';
    case undefined:
      return 'missing';
    case FuseState.INHERIT: // for writing only
    default:
      return 'unreadable';
  }
}

/**
 * What the fuses of an executable are. Fuses that no decision names are listed by their number.
 * @param path the executable; on macOS the .app folder will do
 * @throws Error when the file has no fuses, or of another version
 */
export async function readFuses(path: string): Promise<ReadonlyMap<string, FuseReading>> {
  const wire = new Map(Object.entries(await getCurrentFuseWire(path)));
  const version = wire.get('version');
  if (version !== FuseVersion.V1) throw new Error(`Fuses of version ${String(version)} cannot be read.`);
  wire.delete('version');
  const read = new Map<string, FuseReading>();
  for (const name of Object.keys(fuseDecisions) as FuseName[]) {
    const number = String(FuseV1Options[name]);
    read.set(name, reading(wire.get(number) as FuseState | undefined));
    wire.delete(number);
  }
  for (const [number, state] of wire) read.set(`fuse ${number}`, reading(state as FuseState));
  return read;
}

/** A line for each fuse that is not as decided, or that nobody decided; none when all is well. */
export function undecided(read: ReadonlyMap<string, FuseReading>): readonly string[] {
  const decisions = new Map<string, Decision>(Object.entries(fuseDecisions));
  return [...read].flatMap(([name, state]) => {
    const decision = decisions.get(name);
    if (!decision) return [`${name} is ${state}, and nobody decided what it should be`];
    const wanted = decision.on ? 'on' : 'off';
    return state === wanted ? [] : [`${name} is ${state} and should be ${wanted}`];
  });
}

/**
 * Sets every fuse as decided and reads them back.
 * @param adHocSignature macOS on Apple silicon: sign anew without a certificate, since the change broke the signature
 * @throws Error when the executable has more or fewer fuses than are decided, heeds one no longer, or one does not
 * read back
 */
export async function setFuses(path: string, adHocSignature: boolean): Promise<void> {
  const removed = [...(await readFuses(path))]
    .filter(([, state]) => state === 'removed')
    .map(([name]) => name);
  if (removed.length > 0)
    throw new Error(`This Electron no longer heeds ${removed.join(', ')}: decide anew.`);
  const states = Object.entries(fuseDecisions).map(([name, { on }]) => [FuseV1Options[name as FuseName], on]);
  await flipFuses(path, {
    ...(Object.fromEntries(states) as Record<FuseV1Options, boolean>),
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: adHocSignature,
  });
  const wrong = undecided(await readFuses(path));
  if (wrong.length > 0) throw new Error(`Fuses are not as decided: ${wrong.join('; ')}.`);
}
