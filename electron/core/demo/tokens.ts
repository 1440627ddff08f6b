const hour = 3_600_000;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

interface Issued {
  readonly subject: string;
  readonly kind: TokenKind;
  readonly serial: number;
  /** UTC ms; null: the time runs from the first use. */
  expiresAt: number | null;
  readonly lifeMs: number;
}

export type TokenKind = 'access' | 'refresh';

interface IssueOptions {
  readonly kind?: TokenKind;
  readonly lifeMs: number;
  /** Part of the token's readable middle. */
  readonly claims?: Readonly<Record<string, string>>;
  /** Its time starts when it is first shown, so that it can be kept ready. It then does not tell its own end. */
  readonly fromFirstUse?: boolean;
}

/** What a token is worth. */
type Judged =
  | { readonly state: 'good'; readonly subject: string; readonly kind: TokenKind }
  | { readonly state: 'unknown' | 'expired' };

/** Text nobody can guess who has not seen `random`'s numbers. */
export function randomText(random: () => number, length: number): string {
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)] ?? 'A').join('');
}

/** Hands out tokens that look like JSON web tokens, and knows which it handed out. */
export class TokenDesk {
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #issued = new Map<string, Issued>();
  #serial = 0;
  /** Tokens up to this serial number are refused. */
  #refusedUpTo = 0;

  /** `now`: UTC ms. */
  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.#random = random;
  }

  issue(
    subject: string,
    { kind = 'access', lifeMs, claims = {}, fromFirstUse = false }: IssueOptions,
  ): string {
    const now = this.#now();
    this.#forgetOld(now);
    const expiresAt = fromFirstUse ? null : now + lifeMs;
    const payload = {
      sub: subject,
      ...claims,
      type: kind,
      iat: Math.floor(now / 1000),
      ...(expiresAt === null ? {} : { exp: Math.floor(expiresAt / 1000) }),
    };
    const readable = [{ alg: 'HS256', typ: 'JWT' }, payload].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const token = [...readable, randomText(this.#random, 43)].join('.');
    this.#serial += 1;
    this.#issued.set(token, { subject, kind, serial: this.#serial, expiresAt, lifeMs });
    return token;
  }

  judge(token: string): Judged {
    const issued = this.#issued.get(token);
    if (!issued) return { state: 'unknown' };
    issued.expiresAt ??= this.#now() + issued.lifeMs;
    if (issued.serial <= this.#refusedUpTo || this.#now() >= issued.expiresAt) return { state: 'expired' };
    return { state: 'good', subject: issued.subject, kind: issued.kind };
  }

  /** Every token handed out so far counts as expired; those to come do not. */
  expireIssued(): void {
    this.#refusedUpTo = this.#serial;
  }

  /** Takes `expireIssued` back. */
  acceptIssued(): void {
    this.#refusedUpTo = 0;
  }

  /** Those that are remembered. */
  get tokens(): readonly string[] {
    return [...this.#issued.keys()];
  }

  #forgetOld(now: number): void {
    for (const [token, { expiresAt }] of this.#issued) {
      if (expiresAt !== null && now - expiresAt > hour) this.#issued.delete(token);
    }
  }
}
