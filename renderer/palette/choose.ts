import { groupTitles } from './command.ts';
import type { Command, CommandGroup, GroupName } from './command.ts';
import { ofPart, scoreOf } from './match.ts';

/** Commands of one group that are listed: more are found by more letters. */
const mostListed = 12;
/** Shown without a letter typed; names come when they are looked for. */
const standing: readonly GroupName[] = ['pages', 'actions'];

function groupOf(name: GroupName, items: readonly Command[]): CommandGroup {
  return { name, title: groupTitles[name], items };
}

const groupNames = Object.keys(groupTitles) as readonly GroupName[];

/**
 * What fits, in groups: without a letter, what was used last and then everything that can be done; with letters, the
 * group with the best fit first.
 * @param recent ids, the last used first
 */
export function chosen(
  commands: readonly Command[],
  typed: string,
  recent: readonly string[],
): readonly CommandGroup[] {
  if (typed.trim() === '') {
    const used = recent.flatMap((id) => commands.find((command) => command.id === id) ?? []);
    const rest = commands.filter((command) => !used.includes(command));
    return [
      groupOf('recent', used),
      ...standing.map((name) =>
        groupOf(
          name,
          rest.filter(({ group }) => group === name),
        ),
      ),
    ].filter(({ items }) => items.length > 0);
  }
  const found = commands.flatMap((command) => {
    const score = bestOf(command, typed);
    // Of equals, what was used before, and the shorter name, which has less beside what was typed.
    const ahead = recent.includes(command.id) ? 1 : 0;
    return score === null ? [] : [{ command, score: score + ahead - command.title.length / 1000 }];
  });
  return groupNames
    .map((name) => {
      const fitting = found
        .filter(({ command }) => command.group === name)
        .toSorted((a, b) => b.score - a.score)
        .slice(0, mostListed);
      return {
        best: fitting[0]?.score ?? 0,
        ...groupOf(
          name,
          fitting.map(({ command }) => command),
        ),
      };
    })
    .filter(({ items }) => items.length > 0)
    .toSorted((a, b) => b.best - a.best)
    .map(({ name, title, items }) => ({ name, title, items }));
}

/** By the title, or less so by the title with the other words it goes by; of those, whole parts and no stray letters. */
function bestOf({ title, also = '', note = '' }: Command, typed: string): number | null {
  const byTitle = scoreOf(typed, title);
  if (byTitle !== null) return byTitle;
  const byAll = scoreOf(typed, `${title} ${also} ${note}`);
  return byAll === null || byAll < ofPart ? null : byAll * 0.8;
}
