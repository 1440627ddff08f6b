import { pollChoices } from '../../shared/model/settings.ts';

/** The poll intervals as an operator picks them. */
export const pollSecondsChoices = pollChoices.map((value) => ({ value, label: `${value} s` }));
