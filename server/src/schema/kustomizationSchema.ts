import { schemaFromJson } from './jsonSchema.ts';
import { ANYTHING } from './schema.ts';
import type { ResourceSchema } from './schemaIndex.ts';

type Json = Record<string, unknown>;

const text = (description: string): Json => ({ type: 'string', description });
const flag = (description: string): Json => ({ type: 'boolean', description });
const list = (description: string, items: Json): Json => ({ type: 'array', description, items });
const texts = (description: string): Json => list(description, { type: 'string' });
const pairs = (description: string): Json => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});
const object = (description: string, properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  description,
  properties,
  additionalProperties: false,
  ...(required.length > 0 ? { required } : {}),
});

const FIELD_SPEC = object('A field, in the objects of one kind or of all.', {
  path: text('Keys from the root of the object, joined by `/`. Lists on the way are gone through.'),
  kind: text('Only objects of this kind.'),
  group: text('Only objects of this API group.'),
  version: text('Only objects of this version.'),
  create: flag('Makes the field where it is not there.'),
});

const identity: Json = {
  group: text('API group of the objects.'),
  version: text('API version of the objects.'),
  kind: text('Kind of the objects.'),
  name: text('Name of the objects, before or after this kustomization changed it.'),
  namespace: text('Namespace of the objects.'),
};

const TARGET = object(
  'Which objects are changed. Each field narrows the choice; group, version, kind, name and namespace are regular expressions that match as a whole.',
  {
    ...identity,
    labelSelector: text('Only objects whose labels match, e.g. `app=cart,tier!=test`.'),
    annotationSelector: text('Only objects whose annotations match.'),
  },
);

const OPTIONS = object('How the changes are made.', {
  allowNameChange: flag('The patch may change the name of the object.'),
  allowKindChange: flag('The patch may change the kind of the object.'),
});

const GENERATOR_OPTIONS = object('Settings for the objects that generators make.', {
  labels: pairs('Labels of the generated objects.'),
  annotations: pairs('Annotations of the generated objects.'),
  disableNameSuffixHash: flag(
    'Leaves out the hash of the content behind the name, with which a change makes pods restart.',
  ),
  immutable: flag('The generated objects cannot be changed.'),
});

const generator = (description: string, more: Json = {}): Json =>
  list(
    description,
    object(
      'One object.',
      {
        name: text('Name of the object, without the hash of its content.'),
        namespace: text('Namespace of the object.'),
        behavior: {
          type: 'string',
          enum: ['create', 'merge', 'replace'],
          description: 'Makes a new object, or changes the one of this name that a base makes.',
        },
        literals: texts('Entries as `key=value`.'),
        files: texts('Files whose content becomes a value: a path, or `key=path`.'),
        envs: texts('Files with one `key=value` per line.'),
        env: text('A file with one `key=value` per line; `envs` takes several.'),
        options: GENERATOR_OPTIONS,
        ...more,
      },
      ['name'],
    ),
  );

const IMAGE = object(
  'One image, and what it becomes.',
  {
    name: text('The image as the manifests write it, without tag and digest.'),
    newName: text('The name that takes its place.'),
    newTag: text('The tag that takes the place of tag and digest. Quote it: `1.10` without quotes is the number 1.1.'),
    digest: text('The digest that takes the place of tag and digest, as `sha256:…`.'),
    tagSuffix: text('Text that is added to the tag.'),
  },
  ['name'],
);

const PATCH = object('One patch.', {
  path: text('File with the patch.'),
  patch: text('The patch itself: a part of an object (strategic merge), or a list of operations (JSON 6902).'),
  target: TARGET,
  options: OPTIONS,
});

const FIELD_OPTIONS = object('How a value is taken out of a text, or put into it.', {
  delimiter: text('Text between the parts of the value.'),
  index: { type: 'integer', description: 'Which part is meant, counted from 0.' },
  create: flag('Makes the field where it is not there.'),
  encoding: text('`base64` where the value is encoded.'),
});

const REPLACEMENT = object('One value and where it goes.', {
  path: text('File with the replacement.'),
  sourceValue: text('The value itself.'),
  source: object('Where the value stands.', {
    ...identity,
    fieldPath: text('Path of the field, e.g. `metadata.name` or `spec.ports.[name=http].port`.'),
    options: FIELD_OPTIONS,
  }),
  targets: list(
    'Where the value goes.',
    object('Objects and their fields.', {
      select: TARGET,
      reject: list('Objects that are left as they are.', TARGET),
      fieldPaths: texts('Paths of the fields.'),
      options: FIELD_OPTIONS,
    }),
  ),
});

