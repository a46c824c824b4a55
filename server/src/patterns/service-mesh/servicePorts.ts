import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

/** The ports under which a Service or a ServiceEntry is called. */
export interface CalledPorts {
  readonly list: SourceNode;
  /** Undefined where a template writes one of them. */
  readonly numbers: readonly number[] | undefined;
}

/** Reads `spec.ports` of a Service (`port`) or a ServiceEntry (`number`); undefined where it has none. */
export function calledPorts({ type, root }: Resource): CalledPorts | undefined {
  const list = root.find('spec', 'ports');
  if (list?.kind !== 'list') return undefined;
  const numbers = list.items.flatMap((port) => port.number(type === 'Service' ? 'port' : 'number') ?? []);
  return { list, numbers: list.open || numbers.length < list.items.length ? undefined : numbers };
}
