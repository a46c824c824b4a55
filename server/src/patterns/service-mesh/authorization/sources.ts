import type { SourceNode } from '../../../text/sourceNode.ts';

export const AUTHORIZATION_POLICY = 'security.istio.io/AuthorizationPolicy';

/** The values of a field in every `from.source`, and of the condition that says the same. */
export function* sourceValues(root: SourceNode, fields: readonly string[], condition: string): Iterable<SourceNode> {
  for (const rule of root.find('spec', 'rules')?.items ?? []) {
    for (const from of rule.find('from')?.items ?? [])
      for (const field of fields) yield* from.find('source', field)?.items ?? [];
    for (const when of rule.find('when')?.items ?? []) {
      if (when.text('key') !== condition) continue;
      yield* when.find('values')?.items ?? [];
      yield* when.find('notValues')?.items ?? [];
    }
  }
}
