/** Letters as they are compared: small, without accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || !/[\p{L}\p{N}]/u.test(text[index - 1] ?? ' ');
}

/** The score of what was typed within a word of the text: lower ones are of letters apart from each other. */
export const ofPart = 50;

/** How well a text fits one word of what was typed, 0 to 100; null: not at all. */
function scoreOfWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return text === word ? 100 : 90;
  if (at > 0) {
    for (let found = at; found !== -1; found = text.indexOf(word, found + 1))
      if (isWordStart(text, found)) return 75;
    return ofPart;
  }
  return scoreOfLetters(word, text);
}

/** The letters in their order, the first at the beginning of a word: "frc" fits "force refresh cache". */
function scoreOfLetters(word: string, text: string): number | null {
  let at = wordStartOf(word.charAt(0), text);
  if (at === -1) return null;
  let jumps = 0;
  for (let index = 1; index < word.length; index += 1) {
    const next = text.indexOf(word.charAt(index), at + 1);
    if (next === -1) return null;
    if (next !== at + 1 && !isWordStart(text, next)) jumps += 1;
    at = next;
  }
  return Math.max(1, 40 - 10 * jumps);
}

/** Where the first word with this letter begins; -1: nowhere. */
function wordStartOf(letter: string, text: string): number {
  let at = text.indexOf(letter);
  while (at !== -1 && !isWordStart(text, at)) at = text.indexOf(letter, at + 1);
  return at;
}

/**
 * How well a text fits what was typed: every word has to fit somewhere, in any order. Higher is better; null: it does
 * not. Nothing typed fits everything alike.
 */
export function scoreOf(typed: string, text: string): number | null {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const target = plain(text);
  let sum = 0;
  for (const word of words) {
    const score = scoreOfWord(word, target);
    if (score === null) return null;
    sum += score;
  }
  return words.length === 0 ? 0 : sum / words.length;
}
