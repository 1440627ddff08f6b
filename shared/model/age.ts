const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** An age or span in ms as operators read it: `just now`, `42 s`, `1 min 40 s`, `12 min`, `3 h 04 min`, `2 d 3 h`. */
export function ageText(ms: number): string {
  if (ms < 2 * second) return 'just now';
  return spanText(ms);
}

/** A duration in ms in the same words, without `just now`. */
export function spanText(ms: number): string {
  if (ms < 100 * second) return `${Math.floor(ms / second)} s`;
  if (ms < 10 * minute) return `${Math.floor(ms / minute)} min ${Math.floor((ms % minute) / second)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < day) {
    return `${Math.floor(ms / hour)} h ${String(Math.floor((ms % hour) / minute)).padStart(2, '0')} min`;
  }
  return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`;
}
