import { instancesOf } from '../features/instancesOf.ts';
import type { Pattern, PatternInstance } from '../rules/pattern.ts';
import type { Session } from './session.ts';
import type { TimeSlice } from './timeSlice.ts';

/** Every pattern with its uses, found once per state of the workspace. One that fails to recognise itself is unused. */
export async function recognizedPatterns(
  { catalog, faults, workspace }: Session,
  slice: TimeSlice,
): Promise<{ pattern: Pattern; instances: readonly PatternInstance[] }[]> {
  const { graph } = workspace.snapshot();
  const found: { pattern: Pattern; instances: readonly PatternInstance[] }[] = [];
  for (const pattern of catalog.patterns) {
    found.push({ pattern, instances: instancesOf(pattern, graph, (where, error) => faults.report(where, error)) });
    await slice.rest();
  }
  return found;
}
