/** How a state is to be taken: it decides the colour, never the words. */
export type Tone = 'good' | 'busy' | 'bad' | 'off' | 'plain';

/** The state of an object in a few words. */
export interface StateInWords {
  readonly words: string;
  readonly tone: Tone;
}

/** A number of things: `1 pod`, `2 pods`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
