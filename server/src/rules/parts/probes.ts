import type { SourceNode } from '../../text/sourceNode.ts';

const ACTIONS: readonly (readonly string[])[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** The probes and lifecycle hooks of a container, with the names of their fields. */
export function* actionsOf(container: SourceNode): Iterable<{ readonly name: string; readonly action: SourceNode }> {
  for (const path of ACTIONS) {
    const action = container.find(...path);
    if (action) yield { name: path.at(-1)!, action };
  }
}
