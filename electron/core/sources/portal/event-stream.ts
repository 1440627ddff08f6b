/** One event of a stream, as its sender wrote it. */
export interface StreamEvent {
  /** `message` where the sender names none. */
  readonly event: string;
  /** Of this very event: unlike a browser we do not carry the last one over, because here it says whose data it is. */
  readonly id: string | null;
  /** Lines joined by line feeds. */
  readonly data: string;
}

/**
 * Reads server-sent events from text in pieces that may break anywhere (HTML standard, 9.2.6): LF, CRLF or CR end a
 * line, lines that begin with a colon are comments, an event without data is none. What an abrupt end leaves unfinished
 * is dropped, as the standard says: half an event is no event.
 */
export async function* readEvents(pieces: AsyncIterable<string>): AsyncGenerator<StreamEvent, void> {
  let event = '';
  let id: string | null = null;
  let data: string[] = [];
  for await (const line of readLines(pieces)) {
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', id, data: data.join('\n') };
      event = '';
      id = null;
      data = [];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'id') id = value;
    else if (field === 'data') data.push(value);
  }
}

/** Lines that have ended. A byte order mark before the first is dropped. */
async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  let open: string[] = [];
  let endedInReturn = false;
  let first = true;
  for await (const arrived of pieces) {
    if (arrived === '') continue;
    let piece = arrived;
    if (first) piece = piece.replace(/^\uFEFF/, '');
    first = false;
    if (endedInReturn && piece.startsWith('\n')) piece = piece.slice(1);
    endedInReturn = piece === '' ? false : piece.endsWith('\r');
    const lines = piece.split(/\r\n|\r|\n/);
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      yield open.join('') + line;
      open = [];
    }
    if (rest !== '') open.push(rest);
  }
}
