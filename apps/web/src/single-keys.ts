import { kept } from './kept.js';

const setting = 'wikibot:single-keys';

/** Whether single keys lead somewhere; they can be turned off, for whoever speaks to the computer or mistypes easily. */
export const singleKeys = {
  areOn: (): boolean => kept.read(setting) !== 'off',
  turn: (isOn: boolean): void => kept.write(setting, isOn ? null : 'off'),
};
