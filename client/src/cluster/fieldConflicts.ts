import type { FieldConflict } from './failure.ts';

/** The conflicts in the API server's answer to a server-side apply, read from the causes of its Status object. */
export function fieldConflicts(status: unknown): FieldConflict[] {
  const causes = (status as { details?: { causes?: unknown } } | null)?.details?.causes;
  if (!Array.isArray(causes)) return [];
  return causes.flatMap((cause: { reason?: string; message?: string; field?: string }) => {
    if (cause.reason !== 'FieldManagerConflict') return [];
    const owner = /^conflict with "([^"]*)"/.exec(cause.message ?? '')?.[1] ?? cause.message ?? '';
    return [{ owner, field: cause.field ?? '' }];
  });
}

/** The conflicts in one sentence, such as `kubectl owns .spec.replicas; argocd-controller owns .spec.template`. */
export function describeConflicts(conflicts: readonly FieldConflict[]): string {
  const fieldsByOwner = new Map<string, string[]>();
  for (const { owner, field } of conflicts) fieldsByOwner.set(owner, [...(fieldsByOwner.get(owner) ?? []), field]);
  return [...fieldsByOwner].map(([owner, fields]) => `${owner} owns ${fields.join(', ')}`).join('; ');
}