const HELM_CHART = object('One chart.', {
  name: text('Name of the chart.'),
  version: text('Version of the chart.'),
  repo: text('URL of the repository.'),
  releaseName: text('Name of the release.'),
  namespace: text('Namespace of the release.'),
  valuesFile: text('File with values.'),
  additionalValuesFiles: texts('Further files with values.'),
  valuesInline: { type: 'object', description: 'Values.', 'x-kubernetes-preserve-unknown-fields': true },
  valuesMerge: {
    type: 'string',
    enum: ['merge', 'override', 'replace'],
    description: 'How inline values and files join.',
  },
  includeCRDs: flag('Custom resource definitions of the chart are deployed too.'),
  skipHooks: flag('Hooks are left out.'),
  skipTests: flag('Tests are left out.'),
  apiVersions: texts('API versions that the chart is told of.'),
  kubeVersion: text('Version of Kubernetes that the chart is told of.'),
  nameTemplate: text('Template of the name of the release.'),
  debug: flag('Helm prints what it does.'),
  devel: flag('Versions before a release count too.'),
});

const DOCUMENT = object('What Kustomize makes of the files of this folder and of other kustomizations.', {
  apiVersion: {
    type: 'string',
    enum: ['kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1alpha1'],
    description: '`v1beta1` for a Kustomization, `v1alpha1` for a Component.',
  },
  kind: {
    type: 'string',
    enum: ['Kustomization', 'Component'],
    description: 'A Kustomization brings objects of its own; a Component changes those of whoever includes it.',
  },
  metadata: {
    type: 'object',
    description: 'Name, labels and annotations.',
    'x-kubernetes-preserve-unknown-fields': true,
  },
  resources: texts('Files with manifests, folders with a kustomization, and URLs of either.'),
  bases: texts('Folders with a kustomization. Deprecated: `resources` takes them.'),
  components: texts('Folders with a component.'),
  crds: texts('Files that describe custom resources, whose references to names are then followed.'),
  namespace: text('Namespace of every object.'),
  namePrefix: text('Text before the name of every object. References follow.'),
  nameSuffix: text('Text behind the name of every object. References follow.'),
  labels: list(
    'Labels for every object.',
    object('Labels, and where they go.', {
      pairs: pairs('The labels.'),
      includeSelectors: flag(
        'They go into selectors and pod templates too. Selectors of what is deployed cannot be changed.',
      ),
      includeTemplates: flag('They go into pod templates too.'),
      fields: list('Further fields.', FIELD_SPEC),
    }),
  ),
  commonLabels: pairs('Labels for every object and selector. Deprecated: use `labels` with `includeSelectors: true`.'),
  commonAnnotations: pairs('Annotations for every object.'),
  patches: list('Changes of objects, in this order.', PATCH),
  patchesStrategicMerge: texts('Patches as files or texts. Deprecated: use `patches`.'),
  patchesJson6902: list('Lists of operations. Deprecated: use `patches`.', PATCH),
  images: list('Names, tags and digests of images.', IMAGE),
  imageTags: list('Deprecated: use `images`.', IMAGE),
  replicas: list(
    'Numbers of pods.',
    object(
      'One workload.',
      { name: text('Name of the workload.'), count: { type: 'integer', description: 'Its number of pods.' } },
      ['name', 'count'],
    ),
  ),
  replacements: list('Values that are copied from one object into others.', REPLACEMENT),
  configMapGenerator: generator('ConfigMaps made of files and literals.'),
  secretGenerator: generator('Secrets made of files and literals.', {
    type: text('Type of the Secret, e.g. `kubernetes.io/tls`.'),
  }),
  generatorOptions: GENERATOR_OPTIONS,
  vars: list(
    'Values that take the place of `$(NAME)`. Deprecated: use `replacements`.',
    object('One value.', {
      name: text('Name between the parentheses.'),
      objref: object('The object that has the value.', { ...identity, apiVersion: text('API version of the object.') }),
      fieldref: object('The field that has the value.', {
        fieldpath: text('Path of the field.'),
        fieldPath: text('Path of the field.'),
      }),
    }),
  ),
  helmGlobals: object('Settings for all charts.', {
    chartHome: text('Folder of the charts.'),
    configHome: text('Folder of the configuration of Helm.'),
  }),
  helmCharts: list('Charts whose objects are built too.', HELM_CHART),
  helmChartInflationGenerator: list('Deprecated: use `helmCharts`.', {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  }),
  configurations: texts('Files that say which further fields the transformations change.'),
  generators: texts('Files that configure generator plugins.'),
  transformers: texts('Files that configure transformer plugins.'),
  validators: texts('Files that configure validator plugins.'),
  openapi: object('The schema by which lists are joined.', {
    path: text('File with the schema.'),
    version: text('Version of the built-in schema.'),
  }),
  buildMetadata: list('What the build notes about itself in annotations and labels.', {
    type: 'string',
    enum: ['managedByLabel', 'originAnnotations', 'transformerAnnotations'],
  }),
  sortOptions: object('The order of the objects.', {
    order: { type: 'string', enum: ['legacy', 'fifo'], description: 'By kind, or as they were read.' },
    legacySortOptions: object('The order of the kinds.', {
      orderFirst: texts('Kinds that come first.'),
      orderLast: texts('Kinds that come last.'),
    }),
  }),
});

/** The fields of a kustomization, in the words of this project; there is no published schema of them that the bundle could carry. */
export const KUSTOMIZATION_SCHEMA: ResourceSchema = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  origin: 'package',
  source: 'Kustomize 5',
  schema: schemaFromJson(DOCUMENT, { resolve: () => undefined, objectMeta: ANYTHING }),
};
