/** A built-in object of Helm's templates, or a member of one. */
export interface BuiltInMember {
  readonly name: string;
  /** `string`, `bool`, `int`, `list`, `map`, or for a function what it is called with. */
  readonly type: string;
  readonly documentation: string;
  readonly members?: readonly BuiltInMember[];
}

const text = (name: string, documentation: string): BuiltInMember => ({ name, type: 'string', documentation });

/** What stands at the root of every template of a chart. */
export const BUILT_IN_OBJECTS: readonly BuiltInMember[] = [
  {
    name: 'Values',
    type: 'map',
    documentation:
      'The values of the chart: `values.yaml`, then the files and settings that the person who installs gives.',
  },
  {
    name: 'Release',
    type: 'map',
    documentation: 'The release that is being installed or upgraded.',
    members: [
      text('Name', 'The name of the release.'),
      text('Namespace', 'The namespace that the release goes to.'),
      { name: 'IsUpgrade', type: 'bool', documentation: 'True for an upgrade or a rollback.' },
      { name: 'IsInstall', type: 'bool', documentation: 'True for a first installation.' },
      {
        name: 'Revision',
        type: 'int',
        documentation: 'The number of the revision: 1 when installed, one more with each upgrade.',
      },
      text('Service', 'What renders the template; always `Helm`.'),
    ],
  },
  {
    name: 'Chart',
    type: 'map',
    documentation: 'What `Chart.yaml` says; the names begin with a capital.',
    members: [
      text('Name', 'The name of the chart.'),
      text('Version', 'The version of the chart.'),
      text('AppVersion', 'The version of what the chart installs.'),
      text('APIVersion', 'The version of the format of charts: `v1` or `v2`.'),
      text('Description', 'What the chart is for.'),
      text('Type', '`application` or `library`.'),
      text('KubeVersion', 'The versions of Kubernetes that the chart admits.'),
      text('Home', 'The address of the project.'),
      text('Icon', 'The address of the icon.'),
      text('Condition', 'The values that switch this chart on.'),
      text('Tags', 'The tags of the chart.'),
      { name: 'Sources', type: 'list', documentation: 'Addresses of the source code.' },
      { name: 'Keywords', type: 'list', documentation: 'What the chart is found by.' },
      { name: 'Maintainers', type: 'list', documentation: 'Who keeps the chart: `Name`, `Email`, `URL`.' },
      { name: 'Dependencies', type: 'list', documentation: 'The charts that this one needs.' },
      { name: 'Annotations', type: 'map', documentation: 'Annotations of the chart.' },
      { name: 'Deprecated', type: 'bool', documentation: 'Nobody keeps the chart any more.' },
      { name: 'IsRoot', type: 'bool', documentation: 'True for the chart that is installed, false for its subcharts.' },
    ],
  },
  {
    name: 'Capabilities',
    type: 'map',
    documentation: 'What the cluster and Helm can do.',
    members: [
      {
        name: 'APIVersions',
        type: 'list',
        documentation: 'The APIs of the cluster.',
        members: [
          {
            name: 'Has',
            type: 'function version',
            documentation: 'Whether the cluster has an API version (`batch/v1`) or kind (`apps/v1/Deployment`).',
          },
        ],
      },
      {
        name: 'KubeVersion',
        type: 'map',
        documentation: 'The version of Kubernetes.',
        members: [
          text('Version', 'The whole version, e.g. `v1.34.1`.'),
          text('Major', 'The first number of the version.'),
          text('Minor', 'The second number of the version.'),
          text('GitVersion', 'Old name of `Version`.'),
        ],
      },
      {
        name: 'HelmVersion',
        type: 'map',
        documentation: 'The version of Helm.',
        members: [
          text('Version', 'The whole version, e.g. `v3.19.0`.'),
          text('GitCommit', 'The commit that Helm was built from.'),
          text('GitTreeState', '`clean`, or `dirty` where Helm was built with changes.'),
          text('GoVersion', 'The version of Go that Helm was built with.'),
        ],
      },
    ],
  },
  {
    name: 'Files',
    type: 'map',
    documentation: 'The files of the chart that are no templates and that `.helmignore` does not leave out.',
    members: [
      { name: 'Get', type: 'function path', documentation: 'The text of a file; empty where there is none.' },
      { name: 'GetBytes', type: 'function path', documentation: 'A file as bytes.' },
      {
        name: 'Glob',
        type: 'function pattern',
        documentation: 'The files whose paths match, for `range $path, $_ := …`.',
      },
      { name: 'Lines', type: 'function path', documentation: 'The lines of a file.' },
      { name: 'AsConfig', type: 'function', documentation: 'The files as entries of a ConfigMap’s `data`.' },
      { name: 'AsSecrets', type: 'function', documentation: 'The files as entries of a Secret’s `data`, in base64.' },
    ],
  },
  {
    name: 'Template',
    type: 'map',
    documentation: 'The template that is being rendered.',
    members: [
      text('Name', 'The path of the template, e.g. `shop/templates/service.yaml`.'),
      text('BasePath', 'The path of the folder of templates, e.g. `shop/templates`.'),
    ],
  },
  {
    name: 'Subcharts',
    type: 'map',
    documentation: 'For each dependency the objects that its own templates see: `.Subcharts.redis.Values`.',
  },
];

/** The built-in object at a path such as `['Release', 'Name']`. */
export function builtInAt(path: readonly string[]): BuiltInMember | undefined {
  let members: readonly BuiltInMember[] = BUILT_IN_OBJECTS;
  let found: BuiltInMember | undefined;
  for (const name of path) {
    found = members.find((candidate) => candidate.name === name);
    if (!found) return undefined;
    members = found.members ?? [];
  }
  return found;
}
