import { SourceError } from './source-error.ts';

/** Who was asked for what, in the words of the sentence: no query, no header, no key. */
export interface Asked {
  /** "The orchestrator". */
  readonly who: string;
  /** "GET /vpn/status". */
  readonly what: string;
  /** Host and port as configured. */
  readonly host: string;
  /** What the server wants of its callers: "API key". */
  readonly credential: string;
}

const tlsCodes =
  /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED_CERT$|UNABLE_TO_|HOSTNAME_MISMATCH$)/;
const howToTrust =
  'To trust it, add it to the system’s certificates or name its PEM file in CACHEDECK_CA_FILE, then start Cachedeck again';

/** Of failures that came before the request was sent. */
const notArrived = { arrived: false } as const;

/** What is wrong with a certificate or the encryption, and what helps. Codes are those of OpenSSL and Node. */
function tlsSentence(code: string, host: string): string {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `The certificate of ${host} is self-signed. ${howToTrust} (${code}).`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `The certificate of ${host} was issued by an authority this machine does not know. ${howToTrust}; the authority’s own certificate does as well (${code}).`;
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${host} has expired, or this machine’s clock is wrong. It has to be renewed on the server (${code}).`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} is not valid yet: this machine’s clock or the server’s is wrong (${code}).`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return `The certificate of ${host} is made out to another name. Enter the name it was made for (${code}).`;
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `What answers at ${host} does not speak TLS. If it is plain HTTP, the address starts with http:// (${code}).`;
    default:
      return `The certificate or encryption of ${host} was not accepted (${code}).`;
  }
}

/** Says why the signal fired: our time limit, or nobody waits any more. */
export function stoppedError(signal: AbortSignal, { who, what }: Asked): SourceError {
  const reason: unknown = signal.reason;
  if (reason instanceof SourceError) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    return new SourceError('timeout', `${who} did not answer ${what} in time.`);
  }
  return new SourceError('cancelled', `${what} was cancelled.`);
}

/** Turns what `fetch` or a body stream threw into one plain sentence. */
export function networkError(error: unknown, asked: Asked): SourceError {
  const { who, what, host } = asked;
  const code = errorCode(error);
  if (tlsCodes.test(code)) {
    return new SourceError('tls', tlsSentence(code, host), notArrived);
  }
  if (code.startsWith('HPE_')) {
    return new SourceError('bad-reply', `What answers at ${host} does not speak HTTP.`);
  }
  switch (code) {
    case 'ECONNREFUSED':
      return new SourceError('unreachable', `Nothing listens at ${host} (connection refused).`, notArrived);
    case 'ENOTFOUND':
      return new SourceError('unreachable', `The name in ${host} is not known (DNS).`, notArrived);
    case 'EAI_AGAIN':
      return new SourceError(
        'unreachable',
        `The name in ${host} could not be looked up (DNS does not answer).`,
        notArrived,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new SourceError('unreachable', `There is no route to ${host}.`, notArrived);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return new SourceError('unreachable', `${who} closed the connection before it had answered ${what}.`);
    case 'UND_ERR_CONNECT_TIMEOUT':
      return new SourceError('timeout', `${who} did not answer ${what} in time.`, notArrived);
    case 'ETIMEDOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return new SourceError('timeout', `${who} did not answer ${what} in time.`);
    default:
      if (isRefusedPort(error)) {
        return new SourceError(
          'unreachable',
          `The port in ${host} is one that no HTTP client may ask; choose another.`,
          notArrived,
        );
      }
      return new SourceError('unreachable', `${host} could not be reached${code ? ` (${code})` : ''}.`);
  }
}

/** Turns a status other than 2xx into one plain sentence. `detail`: what the server said, already cleaned. */
export function statusError(
  status: number,
  detail: string | null,
  { who, what, credential }: Asked,
): SourceError {
  const said = detail === null ? '' : `: ${detail}`;
  const tail = `(${what}, ${status}${said}).`;
  if (status === 401) return new SourceError('unauthorized', `${who} asks for a valid ${credential} ${tail}`);
  if (status === 403)
    return new SourceError('forbidden', `${who} does not accept this ${credential} here ${tail}`);
  if (status === 404 || status === 405 || status === 410 || status === 501) {
    return new SourceError('not-found', `${who} does not offer ${what} (${status}).`, { supported: false });
  }
  if (status === 408) return new SourceError('timeout', `${who} gave up waiting ${tail}`);
  if (status === 429) return new SourceError('rate-limited', `${who} asks for fewer requests ${tail}`);
  if (status >= 500) {
    const byProxy = status >= 502 && status <= 504;
    return new SourceError('server-error', `${who} failed ${tail}`, { byProxy });
  }
  return new SourceError('bad-reply', `${who} refused the request ${tail}`);
}

/** `fetch` asks no port of other protocols, such as 25 or 6000: https://fetch.spec.whatwg.org/#port-blocking. */
function isRefusedPort(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port';
}

/** Looks through `cause` and, for several addresses of one name, through the errors of each. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  // The parser does not always set its code.
  if (error.name === 'HTTPParserError') return 'HPE_INVALID';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if (error instanceof AggregateError) {
    for (const one of error.errors) {
      const code = errorCode(one);
      if (code) return code;
    }
  }
  return errorCode(error.cause);
}
