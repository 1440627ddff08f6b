/** Letters as they are compared: small, without accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || !/[\p{L}\p{N}]/u.test(text[index - 1] ?? ' ');
}

/** How well a text fits one word of what was typed, 0 to 100; null: not at all. */
function scoreOfWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return text === word ? 100 : 90;
  if (at > 0) {
    for (let found = at; found !== -1; found = text.indexOf(word, found + 1))
      if (isWordStart(text, found)) return 75;
    return 50;
  }
  return scoreOfLetters(word, text);
}

/** The letters in their order, the first at the beginning of a word: "frc" fits "force refresh cache". */
function scoreOfLetters(word: string, text: string): number | null {
  let at = -1;
  let jumps = 0;
  for (const [index, letter] of [...word].entries()) {
    let next = text.indexOf(letter, at + 1);
    while (index === 0 && next !== -1 && !isWordStart(text, next)) next = text.indexOf(letter, next + 1);
    if (next === -1) return null;
    if (next !== at + 1 && !isWordStart(text, next)) jumps += 1;
    at = next;
  }
  return Math.max(1, 40 - 10 * jumps);
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
