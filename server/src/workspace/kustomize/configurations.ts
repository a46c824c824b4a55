import type { SourceNode } from '../../text/sourceNode.ts';
import type { FieldSpec } from './fieldSpecs.ts';
import { IMAGES } from './imageTag.ts';
import { ANNOTATIONS, SELECTOR_LABELS, TEMPLATE_LABELS } from './labelFields.ts';
import { NAME_REFERENCES, type NameReference } from './nameReferences.ts';
import { VARIABLE_FIELDS } from './variables.ts';

/** Which fields each transformation changes: Kustomize's own, and those that `configurations` add. */
export interface BuildConfiguration {
  readonly namespace: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
}

const DEFAULTS: BuildConfiguration = {
  namespace: [
    { path: 'metadata/name', kind: 'Namespace', group: '', version: 'v1', create: true },
    { path: 'spec/service/namespace', kind: 'APIService', group: 'apiregistration.k8s.io', create: true },
    {
      path: 'spec/conversion/webhook/clientConfig/service/namespace',
      kind: 'CustomResourceDefinition',
      group: 'apiextensions.k8s.io',
    },
  ],
  labels: [],
  commonLabels: SELECTOR_LABELS,
  templateLabels: TEMPLATE_LABELS,
  commonAnnotations: ANNOTATIONS,
  images: IMAGES,
  replicas: ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    path: 'spec/replicas',
    kind,
    create: true,
  })),
  varReference: VARIABLE_FIELDS,
  nameReference: NAME_REFERENCES,
};

/** Kustomize's own fields, or those that a file of `configurations` lists. */
export function configurationOf(file?: SourceNode): BuildConfiguration {
  if (!file) return DEFAULTS;
  const fields = (key: string) => file.find(key)?.items.flatMap(fieldSpec) ?? [];
  return {
    namespace: fields('namespace'),
    labels: fields('labels'),
    commonLabels: fields('commonLabels'),
    templateLabels: fields('templateLabels'),
    commonAnnotations: fields('commonAnnotations'),
    images: fields('images'),
    replicas: fields('replicas'),
    varReference: fields('varReference'),
    nameReference: (file.find('nameReference')?.items ?? []).flatMap((reference) => {
      const kind = reference.text('kind');
      const group = reference.text('group');
      if (kind === undefined) return [];
      return [
        { kind, ...(group ? { group } : {}), fields: reference.find('fieldSpecs')?.items.flatMap(fieldSpec) ?? [] },
      ];
    }),
  };
}

export function mergeConfiguration(a: BuildConfiguration, b: BuildConfiguration): BuildConfiguration {
  if (a === b || b === DEFAULTS) return a;
  const keys = Object.keys(DEFAULTS) as (keyof BuildConfiguration)[];
  return Object.fromEntries(
    keys.map((key) => {
      const more = (b[key] as readonly unknown[]).filter((spec) => !(a[key] as readonly unknown[]).includes(spec));
      return [key, more.length === 0 ? a[key] : [...a[key], ...more]];
    }),
  ) as unknown as BuildConfiguration;
}

/** A field as a configuration or an entry of `labels` lists it. */
export function fieldSpec(node: SourceNode): FieldSpec[] {
  const path = node.text('path');
  if (path === undefined) return [];
  const part = (key: 'kind' | 'group' | 'version') => (node.text(key) ? { [key]: node.text(key)! } : {});
  return [{ path, ...part('kind'), ...part('group'), ...part('version'), create: node.boolean('create') === true }];
}
