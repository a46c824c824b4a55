import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ControlPlane } from '../controlPlane/controlPlane.ts';
import { runProgram } from '../processes/runProgram.ts';
import { until } from '../processes/until.ts';
import { type CrdProject, type CrdProjectName, crdProjectNames, crdProjects } from './projects.ts';

/** A CustomResourceDefinition as its project publishes it. */
export interface CustomResourceDefinition {
  readonly apiVersion: string;
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean; readonly schema?: unknown }[];
  };
}

/**
 * The real CRDs of the projects, all unless told. The Go modules that carry them are downloaded into the module cache
 * on first use (a few seconds each), where Go checks them against the public checksum database.
 */
export async function customResourceDefinitions(
  names: readonly CrdProjectName[] = crdProjectNames,
): Promise<CustomResourceDefinition[]> {
  const folders = await Promise.all(names.map((name) => moduleFolder(crdProjects[name])));
  return names.flatMap((name, index) => readDefinitions(join(folders[index]!, crdProjects[name].path)));
}

/** Applies the CRDs of the projects on the server's side, and waits until the API server serves them. */
export async function applyCustomResourceDefinitions(
  controlPlane: ControlPlane,
  names: readonly CrdProjectName[],
): Promise<CustomResourceDefinition[]> {
  const definitions = await customResourceDefinitions(names);
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  for (const definition of definitions) {
    await controlPlane.admin.apply(`${path}/${definition.metadata.name}`, definition);
  }
  for (const { metadata } of definitions) {
    await until(`the CRD ${metadata.name} is established`, 60_000, async () => {
      const { body } = await controlPlane.admin.send('GET', `${path}/${metadata.name}`);
      const { status } = body as { status?: { conditions?: readonly { type: string; status: string }[] } };
      return status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True');
    });
  }
  return definitions;
}

/** The module's folder in Go's cache, where it is downloaded to when it is not there yet. */
async function moduleFolder({ module }: CrdProject): Promise<string> {
  const answer = await runProgram('go', ['mod', 'download', '-json', module], { folder: tmpdir() });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

function readDefinitions(path: string): CustomResourceDefinition[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => join(path, name))
    : [path];
  const definitions = files
    .flatMap((file) => [...parseAllDocuments(readFileSync(file, 'utf8'))])
    .map((document) => document.toJS() as CustomResourceDefinition | null)
    .filter((object) => object?.kind === 'CustomResourceDefinition');
  if (definitions.length === 0) throw new Error(`${path} has no CustomResourceDefinition.`);
  return definitions as CustomResourceDefinition[];
}
