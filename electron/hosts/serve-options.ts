import { parseArgs } from 'node:util';
import { roles } from '../../shared/rpc/define.ts';
import type { Role } from '../../shared/rpc/define.ts';

/** How `cachedeck serve` was asked to run. */
export interface ServeOptions {
  /** Address or name to listen on; loopback unless told otherwise. */
  readonly host: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** null: the environment decides. */
  readonly profile: string | null;
  /** Whether to open the default browser where there is a display. */
  readonly open: boolean;
  /** What whoever follows a link from the terminal may do. */
  readonly role: Role;
}

const usage =
  'Cachedeck takes --host <address>, --port <number>, --profile <name>, --role <role> and --no-open.';

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '0' },
        profile: { type: 'string' },
        role: { type: 'string', default: 'admin' },
        'no-open': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new Error(`${reason}. ${usage}`, { cause: error });
  }
}

/**
 * Reads the command line.
 * @throws Error with a sentence for the person who typed it.
 */
export function readServeOptions(args: readonly string[]): ServeOptions {
  const values = parse(args);
  // Node listens on every address where it is given an empty one, as by `--host "$UNSET"`.
  if (values.host.trim() === '') throw new Error('--host takes an address or a name, not nothing.');
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new Error(`--port takes a whole number from 0 to 65535, not "${values.port}".`);
  }
  const role = roles.find((one) => one === values.role);
  if (!role) throw new Error(`--role takes viewer, operator or admin, not "${values.role}".`);
  return {
    host: values.host,
    port: Number(values.port),
    profile: values.profile || null,
    open: !values['no-open'],
    role,
  };
}

/** Why the host cannot listen, as a sentence for the person who chose host and port. */
export function listenFailure(error: unknown, { host, port }: Pick<ServeOptions, 'host' | 'port'>): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program. Choose another with --port, or leave it out.`;
    case 'EACCES':
      return `This account may not listen on port ${port}. Choose one above 1023 with --port, or leave it out.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host}. Choose one of its own with --host, or leave it out.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no address for ${host}. Choose one of this machine's own with --host, or leave it out.`;
    default:
      return `Cachedeck cannot listen on ${host}: ${error instanceof Error ? error.message : 'no reason was given'}.`;
  }
}
