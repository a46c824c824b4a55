import { isClusterScoped, kubernetesType } from '../../languages/yaml/kubernetesTypes.ts';
import { skeletonOf } from '../../schema/fieldsAt.ts';
import type { ResourceKind, SchemaIndex } from '../../schema/schemaIndex.ts';
import { type SnippetStyle, YamlSnippet } from '../yamlSnippet.ts';
import type { Conventions } from './conventions.ts';

const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** Kinds whose pods need labels that their own selector picks, and where the pod template stands. */
const POD_KINDS: Readonly<Record<string, { readonly selector: boolean; readonly path: readonly string[] }>> = {
  'apps/Deployment': { selector: true, path: ['spec'] },
  'apps/StatefulSet': { selector: true, path: ['spec'] },
  'apps/DaemonSet': { selector: true, path: ['spec'] },
  'argoproj.io/Rollout': { selector: true, path: ['spec'] },
  'batch/Job': { selector: false, path: ['spec'] },
  'batch/CronJob': { selector: false, path: ['spec', 'jobTemplate', 'spec'] },
};

/**
 * A new object as a snippet: what its schema requires, in the namespace and with the label that the manifests around it
 * use. Without conventions, what the schema requires and nothing else.
 */
export function objectSkeleton(
  { apiVersion, kind }: ResourceKind,
  style: SnippetStyle,
  index: SchemaIndex,
  conventions: Conventions | undefined,
): string {
  const type = kubernetesType(apiVersion, kind);
  const lines = [`apiVersion: ${apiVersion}`, `kind: ${kind}`];
  const snippet = new YamlSnippet(style);
  if (!conventions) {
    lines.push(
      snippet.field('metadata', { kind: 'map', fields: [{ name: 'name', value: { kind: 'scalar', values: [] } }] }),
    );
  } else {
    const name = `\${1:${conventions.name ?? 'name'}}`;
    lines.push('metadata:', `  name: ${name}`);
    if (conventions.namespace !== undefined && !isClusterScoped(type))
      lines.push(`  namespace: ${conventions.namespace}`);
    const pods = POD_KINDS[type];
    if (pods) return [...lines, ...podLines(type, name, conventions, pods)].join('\n');
    if (type === 'Service') return [...lines, ...serviceLines(name, conventions)].join('\n');
    snippet.startAt(2);
  }
  for (const field of index.forResource(apiVersion, kind)?.schema.fields.values() ?? []) {
    if (field.name === 'spec' || (field.required && !HEAD.has(field.name))) {
      lines.push(snippet.field(field.name, skeletonOf(field.schema)));
    }
  }
  return lines.join('\n');
}

function podLines(
  type: string,
  name: string,
  { labelKey }: Conventions,
  { path, selector }: { readonly selector: boolean; readonly path: readonly string[] },
): string[] {
  const indent = '  '.repeat(path.length);
  const isJob = type.startsWith('batch/');
  return [
    ...path
      .map((segment, depth) => `${'  '.repeat(depth)}${segment}:`)
      .flatMap((line, depth) => (depth === 0 && type === 'batch/CronJob' ? [line, '  schedule: "$3"'] : [line])),
    ...(selector ? [`${indent}selector:`, `${indent}  matchLabels:`, `${indent}    ${labelKey}: ${name}`] : []),
    ...(type === 'apps/StatefulSet' ? [`${indent}serviceName: ${name}`] : []),
    `${indent}template:`,
    `${indent}  metadata:`,
    `${indent}    labels:`,
    `${indent}      ${labelKey}: ${name}`,
    `${indent}  spec:`,
    ...(isJob ? [`${indent}    restartPolicy: Never`] : []),
    `${indent}    containers:`,
    `${indent}      - name: ${name}`,
    `${indent}        image: $2`,
  ];
}

function serviceLines(name: string, { labelKey }: Conventions): string[] {
  return [
    'spec:',
    '  selector:',
    `    ${labelKey}: ${name}`,
    '  ports:',
    '    - name: http',
    '      port: ${2:80}',
    '      targetPort: ${3:http}',
  ];
}
