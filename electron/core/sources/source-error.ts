import type { FailureCode } from '../../../shared/model/reading.ts';

/** A backend could not be read. `message` is one plain sentence without secrets. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: FailureCode;
  /** false: the backend lacks this endpoint (404, 405, a stub): not a failure but "not reported". */
  readonly supported: boolean;
  /** A proxy answered that nothing behind it does (502, 503, 504). */
  readonly byProxy: boolean;
  /** false: the backend cannot have acted on the request, because it never got there. */
  readonly arrived: boolean;

  constructor(
    code: FailureCode,
    message: string,
    options: { supported?: boolean; byProxy?: boolean; arrived?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.supported = options.supported ?? true;
    this.byProxy = options.byProxy ?? false;
    this.arrived = options.arrived ?? true;
  }
}
