/** The page's tabs in their order. */
export const tabs = { active: 'Active', history: 'History', rules: 'Rules', silences: 'Silences' } as const;
export type TabName = keyof typeof tabs;
export const tabNames = Object.keys(tabs) as readonly TabName[];
