import { readdirSync, readFileSync } from 'node:fs';

/** One recorded exchange with a real orchestrator. */
export interface RecordedReply {
  readonly folder: RecordedFolder;
  /** "provision_422". */
  readonly name: string;
  /** "POST /provision/acestream". */
  readonly request: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export const recordedFolders = [
  'seed-era-no-vpn',
  'seed-era-redundant-vpn',
  'v1.5.0-no-vpn',
  'v1.5.0-redundant-vpn',
  'v1.5.0-single-vpn',
] as const;
export type RecordedFolder = (typeof recordedFolders)[number];

interface IndexLine {
  readonly name: string;
  readonly request: string;
  readonly status: number;
  readonly content_type: string;
  readonly file: string;
}

/** What was asked for the files that a folder's index does not list, by the beginning of their names. */
const scenarioRequests: readonly (readonly [string, string])[] = [
  ['engines_', 'GET /engines'],
  ['events_', 'GET /events'],
  ['health_status_', 'GET /health/status'],
  ['orchestrator_status_', 'GET /orchestrator/status'],
  ['provision_', 'POST /provision/acestream'],
  ['vpn_status_', 'GET /vpn/status'],
];

const root = new URL('recordings/orchestrator/', import.meta.url);

/** Every reply of a folder, in the order of its index, then those taken in a scenario. */
export function recordedReplies(folder: RecordedFolder): RecordedReply[] {
  const read = (file: string): string => readFileSync(new URL(`${folder}/${file}`, root), 'utf8');
  const lines = JSON.parse(read('index.json')) as readonly IndexLine[];
  const listed = lines.map(({ name, request, status, content_type, file }) => ({
    folder,
    name,
    request,
    status,
    contentType: content_type,
    body: read(file),
  }));
  const known = new Set(lines.map(({ file }) => file));
  const further = readdirSync(new URL(`${folder}/`, root)).toSorted();
  return [...listed, ...further.flatMap((file) => scenarioReply(folder, file, known, read))];
}

function scenarioReply(
  folder: RecordedFolder,
  file: string,
  known: ReadonlySet<string>,
  read: (file: string) => string,
): RecordedReply[] {
  // The sequence is a log of several replies.
  if (known.has(file) || file === 'index.json' || file === 'vpn_status_flap_sequence.json') return [];
  const request = scenarioRequests.find(([prefix]) => file.startsWith(prefix))?.[1];
  if (request === undefined) throw new Error(`${folder}/${file}: what was asked is not known`);
  const body = read(file);
  const value = JSON.parse(body) as unknown;
  const wrapped = typeof value === 'object' && value !== null && 'status' in value && 'body' in value;
  return [
    {
      folder,
      name: file.replace(/\.\w+$/, ''),
      request,
      status: wrapped ? Number(value.status) : 200,
      contentType: 'application/json',
      body: wrapped ? JSON.stringify(value.body) : body,
    },
  ];
}

/** One reply by its name. */
export function recordedReply(folder: RecordedFolder, name: string): RecordedReply {
  const found = recordedReplies(folder).find((one) => one.name === name);
  if (!found) throw new Error(`${folder} has no ${name}`);
  return found;
}
