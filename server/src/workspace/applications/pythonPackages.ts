import { PYTHON_PROJECT, type PyprojectFile } from '../../languages/python/pyprojectLanguage.ts';
import type { PythonRequirement } from '../../languages/python/requirement.ts';
import { PYTHON_REQUIREMENTS, type RequirementsFile } from '../../languages/python/requirementsLanguage.ts';
import type { Place } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { SourceFolder } from './sourceFolders.ts';

/** A package that an application depends on, and where it says so. */
export interface PythonPackage {
  readonly requirement: PythonRequirement;
  readonly resource: Resource;
  readonly at: Place;
}

/** The packages of a folder of sources, by their normalised names. */
export function pythonPackages(source: SourceFolder, graph: ResourceGraph): ReadonlyMap<string, PythonPackage> {
  return graph.memo(`python-packages ${source.folder}`, () => {
    const packages = new Map<string, PythonPackage>();
    for (const resource of source.files) {
      for (const requirement of requirementsIn(resource)) {
        const at = { source: resource.root.source, span: requirement.nameSpan };
        if (!packages.has(requirement.name)) packages.set(requirement.name, { requirement, resource, at });
      }
    }
    return packages;
  });
}

function requirementsIn(resource: Resource): readonly PythonRequirement[] {
  if (resource.type === PYTHON_REQUIREMENTS) return (resource.model as RequirementsFile).requirements;
  return resource.type === PYTHON_PROJECT ? (resource.model as PyprojectFile).requirements : [];
}

/** Any of `names` (normalised) is a dependency. */
export function hasPythonPackage(source: SourceFolder, graph: ResourceGraph, ...names: readonly string[]): boolean {
  const packages = pythonPackages(source, graph);
  return names.some((name) => packages.has(name));
}

/** Every file that could name a package was read, and names only packages: what is not there is certainly missing. */
export function packagesAreKnown(source: SourceFolder): boolean {
  const lists = source.files.filter(({ type }) => type === PYTHON_REQUIREMENTS);
  const projects = source.files.filter(({ type }) => type === PYTHON_PROJECT);
  if (lists.length === 0) return projects.length === 1 && (projects[0]!.model as PyprojectFile).isWhole;
  return lists.every(({ model }) => {
    const { problems, includes } = model as RequirementsFile;
    return problems.length === 0 && includes.every(({ path }) => !path.startsWith('..'));
  });
}
