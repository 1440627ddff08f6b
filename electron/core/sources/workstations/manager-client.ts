import { workstationRoles } from '../../../../shared/contract/workstations.ts';
import type { WorkstationRole } from '../../../../shared/contract/workstations.ts';
import type { FailureCode } from '../../../../shared/model/reading.ts';
import { statusError } from '../http-failure.ts';
import type { Asked } from '../http-failure.ts';
import { createJsonClient } from '../http-json.ts';
import type { JsonClient } from '../http-json.ts';
import { SourceError } from '../source-error.ts';

export const manager = 'The workstation manager';

/** The manager read the request and said no. */
export class ManagerRefusal extends SourceError {
  readonly status: number;
  /** Its own words; null: none that can be shown. */
  readonly said: string | null;
  /** The least role it wants for this; null: it did not say that a role is missing. */
  readonly needs: WorkstationRole | null;

  constructor(
    code: FailureCode,
    message: string,
    facts: { readonly status: number; readonly said: string | null; readonly needs?: WorkstationRole },
  ) {
    super(code, message);
    this.status = facts.status;
    this.said = facts.said;
    this.needs = facts.needs ?? null;
  }
}

interface ManagerClientOptions {
  readonly url: URL;
  /** null: a request that needs none. */
  readonly accessToken: string | null;
  /** Whatever else must not appear in a message. */
  readonly secrets: readonly string[];
}

/** A client of one workstation manager, for one access token. */
export function createManagerClient({ url, accessToken, secrets }: ManagerClientOptions): JsonClient {
  return createJsonClient({
    who: manager,
    baseUrl: url,
    headers: accessToken === null ? {} : { authorization: `Bearer ${accessToken}` },
    secrets: accessToken === null ? secrets : [...secrets, accessToken],
    credential: 'user name and password',
    refusal: refusalOf,
  });
}

/** "'password'": what is left of the server's error about a field that is not there. */
const missingField = /^'(\w{1,60})'$/;
const requiredRole = /Required role: (?:UserRole\.)?(\w+)/i;

function refusalOf(status: number, said: string | null, asked: Asked): ManagerRefusal | null {
  const facts = { status, said };
  const usual = (): ManagerRefusal => {
    const { code, message } = statusError(status, said, asked);
    return new ManagerRefusal(code, message, facts);
  };
  switch (status) {
    case 400: {
      const field = missingField.exec(said ?? '')?.[1];
      if (field === undefined) return usual();
      const message = `The field ${field} is missing for the workstation manager (${asked.what}, 400).`;
      return new ManagerRefusal('bad-reply', message, facts);
    }
    case 403: {
      const needs = roleIn(requiredRole.exec(said ?? '')?.[1]);
      if (needs === null) return usual();
      const message = `This needs the role ${needs} on the workstation manager (${asked.what}, 403).`;
      return new ManagerRefusal('forbidden', message, { ...facts, needs });
    }
    case 404:
      // "Not Found" is a server without this path; other words are about the thing that was asked for.
      if (said === null || said === 'Not Found') return null;
      return new ManagerRefusal(
        'not-found',
        `${manager} did not find it (${asked.what}, 404: ${said}).`,
        facts,
      );
    case 409:
    case 422:
      return usual();
    default:
      return null;
  }
}

/** A role as the server writes it; null: one we do not know. */
export function roleIn(text: string | undefined): WorkstationRole | null {
  return workstationRoles.find((role) => role === text?.toLowerCase()) ?? null;
}
