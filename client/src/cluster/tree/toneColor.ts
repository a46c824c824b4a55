import type { Tone } from './stateInWords.ts';

const COLORS: Readonly<Record<Tone, string | undefined>> = {
  good: 'testing.iconPassed',
  busy: 'list.warningForeground',
  bad: 'list.errorForeground',
  off: 'disabledForeground',
  plain: undefined,
};

/** The theme colour of a tone; undefined where the colour of the text serves. */
export function toneColor(tone: Tone): string | undefined {
  return COLORS[tone];
}
