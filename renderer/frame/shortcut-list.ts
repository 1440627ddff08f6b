import { routeNames, routes } from './routes.ts';

interface ShortcutGroup {
  readonly title: string;
  /** The key as operators read it, and what it does. */
  readonly keys: readonly (readonly [string, string])[];
}

/** Every key there is, as the help sheet lists them. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  { title: 'Pages', keys: routeNames.map((route) => [routes[route].key, routes[route].title] as const) },
  {
    title: 'What can be done',
    keys: [
      ['R', 'Force refresh: what the page shows'],
      ['Shift R', 'Force refresh: everything with a subscriber'],
      ['P', 'Pause or resume polling'],
      ['C', 'Clear the app cache (asks first)'],
      ['E', 'Export the table or chart with the focus, or the first of the page'],
    ],
  },
  {
    title: 'Finding',
    keys: [
      ['Ctrl or Cmd K', 'Every page, action and name'],
      ['/', 'Search, where a page can be searched'],
      ['?', 'This list'],
      ['Esc', 'Close what is open'],
    ],
  },
  {
    title: 'In tables',
    keys: [
      ['J, K', 'Next and previous row'],
      ['Home, End', 'First and last row'],
      ['Space', 'Select'],
      ['Enter', 'Open'],
      ['Del', 'Delete, which can be undone for 30 s'],
    ],
  },
];
