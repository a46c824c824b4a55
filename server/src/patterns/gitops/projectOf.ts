import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The AppProject of an Application, where the workspace has it. */
export function projectOf(application: Resource, graph: ResourceGraph): Resource | undefined {
  for (const { target } of graph.edgesFrom(application, 'belongs-to')) {
    if (target.status === 'found') return target.resource;
  }
  return undefined;
}

/** Whether a text fits a pattern of Argo CD, in which `*` stands for anything. */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === text;
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    from = found + part.length;
  }
  return true;
}
