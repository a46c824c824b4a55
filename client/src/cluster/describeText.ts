import { eventsAbout, eventTime, type KubeEvent } from './kubeEvent.ts';
import { type Condition, describeObject, type KubeObject } from './kubeObject.ts';
import { objectOwner } from './objectOwner.ts';
import { wholeText } from './objectText.ts';
import type { Pod } from './pod.ts';
import { podTroubles } from './podTroubles.ts';
import { containerState } from './tree/podState.ts';

/** What a description is made of. */
export interface DescribedObject {
  readonly context: string;
  readonly object: KubeObject;
  readonly events: readonly KubeEvent[];
  /** Its pods, where it is a workload. */
  readonly pods: readonly Pod[];
  readonly nowMilliseconds: number;
}

/**
 * What there is to know of an object, as a page of Markdown: first what is wrong and what to do, then conditions, events and
 * the whole object as YAML. Values of Secrets are masked.
 */
export function describeText(described: DescribedObject): string {
  const { context, object } = described;
  const parts = [
    `# ${describeObject(object)}`,
    `On context \`${context}\`${object.metadata.creationTimestamp ? `, since ${object.metadata.creationTimestamp}` : ''}.`,
    ...ownerPart(object),
    ...troublePart(described),
    ...podPart(described),
    ...conditionPart(object),
    ...eventPart(described),
    '## YAML',
    fenced(wholeText(object), 'yaml'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function ownerPart(object: KubeObject): string[] {
  const owner = objectOwner(object);
  return owner ? [`Looked after by ${owner.tool}: ${escaped(owner.name)}. ${escaped(owner.warning)}`] : [];
}

function troublePart({ events, nowMilliseconds, object, pods }: DescribedObject): string[] {
  const all = object.kind === 'Pod' ? [object as Pod] : pods;
  const troubles = all.flatMap((pod) =>
    podTroubles(pod, { template: pod.spec, events, logTails: new Map(), nowMilliseconds }),
  );
  if (troubles.length === 0) return [];
  const seen = new Set<string>();
  const items = troubles.flatMap(({ advice, code, message, said }) => {
    const text = `- **${code}**: ${[message, said, advice]
      .filter((part) => part !== '')
      .map(escaped)
      .join(' ')}`;
    if (seen.has(text)) return [];
    seen.add(text);
    return [text];
  });
  return ['## What is wrong', items.join('\n')];
}

function podPart({ object, pods }: DescribedObject): string[] {
  if (object.kind === 'Pod') {
    const pod = object as Pod;
    const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
    const rows = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].map(({ image = '', name }) => [
      name,
      containerState(statuses.find((status) => status.name === name)).words,
      image,
    ]);
    return ['## Containers', table(['container', 'state', 'image'], rows)];
  }
  if (pods.length === 0) return [];
  const rows = pods.map(({ metadata, spec, status }) => [metadata.name, status?.phase ?? '', spec?.nodeName ?? '']);
  return ['## Pods', table(['pod', 'phase', 'node'], rows)];
}

function conditionPart(object: KubeObject): string[] {
  const conditions = (object['status'] as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
  if (conditions.length === 0) return [];
  const rows = conditions.map(({ message = '', reason = '', status, type }) => [type, status, reason, message]);
  return ['## Conditions', table(['condition', 'status', 'reason', 'message'], rows)];
}

function eventPart({ events, object, pods }: DescribedObject): string[] {
  const about = [object, ...pods].flatMap((each) => eventsAbout(each, events));
  if (about.length === 0) return [];
  const rows = [...about]
    .sort((a, b) => eventTime(b) - eventTime(a))
    .map((event) => [
      new Date(eventTime(event)).toISOString(),
      event.type ?? '',
      event.reason ?? '',
      event.involvedObject?.name ?? '',
      `${event.message ?? ''}${(event.count ?? 1) > 1 ? ` (${event.count} times)` : ''}`,
    ]);
  return ['## Events', table(['time', 'type', 'reason', 'object', 'message'], rows)];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** What the cluster says is text, never Markdown. */
function escaped(text: string): string {
  return text
    .trim()
    .replace(/[\\`*_{}[\]<>#|!]/g, '\\$&')
    .replace(/\s*\r?\n\s*/g, ' ');
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}${fence}`;
}
