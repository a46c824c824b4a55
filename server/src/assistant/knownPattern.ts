import type { Pattern } from '../rules/pattern.ts';
import { ToolRefusal } from './toolRefusal.ts';
import type { ToolWorkspace } from './toolWorkspace.ts';

/** The pattern of this id; refuses an id that no pattern has, and tells which there are. */
export function knownPattern(id: string, { patterns }: ToolWorkspace): Pattern {
  const pattern = patterns.find((candidate) => candidate.id === id);
  if (pattern) return pattern;
  const ids = patterns.map((candidate) => candidate.id).sort();
  throw new ToolRefusal(`There is no pattern '${id}'. There are: ${ids.join(', ')}.`);
}
