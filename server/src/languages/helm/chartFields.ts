/** A field of `Chart.yaml`. */
export interface ChartField {
  readonly name: string;
  readonly documentation: string;
  readonly isRequired?: boolean;
  /** The only values that Helm admits. */
  readonly values?: readonly string[];
  /** The value is a list of maps with these fields. */
  readonly items?: readonly ChartField[];
  /** The value is a list of texts. */
  readonly isList?: boolean;
}

/** The fields of a chart of `apiVersion: v2`, in the order in which they are usually written. */
export const CHART_FIELDS: readonly ChartField[] = [
  {
    name: 'apiVersion',
    isRequired: true,
    values: ['v2', 'v1'],
    documentation: 'The version of the format: `v2` for Helm 3 and later, `v1` for charts that Helm 2 could read.',
  },
  { name: 'name', isRequired: true, documentation: 'The name of the chart: small letters, digits and hyphens.' },
  { name: 'description', documentation: 'What the chart is for, in one sentence.' },
  {
    name: 'type',
    values: ['application', 'library'],
    documentation: 'An `application` can be installed; a `library` only lends its named templates to others.',
  },
  {
    name: 'version',
    isRequired: true,
    documentation: 'The version of the chart itself, as a semantic version. It changes with every change of the chart.',
  },
  {
    name: 'appVersion',
    documentation: 'The version of what the chart installs. Quoted, because `1.10` would be read as a number.',
  },
  {
    name: 'kubeVersion',
    documentation:
      'The versions of Kubernetes that the chart admits, e.g. `>=1.27.0-0`. The `-0` admits the versions of vendors.',
  },
  {
    name: 'dependencies',
    documentation: 'The charts that this one needs.',
    items: [
      { name: 'name', isRequired: true, documentation: 'The name of the chart that is needed.' },
      { name: 'version', isRequired: true, documentation: 'The versions that will do, e.g. `~1.2.0`.' },
      {
        name: 'repository',
        documentation:
          'Where the chart is: `https://…`, `oci://…`, `@name` of an added repository, or `file://../folder`.',
      },
      { name: 'alias', documentation: 'The key of its values and objects, where that is not to be its name.' },
      {
        name: 'condition',
        documentation: 'A value that switches it on, e.g. `redis.enabled`; of several the first that is set counts.',
      },
      {
        name: 'tags',
        isList: true,
        documentation: 'Names below `tags` in the values that switch it on together with others.',
      },
      {
        name: 'import-values',
        isList: true,
        documentation:
          'Values of the dependency that become values of this chart: a name below its `exports`, or `child` and `parent`.',
      },
    ],
  },
  { name: 'keywords', isList: true, documentation: 'What the chart is found by.' },
  { name: 'home', documentation: 'The address of the project.' },
  { name: 'sources', isList: true, documentation: 'Addresses of the source code.' },
  {
    name: 'maintainers',
    documentation: 'Who keeps the chart.',
    items: [
      { name: 'name', isRequired: true, documentation: 'The name of the maintainer.' },
      { name: 'email', documentation: 'The address for mail.' },
      { name: 'url', documentation: 'The address of a page.' },
    ],
  },
  { name: 'icon', documentation: 'The address of an SVG or PNG.' },
  { name: 'deprecated', values: ['true', 'false'], documentation: 'Nobody keeps the chart any more.' },
  { name: 'annotations', documentation: 'Texts for other tools, by name.' },
];

/** The fields that may stand in the map at a path of `Chart.yaml`. */
export function chartFieldsAt(path: readonly (string | number | null)[]): readonly ChartField[] {
  if (path.length === 0) return CHART_FIELDS;
  const [list, , ...rest] = path;
  return rest.length > 0 ? [] : (CHART_FIELDS.find(({ name }) => name === list)?.items ?? []);
}
