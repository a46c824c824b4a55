import { DOTNET_PROJECT, type DotnetProjectFile } from '../../languages/dotnet/dotnetProjectLanguage.ts';
import type { Place } from '../../text/sourceNode.ts';
import { rustApplications } from '../../workspace/applications/rust/rustApplications.ts';
import { type SourceFolder, sourceFoldersOf } from '../../workspace/applications/sourceFolders.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** A library that repeats calls or breaks circuits in code, where no file of settings says how. */
export interface ResilienceLibrary {
  readonly source: SourceFolder;
  readonly name: string;
  readonly resource: Resource;
  readonly at: Place;
}

/** By what they do: `breaker`, `retry`, or both. */
const PACKAGES: Readonly<Record<string, readonly Duty[]>> = {
  'Microsoft.Extensions.Http.Resilience': ['breaker', 'retry'],
  'Microsoft.Extensions.Resilience': ['breaker', 'retry'],
  'Microsoft.Extensions.Http.Polly': ['breaker', 'retry'],
  Polly: ['breaker', 'retry'],
  'Polly.Core': ['breaker', 'retry'],
  'Polly.Extensions': ['breaker', 'retry'],
};
const CRATES: Readonly<Record<string, readonly Duty[]>> = {
  failsafe: ['breaker'],
  recloser: ['breaker'],
  'reqwest-retry': ['retry'],
  'tokio-retry': ['retry'],
  backon: ['retry'],
  backoff: ['retry'],
};

type Duty = 'breaker' | 'retry';

/** The libraries of that duty in the applications of the workspace, by their dependencies. */
export function resilienceLibraries(duty: Duty, graph: ResourceGraph): readonly ResilienceLibrary[] {
  const crates = rustApplications(graph).flatMap(({ source, crates: used }) =>
    used
      .filter(({ crate }) => CRATES[crate]?.includes(duty))
      .map(({ crate, resource, node }) => ({ source, name: crate, resource, at: node.keyPlace })),
  );
  const packages = sourceFoldersOf(graph).flatMap((source) =>
    source.files
      .filter(({ type }) => type === DOTNET_PROJECT)
      .flatMap((resource) =>
        (resource.model as DotnetProjectFile).packages
          .filter(({ name }) => PACKAGES[name]?.includes(duty))
          .map(({ name, nameSpan }) => ({
            source,
            name,
            resource,
            at: { source: resource.root.source, span: nameSpan },
          })),
      ),
  );
  return [...crates, ...packages];
}
