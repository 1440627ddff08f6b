/** What a notification shows of a title on any desktop. */
const usual = 45;
/** What the contract allows. */
const mostTitle = 120;
const mostBody = 500;

/** The first title that is usually shown whole, or the last. */
export function usualTitle(titles: readonly [string, ...string[]]): string {
  return titles.find((title) => title.length <= usual) ?? titles.at(-1) ?? titles[0];
}

export const fitTitle = (title: string): string => fit(title, mostTitle);
export const fitBody = (body: string): string => fit(body, mostBody);

/** At most `most` characters, cut between words where there are any. */
function fit(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
