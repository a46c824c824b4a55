import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { exampleSnapshot } from '../catalog/exampleWorkspace.ts';

/** The uses of a pattern in files of these names and texts, as `name: played roles; missing roles`. */
export function recognised(pattern: string, files: Readonly<Record<string, string>>): string[] {
  const { graph } = exampleSnapshot(Object.entries(files).map(([name, text]) => ({ name, text })));
  const uses = PATTERNS.find(({ id }) => id === pattern)!.recognize(graph);
  return [...uses].map(({ name, participants, missing }) => {
    const roles = new Set(participants.map(({ role }) => role));
    return `${name}: ${[...roles].join(', ')}; ${missing.join(', ')}`;
  });
}

/** Manifests of one file. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}
